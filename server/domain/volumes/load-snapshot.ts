import type { OrgContext } from '../../core/context.ts'
import { DomainError, notFound } from '../../core/error.ts'

/** A snapshot that can be made use of, with the volume it is of. */
export const loadSnapshot = async (ctx: Pick<OrgContext, 'db'>, id: string, ofVolume?: string) => {
  const where = { id, deletedAt: null, ...(ofVolume ? { volumeId: ofVolume } : {}) }
  const snapshot = await ctx.db.volumeSnapshot.findFirst({ where, include: { volume: true } })
  if (!snapshot || snapshot.volume.purgedAt) throw notFound('snapshot')
  if (snapshot.state === 'deleting') throw new DomainError('state_conflict', 'The snapshot is being deleted.')
  return snapshot
}
