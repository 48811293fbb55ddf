/** Lines not yet acknowledged, at most 50 MiB per workload: the oldest go first, and leave a record of the gap. */
import type { LogRecord } from '../../server/contract/node-api/v1.ts'
import type { LogLine } from '../drivers/vmm.ts'
import type { Logger } from '../runtime/log.ts'
import { transaction, type Database } from './database.ts'

export const LOG_SCHEMA = `
CREATE TABLE IF NOT EXISTS line (id INTEGER PRIMARY KEY, w TEXT NOT NULL, start TEXT NOT NULL, seq INTEGER NOT NULL, bytes INTEGER NOT NULL,
  record TEXT NOT NULL) STRICT;
CREATE INDEX IF NOT EXISTS line_of ON line (w, id);
CREATE TABLE IF NOT EXISTS progress (start TEXT PRIMARY KEY, w TEXT NOT NULL, stored INTEGER NOT NULL, touched_ms INTEGER NOT NULL) STRICT;
`
const RECORD_OVERHEAD = 120
const LINE_LIMIT = 16_384

export interface LogStore {
  append(workloadId: string, startId: string, lines: readonly LogLine[]): number | null
  /** Oldest records, up to about this many bytes. */
  batch(maxBytes: number): { id: number; start: string; seq: number; record: string }[]
  acked(ids: readonly number[]): void
  /** One listener, called after each append. */
  onAppend(listener: () => void): void
}

export function createLogStore(db: Database, log: Logger, ringBytes = 50 << 20): LogStore {
  const insert = db.prepare('INSERT INTO line (w, start, seq, bytes, record) VALUES (?, ?, ?, ?, ?)')
  const progress = db.prepare('SELECT stored FROM progress WHERE start = ?')
  const advance = db.prepare('INSERT INTO progress (start, w, stored, touched_ms) VALUES (?, ?, ?, ?) ON CONFLICT (start) DO UPDATE SET stored = excluded.stored, touched_ms = excluded.touched_ms')
  const held = new Map<string, number>(db.prepare('SELECT w, sum(bytes) AS held FROM line GROUP BY w').all().map((row) => [String(row['w']), Number(row['held'])]))
  let listener = (): void => {}

  const trim = (w: string): void => {
    let total = held.get(w) ?? 0
    if (total <= ringBytes) return
    const oldest = db.prepare('SELECT id, start, seq, bytes, record FROM line WHERE w = ? ORDER BY id').all(w)
    let dropped = 0
    let last: (typeof oldest)[number] | null = null
    for (const row of oldest) {
      if (total <= ringBytes * 0.9 || row === oldest.at(-1)) break
      total -= Number(row['bytes'])
      dropped += gapOf(String(row['record'])) ?? Number(row['bytes'])
      last = row
    }
    if (!last) return
    const record: LogRecord = { w, start: String(last['start']), seq: Number(last['seq']), t: Date.now(), gap: dropped }
    const text = JSON.stringify(record)
    db.prepare('DELETE FROM line WHERE w = ? AND id < ?').run(w, Number(last['id']))
    db.prepare('UPDATE line SET bytes = ?, record = ? WHERE id = ?').run(text.length, text, Number(last['id']))
    held.set(w, total + text.length)
  }

  const store = (w: string, start: string, lines: readonly LogLine[]): number => {
    const known = (progress.get(start)?.['stored'] as number | undefined) ?? -1
    let stored = known
    for (const line of lines) {
      if (line.seq <= stored) continue
      const record: LogRecord = { w, start, seq: line.seq, t: Math.round(line.atMs), s: line.stream, line: line.line.slice(0, LINE_LIMIT) }
      const text = JSON.stringify(record)
      insert.run(w, start, line.seq, text.length + RECORD_OVERHEAD, text)
      held.set(w, (held.get(w) ?? 0) + text.length + RECORD_OVERHEAD)
      stored = line.seq
    }
    if (stored > known) advance.run(start, w, stored, Date.now())
    trim(w)
    return stored
  }

  return {
    append(w, start, lines) {
      try {
        const stored = transaction(db, () => store(w, start, lines))
        listener()
        return stored
      } catch (error) {
        log.warn('log lines could not be stored', { vm: w, error: String(error) })
        return null
      }
    },
    batch(maxBytes) {
      const out: { id: number; start: string; seq: number; record: string }[] = []
      let bytes = 0
      for (const row of db.prepare('SELECT id, start, seq, bytes, record FROM line ORDER BY id LIMIT 10000').iterate()) {
        bytes += Number(row['bytes'])
        if (bytes > maxBytes && out.length > 0) break
        out.push({ id: Number(row['id']), start: String(row['start']), seq: Number(row['seq']), record: String(row['record']) })
      }
      return out
    },
    acked(ids) {
      if (ids.length === 0) return
      transaction(db, () => {
        const remove = db.prepare('DELETE FROM line WHERE id = ? RETURNING w, bytes')
        for (const id of ids) {
          const row = remove.get(id)
          if (row) held.set(String(row['w']), Math.max(0, (held.get(String(row['w'])) ?? 0) - Number(row['bytes'])))
        }
        db.prepare('DELETE FROM progress WHERE touched_ms < ? AND start NOT IN (SELECT start FROM line)').run(Date.now() - 30 * 86_400_000)
      })
    },
    onAppend(next) {
      listener = next
    },
  }
}

const gapOf = (record: string): number | null => {
  const parsed = JSON.parse(record) as LogRecord
  return 'gap' in parsed ? parsed.gap : null
}
