import { z } from 'zod'
import { MountPath, VolumeId, VolumeName, VolumeView } from '../../../contract/volume.ts'
import { Instant, toInstant } from '../../../contract/time.ts'
import type { OrgContext } from '../../../core/context.ts'
import { DomainError, notFound, ruleViolated } from '../../../core/error.ts'
import { command } from '../../../core/operation.ts'
import { loadApp } from '../../apps/index.ts'
import { silenceOf } from '../../nodes/index.ts'
import { withinQuotas } from '../../quotas/index.ts'
import { warmKeys } from '../../secrets/index.ts'
import { attachTo, clearAttachment } from '../attach-volume.ts'
import { loadReady } from '../backups/load-backup.ts'
import { BackupId } from '../backups/read-backups.ts'
import { volumeOfBackup } from '../backups/restore-backup.ts'
import { loadVolume, wireVolume, type LoadedVolume } from '../load-volume.ts'
import { grantOf, tellGrant } from './words.ts'

const HOUR_MS = 3_600_000
const ageText = (ms: number): string => (ms < HOUR_MS ? `${Math.max(1, Math.round(ms / 60_000))} minutes` : `${Math.round(ms / HOUR_MS)} hours`)

/** Refuses while somebody may still write to what the silent node holds. */
const requireGrant = async (volume: LoadedVolume): Promise<void> => {
  const node = await silenceOf(volume.nodeId)
  if (!node) throw notFound('node')
  if (node.silentMs < node.leaseMs) throw new DomainError('state_conflict', 'The node of the volume is there, with all data. To have a copy, restore a backup to a new volume.')
  const told = tellGrant(grantOf({ ...volume, held: volume.hold !== null }, node))
  if (told.state !== 'possible') throw new DomainError('state_conflict', told.detail)
}

/** Alone: others of the app would have to come along to the same node. */
const requireAlone = async (ctx: OrgContext, volume: LoadedVolume): Promise<void> => {
  if (!volume.appId) return
  const others = await ctx.db.volume.findMany({ where: { appId: volume.appId, id: { not: volume.id } }, select: { name: true } })
  if (others.length > 0) {
    throw new DomainError('state_conflict', `The app has other volumes on the same node: ${others.map(({ name }) => name).join(', ')}. Detach them with force, bring back this one, then those, and attach them again.`)
  }
}

export const restoreElsewhere = command({
  name: 'volumes.restore_elsewhere', summary: 'Of a volume whose node is lost: put its last backup into its place, on another node. What was written after the backup stays behind', scope: 'org', permission: 'apps:write',
  input: z.strictObject({
    volume_id: VolumeId, ...BackupId.shape, name: VolumeName.describe('Of the new volume; the old one keeps its own'),
    data_from: Instant.describe('The time of the backup, to be sure: what was written later is not in it'),
  }),
  output: VolumeView,
  rest: { method: 'POST', path: '/volumes/{volume_id}/restore-elsewhere', status: 202, tag: 'Volumes' }, before: warmKeys,
  run: (ctx, input) => withinQuotas(ctx, async () => {
    const { appId, mountPath, readOnly } = await loadVolume(ctx, input.volume_id)
    const app = appId === null ? null : await loadApp(ctx, appId, { lock: true })
    const volume = await loadVolume(ctx, input.volume_id, { lock: true })
    if (volume.deletedAt) throw new DomainError('state_conflict', 'The volume is deleted. Bring it back first, or restore its backup to a new volume.')
    if (volume.appId !== appId) throw new DomainError('state_conflict', 'The volume was just attached or detached. Look again.')
    const backup = await loadReady(ctx, input.backup_id)
    if (backup.volumeId !== volume.id) throw ruleViolated('/backup_id', 'not_of_volume', 'The backup is of another volume.')
    if (Date.parse(input.data_from) !== backup.createdAt.getTime()) {
      throw ruleViolated('/data_from', 'mismatch', `The backup holds the data of ${toInstant(backup.createdAt)}, ${ageText(ctx.now.getTime() - backup.createdAt.getTime())} old. What was written later is not in it. Say that time to go on.`)
    }
    await requireGrant(volume)
    await requireAlone(ctx, volume)
    const fence = volume.fence + 1
    await ctx.db.volume.update({ where: { id: volume.id }, data: { fence, leastFence: fence } })
    if (app) await clearAttachment(ctx, volume)
    const sizeMib = Math.max(volume.sizeMib, backup.sizeMib)
    const id = await volumeOfBackup(ctx, backup, { name: input.name, sizeMib, mode: volume.mode, fence, replacesId: volume.id })
    // What takes its place is kept safe as it was; of what lies on a silent node nothing can be taken.
    await ctx.db.volumeSchedule.updateMany({ where: { volumeId: volume.id }, data: { volumeId: id } })
    if (app) await attachTo(ctx, app, await loadVolume(ctx, id), { mountPath: MountPath.parse(mountPath), readOnly })
    const data = { replaces: volume.id, fence, from_node: volume.nodeId, backup_id: backup.id, data_from: toInstant(backup.createdAt), app_id: appId }
    await ctx.emit('volume.restored_elsewhere', { type: 'volume', id }, data)
    return wireVolume(ctx, id)
  }),
})
