import { z } from 'zod'
import { Currency } from '../../../contract/money.ts'
import { query } from '../../../core/operation.ts'

/** By the host name of the request alone, like the public prices. */
export const listCurrencies = query({
  name: 'prices.currencies',
  summary: 'Currencies this host\'s brand sells in; its default comes first',
  scope: 'public',
  input: z.strictObject({}),
  output: z.object({ currencies: z.array(Currency) }),
  rest: { method: 'GET', path: '/prices/currencies', tag: 'Prices' },
  run: async ({ db, brand }) => {
    const { defaultCurrency } = await db.brand.findUniqueOrThrow({ where: { id: brand.id } })
    const lists = await db.priceList.findMany({ where: { brandId: brand.id }, distinct: ['currency'], select: { currency: true }, orderBy: { currency: 'asc' } })
    return { currencies: [...new Set([defaultCurrency, ...lists.map((list) => list.currency)])] }
  },
})
