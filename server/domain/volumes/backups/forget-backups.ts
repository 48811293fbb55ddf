import type { SystemDb } from '../../../core/db.ts'
import { runtime } from '../../../core/runtime.ts'
import { removeObject } from '../../nodes/index.ts'

/** Of an organization that is gone: nodes forget the way to its buckets, and with its keys nobody can open what is left in them. */
export const forgetBackups = async (db: SystemDb, orgId: string): Promise<void> => {
  await db.volumeBackup.updateMany({ where: { orgId, deletedAt: null }, data: { deletedAt: runtime().clock.now() } })
  for (const set of await db.backupSet.findMany({ where: { orgId, endedAt: null } })) {
    const told = await db.nodeObject.findUnique({ where: { nodeId_kind_id: { nodeId: set.nodeId, kind: 'backup', id: set.id } } })
    if (told) await removeObject(db, set.nodeId, 'backup', set.id)
    else await db.backupSet.update({ where: { id: set.id }, data: { endedAt: runtime().clock.now(), sealedKeys: null, keyId: null } })
  }
}

/** Of a volume that is going for good: what had not left its node by then never will. */
export const giveUpUnmade = (db: SystemDb, volumeId: string, now: Date) => db.volumeBackup.updateMany({
  where: { volumeId, state: 'creating', deletedAt: null }, data: { state: 'failed', reason: 'The volume was deleted before the backup was made.', finishedAt: now },
})
