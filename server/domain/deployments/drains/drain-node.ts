import { z } from 'zod'
import { DomainError, ruleViolated } from '../../../core/error.ts'
import { newId } from '../../../core/id.ts'
import { command } from '../../../core/operation.ts'
import type { SystemDb } from '../../../core/db.ts'
import { DrainView, lockNodeRow, NodeId, toDrainView } from '../../nodes/index.ts'
import { advanceDrain } from './advance-drain.ts'
import { requireRoom } from './destination-check.ts'
import { instancesOn, type Drained } from './drained.ts'
import { requireNoVolumes } from './remove-node.ts'

const Choices = z.strictObject({
  node_id: NodeId,
  batch: z.number().int().min(1).max(50).default(2).describe('Instances under way at once'),
  deadline_minutes: z.number().int().min(1).max(1440).default(60),
  at_deadline: z.enum(['give_up', 'force']).default('give_up').describe('give_up: what is left stays and the node stays cordoned; force: it is stopped, also where no other serves'),
  destinations: z.array(NodeId).max(100).default([]).describe('Nodes they may go to; empty: any'),
  volumes: z.enum(['refuse', 'leave']).default('refuse').describe('Instances with volumes cannot move: refuse the drain, or leave them where they are'),
  then: z.enum(['cordoned', 'maintenance', 'removed']).default('cordoned').describe('What the node is when it is empty'),
})
type Choices = z.infer<typeof Choices>

export const requireDestinations = async (db: SystemDb, { node_id: id, destinations }: Pick<Choices, 'node_id' | 'destinations'>): Promise<void> => {
  const known = new Set((await db.node.findMany({ where: { id: { in: destinations } }, select: { id: true } })).map((n) => n.id))
  for (const [at, one] of destinations.entries()) {
    if (one === id) throw ruleViolated(`/destinations/${at}`, 'same_node', 'What leaves a node cannot go there.')
    if (!known.has(one)) throw ruleViolated(`/destinations/${at}`, 'unknown_node', 'There is no such node.')
  }
}

const requireMovable = (all: readonly Drained[], volumes: Choices['volumes']): Drained[] => {
  const pinned = all.filter((i) => i.pinned && i.desired === 'running')
  if (volumes === 'refuse' && pinned.length > 0) {
    const names = [...new Set(pinned.map((i) => `${i.appName} (${i.orgId})`))].slice(0, 5).join(', ')
    throw new DomainError('volumes_pinned', `${pinned.length} instance${pinned.length === 1 ? ' has' : 's have'} volumes on this node and cannot move: ${names}. Choose to leave them, or have their owners detach the volumes.`)
  }
  return all.filter((i) => !i.pinned && i.desired === 'running')
}

export const drainNode = command({
  name: 'nodes.drain', summary: 'Move the instances of a machine to others: new ones first, each old one goes when its successor serves', scope: 'staff',
  input: Choices, output: DrainView,
  rest: { method: 'POST', path: '/nodes/{node_id}/drain', status: 202, tag: 'Nodes' },
  run: async (ctx, input) => {
    const node = await lockNodeRow(ctx.db, input.node_id)
    if (node.duty === 'draining') throw new DomainError('state_conflict', 'The node is being drained already.')
    if (node.status !== 'ready') {
      throw new DomainError('state_conflict', 'The node is not heard. What it runs without volumes is started elsewhere by itself; when nothing is left, delete it.')
    }
    await requireDestinations(ctx.db, input)
    if (input.then === 'removed') await requireNoVolumes(ctx.db, node.id)
    const movable = requireMovable(await instancesOn(ctx.db, node.id), input.volumes)
    await requireRoom(ctx.db, node.id, movable, input.destinations)
    const drain = await ctx.db.nodeDrain.create({
      data: {
        id: newId('drain'), nodeId: node.id, batch: input.batch, destinations: input.destinations, volumes: input.volumes, atDeadline: input.at_deadline,
        finish: input.then, total: movable.length, deadlineAt: new Date(Date.now() + input.deadline_minutes * 60_000), createdBy: ctx.user.userId,
      },
    })
    await ctx.db.node.update({ where: { id: node.id }, data: { duty: 'draining', version: { increment: 1 } } })
    await ctx.enqueue(advanceDrain, { drain_id: drain.id }, { key: `drain-node:${drain.id}` })
    await ctx.emit('node.drain_started', { type: 'node', id: node.id }, { drain_id: drain.id, instances: movable.length, then: input.then })
    return toDrainView(drain, movable.length)
  },
})
