import type { OrgContext } from '../../core/context.ts'
import { runtime } from '../../core/runtime.ts'

/** Before the transaction of an operation that encrypts: it must not wait for a key provider with a connection in hand. */
export const warmKeys = ({ orgId }: { orgId: string }): Promise<void> => runtime().keys.warm(orgId)

/** News to the apps above: those that run with another version of these are to be deployed again. */
export const askRollout = async (ctx: Pick<OrgContext, 'emit'>, secretIds: readonly string[]): Promise<void> => {
  for (const id of secretIds) await ctx.emit('secret.rollout_requested', { type: 'secret', id })
}
