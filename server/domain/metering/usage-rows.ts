import type pg from 'pg'
import type { UsageRecord } from '../../contract/node-api/v1.ts'
import { recordUsed } from '../metrics/index.ts'
import type { CounterState, UsageEffect, Workload } from './usage-rule.ts'

interface WorkloadRow { id: string; org_id: string; app_id: string; vcpu: number }

/** Instances that ran on this node, ended ones included: their last records may come late. */
export const readWorkloads = async (client: pg.PoolClient, nodeId: string, records: readonly UsageRecord[]): Promise<Map<string, Workload>> => {
  const { rows } = await client.query<WorkloadRow>({
    name: 'usage-workloads', values: [[...new Set(records.map((r) => r.workload_id))], nodeId],
    text: `SELECT i.id, i.org_id, i.app_id, coalesce(s.vcpu, a.vcpu) AS vcpu FROM instance i JOIN app a ON a.id = i.app_id
      LEFT JOIN LATERAL (SELECT vcpu FROM allocation_segment WHERE instance_id = i.id ORDER BY started_at DESC LIMIT 1) s ON true
      WHERE i.id = ANY($1) AND i.node_id = $2`,
  })
  return new Map(rows.map((r) => [r.id, { orgId: r.org_id, appId: r.app_id, instanceId: r.id, vcpu: r.vcpu }]))
}

interface CounterRow { start_id: string; cpu_us: string; disk_read: string; disk_write: string; net_rx: string; net_tx: string; updated_at: Date }

export const readCounters = async (client: pg.PoolClient, startIds: string[]): Promise<Map<string, CounterState>> => {
  const { rows } = await client.query<CounterRow>({
    name: 'usage-counters', values: [startIds],
    text: `SELECT start_id, cpu_us, disk_read, disk_write, net_rx, net_tx, updated_at FROM usage_counter WHERE start_id = ANY($1)
      ORDER BY start_id FOR UPDATE`,
  })
  return new Map(rows.map((r) => [r.start_id, {
    cpu_us: Number(r.cpu_us), disk_rd: Number(r.disk_read), disk_wr: Number(r.disk_write), net_rx: Number(r.net_rx), net_tx: Number(r.net_tx),
    atMs: r.updated_at.getTime(),
  }]))
}

/** Rows sorted by key, so that two streams that touch the same rows lock them in one order. */
export const writeEffect = async (client: pg.PoolClient, effect: UsageEffect): Promise<void> => {
  await writeCounters(client, effect)
  await writeEgress(client, effect)
  await recordUsed(client, effect.used)
}

const writeCounters = async (client: pg.PoolClient, effect: UsageEffect): Promise<void> => {
  const counters = [...effect.counters].sort(([a], [b]) => (a < b ? -1 : 1))
  if (counters.length === 0) return
  const of = <T>(pick: (c: (typeof counters)[number]) => T): T[] => counters.map(pick)
  await client.query({
    name: 'usage-write-counters',
    text: `INSERT INTO usage_counter (start_id, org_id, app_id, instance_id, cpu_us, disk_read, disk_write, net_rx, net_tx, updated_at)
      SELECT * FROM unnest($1::text[], $2::text[], $3::text[], $4::text[], $5::bigint[], $6::bigint[], $7::bigint[], $8::bigint[], $9::bigint[], $10::timestamptz[])
      ON CONFLICT (start_id) DO UPDATE SET cpu_us = excluded.cpu_us, disk_read = excluded.disk_read, disk_write = excluded.disk_write,
        net_rx = excluded.net_rx, net_tx = excluded.net_tx, updated_at = excluded.updated_at`,
    values: [of(([id]) => id), of(([, c]) => c.workload.orgId), of(([, c]) => c.workload.appId), of(([, c]) => c.workload.instanceId),
      of(([, c]) => c.state.cpu_us), of(([, c]) => c.state.disk_rd), of(([, c]) => c.state.disk_wr), of(([, c]) => c.state.net_rx),
      of(([, c]) => c.state.net_tx), of(([, c]) => new Date(c.state.atMs))],
  })
}

const writeEgress = async (client: pg.PoolClient, effect: UsageEffect): Promise<void> => {
  const quarters = [...effect.egress].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, e]) => e)
  if (quarters.length === 0) return
  await client.query({
    name: 'usage-write-quarters',
    text: `INSERT INTO usage_quarter (org_id, app_id, meter, at, quantity)
      SELECT o, a, 'egress_bytes', h, q FROM unnest($1::text[], $2::text[], $3::timestamptz[], $4::bigint[]) AS t(o, a, h, q)
      ON CONFLICT (org_id, app_id, meter, at) DO UPDATE SET quantity = usage_quarter.quantity + excluded.quantity`,
    values: [quarters.map((h) => h.workload.orgId), quarters.map((h) => h.workload.appId),
      quarters.map((h) => new Date(h.quarterMs)), quarters.map((h) => h.bytes)],
  })
}
