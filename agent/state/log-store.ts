/** Lines not yet acknowledged, at most 50 MiB per workload: the oldest go first, and leave a record of the gap. */
import type { LogRecord } from '../../server/contract/node-api/v1.ts'
import type { LogLine } from '../drivers/vmm.ts'
import { errorText, type Logger } from '../runtime/log.ts'
import { transaction, type Database } from './database.ts'

export const LOG_SCHEMA = `
CREATE TABLE IF NOT EXISTS line (id INTEGER PRIMARY KEY, w TEXT NOT NULL, start TEXT NOT NULL, seq INTEGER NOT NULL, bytes INTEGER NOT NULL,
  record TEXT NOT NULL) STRICT;
CREATE INDEX IF NOT EXISTS line_of ON line (w, id);
CREATE TABLE IF NOT EXISTS progress (start TEXT PRIMARY KEY, w TEXT NOT NULL, stored INTEGER NOT NULL, touched_ms INTEGER NOT NULL) STRICT;
`
const ADVANCE = `INSERT INTO progress (start, w, stored, touched_ms) VALUES (?, ?, ?, ?)
  ON CONFLICT (start) DO UPDATE SET stored = excluded.stored, touched_ms = excluded.touched_ms`
const RECORD_OVERHEAD = 120
const LINE_LIMIT = 16_384
/** Share of a full ring that is emptied at a time. */
const SLACK = 1 / 50
const FORGET_MS = 30 * 86_400_000

interface Row { id: number; w: string; start: string; seq: number; bytes: number; record: string }
export type StoredLine = Pick<Row, 'id' | 'start' | 'seq' | 'record'>

export class LogStore {
  readonly #db: Database
  readonly #log: Logger
  readonly #ringBytes: number
  #held: Map<string, number>
  /** By start the first line that was not stored: what comes after it must not be told safe before it came again. */
  readonly #missing = new Map<string, number>()
  #listener: () => void = () => {}

  constructor(db: Database, log: Logger, ringBytes = 50 << 20) {
    this.#db = db
    this.#log = log
    this.#ringBytes = ringBytes
    this.#held = this.#count()
  }

  /** Returns the highest number now safe, or null when nothing was stored: then the guest must send again from there. */
  append(w: string, start: string, lines: readonly LogLine[]): number | null {
    const [first] = lines
    const missing = this.#missing.get(start)
    // The guest itself says of what it no longer has that it is gone.
    if (missing !== undefined && first && first.seq > missing && first.stream !== 'system') return null
    try {
      const stored = transaction(this.#db, () => this.#store(w, start, lines))
      this.#missing.delete(start)
      this.#listener()
      return stored
    } catch (error) {
      this.#log.warn('log lines could not be stored', { vm: w, error: errorText(error) })
      if (first) this.#missing.set(start, Math.min(missing ?? Infinity, first.seq))
      this.#held = this.#count()
      return null
    }
  }

  /** Up to about this many bytes. Every workload has an equal share, oldest lines first, and what one does not use is the others': a flood holds up nobody. */
  batch(maxBytes: number): StoredLine[] {
    const waiting = [...this.#held].sort(([, a], [, b]) => a - b)
    const out: Row[] = []
    let left = maxBytes
    waiting.forEach(([w], at) => {
      const mine = this.#oldest(w, { share: left / (waiting.length - at), limit: out.length === 0 ? Infinity : left })
      left -= mine.reduce((sum, row) => sum + row.bytes, 0)
      out.push(...mine)
    })
    return out
  }

  /** One at least, if it is within the limit. */
  #oldest(w: string, { share, limit }: { share: number; limit: number }): Row[] {
    const out: Row[] = []
    let bytes = 0
    const rows = this.#db.prepare('SELECT * FROM line WHERE w = ? ORDER BY id LIMIT 10000').iterate(w) as Iterable<unknown> as Iterable<Row>
    for (const row of rows) {
      bytes += row.bytes
      if (bytes > limit || (bytes > share && out.length > 0)) break
      out.push(row)
    }
    return out
  }

  acked(ids: readonly number[]): void {
    if (ids.length === 0) return
    try {
      transaction(this.#db, () => this.#remove(ids))
    } catch (error) {
      this.#held = this.#count()
      throw error
    }
  }

  #remove(ids: readonly number[]): void {
    const remove = this.#db.prepare('DELETE FROM line WHERE id = ? RETURNING w, bytes')
    for (const id of ids) {
      const row = remove.get(id) as Pick<Row, 'w' | 'bytes'> | undefined
      if (row) this.#grow(row.w, -row.bytes)
    }
    this.#db.prepare('DELETE FROM progress WHERE touched_ms < ? AND start NOT IN (SELECT start FROM line)').run(Date.now() - FORGET_MS)
  }

  /** From the file: what a transaction that failed had added is none of it. */
  #count(): Map<string, number> {
    const sums = this.#db.prepare('SELECT w, sum(bytes) AS held FROM line GROUP BY w').all() as { w: string; held: number }[]
    return new Map(sums.map(({ w, held }) => [w, held]))
  }

  /** One listener, called after each append. */
  onAppend(listener: () => void): void {
    this.#listener = listener
  }

  #grow(w: string, bytes: number): void {
    const held = (this.#held.get(w) ?? 0) + bytes
    if (held > 0) this.#held.set(w, held)
    else this.#held.delete(w)
  }

  #store(w: string, start: string, lines: readonly LogLine[]): number {
    const insert = this.#db.prepare('INSERT INTO line (w, start, seq, bytes, record) VALUES (?, ?, ?, ?, ?)')
    const known = (this.#db.prepare('SELECT stored FROM progress WHERE start = ?').get(start) as { stored: number } | undefined)?.stored ?? -1
    let stored = known
    for (const line of lines) {
      if (line.seq <= stored) continue
      const record: LogRecord = { w, start, seq: line.seq, t: Math.round(line.atMs), s: line.stream, line: line.line.slice(0, LINE_LIMIT) }
      const text = JSON.stringify(record)
      insert.run(w, start, line.seq, text.length + RECORD_OVERHEAD, text)
      this.#grow(w, text.length + RECORD_OVERHEAD)
      stored = line.seq
    }
    if (stored > known) this.#db.prepare(ADVANCE).run(start, w, stored, Date.now())
    if ((this.#held.get(w) ?? 0) > this.#ringBytes) this.#trim(w)
    return stored
  }

  /** Drops a little more than needed, and reads no more than it drops: all else waits meanwhile. The last dropped row becomes the record of the gap. */
  #trim(w: string): void {
    let excess = (this.#held.get(w) ?? 0) - this.#ringBytes * (1 - SLACK)
    let gap = 0
    let last: Row | null = null
    for (const row of this.#db.prepare('SELECT * FROM line WHERE w = ? ORDER BY id').iterate(w) as Iterable<unknown> as Iterable<Row>) {
      if (excess <= 0) break
      excess -= row.bytes
      gap += gapOf(row.record) ?? row.bytes
      this.#grow(w, -row.bytes)
      last = row
    }
    if (!last) return
    const record: LogRecord = { w, start: last.start, seq: last.seq, t: Date.now(), gap }
    const text = JSON.stringify(record)
    this.#db.prepare('DELETE FROM line WHERE w = ? AND id < ?').run(w, last.id)
    this.#db.prepare('UPDATE line SET bytes = ?, record = ? WHERE id = ?').run(text.length, text, last.id)
    this.#grow(w, text.length)
  }
}

function gapOf(record: string): number | null {
  if (!record.includes('"gap":')) return null
  const parsed = JSON.parse(record) as LogRecord
  return 'gap' in parsed ? parsed.gap : null
}
