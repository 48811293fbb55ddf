import type { VolumeRecovery } from '../../../contract/volume.ts'
import { toInstant } from '../../../contract/time.ts'
import type { OrgContext } from '../../../core/context.ts'
import { silenceOf } from '../../nodes/index.ts'
import { grantOf, tellGrant } from './words.ts'

interface Asked { id: string; nodeId: string; mode: string; hold: unknown; deletedAt: Date | null }

/** Null while the node of the volume is heard. */
export const recoveryOf = async (ctx: Pick<OrgContext, 'db'>, volume: Asked): Promise<VolumeRecovery | null> => {
  const node = volume.deletedAt ? null : await silenceOf(volume.nodeId)
  if (!node || node.silentMs < node.leaseMs) return null
  const backup = await ctx.db.volumeBackup.findFirst({ where: { volumeId: volume.id, deletedAt: null, state: 'ready' }, orderBy: { createdAt: 'desc' }, select: { id: true, createdAt: true } })
  return {
    ...tellGrant(grantOf({ ...volume, held: volume.hold !== null }, node)), node_seen_at: toInstant(node.lastSeenAt),
    backup: backup && { id: backup.id, data_from: toInstant(backup.createdAt) },
  }
}
