import { z } from 'zod'
import { pageOf } from '../../../contract/page.ts'
import { defineList } from '../../../core/listing.ts'
import { query } from '../../../core/operation.ts'
import { toPriceList, PriceListWire } from './price-wire.ts'

const list = defineList({
  name: 'prices',
  fields: {
    brand_id: { kind: 'text', column: 'brandId', filter: true, sort: true },
    currency: { kind: 'text', column: 'currency', filter: true, sort: true },
    plan_key: { kind: 'text', column: 'planKey', filter: true, sort: true },
    region: { kind: 'text', column: 'region', filter: true, sort: true },
    version: { kind: 'int', column: 'version', range: true, sort: true },
    active_from: { kind: 'time', column: 'activeFrom', range: true, sort: true },
    created_at: { kind: 'time', column: 'createdAt', range: true, sort: true },
  },
  sort: 'brand_id,currency,-version',
})

export const listPrices = query({
  name: 'prices.list',
  summary: 'Price lists of every brand, newest version first',
  scope: 'staff',
  input: z.strictObject(list.input),
  output: pageOf(PriceListWire),
  rest: { method: 'GET', path: '/prices', tag: 'Prices' },
  run: async (ctx, input) => {
    const page = list.page(ctx, input)
    return page.of(await ctx.db.priceList.findMany({ where: page.where, orderBy: page.orderBy, take: page.take }), toPriceList)
  },
})
