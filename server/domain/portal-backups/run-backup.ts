import { z } from 'zod'
import { recordEvent } from '../../core/event.ts'
import { defineJob } from '../../core/job.ts'
import { log } from '../../core/log.ts'
import { runtime } from '../../core/runtime.ts'
import type { PortalBackup, PortalBackupPlan } from '../../../prisma/generated/client.ts'
import { mailOperators } from './mails.ts'
import { addressOf, currentLock, readPlan } from './plan-row.ts'
import { ArchiveError, portalArchives, type ArchiveKey, type ArchiveLock } from './ports.ts'

const TELL_MS = 1_000
const Payload = z.object({ id: z.string() })

/** Without the identity only the operator can open it: then nothing is proven here but that it is whole where it lies. */
const keyOf = (lock: ArchiveLock): ArchiveKey | null => ('passphrase' in lock ? lock : null)

const sql = (text: string, values: unknown[]) => runtime().databases.systemPool.query(text, values)

interface Ready { row: PortalBackup; plan: PortalBackupPlan; lock: ArchiveLock }

/** What a killed worker left is begun anew under the same name: half of it never bore that name. */
const take = async (id: string): Promise<Ready | null> => {
  const { databases } = runtime()
  const [row, plan] = await databases.asSystem('job', async (db) => [await db.portalBackup.findUnique({ where: { id } }), await readPlan(db)] as const)
  if (!row || !['queued', 'running'].includes(row.state)) return null
  const lock = currentLock()
  if (!plan || !lock) {
    await fail(row, new ArchiveError('no_lock', 'There is no place for backups, or nothing to encrypt them with.'))
    return null
  }
  await sql("UPDATE portal_backup SET state = 'running', progress = 0, taken_at = now(), heartbeat_at = now() WHERE id = $1", [id])
  return { row, plan, lock }
}

const write = async ({ row, plan, lock }: Ready): Promise<{ bytes: number; rows: number; takenAt: Date }> => {
  const { env } = runtime()
  const place = portalArchives().open(addressOf(plan))
  let [share, toldMs] = [0, 0]
  const tell = (progress: number): void => {
    share = progress
    if (Date.now() - toldMs < TELL_MS) return
    toldMs = Date.now()
    void sql('UPDATE portal_backup SET progress = $2, heartbeat_at = now() WHERE id = $1', [row.id, share]).catch(() => undefined)
  }
  const takenAt = await sql('SELECT taken_at FROM portal_backup WHERE id = $1', [row.id]).then(({ rows }) => (rows[0] as { taken_at: Date }).taken_at)
  const { archive, summary } = await portalArchives().write({
    databaseUrl: env.DATABASE_URL_SYSTEM, lock, data: env.SHELLWEGO_DATA, environment: process.env, now: takenAt, progress: tell,
  })
  const bytes = await place.put(row.name, archive)
  const found = summary()
  if (!found) throw new ArchiveError('incomplete', 'The backup ended before everything was in it.')
  return { bytes, rows: found.rows, takenAt }
}

const fail = async (row: PortalBackup, error: unknown): Promise<void> => {
  const fault = error instanceof ArchiveError ? error : new ArchiveError('failed', `The backup could not be made: ${(error as Error).message}`.slice(0, 400), error)
  log.error({ backup: row.id, code: fault.code, reason: fault.message }, 'a backup of the installation failed')
  await runtime().databases.asSystem('job', async (db) => {
    await db.portalBackup.update({ where: { id: row.id }, data: { state: 'failed', code: fault.code, reason: fault.message, finishedAt: new Date() } })
    await recordEvent(db, { orgId: null, type: 'operator.backup_failed', subject: { type: 'portal_backup', id: row.id }, actor: { type: 'job', name: 'portal_backups.run' }, requestId: null, data: { code: fault.code } })
    await mailOperators(db, { trouble: 'failed', detail: fault.message, key: row.id })
  })
}

/** Written, then read back from where it lies: only then is it called good. */
export const runBackup = defineJob({
  name: 'portal_backups.run', payload: Payload, atOnce: 1, maxAttempts: 5,
  run: async ({ id }) => {
    const ready = await take(id)
    if (!ready) return
    try {
      const { bytes, rows } = await write(ready)
      const fault = await readBack(ready)
      if (fault) throw fault
      await runtime().databases.asSystem('job', async (db) => {
        await db.portalBackup.update({
          where: { id }, data: { state: 'ready', progress: 1, bytes, rows, code: null, reason: null, finishedAt: new Date(), provenAt: keyOf(ready.lock) ? new Date() : null } })
        await db.portalBackupPlan.updateMany({ data: { alarmedAt: null } })
        await recordEvent(db, { orgId: null, type: 'operator.backup_made', subject: { type: 'portal_backup', id }, actor: { type: 'job', name: 'portal_backups.run' }, requestId: null, data: { bytes } })
      })
    } catch (error) {
      await fail(ready.row, error)
    }
  },
})

const drain = async (archive: AsyncIterable<unknown>): Promise<void> => {
  for await (const _part of archive) { /* Reads to the end. */ }
}

const readBack = async ({ row, plan, lock }: Ready): Promise<Error | null> => {
  try {
    const archive = await portalArchives().open(addressOf(plan)).get(row.name)
    const key = keyOf(lock)
    if (key) await portalArchives().verify(archive, key)
    else await drain(archive)
    return null
  } catch (error) {
    return error as Error
  }
}

export const proveBackup = defineJob({
  name: 'portal_backups.prove', payload: Payload, atOnce: 1, maxAttempts: 3,
  run: async ({ id }) => {
    const [row, plan] = await runtime().databases.asSystem('job', async (db) => [await db.portalBackup.findUnique({ where: { id } }), await readPlan(db)] as const)
    const lock = currentLock()
    if (!row || row.state !== 'ready' || !plan || !lock) return
    const fault = await readBack({ row, plan, lock })
    await runtime().databases.asSystem('job', async (db) => {
      await db.portalBackup.update({ where: { id }, data: fault ? { proofFault: fault.message.slice(0, 400) } : { provenAt: new Date(), proofFault: null } })
      if (fault) await mailOperators(db, { trouble: 'damaged', detail: fault.message, key: `${id}:${new Date().toISOString().slice(0, 10)}` })
    })
  },
})
