import { z } from 'zod'
import type { SystemDb } from '../../../core/db.ts'
import { recordEvent } from '../../../core/event.ts'
import { defineJob } from '../../../core/job.ts'
import { runtime } from '../../../core/runtime.ts'
import type { BackupSet } from '../../../../prisma/generated/client.ts'
import { neededBackups } from './delete-backup.ts'
import { beginDrill } from './drills.ts'
import { planRetention } from './rules/retention.ts'
import { advanceSets } from './advance-set.ts'

const BATCH = 200
const HOUR_MS = 3_600_000
const ACTOR = { type: 'job', name: 'backups.sweep' } as const

/** Each minute: backups past their time go, drills that are due begin, and sets that lost their node are given to another. */
export const sweepBackups = defineJob({
  name: 'backups.sweep',
  payload: z.object({}).loose(),
  run: async () => {
    const now = runtime().clock.now()
    for (const id of await dueSets(now)) await runtime().databases.asSystem('job', (db) => sweepSet(db, id, now))
    for (const id of await unfinishedSets()) await advanceSets.run({ subject_id: id, org_id: null })
  },
})

const dueSets = async (now: Date): Promise<string[]> => {
  const { rows } = await runtime().databases.systemPool.query<{ id: string }>(
    `SELECT s.id FROM backup_set s WHERE s.ended_at IS NULL AND (s.next_drill_at <= $1
       OR EXISTS (SELECT FROM volume_backup b WHERE b.set_id = s.id AND b.deleted_at IS NULL AND b.state IN ('ready', 'failed') AND b.expires_at <= $1)) LIMIT ${BATCH}`, [now])
  return rows.map((row) => row.id)
}

/** Of volumes that are gone: a set without backups is to end. */
const unfinishedSets = async (): Promise<string[]> => {
  const { rows } = await runtime().databases.systemPool.query<{ volume_id: string }>(
    `SELECT DISTINCT s.volume_id FROM backup_set s JOIN volume v ON v.id = s.volume_id WHERE s.ended_at IS NULL AND v.purged_at IS NOT NULL
       AND NOT EXISTS (SELECT FROM volume_backup b WHERE b.set_id = s.id AND b.deleted_at IS NULL)
       AND EXISTS (SELECT FROM node_object o WHERE o.node_id = s.node_id AND o.kind = 'backup' AND o.id = s.id AND o.desired = 'present') LIMIT ${BATCH}`)
  return rows.map((row) => row.volume_id)
}

const sweepSet = async (db: SystemDb, id: string, now: Date): Promise<void> => {
  await db.$executeRaw`SELECT 1 FROM backup_set WHERE id = ${id} FOR UPDATE`
  const set = await db.backupSet.findUnique({ where: { id } })
  if (!set || set.endedAt) return
  const all = await db.volumeBackup.findMany({ where: { setId: id, deletedAt: null } })
  for (const expired of planRetention(all, await neededBackups(db, id), now)) {
    await db.volumeBackup.update({ where: { id: expired }, data: { state: 'deleting' } })
    await recordEvent(db, { orgId: set.orgId, type: 'backup.deleted', subject: { type: 'backup', id: expired }, actor: ACTOR, requestId: null, data: { volume_id: set.volumeId, expired: true } })
  }
  if (set.nextDrillAt && set.nextDrillAt <= now) await drillByClock(db, set, now)
}

const drillByClock = async (db: SystemDb, set: BackupSet, now: Date): Promise<void> => {
  const nextDrillAt = set.drillEveryHours === null ? null : new Date(now.getTime() + set.drillEveryHours * HOUR_MS)
  await db.backupSet.update({ where: { id: set.id }, data: { nextDrillAt } })
  const newest = await db.volumeBackup.findFirst({ where: { setId: set.id, deletedAt: null, state: 'ready' }, orderBy: [{ createdAt: 'desc' }, { id: 'desc' }] })
  const running = await db.restoreDrill.findFirst({ where: { setId: set.id, state: 'running' }, select: { id: true } })
  if (!newest || running) return
  const drill = await beginDrill(db, newest, 'scheduled', now)
  await recordEvent(db, { orgId: set.orgId, type: 'drill.started', subject: { type: 'drill', id: drill.id }, actor: ACTOR, requestId: null, data: { volume_id: set.volumeId, backup_id: newest.id } })
}
