import { z } from 'zod'
import { DomainError } from '../../core/error.ts'
import { etagOf } from '../../core/etag.ts'
import { command } from '../../core/operation.ts'
import { lockNodeRow, nodeVersion, viewNode } from './node-view.ts'
import { NodeId, NodePlace, NodeView } from './wire.ts'

export const updateNode = command({
  name: 'nodes.update', summary: 'Say where a machine stands; what runs there stays', scope: 'staff',
  input: z.strictObject({ node_id: NodeId, region: NodePlace.region.optional(), zone: NodePlace.zone.optional(), labels: NodePlace.labels.optional() }),
  output: NodeView,
  rest: { method: 'PATCH', path: '/nodes/{node_id}', tag: 'Nodes' }, ifMatch: true, etag: etagOf,
  run: async (ctx, { node_id: id, region, zone, labels }) => {
    const node = await lockNodeRow(ctx.db, id)
    ctx.expectVersion(nodeVersion(node))
    const place = { ...(region === undefined ? {} : { region }), ...(zone === undefined ? {} : { zone }), ...(labels === undefined ? {} : { labels }) }
    await ctx.db.node.update({ where: { id }, data: { ...place, version: { increment: 1 } } })
    await ctx.emit('node.updated', { type: 'node', id }, { region: region ?? node.region, zone: zone ?? node.zone })
    return viewNode(ctx.db, id)
  },
})

export const cordonNode = command({
  name: 'nodes.cordon', summary: 'Place nothing new on a machine; what runs there stays', scope: 'staff',
  input: z.strictObject({ node_id: NodeId, reason: z.string().trim().min(1).max(200).optional() }), output: NodeView,
  rest: { method: 'POST', path: '/nodes/{node_id}/cordon', status: 200, tag: 'Nodes' },
  run: async (ctx, { node_id: id, reason }) => {
    const { duty } = await lockNodeRow(ctx.db, id)
    if (duty === 'draining') throw new DomainError('state_conflict', 'The node is being drained, and nothing new is placed there anyway.')
    await ctx.db.node.update({ where: { id }, data: { duty: duty === 'active' ? 'cordoned' : duty, dutyReason: reason ?? null, version: { increment: 1 } } })
    await ctx.emit('node.cordoned', { type: 'node', id }, { reason: reason ?? null })
    return viewNode(ctx.db, id)
  },
})

export const uncordonNode = command({
  name: 'nodes.uncordon', summary: 'Let a cordoned machine, or one in maintenance, take instances again', scope: 'staff',
  input: z.strictObject({ node_id: NodeId }), output: NodeView,
  rest: { method: 'POST', path: '/nodes/{node_id}/uncordon', status: 200, tag: 'Nodes' },
  run: async (ctx, { node_id: id }) => {
    if ((await lockNodeRow(ctx.db, id)).duty === 'draining') throw new DomainError('state_conflict', 'The node is being drained. Cancel the drain first.')
    await ctx.db.node.update({ where: { id }, data: { duty: 'active', dutyReason: null, version: { increment: 1 } } })
    await ctx.emit('node.uncordoned', { type: 'node', id })
    return viewNode(ctx.db, id)
  },
})

export const revokeNode = command({
  name: 'nodes.revoke', summary: 'Hear a machine no more: it gets no work, its VMs run on there. A new join token brings it back', scope: 'staff',
  input: z.strictObject({ node_id: NodeId, reason: z.string().trim().min(1).max(200) }), output: NodeView,
  rest: { method: 'POST', path: '/nodes/{node_id}/revoke', status: 200, tag: 'Nodes' },
  run: async (ctx, { node_id: id, reason }) => {
    if ((await lockNodeRow(ctx.db, id)).revokedAt !== null) throw new DomainError('state_conflict', 'The node is revoked already.')
    await ctx.db.node.update({ where: { id }, data: { revokedAt: new Date(), revokedReason: reason, version: { increment: 1 } } })
    await ctx.emit('node.revoked', { type: 'node', id }, { reason })
    return viewNode(ctx.db, id)
  },
})
