import type { OrgContext } from '../../core/context.ts'
import { DomainError } from '../../core/error.ts'
import type { DeployContext } from './queue-deployment.ts'
import { refuseCopies } from './refuse-copies.ts'

/** The one way to another number of instances; within quotas, under the app's lock. `why`: of those that no person made. */
export const setReplicas = async (
  ctx: Pick<DeployContext, 'db' | 'emit'>, app: { id: string; name: string; replicas: number }, replicas: number, why?: Parameters<OrgContext['emit']>[2],
): Promise<void> => {
  await refuseCopies(ctx, app, replicas)
  // Only what a person changes is a new version of the spec: others would lose what they are writing.
  await ctx.db.app.update({ where: { id: app.id }, data: { replicas, ...(why ? {} : { version: { increment: 1 } }) } })
  await ctx.emit('app.scaled', { type: 'app', id: app.id }, { replicas, from: app.replicas, ...why })
}

/** A number set by hand would be another one a moment later. */
export const refuseByHand = (app: { name: string; autoscaling: { enabled: boolean; policy: unknown } | null }): void => {
  if (!app.autoscaling?.enabled) return
  const { min, max } = app.autoscaling.policy as { min: number; max: number }
  throw new DomainError('state_conflict', `${app.name} is autoscaled between ${min} and ${max} instances. Change these bounds, or turn autoscaling off to set the number by hand.`)
}
