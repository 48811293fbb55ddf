import { z } from 'zod'
import { DECISION_KINDS, ScalingDecision } from '../../contract/autoscaling.ts'
import { pageOf } from '../../contract/page.ts'
import { defineList } from '../../core/listing.ts'
import { query } from '../../core/operation.ts'
import { loadApp } from '../apps/index.ts'

const list = defineList({
  name: 'scaling_decisions', sort: '-at',
  fields: { kind: { kind: 'enum', column: 'kind', values: DECISION_KINDS, filter: true }, at: { kind: 'time', column: 'at', range: true, sort: true } },
})

export const listDecisions = query({
  name: 'autoscaling.decisions', summary: 'What autoscaling did, or was not let do, and why; kept for 90 days', scope: 'org', permission: 'apps:read',
  input: z.strictObject({ app_id: z.string().max(60), ...list.input }), output: pageOf(ScalingDecision),
  rest: { method: 'GET', path: '/apps/{app_id}/autoscaling/decisions', tag: 'Apps' },
  run: async (ctx, input) => {
    const app = await loadApp(ctx, input.app_id)
    const page = list.page(ctx, input)
    const rows = await ctx.db.scalingDecision.findMany({ where: { AND: [{ appId: app.id }, page.where] }, orderBy: page.orderBy, take: page.take })
    return page.of(rows, (row) => ScalingDecision.parse({
      id: row.id, at: row.at.toISOString(), kind: row.kind, from: row.fromReplicas, to: row.toReplicas,
      wanted: row.wanted, metric: row.cause, reason: row.reason,
    }))
  },
})
