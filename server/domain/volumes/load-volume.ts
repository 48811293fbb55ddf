import { volumeCan } from '../../contract/volume.ts'
import type { OrgContext } from '../../core/context.ts'
import { DomainError, notFound } from '../../core/error.ts'
import { silentNodes } from '../nodes/index.ts'
import { toVolume, VOLUME_PARTS, volumeStatus } from './wire.ts'

/** Names are labels, ids hold an underscore: they cannot be mistaken for each other. */
const byIdOrName = (text: string): object => (text.includes('_') ? { id: text } : { name: text, deletedAt: null })

/** To load is to authorise: another organization's volume is not found. Locks the row when it will be changed. */
export const loadVolume = async (ctx: Pick<OrgContext, 'db'>, volumeId: string, options: { lock?: boolean } = {}) => {
  const where = { AND: [byIdOrName(volumeId), { purgedAt: null }] }
  if (options.lock) {
    const found = await ctx.db.volume.findFirst({ where, select: { id: true } })
    if (found) await ctx.db.$executeRaw`SELECT 1 FROM volume WHERE id = ${found.id} FOR UPDATE`
  }
  const volume = await ctx.db.volume.findFirst({ where, include: VOLUME_PARTS })
  if (!volume) throw notFound('volume')
  return volume
}
export type LoadedVolume = Awaited<ReturnType<typeof loadVolume>>

/** Loads it locked, and refuses what its present state does not allow. */
export const loadFor = async (ctx: OrgContext, volumeId: string, act: keyof typeof volumeCan): Promise<LoadedVolume> => {
  const volume = await loadVolume(ctx, volumeId, { lock: true })
  const status = volumeStatus(volume)
  if (!volumeCan[act](status)) {
    throw new DomainError('state_conflict', `The volume is ${status}; it cannot ${act} now.${volume.reason ? ` ${volume.reason}` : ''}`)
  }
  return volume
}

export const wireVolume = async (ctx: Pick<OrgContext, 'db'>, id: string) => toVolume(await loadVolume(ctx, id), await silentNodes())
