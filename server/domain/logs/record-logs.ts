import type { LogRecord } from '../../contract/node-api/v1.ts'
import { runtime } from '../../core/runtime.ts'
import { maskSecrets } from '../secrets/index.ts'
import { appendLines, type Arrived } from './store/append.ts'

interface Workload { orgId: string; appId: string; releaseId: string }
type Mask = (line: string) => string

/**
 * Stores lines of instances that this node runs; others' are dropped. Secrets of the instance are hidden before anything is stored; while they
 * cannot be opened nothing is taken, and the agent keeps the lines. Each app's lines are one transaction, the fewest first: a flood holds up
 * nobody else. What fails is sent again by the agent, and what was taken of it already is passed over then.
 */
export const recordLogs = async (nodeId: string, records: readonly LogRecord[]): Promise<{ acked: Record<string, number> }> => {
  const workloads = records.length === 0 ? new Map<string, Workload>() : await readWorkloads(nodeId, records)
  const masks = await readMasks(workloads)
  const byApp = Map.groupBy(records.filter((record) => workloads.has(record.w)), (record) => workloads.get(record.w)?.appId ?? '')
  for (const own of [...byApp.values()].sort((a, b) => a.length - b.length)) {
    const workload = workloads.get(own[0]?.w ?? '')
    if (workload) await appendLines(workload, own.map((record) => toArrived(record, workloads, masks)))
  }
  const acked: Record<string, number> = {}
  for (const r of records) acked[r.start] = Math.max(acked[r.start] ?? 0, r.seq)
  return { acked }
}

const toArrived = (record: LogRecord, workloads: Map<string, Workload>, masks: Map<string, Mask>): Arrived => {
  const mask = masks.get(workloads.get(record.w)?.releaseId ?? '')
  if (!mask) throw new Error(`no secrets were read for ${record.w}`)
  return { record, mask }
}

const readMasks = async (workloads: Map<string, Workload>): Promise<Map<string, Mask>> => {
  const masks = new Map<string, Mask>()
  for (const { orgId, releaseId } of workloads.values()) masks.set(releaseId, masks.get(releaseId) ?? await maskSecrets(orgId, releaseId))
  return masks
}

const readWorkloads = async (nodeId: string, records: readonly LogRecord[]): Promise<Map<string, Workload>> => {
  const { rows } = await runtime().databases.systemPool.query<{ id: string; org_id: string; app_id: string; release_id: string }>({
    name: 'log-workloads', text: 'SELECT id, org_id, app_id, release_id FROM instance WHERE id = ANY($1) AND node_id = $2', values: [[...new Set(records.map((r) => r.w))], nodeId],
  })
  return new Map(rows.map((r) => [r.id, { orgId: r.org_id, appId: r.app_id, releaseId: r.release_id }]))
}
