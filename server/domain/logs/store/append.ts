import type pg from 'pg'
import type { LogRecord } from '../../../contract/node-api/v1.ts'
import { logLevel, type LogStream } from '../../../contract/log.ts'
import { runtime } from '../../../core/runtime.ts'
import { inTransaction } from '../../../core/transaction.ts'
import { pack, type PlainLine } from './pack.ts'

export interface Arrived { record: LogRecord; mask: (line: string) => string }
interface AppOf { orgId: string; appId: string }

/** A chunk holds at most so much; full ones get a signature. */
export const CHUNK_LINES = 4_096
export const CHUNK_TEXT = 1 << 20
const RETENTION_MS = 3_650 * 86_400_000
const BREAKS = /\r?\n/g
const NUL = /\0/g

/**
 * Adds lines to an app, once by (start, number). The row of the app's newest number is held meanwhile, so that numbers become visible in
 * their order: a reader that has line n never misses an earlier one.
 */
export const appendLines = (app: AppOf, arrived: readonly Arrived[]): Promise<void> =>
  inTransaction(runtime().databases.systemPool, (client) => append(client, app, arrived))

const append = async (client: pg.PoolClient, app: AppOf, arrived: readonly Arrived[]): Promise<void> => {
  const { rows: [head] } = await client.query<{ last_id: string }>({
    name: 'log-head', values: [app.orgId, app.appId],
    text: 'INSERT INTO log_head (org_id, app_id, last_id) VALUES ($1, $2, 0) ON CONFLICT (org_id, app_id) DO UPDATE SET last_id = log_head.last_id RETURNING last_id',
  })
  const taken = await readTaken(client, arrived)
  const lines = fresh(arrived, taken)
  if (lines.length === 0) return
  const lastId = await insertChunks(client, app, Number(head?.last_id ?? 0), lines)
  await client.query({ name: 'log-head-set', text: 'UPDATE log_head SET last_id = $3 WHERE org_id = $1 AND app_id = $2', values: [app.orgId, app.appId, lastId] })
  await client.query({
    name: 'log-starts-set', values: [[...taken.keys()], [...taken.values()]],
    text: `INSERT INTO log_start (start_id, seq, touched_at) SELECT s, q, now() FROM unnest($1::text[], $2::bigint[]) AS t(s, q)
      ON CONFLICT (start_id) DO UPDATE SET seq = excluded.seq, touched_at = excluded.touched_at`,
  })
  await client.query({ name: 'log-wake', text: "SELECT pg_notify('shellwego', $1)", values: [`org:${app.orgId} log ${app.appId}`] })
}

/** The highest number taken of each start. */
const readTaken = async (client: pg.PoolClient, arrived: readonly Arrived[]): Promise<Map<string, number>> => {
  const starts = [...new Set(arrived.map(({ record }) => record.start))]
  const { rows } = await client.query<{ start_id: string; seq: string }>({ name: 'log-starts', text: 'SELECT start_id, seq FROM log_start WHERE start_id = ANY($1)', values: [starts] })
  return new Map(rows.map((row) => [row.start_id, Number(row.seq)]))
}

/** What was not taken before, in the order it came; a hole in the numbers that nobody spoke of is told. Moves `taken` on. */
const fresh = (arrived: readonly Arrived[], taken: Map<string, number>): PlainLine[] => {
  const nowMs = runtime().clock.now().getTime()
  const offsetMs = nowMs - Date.now()
  return arrived.flatMap(({ record, mask }): PlainLine[] => {
    const known = taken.get(record.start)
    if (known !== undefined && record.seq <= known) return []
    taken.set(record.start, record.seq)
    const line = toLine(record, mask, timeOf(record.t, offsetMs, nowMs))
    const missing = known === undefined || 'gap' in record || record.s === 'system' ? 0 : record.seq - known - 1
    return missing > 0 ? [said(line, `[${missing} ${missing === 1 ? 'line is' : 'lines are'} missing here: the node lost what it had kept]`), line] : [line]
  })
}

const said = (beside: PlainLine, text: string): PlainLine => ({ ...beside, stream: 'system', level: 'info', text })

const toLine = (record: LogRecord, mask: (line: string) => string, atMs: number): PlainLine => {
  const place = { atMs, instanceId: record.w }
  if ('gap' in record) {
    return { ...place, stream: 'system', level: 'info', text: `[${record.gap} bytes were dropped: the app wrote faster than its log could be kept]` }
  }
  const text = mask(record.line.replace(NUL, '\uFFFD').replace(BREAKS, '\u2424'))
  const stream: LogStream = record.s
  return { ...place, stream, level: stream === 'system' ? 'info' : logLevel(text), text }
}

/** Shown in business time. A node's clock may be wrong: a line is never newer than its arrival, nor older than any retention. */
const timeOf = (t: number, offsetMs: number, nowMs: number): number => Math.max(nowMs - RETENTION_MS, Math.min(t + offsetMs, nowMs))

/** Cut so that no piece is larger than a chunk may be. */
export const pieces = (lines: readonly PlainLine[]): PlainLine[][] => {
  const out: PlainLine[][] = [[]]
  let size = 0
  for (const line of lines) {
    const last = out.at(-1)
    const full = last === undefined || last.length >= CHUNK_LINES || (last.length > 0 && size + line.text.length > CHUNK_TEXT)
    if (full) out.push([line])
    else last.push(line)
    size = full ? line.text.length : size + line.text.length
  }
  return out.filter((piece) => piece.length > 0)
}

const insertChunks = async (client: pg.PoolClient, app: AppOf, after: number, lines: readonly PlainLine[]): Promise<number> => {
  let firstId = after + 1
  for (const piece of pieces(lines)) {
    await insertChunk(client, { ...app, firstId, lastId: firstId + piece.length - 1 }, piece, null)
    firstId += piece.length
  }
  return firstId - 1
}

interface Place extends AppOf { firstId: number; lastId: number }

export const insertChunk = async (
  client: pg.PoolClient, { orgId, appId, firstId, lastId }: Place, lines: readonly PlainLine[], signature: Buffer | null,
): Promise<void> => {
  const packed = await pack(lines)
  await client.query({
    name: 'log-chunk-insert',
    text: `INSERT INTO log_chunk (org_id, app_id, first_id, last_id, min_at, max_at, instances, levels, codec, body, signature)
      VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)`,
    values: [orgId, appId, firstId, lastId, packed.minAt, packed.maxAt, packed.instances, packed.levels, packed.codec, packed.body, signature],
  })
}
