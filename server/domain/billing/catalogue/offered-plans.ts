import { z } from 'zod'
import { query } from '../../../core/operation.ts'
import { Money, toMoney } from '../../../contract/money.ts'
import { findPriceList, marketOf, recurringOf } from '../prices/current-price-list.ts'
import { PriceListWire, toPriceList } from '../prices/price-wire.ts'
import { charge } from '../rules/price.ts'
import { toMinor, whole, ZERO } from '../rules/rational.ts'

const Offer = z.object({
  key: z.string(), name: z.string(), description: z.string(), current: z.boolean().describe('What the organization has; its price is the version it keeps'),
  fee: Money.describe('Of a whole period at the organization\'s quantity, before tax'), price: PriceListWire,
})

export const listOfferedPlans = query({
  name: 'plans.offered', summary: 'Plans the organization may choose, with their price in its market', scope: 'org', permission: 'org:read',
  input: z.strictObject({}), output: z.object({ data: z.array(Offer) }), rest: { method: 'GET', path: '/plans', tag: 'Subscription' },
  run: async ({ db, orgId, now }) => {
    const org = await db.organization.findUniqueOrThrow({ where: { id: orgId }, include: { subscription: true } })
    const { subscription } = org
    const plans = await db.plan.findMany({
      where: { brandId: org.brandId, OR: [{ public: true, archivedAt: null }, { key: subscription?.planKey ?? '' }] }, orderBy: [{ position: 'asc' }, { key: 'asc' }],
    })
    const data: z.input<typeof Offer>[] = []
    for (const plan of plans) {
      const current = plan.key === subscription?.planKey
      const row = current
        ? await db.priceList.findUniqueOrThrow({ where: { id: subscription.priceListId } })
        : await findPriceList(db, marketOf(org, plan.key), now)
      if (!row) continue
      const fee = toMinor(charge(recurringOf(row), { quantity: whole(subscription?.quantity ?? 1), events: ZERO }), row.currency)
      data.push({ key: plan.key, name: plan.name, description: plan.description, current, fee: toMoney(fee, row.currency), price: toPriceList(row) })
    }
    return { data }
  },
})
