import { z } from 'zod'
import { notFound } from '../../../core/error.ts'
import { query } from '../../../core/operation.ts'
import { TaxAffected } from '../../../contract/tax.ts'
import { loadBuyers, taxOfLine } from '../invoices/load-buyers.ts'
import { localDateOf } from '../rules/period.ts'

const EXAMPLES = 5
const PLAN = { kind: 'recurring', source: 'plan', description: '', quantity: '1', unit: '', unitAmount: null, amount: 0n, product: 'plan' }

export const taxAffected = query({
  name: 'admin.tax_affected',
  summary: 'How many customers of a brand are taxed how today, and who waits for the register',
  scope: 'staff',
  input: z.strictObject({ brand_id: z.string().max(60) }),
  output: z.object({ data: z.array(TaxAffected) }),
  rest: { method: 'GET', path: '/admin/tax-rates/affected', tag: 'Taxes' },
  run: async ({ db, now }, { brand_id: brandId }) => {
    if (!await db.brand.findUnique({ where: { id: brandId }, select: { id: true } })) throw notFound('brand')
    const orgs = await db.organization.findMany({ where: { brandId, deletedAt: null }, select: { id: true }, orderBy: { id: 'asc' } })
    const buyerOf = await loadBuyers(db, orgs.map(({ id }) => id))
    const groups = new Map<string, z.output<typeof TaxAffected>>()
    for (const { id } of orgs) {
      const buyer = buyerOf(id)
      const today = localDateOf(now, buyer.org.timezone)
      const tax = taxOfLine(buyer, today)({ ...PLAN, periodStart: today, periodEnd: today })
      const kind = tax.pending ? { category: 'pending' as const, name: '', rate: '0', inclusive: false } : { category: tax.category, name: tax.name, rate: tax.rate, inclusive: tax.inclusive }
      const key = JSON.stringify([buyer.org.country, kind])
      const group = groups.get(key) ?? { country: buyer.org.country, ...kind, organizations: 0, examples: [] }
      const examples = group.examples.length < EXAMPLES ? [...group.examples, { id, name: buyer.org.name }] : group.examples
      groups.set(key, { ...group, organizations: group.organizations + 1, examples })
    }
    return { data: [...groups.values()].sort((a, b) => b.organizations - a.organizations || (a.country < b.country ? -1 : 1)) }
  },
})
