/**
 * SQLite from Node itself: transactions, fsync and crash recovery we would otherwise write by hand, no dependency.
 * One file for what must not be lost, one for log lines, so that a flood of lines cannot fill the ledger's transaction.
 */
import { mkdirSync, renameSync, rmSync } from 'node:fs'
import { dirname } from 'node:path'
import { DatabaseSync } from 'node:sqlite'

export type Database = DatabaseSync

export function openDatabase(path: string, schema: string): Database {
  mkdirSync(dirname(path), { recursive: true, mode: 0o700 })
  const db = new DatabaseSync(path)
  db.exec('PRAGMA journal_mode = WAL')
  db.exec('PRAGMA synchronous = FULL')
  db.exec('PRAGMA busy_timeout = 2000')
  db.exec('PRAGMA cache_size = -512')
  db.exec(schema)
  return db
}

/** For data that may be lost: a damaged file is put aside, never a reason not to start. */
export function openExpendable(path: string, schema: string): Database {
  try {
    return openDatabase(path, schema)
  } catch {
    for (const suffix of ['-wal', '-shm']) rmSync(path + suffix, { force: true })
    try {
      renameSync(path, `${path}.damaged`)
    } catch {
      rmSync(path, { force: true })
    }
    return openDatabase(path, schema)
  }
}

export function transaction<T>(db: Database, work: () => T): T {
  db.exec('BEGIN IMMEDIATE')
  try {
    const result = work()
    db.exec('COMMIT')
    return result
  } catch (error) {
    if (db.isTransaction) db.exec('ROLLBACK')
    throw error
  }
}
