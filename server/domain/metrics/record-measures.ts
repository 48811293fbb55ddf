import type pg from 'pg'
import type { HostRecord, TrafficRecord } from '../../contract/node-api/measures.ts'
import { addBins, emptyBins, latencyBins, STATUS_CLASSES } from '../../contract/metrics.ts'
import { log } from '../../core/log.ts'
import { runtime } from '../../core/runtime.ts'
import type { Measured } from './rules/sums.ts'
import { recordReleases } from './release-traffic.ts'
import { writeSums } from './write-sums.ts'

/** What one instance used between two readings of its counters. */
export interface UsedSpan {
  orgId: string
  appId: string
  vcpu: number
  fromMs: number
  toMs: number
  cpuUs: number
  memoryMib: number
  diskRead: number
  diskWrite: number
  netRx: number
  netTx: number
}

export const recordUsed = (client: pg.PoolClient, spans: readonly UsedSpan[]): Promise<void> =>
  writeSums(client, 'app_usage', spans.map((s) => {
    const spanMs = s.toMs - s.fromMs
    const sums = [spanMs, s.cpuUs, spanMs * 1_000 * s.vcpu, Math.round(s.memoryMib * spanMs), s.diskRead, s.diskWrite, s.netRx, s.netTx]
    return { key: [s.orgId, s.appId], fromMs: s.fromMs, toMs: s.toMs, sums, bins: [] }
  }))

const momentOf = (agoMs: number): number => runtime().clock.now().getTime() - agoMs

export const recordHosts = (client: pg.PoolClient, nodeId: string, records: readonly HostRecord[]): Promise<void> =>
  writeSums(client, 'node_usage', records.map(({ ago_ms: ago, host: h }): Measured => {
    const mid = momentOf(ago)
    const held = [h.memory_used_mib, h.memory_total_mib, h.disk_used_mib, h.disk_total_mib].map((mib) => mib * h.span_ms)
    const sums = [h.span_ms, h.cpu_us, h.capacity_us, ...held, h.disk_read, h.disk_write, h.net_rx, h.net_tx, h.dropped, h.spawn_us]
    return { key: [nodeId], fromMs: mid, toMs: mid, sums, bins: [h.spawns] }
  }))

/** Apps whose requests this node may speak of: those it runs, and those whose names its edge was told. */
const readServed = async (client: pg.PoolClient, nodeId: string, appIds: string[]): Promise<Map<string, string>> => {
  const { rows } = await client.query<{ id: string; org_id: string }>({
    name: 'metrics-served', values: [appIds, nodeId],
    text: `SELECT a.id, a.org_id FROM app a WHERE a.id = ANY($1) AND (EXISTS (SELECT 1 FROM instance i WHERE i.app_id = a.id AND i.node_id = $2)
      OR EXISTS (SELECT 1 FROM hostname h JOIN node_object o ON o.kind = 'route' AND o.id = h.hostname AND o.node_id = $2 WHERE h.app_id = a.id))`,
  })
  return new Map(rows.map((r) => [r.id, r.org_id]))
}

export const recordTraffic = async (client: pg.PoolClient, nodeId: string, records: readonly TrafficRecord[], receivedMs: number): Promise<void> => {
  if (records.length === 0) return
  const served = await readServed(client, nodeId, [...new Set(records.map((r) => r.app_id))])
  const known = records.filter((r) => served.has(r.app_id))
  if (known.length < records.length) log.warn({ node: nodeId, records: records.length - known.length }, 'requests of unknown apps left out')
  const measured = known.map((r): Measured => {
    const mid = momentOf(r.ago_ms)
    return { key: [served.get(r.app_id) ?? '', r.app_id], fromMs: mid, toMs: mid, sums: [r.latency_us, r.bytes_out], bins: [r.status, r.latency] }
  })
  await writeSums(client, 'app_traffic', measured)
  await recordReleases(client, known, receivedMs)
  await writeSums(client, 'node_traffic', [...Map.groupBy(measured, (m) => Math.floor(m.toMs / 60_000)).values()].map((same) => ofNode(nodeId, same)))
}

const ofNode = (nodeId: string, same: readonly Measured[]): Measured => {
  const [first] = same
  const empty: Measured = { key: [nodeId], fromMs: first?.fromMs ?? 0, toMs: first?.toMs ?? 0, sums: [0, 0], bins: [emptyBins(STATUS_CLASSES), latencyBins()] }
  return same.reduce((sum, m) => ({ ...sum, sums: addBins(sum.sums, m.sums), bins: sum.bins.map((bins, at) => addBins(bins, m.bins[at] ?? [])) }), empty)
}
