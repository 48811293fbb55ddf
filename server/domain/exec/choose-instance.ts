import type { OrgContext } from '../../core/context.ts'
import { DomainError, notFound } from '../../core/error.ts'

const stopped = (detail: string): DomainError => new DomainError('instance_stopped', detail)

/** The instance that was named, or the newest that runs; healthy ones first. */
export const chooseInstance = async (ctx: Pick<OrgContext, 'db'>, appIdOrName: string, instanceId: string | undefined) => {
  const where = appIdOrName.includes('_') ? { id: appIdOrName } : { name: appIdOrName }
  const app = await ctx.db.app.findFirst({ where: { ...where, deletedAt: null }, select: { id: true, name: true } })
  if (!app) throw notFound('app')
  const instances = await ctx.db.instance.findMany({
    where: { appId: app.id, ...(instanceId ? { id: instanceId } : { endedAt: null }) }, orderBy: { createdAt: 'desc' },
    select: { id: true, nodeId: true, phase: true, health: true, endedAt: true },
  })
  if (instanceId && instances.length === 0) throw notFound('instance')
  // One that sleeps is woken by the command.
  const running = instances.filter((one) => (one.phase === 'running' || one.phase === 'sleeping') && one.endedAt === null)
  const chosen = running.find(({ health }) => health === 'ok') ?? running[0]
  if (chosen) return { app, instance: chosen }
  throw stopped(instanceId
    ? `The instance ${instanceId} does not run. Leave instance_id out to take one that does, or start the app.`
    : `No instance of ${app.name} runs. Start the app, or look at its last deployment to see why it does not.`)
}
