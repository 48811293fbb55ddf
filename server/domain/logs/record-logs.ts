import type pg from 'pg'
import type { LogRecord } from '../../contract/node-api/v1.ts'
import { runtime } from '../../core/runtime.ts'
import { maskSecrets } from '../secrets/index.ts'

interface Workload { orgId: string; appId: string; releaseId: string }
type Mask = (line: string) => string
interface Row { workload: Workload; record: LogRecord; mask: Mask }

const NUL = /\0/g

/**
 * Stores lines once by (start, number). Lines of an app are numbered under a lock, so that ids become visible in their order:
 * a reader that has line n never misses an earlier one. Secrets of the instance are hidden before anything is stored; while they cannot be
 * opened nothing is taken, and the agent keeps the lines.
 */
export const recordLogs = async (nodeId: string, records: readonly LogRecord[]): Promise<{ acked: Record<string, number> }> => {
  const rows = await toRows(nodeId, records)
  if (rows.length > 0) await inTransaction((client) => store(client, rows))
  const acked: Record<string, number> = {}
  for (const r of records) acked[r.start] = Math.max(acked[r.start] ?? 0, r.seq)
  return { acked }
}

const inTransaction = async (run: (client: pg.PoolClient) => Promise<void>): Promise<void> => {
  const client = await runtime().databases.systemPool.connect()
  try {
    await client.query('BEGIN')
    await run(client)
    await client.query('COMMIT')
  } catch (error) {
    await client.query('ROLLBACK').catch(() => {})
    throw error
  } finally {
    client.release()
  }
}

/** Lines of instances that this node runs; others' are dropped. */
const toRows = async (nodeId: string, records: readonly LogRecord[]): Promise<Row[]> => {
  if (records.length === 0) return []
  const workloads = await readWorkloads(nodeId, records)
  const masks = new Map<string, Mask>()
  for (const { orgId, releaseId } of workloads.values()) masks.set(releaseId, masks.get(releaseId) ?? await maskSecrets(orgId, releaseId))
  return records.flatMap((record): Row[] => {
    const workload = workloads.get(record.w)
    const mask = workload && masks.get(workload.releaseId)
    return workload && mask ? [{ workload, record, mask }] : []
  })
}

const store = async (client: pg.PoolClient, rows: Row[]): Promise<void> => {
  const apps = new Map(rows.map((r) => [r.workload.appId, r.workload.orgId]))
  for (const appId of [...apps.keys()].sort()) await client.query("SELECT pg_advisory_xact_lock(hashtextextended('log ' || $1, 0))", [appId])
  await insert(client, rows)
  for (const [appId, orgId] of apps) await client.query("SELECT pg_notify('shellwego', $1)", [`org:${orgId} log ${appId}`])
}

const readWorkloads = async (nodeId: string, records: readonly LogRecord[]): Promise<Map<string, Workload>> => {
  const { rows } = await runtime().databases.systemPool.query<{ id: string; org_id: string; app_id: string; release_id: string }>({
    name: 'log-workloads', text: 'SELECT id, org_id, app_id, release_id FROM instance WHERE id = ANY($1) AND node_id = $2', values: [[...new Set(records.map((r) => r.w))], nodeId],
  })
  return new Map(rows.map((r) => [r.id, { orgId: r.org_id, appId: r.app_id, releaseId: r.release_id }]))
}

const insert = async (client: pg.PoolClient, rows: Row[]): Promise<void> => {
  const nowMs = runtime().clock.now().getTime()
  const offsetMs = nowMs - Date.now()
  await client.query({
    name: 'log-insert',
    text: `INSERT INTO log_line (org_id, app_id, instance_id, start_id, seq, at, stream, line)
      SELECT * FROM unnest($1::text[], $2::text[], $3::text[], $4::text[], $5::bigint[], $6::timestamptz[], $7::text[], $8::text[])
      ON CONFLICT (start_id, seq) DO NOTHING`,
    values: [rows.map((r) => r.workload.orgId), rows.map((r) => r.workload.appId), rows.map((r) => r.record.w), rows.map((r) => r.record.start),
      rows.map((r) => r.record.seq), rows.map((r) => lineTime(r.record.t, offsetMs, nowMs)), rows.map((r) => ('gap' in r.record ? 'system' : r.record.s)),
      rows.map((r) => r.mask(textOf(r.record)))],
  })
}

/** Shown in business time. A node's clock may be wrong: a line is never newer than its arrival, nor older than the retention. */
const lineTime = (t: number, offsetMs: number, nowMs: number): Date => new Date(Math.max(nowMs - 30 * 86_400_000, Math.min(t + offsetMs, nowMs)))

const textOf = (record: LogRecord): string =>
  'gap' in record ? `[${record.gap} bytes were dropped: the app wrote faster than its log could be kept]` : record.line.replace(NUL, '\uFFFD')
