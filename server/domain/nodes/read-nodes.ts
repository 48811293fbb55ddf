import { z } from 'zod'
import { Facts } from '../../contract/node-api/v1.ts'
import { pageOf } from '../../contract/page.ts'
import { toInstant } from '../../contract/time.ts'
import { notFound } from '../../core/error.ts'
import { defineList } from '../../core/listing.ts'
import { query } from '../../core/operation.ts'
import type { Node } from '../../../prisma/generated/client.ts'
import { nodeUse, type NodeUse } from './capacity.ts'
import { NodeView } from './wire.ts'

const Conditions = z.array(z.object({ type: z.string(), message: z.string() }))

const toView = (node: Node, use: NodeUse | undefined): NodeView => {
  const facts = Facts.parse(node.facts)
  return {
    id: node.id, hostname: node.hostname, region: node.region, status: node.status, isolation: facts.isolation, accelerator: facts.accelerator,
    driver: facts.driver, network: facts.network, kernel: facts.kernel, agent_version: node.agentVersion, instances: use?.instances ?? 0,
    vcpu: { total: facts.cpu, used: use?.vcpu ?? 0 },
    memory_mib: { total: facts.memory_mib, used: use?.memoryMib ?? 0, free: node.memoryFreeMib },
    disk_mib: { total: facts.disk_mib, used: use?.diskMib ?? 0, free: node.diskFreeMib },
    load: node.load, conditions: Conditions.parse(node.conditions), desired_index: Number(node.desiredIndex), observed_index: Number(node.observedIndex),
    last_seen_at: toInstant(node.lastSeenAt), created_at: toInstant(node.createdAt),
  }
}

const list = defineList({
  name: 'nodes',
  fields: {
    status: { kind: 'text', column: 'status', filter: true, sort: true },
    region: { kind: 'text', column: 'region', filter: true, sort: true },
    hostname: { kind: 'text', column: 'hostname', filter: true, sort: true },
    agent_version: { kind: 'text', column: 'agentVersion', filter: true },
    last_seen_at: { kind: 'time', column: 'lastSeenAt', range: true, sort: true },
    created_at: { kind: 'time', column: 'createdAt', range: true, sort: true },
  },
  search: ['hostname', 'region'],
})

export const listNodes = query({
  name: 'nodes.list', summary: 'Machines that run instances, with what they hold', scope: 'staff',
  input: z.strictObject(list.input), output: pageOf(NodeView),
  rest: { method: 'GET', path: '/nodes', tag: 'Nodes' },
  run: async (ctx, input) => {
    const page = list.page(ctx, input)
    const rows = await ctx.db.node.findMany({ where: page.where, orderBy: page.orderBy, take: page.take })
    const use = await nodeUse(ctx.db)
    return page.of(rows, (node) => toView(node, use.get(node.id)))
  },
})

export const getNode = query({
  name: 'nodes.get', summary: 'One machine', scope: 'staff',
  input: z.strictObject({ node_id: z.string().max(64) }), output: NodeView,
  rest: { method: 'GET', path: '/nodes/{node_id}', tag: 'Nodes' },
  run: async (ctx, input) => {
    const node = await ctx.db.node.findUnique({ where: { id: input.node_id } })
    if (!node) throw notFound('node')
    return toView(node, (await nodeUse(ctx.db, node.id)).get(node.id))
  },
})
