import { z } from 'zod'
import { recordEvent, subscribe, type EventInput } from '../../core/event.ts'
import { defineJob } from '../../core/job.ts'
import { runtime } from '../../core/runtime.ts'
import { registerIntake } from '../nodes/index.ts'
import { advanceVolume } from './advance-volume.ts'
import { advanceSets } from './backups/advance-set.ts'
import { forgetBackups } from './backups/forget-backups.ts'
import { takeBackupStatuses } from './backups/take-backup-status.ts'
import { clearAttachment } from './attach-volume.ts'
import { retireVolume } from './delete-volume.ts'
import { fenceOff, rewriteOfNode } from './fencing/fence-off.ts'
import { takeVolumeStatuses } from './take-status.ts'
import type { SystemDb } from '../../core/db.ts'

const Subject = z.object({ subject_id: z.string(), org_id: z.string().nullable() })

/** What the functions of operations need, on behalf of a job. The system role sees every tenant's rows, so the caller names its own. */
const acting = (db: SystemDb, orgId: string, name: string) => ({
  db: db as never, now: runtime().clock.now(),
  emit: (type: string, subject: EventInput['subject'], data?: NonNullable<EventInput['data']>) =>
    recordEvent(db, { orgId, type, subject, actor: { type: 'job', name }, requestId: null, ...(data ? { data } : {}) }),
})

/** An app that is gone gives its volumes back; what they hold stays. */
export const detachOfApp = defineJob({
  name: 'volumes.detach_of_app', payload: Subject,
  run: ({ subject_id: appId }) => runtime().databases.asSystem('job', async (db) => {
    for (const volume of await db.volume.findMany({ where: { appId } })) await clearAttachment(acting(db, volume.orgId, 'volumes.detach_of_app'), volume)
  }),
})

const retireAll = async (db: SystemDb, orgId: string, undoMs?: number): Promise<void> => {
  const context = acting(db, orgId, 'volumes.retire_of_organization')
  for (const volume of await db.volume.findMany({ where: { orgId, deletedAt: null } })) {
    if (volume.appId) await clearAttachment(context, volume)
    await retireVolume(context, volume, undoMs)
  }
}

/** Of an organization that is gone for good: there is nobody left to bring anything back. */
export const purgeOfOrganization = defineJob({
  name: 'volumes.purge_of_organization', payload: Subject,
  run: ({ subject_id: orgId }) => runtime().databases.asSystem('job', async (db) => {
    await retireAll(db, orgId, 0)
    await forgetBackups(db, orgId)
    await db.volume.updateMany({ where: { orgId, purgedAt: null }, data: { deletedAt: runtime().clock.now(), purgeAt: runtime().clock.now() } })
  }),
})

/** Of one that stayed unpaid until its end: who pays within the time of undo finds them again. */
export const retireOfOrganization = defineJob({
  name: 'volumes.retire_of_organization', payload: Subject,
  run: ({ subject_id: orgId }) => runtime().databases.asSystem('job', (db) => retireAll(db, orgId)),
})

export const subscribeVolumes = (): void => {
  registerIntake('volume', takeVolumeStatuses)
  registerIntake('backup', takeBackupStatuses)
  for (const type of ['volume.created', 'volume.attached', 'volume.detached', 'volume.resized', 'volume.mode_changed', 'volume.restoring', 'volume.deleted', 'volume.undeleted', 'snapshot.created', 'snapshot.deleted']) {
    subscribe(type, advanceVolume)
  }
  for (const type of ['backup.created', 'backup.deleted', 'backup.failed', 'drill.started', 'drill.passed', 'drill.failed', 'backup_target.keys_replaced', 'operator.backup_target_set']) {
    subscribe(type, advanceSets)
  }
  subscribe('volume.restored_elsewhere', fenceOff)
  subscribe('node.fencing_changed', rewriteOfNode)
  subscribe('app.deleted', detachOfApp)
  subscribe('organization.deleted', purgeOfOrganization)
  subscribe('organization.terminated', retireOfOrganization)
}
