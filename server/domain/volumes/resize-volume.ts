import { z } from 'zod'
import { Size } from '../../contract/app.ts'
import { VolumeId, VolumeView } from '../../contract/volume.ts'
import { DomainError, ruleViolated } from '../../core/error.ts'
import { command } from '../../core/operation.ts'
import { withinQuotas } from '../quotas/index.ts'
import { chooseNode } from './choose-node.ts'
import { loadFor, wireVolume } from './load-volume.ts'
import { volumeMib } from './sizes.ts'

export const resizeVolume = command({
  name: 'volumes.resize', summary: 'Make a volume larger, also while it is in use; or smaller, while it is detached', scope: 'org', permission: 'apps:write',
  input: z.strictObject({ volume_id: VolumeId, size: Size }), output: VolumeView,
  rest: { method: 'POST', path: '/volumes/{volume_id}/resize', status: 202, tag: 'Volumes' },
  run: (ctx, input) => withinQuotas(ctx, async () => {
    const sizeMib = volumeMib(input.size)
    const volume = await loadFor(ctx, input.volume_id, 'resize')
    if (sizeMib < volume.sizeMib) {
      if (volume.encrypted) throw ruleViolated('/size', 'not_possible', 'An encrypted volume cannot be made smaller. Make a new one and copy the files.')
      if (volume.appId || volume.hold) throw new DomainError('state_conflict', 'A volume is made smaller only while it is detached. Detach it first.')
      if (volume.usedMib !== null && sizeMib < volume.usedMib) {
        throw ruleViolated('/size', 'below_used', `${volume.usedMib} MiB of the volume are in use. Delete files first, or choose a larger size.`)
      }
    } else if (sizeMib > volume.sizeMib) {
      await chooseNode(ctx, sizeMib - volume.sizeMib, volume.nodeId)
    }
    await ctx.db.volume.update({ where: { id: volume.id }, data: { sizeMib, version: { increment: 1 } } })
    await ctx.emit('volume.resized', { type: 'volume', id: volume.id }, { from_mib: volume.sizeMib, to_mib: sizeMib, app_id: volume.appId })
    return wireVolume(ctx, volume.id)
  }),
})
