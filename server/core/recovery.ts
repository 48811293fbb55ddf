import { setTimeout as sleep } from 'node:timers/promises'
import type pg from 'pg'
import type { SystemDb } from './db.ts'
import { DomainError } from './error.ts'
import { log } from './log.ts'

/**
 * After a restore the database is older than the world. Until the operator says that all is well, no job runs, nodes are told nothing, and
 * organizations change nothing: so nothing is deleted, moved or billed by what is no longer true.
 */
export interface Recovery {
  /** Since when; kept after the end, for nodes that come late. */
  readonly since: Date | null
  readonly active: boolean
  /** Resolves when it has ended; at once where there is none. */
  ended(): Promise<void>
  stop(): void
}

const LOOK_MS = 1_000
interface Row { since: Date | null; resumed: Date | null }

const read = async (pool: pg.Pool): Promise<Row> => (await pool.query<Row>(
  'SELECT recovering_since AS since, resumed_at AS resumed FROM control_epoch WHERE id = 1')).rows[0] ?? { since: null, resumed: null }

/** A restore happens while nothing runs: what is true at the start can only end. */
export const openRecovery = async (pool: pg.Pool): Promise<Recovery> => {
  let row = await read(pool)
  const stopped = new AbortController()
  const isActive = (): boolean => row.since !== null && row.resumed === null
  const watch = async (): Promise<void> => {
    while (isActive()) {
      await sleep(LOOK_MS, undefined, { signal: stopped.signal, ref: false })
      row = await read(pool).catch(() => row)
    }
    log.info({ since: row.since }, 'the recovery after the restore has ended')
  }
  const ending = isActive() ? watch() : Promise.resolve()
  ending.catch(() => undefined)
  if (isActive()) log.warn({ since: row.since }, 'the database was restored: nothing is deleted, moved or billed until the operator resumes')
  return {
    get since() { return row.since },
    get active() { return isActive() },
    ended: () => ending,
    stop: () => stopped.abort(),
  }
}

/** In the caller's transaction; other processes see it within a second. */
export const endRecovery = async (db: SystemDb): Promise<boolean> =>
  (await db.controlEpoch.updateMany({ where: { id: 1, recoveringSince: { not: null }, resumedAt: null }, data: { resumedAt: new Date() } })).count === 1

export const whileRecovering = (): DomainError => new DomainError('recovering',
  'This installation was restored from a backup and is being checked. Apps run on; nothing can be changed until that is done.', { headers: { 'retry-after': '60' } })
