import { deleteSecretsOf } from '../secrets/index.ts'
import { queueDeployment, type DeployContext } from './queue-deployment.ts'

/** What an operation or a job brings that stops, starts or ends apps. The caller holds the app's row. */
type Acting = Pick<DeployContext, 'db' | 'emit'>

const cancelDeployments = ({ db }: Acting, appId: string) =>
  db.deployment.updateMany({ where: { appId, state: { in: ['queued', 'running'] } }, data: { state: 'cancelled', finishedAt: new Date() } })

export const haltApp = async (ctx: Acting, appId: string): Promise<void> => {
  await ctx.db.app.update({ where: { id: appId }, data: { desired: 'stopped', version: { increment: 1 } } })
  await cancelDeployments(ctx, appId)
  await ctx.emit('app.stopped', { type: 'app', id: appId })
}

export const startAgain = async (ctx: DeployContext, appId: string): Promise<void> => {
  const app = await ctx.db.app.update({ where: { id: appId }, data: { desired: 'running', version: { increment: 1 } } })
  await queueDeployment(ctx, app, 'start')
}

export const retireApp = async (ctx: Acting, app: { id: string; name: string }): Promise<void> => {
  await ctx.db.app.update({ where: { id: app.id }, data: { desired: 'deleted', deletedAt: new Date() } })
  await cancelDeployments(ctx, app.id)
  await deleteSecretsOf(ctx, app.id)
  await ctx.emit('app.deleted', { type: 'app', id: app.id }, { name: app.name })
}
