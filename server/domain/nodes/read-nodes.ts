import { z } from 'zod'
import { pageOf } from '../../contract/page.ts'
import { etagOf } from '../../core/etag.ts'
import { defineList } from '../../core/listing.ts'
import { query } from '../../core/operation.ts'
import { viewNode, viewNodes } from './node-view.ts'
import { NodeId, NodeView } from './wire.ts'

const list = defineList({
  name: 'nodes',
  fields: {
    status: { kind: 'text', column: 'status', filter: true, sort: true },
    duty: { kind: 'text', column: 'duty', filter: true, sort: true },
    region: { kind: 'text', column: 'region', filter: true, sort: true },
    zone: { kind: 'text', column: 'zone', filter: true, sort: true },
    hostname: { kind: 'text', column: 'hostname', filter: true, sort: true },
    agent_version: { kind: 'text', column: 'agentVersion', filter: true },
    last_seen_at: { kind: 'time', column: 'lastSeenAt', range: true, sort: true },
    created_at: { kind: 'time', column: 'createdAt', range: true, sort: true },
  },
  search: ['hostname', 'region', 'zone'],
})

export const listNodes = query({
  name: 'nodes.list', summary: 'Machines that run instances, with what they hold', scope: 'staff',
  input: z.strictObject(list.input), output: pageOf(NodeView),
  rest: { method: 'GET', path: '/nodes', tag: 'Nodes' },
  run: async (ctx, input) => {
    const page = list.page(ctx, input)
    const rows = await ctx.db.node.findMany({ where: page.where, orderBy: page.orderBy, take: page.take })
    const views = new Map((await viewNodes(ctx.db, rows)).map((view) => [view.id, view]))
    return page.of(rows.filter((node) => views.has(node.id)), (node) => views.get(node.id) as NodeView)
  },
})

export const getNode = query({
  name: 'nodes.get', summary: 'One machine', scope: 'staff',
  input: z.strictObject({ node_id: NodeId }), output: NodeView,
  rest: { method: 'GET', path: '/nodes/{node_id}', tag: 'Nodes' }, etag: etagOf,
  run: (ctx, input) => viewNode(ctx.db, input.node_id),
})
