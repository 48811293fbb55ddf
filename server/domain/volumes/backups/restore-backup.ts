import { z } from 'zod'
import { Size } from '../../../contract/app.ts'
import { VolumeName, VolumeView } from '../../../contract/volume.ts'
import type { OrgContext } from '../../../core/context.ts'
import { ruleViolated } from '../../../core/error.ts'
import { command } from '../../../core/operation.ts'
import { withinQuotas } from '../../quotas/index.ts'
import { warmKeys } from '../../secrets/index.ts'
import { chooseNode } from '../choose-node.ts'
import { insertVolume } from '../create-volume.ts'
import { wireVolume } from '../load-volume.ts'
import { volumeMib } from '../sizes.ts'
import { sealedVolumeKey } from '../volume-key.ts'
import { openSetKeys } from './keys.ts'
import { loadReady } from './load-backup.ts'
import { BackupId } from './read-backups.ts'

interface OfBackup { name: string; sizeMib: number; mode?: string; fence?: number; replacesId?: string }

/** A new volume, on whichever node has room. The caller holds the set of the backup. */
export const volumeOfBackup = async (ctx: OrgContext, backup: { id: string; setId: string }, wish: OfBackup): Promise<string> => {
  const set = await ctx.db.backupSet.findFirstOrThrow({ where: { id: backup.setId } })
  const { volumeKey } = await openSetKeys(set)
  return insertVolume(ctx, {
    ...wish, nodeId: await chooseNode(ctx, wish.sizeMib, null, wish.mode), snapshotId: null, backupId: backup.id,
    keyFor: (orgId, volumeId) => sealedVolumeKey(orgId, volumeId, volumeKey),
  })
}

export const restoreBackup = command({
  name: 'backups.restore', summary: 'A new volume with what a backup holds, on whichever node has room', scope: 'org', permission: 'apps:write',
  input: z.strictObject({ ...BackupId.shape, name: VolumeName, size: Size.optional() }), output: VolumeView,
  rest: { method: 'POST', path: '/backups/{backup_id}/restore', status: 202, tag: 'Backups' }, before: warmKeys,
  run: (ctx, input) => withinQuotas(ctx, async () => {
    const backup = await loadReady(ctx, input.backup_id)
    const sizeMib = input.size === undefined ? backup.sizeMib : volumeMib(input.size)
    if (sizeMib < backup.sizeMib) throw ruleViolated('/size', 'below_source', `The backup is ${backup.sizeMib} MiB large. Use as much or more.`)
    const id = await volumeOfBackup(ctx, backup, { name: input.name, sizeMib })
    return wireVolume(ctx, id)
  }),
})
