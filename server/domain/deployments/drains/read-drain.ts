import { z } from 'zod'
import { DomainError, notFound } from '../../../core/error.ts'
import { command, query } from '../../../core/operation.ts'
import { countMovable, DrainView, NodeId, toDrainView } from '../../nodes/index.ts'
import { abandonDrain } from './advance-drain.ts'
import { instancesOn, type Drained } from './drained.ts'

const Progress = z.object({
  drain: DrainView.nullable().describe('The last one'),
  instances: z.array(z.object({
    id: z.string(), app_id: z.string(), app_name: z.string(), organization_id: z.string(),
    state: z.enum(['waiting', 'moving', 'ending', 'pinned']).describe('pinned: it stays because its volumes are on this node'),
  })).describe('What is still on the node'),
})

const stateOf = (i: Drained): 'waiting' | 'moving' | 'ending' | 'pinned' => {
  if (i.desired !== 'running') return 'ending'
  return i.pinned ? 'pinned' : i.leaving === null ? 'waiting' : 'moving'
}

export const getDrain = query({
  name: 'nodes.get_drain', summary: 'How the last drain of a machine goes, and what is still there', scope: 'staff',
  input: z.strictObject({ node_id: NodeId }), output: Progress,
  rest: { method: 'GET', path: '/nodes/{node_id}/drain', tag: 'Nodes' },
  run: async (ctx, { node_id: id }) => {
    const drain = await ctx.db.nodeDrain.findFirst({ where: { nodeId: id }, orderBy: { createdAt: 'desc' } })
    if (!drain && await ctx.db.node.count({ where: { id } }) === 0) throw notFound('node')
    const there = await instancesOn(ctx.db, id)
    return {
      drain: drain ? toDrainView(drain, (await countMovable(ctx.db, [id])).get(id) ?? 0) : null,
      instances: there.map((i) => ({ id: i.id, app_id: i.appId, app_name: i.appName, organization_id: i.orgId, state: stateOf(i) })),
    }
  },
})

export const cancelDrain = command({
  name: 'nodes.cancel_drain', summary: 'Stop a drain: what has not moved stays, and the machine stays cordoned', scope: 'staff',
  input: z.strictObject({ node_id: NodeId }), output: DrainView,
  rest: { method: 'POST', path: '/nodes/{node_id}/drain/cancel', status: 200, tag: 'Nodes' },
  run: async (ctx, { node_id: id }) => {
    const running = await ctx.db.nodeDrain.findFirst({ where: { nodeId: id, state: 'running' }, select: { id: true } })
    if (!running) throw new DomainError('state_conflict', 'The node is not being drained.')
    await ctx.db.$executeRaw`SELECT 1 FROM node_drain WHERE id = ${running.id} FOR UPDATE`
    const drain = await ctx.db.nodeDrain.findUniqueOrThrow({ where: { id: running.id } })
    if (drain.state !== 'running') throw new DomainError('state_conflict', 'The drain has just ended.')
    await abandonDrain(ctx.db, drain)
    await ctx.emit('node.drain_cancelled', { type: 'node', id }, { drain_id: drain.id })
    const left = (await countMovable(ctx.db, [id])).get(id) ?? 0
    return toDrainView(await ctx.db.nodeDrain.findUniqueOrThrow({ where: { id: drain.id } }), left)
  },
})
