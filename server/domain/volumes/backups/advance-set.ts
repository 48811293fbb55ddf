import { z } from 'zod'
import type { SystemDb } from '../../../core/db.ts'
import { defineJob } from '../../../core/job.ts'
import { runtime } from '../../../core/runtime.ts'
import { removeObject, setDesired } from '../../nodes/index.ts'
import type { BackupSet } from '../../../../prisma/generated/client.ts'
import { openSet } from './bucket.ts'

/** Writes what the node shall keep in the bucket. A set whose volume is gone, and whose last backup went, ends. */
export const writeSet = async (db: SystemDb, setId: string): Promise<void> => {
  await db.$executeRaw`SELECT 1 FROM backup_set WHERE id = ${setId} FOR UPDATE`
  const set = await db.backupSet.findUnique({ where: { id: setId }, include: { volume: { select: { purgedAt: true } } } })
  if (!set || set.endedAt) return
  const left = await db.volumeBackup.count({ where: { setId, deletedAt: null } })
  if (left === 0 && set.volume.purgedAt) return removeObject(db, set.nodeId, 'backup', set.id)
  await wish(db, set)
}

const wish = async (db: SystemDb, set: BackupSet): Promise<void> => {
  const backups = await db.volumeBackup.findMany({
    where: { setId: set.id, deletedAt: null, state: { in: ['creating', 'ready'] } }, orderBy: [{ createdAt: 'asc' }, { id: 'asc' }], select: { id: true, snapshotId: true },
  })
  const drill = await db.restoreDrill.findFirst({ where: { setId: set.id, state: 'running' } })
  const { target, prefix, secrets, volumeKey } = await openSet(db, set)
  await setDesired(db, set.nodeId, {
    kind: 'backup', id: set.id, desired: 'present',
    spec: {
      org_id: set.orgId, volume_id: set.volumeId, target, prefix, backups: backups.map(({ id, snapshotId }) => ({ id, snapshot_id: snapshotId })),
      drill: drill && { token: drill.id, backup_id: drill.backupId }, secrets: { ...secrets, ...(volumeKey === null ? {} : { volume_key: volumeKey }) },
    },
  })
}

const setsOf = async (db: SystemDb, subject: string): Promise<string[]> => {
  if (subject.startsWith('bkp_')) return (await db.volumeBackup.findMany({ where: { id: subject }, select: { setId: true } })).map(({ setId }) => setId)
  if (subject.startsWith('drl_')) return (await db.restoreDrill.findMany({ where: { id: subject }, select: { setId: true } })).map(({ setId }) => setId)
  const where = subject.startsWith('btg_') ? { targetId: subject } : subject.startsWith('vol_') ? { volumeId: subject } : { targetId: null }
  return (await db.backupSet.findMany({ where: { ...where, endedAt: null }, select: { id: true } })).map(({ id }) => id)
}

/** Tells the nodes of all sets that a change concerns what is wished now; safe to run at any time. */
export const advanceSets = defineJob({
  name: 'backups.advance',
  payload: z.object({ subject_id: z.string(), org_id: z.string().nullable() }),
  run: async ({ subject_id: subject }) => {
    const ids = await runtime().databases.asSystem('job', (db) => setsOf(db, subject))
    for (const id of ids) await runtime().databases.asSystem('job', (db) => writeSet(db, id))
  },
})
