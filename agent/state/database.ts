/**
 * SQLite from Node itself: transactions, fsync and crash recovery we would otherwise write by hand, no dependency.
 * One file for what must not be lost, one for log lines, so that a flood of lines cannot fill the ledger's transaction.
 */
import { mkdirSync, renameSync, rmSync } from 'node:fs'
import { dirname } from 'node:path'
import { DatabaseSync } from 'node:sqlite'

export type Database = DatabaseSync

export function openDatabase(path: string, schema: string, synchronous: 'FULL' | 'NORMAL' = 'FULL'): Database {
  mkdirSync(dirname(path), { recursive: true, mode: 0o700 })
  const db = new DatabaseSync(path)
  db.exec('PRAGMA journal_mode = WAL')
  db.exec(`PRAGMA synchronous = ${synchronous}`)
  db.exec('PRAGMA busy_timeout = 2000')
  db.exec('PRAGMA cache_size = -512')
  db.exec(schema)
  return db
}

/** For data that may be lost with the power (not with the process): no fsync per write, and a damaged file is put aside. */
export function openExpendable(path: string, schema: string): Database {
  try {
    return openDatabase(path, schema, 'NORMAL')
  } catch {
    for (const suffix of ['-wal', '-shm']) rmSync(path + suffix, { force: true })
    try {
      renameSync(path, `${path}.damaged`)
    } catch {
      rmSync(path, { force: true })
    }
    return openDatabase(path, schema, 'NORMAL')
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
