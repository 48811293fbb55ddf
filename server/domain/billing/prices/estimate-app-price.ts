import { z } from 'zod'
import { query } from '../../../core/operation.ts'
import { Money } from '../../../contract/money.ts'
import { estimateMonthly } from './estimate-monthly.ts'
import { subscribedPriceList } from './subscribed-price-list.ts'

export const estimateAppPrice = query({
  name: 'prices.estimate',
  summary: 'What an app of a size costs in a whole month, before tax and traffic',
  scope: 'org',
  permission: 'org:read',
  input: z.strictObject({
    vcpu: z.coerce.number().int().min(1).max(64), memory_mib: z.coerce.number().int().min(1).max(1_048_576),
    replicas: z.coerce.number().int().min(0).max(1000).default(1),
  }),
  output: z.object({ app: Money, plan: Money, total: Money, hours: z.number().int() }),
  rest: { method: 'GET', path: '/prices/estimate', tag: 'Prices' },
  run: async ({ db, orgId, now }, size) => {
    const org = await db.organization.findUniqueOrThrow({ where: { id: orgId }, include: { subscription: true } })
    return estimateMonthly(await subscribedPriceList(db, org, now), size)
  },
})
