import { z } from 'zod'
import { query } from '../../../core/operation.ts'
import { Money, toMoney } from '../../../contract/money.ts'

export const trialBalance = query({
  name: 'admin.trial_balance',
  summary: 'Balance of every account of every seller; debits positive, each currency of a seller sums to zero',
  scope: 'staff',
  input: z.strictObject({ brand_id: z.string().max(60).optional() }),
  output: z.object({ data: z.array(z.object({ brand_id: z.string(), account: z.string(), balance: Money })), balanced: z.boolean() }),
  rest: { method: 'GET', path: '/admin/trial-balance', tag: 'Billing' },
  run: async ({ db }, { brand_id: brandId }) => {
    const rows = await db.ledgerEntry.groupBy({
      by: ['brandId', 'account', 'currency'], where: brandId ? { brandId } : {}, _sum: { amount: true }, orderBy: [{ brandId: 'asc' }, { account: 'asc' }, { currency: 'asc' }],
    })
    const sums = new Map<string, bigint>()
    for (const row of rows) sums.set(`${row.brandId} ${row.currency}`, (sums.get(`${row.brandId} ${row.currency}`) ?? 0n) + (row._sum.amount ?? 0n))
    return {
      data: rows.map((row) => ({ brand_id: row.brandId, account: row.account, balance: toMoney(row._sum.amount ?? 0n, row.currency) })),
      balanced: [...sums.values()].every((value) => value === 0n),
    }
  },
})
