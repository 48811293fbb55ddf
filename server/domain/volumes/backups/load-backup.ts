import type { OrgContext } from '../../../core/context.ts'
import { DomainError, notFound } from '../../../core/error.ts'
import { BACKUP_PARTS } from './wire.ts'

/** To load is to authorise. */
export const loadBackup = async (ctx: Pick<OrgContext, 'db'>, id: string) => {
  const row = await ctx.db.volumeBackup.findFirst({ where: { id, deletedAt: null }, include: BACKUP_PARTS })
  if (!row) throw notFound('backup')
  return row
}

/** What can be restored right now. Locks the set, so that it does not expire meanwhile. */
export const loadReady = async (ctx: Pick<OrgContext, 'db'>, id: string) => {
  const { setId } = await loadBackup(ctx, id)
  await ctx.db.$executeRaw`SELECT 1 FROM backup_set WHERE id = ${setId} FOR UPDATE`
  const row = await loadBackup(ctx, id)
  if (row.state !== 'ready') throw new DomainError('state_conflict', row.state === 'creating' ? 'The backup is still being made. Try again when it is ready.' : `The backup is ${row.state}.`)
  return row
}
