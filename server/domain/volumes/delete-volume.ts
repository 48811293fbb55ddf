import { z } from 'zod'
import { UNDO_HOURS, VolumeId, VolumeView } from '../../contract/volume.ts'
import type { OrgContext } from '../../core/context.ts'
import { DomainError } from '../../core/error.ts'
import { command } from '../../core/operation.ts'
import { withinQuotas } from '../quotas/index.ts'
import { loadFor, loadVolume, wireVolume } from './load-volume.ts'

const UNDO_MS = UNDO_HOURS * 3_600_000

/** From now on it costs nothing and can be brought back for a while. */
export const retireVolume = async (ctx: Pick<OrgContext, 'db' | 'emit' | 'now'>, volume: { id: string; name: string }, undoMs = UNDO_MS): Promise<void> => {
  const purgeAt = new Date(ctx.now.getTime() + undoMs)
  await ctx.db.volume.update({ where: { id: volume.id }, data: { deletedAt: ctx.now, purgeAt, version: { increment: 1 } } })
  await ctx.emit('volume.deleted', { type: 'volume', id: volume.id }, { name: volume.name })
}

export const deleteVolume = command({
  name: 'volumes.delete', summary: `Delete a detached volume with its snapshots; for ${UNDO_HOURS} hours it can be brought back`, scope: 'org', permission: 'apps:write',
  input: z.strictObject({ volume_id: VolumeId }), output: VolumeView,
  rest: { method: 'DELETE', path: '/volumes/{volume_id}', status: 200, tag: 'Volumes' },
  run: async (ctx, input) => {
    const volume = await loadVolume(ctx, input.volume_id, { lock: true })
    if (volume.appId || volume.hold) throw new DomainError('state_conflict', 'The volume is attached to an app. Detach it first.')
    await retireVolume(ctx, await loadFor(ctx, volume.id, 'delete'))
    return wireVolume(ctx, volume.id)
  },
})

export const undeleteVolume = command({
  name: 'volumes.undelete', summary: 'Bring a deleted volume back', scope: 'org', permission: 'apps:write',
  input: z.strictObject({ volume_id: VolumeId }), output: VolumeView,
  rest: { method: 'POST', path: '/volumes/{volume_id}/actions/undelete', tag: 'Volumes' },
  run: (ctx, input) => withinQuotas(ctx, async () => {
    const volume = await loadFor(ctx, input.volume_id, 'undelete')
    const past = volume.purgeAt !== null && volume.purgeAt <= ctx.now
    if (past) throw new DomainError('state_conflict', 'The time to bring the volume back is over.')
    const twin = await ctx.db.volume.findFirst({ where: { name: volume.name, deletedAt: null }, select: { id: true } })
    if (twin) throw new DomainError('name_taken', `There is another volume ${volume.name} now. Delete that one first.`)
    await ctx.db.volume.update({ where: { id: volume.id }, data: { deletedAt: null, purgeAt: null, version: { increment: 1 } } })
    await ctx.emit('volume.undeleted', { type: 'volume', id: volume.id }, { name: volume.name })
    return wireVolume(ctx, volume.id)
  }),
})
