/** Usage not yet acknowledged: cumulative counters under a rising number, on disk before they are sent. */
import { randomUUID } from 'node:crypto'
import type { HostRecord, TrafficRecord } from '../../server/contract/node-api/measures.ts'
import type { UsageRecord, UsageRequest } from '../../server/contract/node-api/v1.ts'
import type { Instant } from '../reconcile/model.ts'
import { ageMs, type Clock } from '../runtime/clock.ts'
import { transaction, type Database } from './database.ts'

export type Counters = UsageRecord['cum']
/** What is counted beside VMs, by the records of the node API. */
export type Measure = Omit<TrafficRecord, 'seq' | 'ago_ms'> | Omit<HostRecord, 'seq' | 'ago_ms'>
export interface UsageSample { vmStartId: string; workloadId: string; raw: Counters; memoryUsedMib: number; at: Instant }

const SCHEMA = `
CREATE TABLE IF NOT EXISTS usage (seq INTEGER PRIMARY KEY, start_id TEXT NOT NULL, workload_id TEXT NOT NULL, at TEXT NOT NULL,
  cum TEXT NOT NULL, memory_mib REAL NOT NULL) STRICT;
CREATE TABLE IF NOT EXISTS usage_counter (start_id TEXT PRIMARY KEY, raw TEXT NOT NULL, cum TEXT NOT NULL) STRICT;
CREATE TABLE IF NOT EXISTS usage_stream (one INTEGER PRIMARY KEY CHECK (one = 1), stream_id TEXT NOT NULL, next_seq INTEGER NOT NULL) STRICT;
`
const KEEP_RECORDS = 200_000
/** A sample is under way for seconds; so many starts do not end meanwhile. */
const KEEP_ENDED = 10_000

export interface UsageWal {
  streamId(): string
  append(sample: UsageSample): void
  /** In one transaction with `also`. */
  measured(measures: readonly { at: Instant; measure: Measure }[], also?: () => void): void
  pending(limit: number): UsageRequest['records']
  /** All up to this number is safely stored by the portal. */
  acked(seq: number): void
  /** The portal holds less than we deleted: numbers begin anew; counters stay cumulative. */
  newStream(): void
  /** The portal refuses this record for good: it goes, and the others get new numbers. */
  discard(seq: number): void
  /** What is read of this start from now on came too late and is left out: without its counters it would seem to begin anew. */
  ended(startId: string): void
}

const KEYS = ['cpu_us', 'disk_rd', 'disk_wr', 'net_rx', 'net_tx'] as const

/** A source that began again at zero (new TAP, new VMM counters) never makes the sum fall. */
export function accumulate(previous: { raw: Counters; cum: Counters } | null, raw: Counters): Counters {
  const next = { ...raw }
  if (!previous) return next
  for (const key of KEYS) next[key] = previous.cum[key] + (raw[key] >= previous.raw[key] ? raw[key] - previous.raw[key] : raw[key])
  return next
}

export function openUsageWal(db: Database, clock: Clock): UsageWal {
  db.exec(SCHEMA)
  const setStream = db.prepare('INSERT INTO usage_stream (one, stream_id, next_seq) VALUES (1, ?, 1) ON CONFLICT (one) DO UPDATE SET stream_id = excluded.stream_id, next_seq = 1')
  const stream = () => db.prepare('SELECT stream_id, next_seq FROM usage_stream').get() as { stream_id: string; next_seq: number } | undefined
  if (!stream()) setStream.run(randomUUID())
  const insert = db.prepare('INSERT INTO usage (seq, start_id, workload_id, at, cum, memory_mib) VALUES (?, ?, ?, ?, ?, ?)')
  const readCounter = db.prepare('SELECT raw, cum FROM usage_counter WHERE start_id = ?')
  const writeCounter = db.prepare('INSERT INTO usage_counter (start_id, raw, cum) VALUES (?, ?, ?) ON CONFLICT (start_id) DO UPDATE SET raw = excluded.raw, cum = excluded.cum')

  const ended = new Set<string>()
  const newStream = (): void => {
    const rows = db.prepare('SELECT seq FROM usage ORDER BY seq DESC LIMIT ?').all(KEEP_RECORDS).reverse()
    setStream.run(randomUUID())
    db.exec('UPDATE usage SET seq = -seq')
    const renumber = db.prepare('UPDATE usage SET seq = ? WHERE seq = ?')
    rows.forEach((row, at) => renumber.run(at + 1, -Number(row['seq'])))
    db.prepare('DELETE FROM usage WHERE seq < 0').run()
    db.prepare('UPDATE usage_stream SET next_seq = ?').run(rows.length + 1)
  }

  return {
    streamId: () => stream()?.stream_id ?? '',
    append(sample) {
      if (ended.has(sample.vmStartId)) return
      transaction(db, () => {
        const row = readCounter.get(sample.vmStartId)
        const previous = row ? { raw: JSON.parse(String(row['raw'])) as Counters, cum: JSON.parse(String(row['cum'])) as Counters } : null
        const cum = accumulate(previous, sample.raw)
        writeCounter.run(sample.vmStartId, JSON.stringify(sample.raw), JSON.stringify(cum))
        const seq = stream()?.next_seq ?? 1
        insert.run(seq, sample.vmStartId, sample.workloadId, JSON.stringify(sample.at), JSON.stringify(cum), sample.memoryUsedMib)
        db.prepare('UPDATE usage_stream SET next_seq = ?').run(seq + 1)
      })
    },
    measured: (measures, also = () => {}) => transaction(db, () => {
      let seq = stream()?.next_seq ?? 1
      // Of no start: so they are told apart.
      for (const { at, measure } of measures) insert.run(seq++, '', '', JSON.stringify(at), JSON.stringify(measure), 0)
      db.prepare('UPDATE usage_stream SET next_seq = ?').run(seq)
      also()
    }),
    pending: (limit) => db.prepare('SELECT * FROM usage ORDER BY seq LIMIT ?').all(limit).map((row) => recordOf(row, clock)),
    acked: (seq) => void db.prepare('DELETE FROM usage WHERE seq <= ?').run(seq),
    newStream: () => transaction(db, newStream),
    discard: (seq) => transaction(db, () => {
      db.prepare('DELETE FROM usage WHERE seq = ?').run(seq)
      newStream()
    }),
    ended(startId) {
      if (ended.size >= KEEP_ENDED) ended.clear()
      ended.add(startId)
      db.prepare('DELETE FROM usage_counter WHERE start_id = ?').run(startId)
    },
  }
}

function recordOf(row: Record<string, unknown>, clock: Clock): UsageRequest['records'][number] {
  const head = { seq: Number(row['seq']), ago_ms: ageMs(clock, JSON.parse(String(row['at'])) as Instant) }
  const held: unknown = JSON.parse(String(row['cum']))
  if (row['start_id'] === '') return { ...head, ...(held as Measure) }
  return { ...head, vm_start_id: String(row['start_id']), workload_id: String(row['workload_id']), cum: held as Counters, memory_used_mib: Number(row['memory_mib']) }
}
