import { z } from 'zod'
import { FRAME, frame, json } from '../../contract/session-wire.ts'
import { DomainError, notFound } from '../../core/error.ts'
import { command } from '../../core/operation.ts'
import { lineOf } from './lines.ts'

/** What the next request would do, without one. */
export const wakeApp = command({
  name: 'apps.wake', summary: 'Wake an app that sleeps, as its next request would', scope: 'org', permission: 'apps:write',
  input: z.strictObject({ app_id: z.string().max(60) }),
  output: z.object({ instances: z.number().int().describe('How many were told to wake') }),
  rest: { method: 'POST', path: '/apps/{app_id}/actions/wake', status: 202, tag: 'Apps' },
  run: async (ctx, input) => {
    const where = input.app_id.includes('_') ? { id: input.app_id } : { name: input.app_id }
    const app = await ctx.db.app.findFirst({ where: { ...where, deletedAt: null }, select: { id: true, name: true } })
    if (!app) throw notFound('app')
    const asleep = await ctx.db.instance.findMany({ where: { appId: app.id, endedAt: null, desired: 'running', phase: 'sleeping' }, select: { id: true, nodeId: true } })
    if (asleep.length === 0) throw new DomainError('state_conflict', `No instance of ${app.name} sleeps.`)
    const reached = asleep.flatMap(({ id, nodeId }) => {
      const line = lineOf(nodeId)
      return line ? [{ id, line }] : []
    })
    if (reached.length === 0) throw new DomainError('unavailable', `The node of ${app.name} cannot be reached at the moment. A request to the app wakes it all the same.`)
    for (const { id, line } of reached) line.send(frame(FRAME.WAKE, 0, json({ instance_id: id })))
    await ctx.emit('app.woken', { type: 'app', id: app.id }, { instances: reached.length })
    return { instances: reached.length }
  },
})
