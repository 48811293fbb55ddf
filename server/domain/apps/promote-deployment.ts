import { z } from 'zod'
import { Deployment } from '../../contract/deployment.ts'
import { DomainError, notFound } from '../../core/error.ts'
import { command } from '../../core/operation.ts'
import { parseSteps, promoteSteps } from '../canary/index.ts'
import { DEPLOYMENT_PARTS, toDeployment } from './read-deployments.ts'

export const promoteDeployment = command({
  name: 'deployments.promote', summary: 'Go on with a canary now: to its next share of requests, or to all of them', scope: 'org', permission: 'apps:write',
  input: z.strictObject({ deployment_id: z.string().max(60), to: z.enum(['next', 'all']).default('next').describe('next: the next step; all: every request, without the steps between') }),
  output: Deployment,
  rest: { method: 'POST', path: '/deployments/{deployment_id}/actions/promote', status: 202, tag: 'Deployments' },
  run: async (ctx, input) => {
    const found = await ctx.db.deployment.findFirst({ where: { id: input.deployment_id }, select: { id: true, appId: true } })
    if (!found) throw notFound('deployment')
    // The engine holds the app while it judges: a step that was given up is not gone on from.
    await ctx.db.$executeRaw`SELECT 1 FROM app WHERE id = ${found.appId} FOR UPDATE`
    const { state, canary } = await ctx.db.deployment.findUniqueOrThrow({ where: { id: found.id }, select: { state: true, canary: true } })
    const steps = parseSteps(canary)
    if (!steps) throw new DomainError('state_conflict', 'The deployment is no canary: it goes on by itself.')
    if (state !== 'queued' && state !== 'running') throw new DomainError('state_conflict', `The deployment has ended already: it ${state === 'failed' ? 'failed' : `was ${state}`}.`)
    const promoted = promoteSteps(steps, input.to, new Date())
    if (!promoted) throw new DomainError('state_conflict', 'The deployment is at its last step: all requests go over to the new release.')
    const row = await ctx.db.deployment.update({ where: { id: found.id }, data: { canary: promoted }, include: DEPLOYMENT_PARTS })
    await ctx.emit('deployment.promoted', { type: 'deployment', id: row.id }, { app_id: row.appId, to: input.to })
    return toDeployment(row)
  },
})
