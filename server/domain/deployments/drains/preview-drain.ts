import { z } from 'zod'
import { notFound } from '../../../core/error.ts'
import { query } from '../../../core/operation.ts'
import { NodeId } from '../../nodes/index.ts'
import { planMoves, type Move } from './destination-check.ts'
import { requireDestinations } from './drain-node.ts'
import { instancesOn, type Drained } from './drained.ts'

const Preview = z.object({
  instances: z.array(z.object({
    id: z.string(), app_id: z.string(), app_name: z.string(), organization_id: z.string(),
    node_id: z.string().nullable().describe('Where it would go; null: it would stay'), hostname: z.string().nullable(),
    why: z.enum(['volumes', 'no_capacity']).nullable().describe('Why it would stay'), detail: z.string().nullable(),
  })),
})

const instance = ({ id, appId, appName, orgId }: Drained) => ({ id, app_id: appId, app_name: appName, organization_id: orgId })

export const previewDrain = query({
  name: 'nodes.preview_drain', summary: 'Where the instances of a machine would go now; nothing moves', scope: 'staff',
  input: z.strictObject({ node_id: NodeId, destinations: z.array(NodeId).max(100).default([]).describe('Nodes they may go to; empty: any') }), output: Preview,
  rest: { method: 'POST', path: '/nodes/{node_id}/drain/preview', tag: 'Nodes' },
  run: async (ctx, input) => {
    if (await ctx.db.node.count({ where: { id: input.node_id } }) === 0) throw notFound('node')
    await requireDestinations(ctx.db, input)
    const there = (await instancesOn(ctx.db, input.node_id)).filter((i) => i.desired === 'running')
    const moves = new Map((await planMoves(ctx.db, input.node_id, there.filter((i) => !i.pinned), input.destinations)).map((move) => [move.one.id, move]))
    const found = await ctx.db.node.findMany({ where: { id: { in: [...moves.values()].flatMap(({ to }) => to ?? []) } }, select: { id: true, hostname: true } })
    const names = new Map(found.map((node) => [node.id, node.hostname]))
    const goes = (move: Move | undefined) => {
      if (!move) return { node_id: null, hostname: null, why: 'volumes' as const, detail: null }
      if (move.to === null) return { node_id: null, hostname: null, why: 'no_capacity' as const, detail: move.refusal }
      return { node_id: move.to, hostname: names.get(move.to) ?? null, why: null, detail: null }
    }
    return { instances: there.map((one) => ({ ...instance(one), ...goes(moves.get(one.id)) })) }
  },
})
