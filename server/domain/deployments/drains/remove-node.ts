import { z } from 'zod'
import type { SystemDb } from '../../../core/db.ts'
import { DomainError } from '../../../core/error.ts'
import { command } from '../../../core/operation.ts'
import { lockNodeRow, NodeId } from '../../nodes/index.ts'
import { instancesOn } from './drained.ts'

/** Volumes lie on one machine: without it their data is gone. */
export const requireNoVolumes = async (db: SystemDb, nodeId: string): Promise<void> => {
  const held = await db.volume.findMany({ where: { nodeId, purgedAt: null }, select: { id: true, name: true, deletedAt: true }, orderBy: { id: 'asc' } })
  if (held.length === 0) return
  const names = held.slice(0, 5).map((v) => `${v.name} (${v.id}${v.deletedAt ? ', deleted but kept' : ''})`).join(', ')
  throw new DomainError('volumes_pinned', `${held.length} volume${held.length === 1 ? '' : 's'} of customers would be lost with the node: ${names}${held.length > 5 ? ', …' : ''}. Their owners must delete them first.`)
}

/** Takes an empty node out of the fleet; the caller has locked its row. What a lost one still ran was replaced, and ends here. */
export const eraseNode = async (db: SystemDb, nodeId: string): Promise<void> => {
  await requireNoVolumes(db, nodeId)
  const live = (await instancesOn(db, nodeId)).filter((i) => i.desired === 'running')
  if (live.length > 0) {
    throw new DomainError('state_conflict', `${live.length} instance${live.length === 1 ? ' is' : 's are'} still there. Drain the node with then=removed: it is deleted when they run elsewhere.`)
  }
  await db.instance.updateMany({ where: { nodeId, endedAt: null }, data: { endedAt: new Date() } })
  await db.nodeObject.deleteMany({ where: { nodeId } })
  await db.nodeDrain.updateMany({ where: { nodeId, state: 'running' }, data: { state: 'cancelled', finishedAt: new Date() } })
  await db.node.delete({ where: { id: nodeId } })
}

export const deleteNode = command({
  name: 'nodes.delete', summary: 'Take an empty machine out of the fleet; its agent is not heard any more. To move what it runs, drain it with then=removed', scope: 'staff',
  input: z.strictObject({ node_id: NodeId }), output: z.object({ ok: z.literal(true) }),
  rest: { method: 'DELETE', path: '/nodes/{node_id}', status: 204, tag: 'Nodes' },
  run: async (ctx, { node_id: id }) => {
    // Instances first, the node after them: the order of everybody who locks both.
    await ctx.db.$executeRaw`SELECT 1 FROM instance WHERE node_id = ${id} AND ended_at IS NULL ORDER BY id FOR UPDATE`
    const node = await lockNodeRow(ctx.db, id)
    await eraseNode(ctx.db, id)
    await ctx.emit('node.removed', { type: 'node', id }, { hostname: node.hostname })
    return { ok: true as const }
  },
})
