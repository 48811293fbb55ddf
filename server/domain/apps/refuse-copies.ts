import type { OrgContext } from '../../core/context.ts'
import { DomainError } from '../../core/error.ts'

/** A volume is open in one instance only, so an app that has one runs no copies. */
export const refuseCopies = async (ctx: Pick<OrgContext, 'db'>, app: { id: string; name: string }, replicas: number): Promise<void> => {
  if (replicas <= 1) return
  const volume = await ctx.db.volume.findFirst({ where: { appId: app.id }, select: { name: true } })
  if (volume) throw new DomainError('state_conflict', `${app.name} has the volume ${volume.name}, which one instance can have open at a time. Detach it to run more instances.`)
}
