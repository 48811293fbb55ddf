import { z } from 'zod'
import { VolumeId, VolumeMode, VolumeView } from '../../../contract/volume.ts'
import { DomainError } from '../../../core/error.ts'
import { command } from '../../../core/operation.ts'
import { nodeFences } from '../choose-node.ts'
import { loadVolume, wireVolume } from '../load-volume.ts'

export const setVolumeMode = command({
  name: 'volumes.set_mode', summary: 'Say what becomes of an app when the node of its volume is cut off: it runs on there (pinned), or it stops by itself (strict)', scope: 'org', permission: 'apps:write',
  input: z.strictObject({ volume_id: VolumeId, mode: VolumeMode }), output: VolumeView,
  rest: { method: 'POST', path: '/volumes/{volume_id}/mode', status: 200, tag: 'Volumes' },
  run: async (ctx, { volume_id: volumeId, mode }) => {
    const volume = await loadVolume(ctx, volumeId, { lock: true })
    if (volume.deletedAt) throw new DomainError('state_conflict', 'The volume is deleted.')
    if (mode === 'strict' && volume.mode !== mode && !(await nodeFences(volume.nodeId))) {
      throw new DomainError('state_conflict', 'The node of the volume cannot stop an app by itself now: its fence process does not run, or its agent is older than that. Ask the operator of the installation.')
    }
    await ctx.db.volume.update({ where: { id: volume.id }, data: { mode, version: { increment: 1 } } })
    await ctx.emit('volume.mode_changed', { type: 'volume', id: volume.id }, { from: volume.mode, to: mode, app_id: volume.appId })
    return wireVolume(ctx, volume.id)
  },
})
