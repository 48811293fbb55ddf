import { z } from 'zod'
import { Deployment } from '../../contract/deployment.ts'
import { DomainError, notFound } from '../../core/error.ts'
import { command } from '../../core/operation.ts'
import { DEPLOYMENT_PARTS, toDeployment } from './read-deployments.ts'

export const cancelDeployment = command({
  name: 'deployments.cancel', summary: 'Give up a deployment under way; what served before is brought back to its full number', scope: 'org', permission: 'apps:write',
  input: z.strictObject({ deployment_id: z.string().max(60) }), output: Deployment,
  rest: { method: 'POST', path: '/deployments/{deployment_id}/actions/cancel', status: 202, tag: 'Deployments' },
  run: async (ctx, input) => {
    const found = await ctx.db.deployment.findFirst({ where: { id: input.deployment_id }, select: { id: true, appId: true } })
    if (!found) throw notFound('deployment')
    // The engine holds the app while it acts: whoever is first decides whether it was cancelled or had ended.
    await ctx.db.$executeRaw`SELECT 1 FROM app WHERE id = ${found.appId} FOR UPDATE`
    const { count } = await ctx.db.deployment.updateMany({ where: { id: found.id, state: { in: ['queued', 'running'] } }, data: { state: 'cancelled', finishedAt: new Date() } })
    const row = await ctx.db.deployment.findUniqueOrThrow({ where: { id: found.id }, include: DEPLOYMENT_PARTS })
    if (count === 0) throw new DomainError('state_conflict', `The deployment has ended already: it ${row.state === 'failed' ? 'failed' : `was ${row.state}`}.`)
    await ctx.emit('deployment.cancelled', { type: 'deployment', id: row.id }, { app_id: row.appId })
    return toDeployment(row)
  },
})
