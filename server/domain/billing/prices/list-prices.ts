import { z } from 'zod'
import { query } from '../../../core/operation.ts'
import { toPriceList, PriceListWire } from './price-wire.ts'

export const listPrices = query({
  name: 'prices.list',
  summary: 'Price lists of every brand, newest version first',
  scope: 'staff',
  input: z.strictObject({ brand_id: z.string().max(60).optional(), currency: z.string().max(3).optional() }),
  output: z.object({ data: z.array(PriceListWire) }),
  rest: { method: 'GET', path: '/prices', tag: 'Prices' },
  run: async ({ db }, { brand_id: brandId, currency }) => {
    const rows = await db.priceList.findMany({
      where: { ...(brandId ? { brandId } : {}), ...(currency ? { currency } : {}) },
      orderBy: [{ brandId: 'asc' }, { currency: 'asc' }, { version: 'desc' }], take: 500,
    })
    return { data: rows.map(toPriceList) }
  },
})
