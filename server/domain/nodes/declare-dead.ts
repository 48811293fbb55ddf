import { z } from 'zod'
import { DomainError, ruleViolated } from '../../core/error.ts'
import { command } from '../../core/operation.ts'
import { silentMs } from './hearing.ts'
import { lockNodeRow, viewNode } from './node-view.ts'
import { silenceNeeded } from './rules/grant.ts'
import { NodeId, NodeView } from './wire.ts'

export const declareDead = command({
  name: 'nodes.declare_dead', summary: 'Vouch that a silent machine runs nothing any more, so that what was pinned to it may be restored elsewhere', scope: 'staff',
  input: z.strictObject({
    node_id: NodeId, hostname: z.string().max(253).describe('Of the node, to be sure'), reason: z.string().trim().min(1).max(200).describe('How you know: switched off, burnt, disk removed'),
  }),
  output: NodeView,
  rest: { method: 'POST', path: '/nodes/{node_id}/declare-dead', status: 200, tag: 'Nodes' },
  run: async (ctx, { node_id: id, hostname, reason }) => {
    const node = await lockNodeRow(ctx.db, id)
    if (hostname !== node.hostname) throw ruleViolated('/hostname', 'mismatch', 'This is not the name of the node. Nothing was changed.')
    if (node.declaredDeadAt) throw new DomainError('state_conflict', 'The node was declared dead already.')
    const waitMs = silenceNeeded(node.leaseS * 1000) - silentMs(id, node.lastSeenAt)
    if (waitMs > 0) {
      throw new DomainError('state_conflict', `The node was heard a moment ago. It can be declared dead when it has been silent for ${Math.ceil(waitMs / 1000)} more seconds.`)
    }
    await ctx.db.node.update({ where: { id }, data: { declaredDeadAt: new Date(), declaredDeadReason: reason, version: { increment: 1 } } })
    await ctx.emit('node.declared_dead', { type: 'node', id }, { hostname, reason })
    return viewNode(ctx.db, id)
  },
})
