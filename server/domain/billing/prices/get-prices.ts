import { z } from 'zod'
import { notFound } from '../../../core/error.ts'
import { query } from '../../../core/operation.ts'
import { currentPriceList, findPriceList } from './current-price-list.ts'
import { PLAN_CURRENCIES, STARTER_PLAN } from './default-prices.ts'
import { PriceListWire, toPriceList } from './price-wire.ts'

export const getPrices = query({
  name: 'prices.get',
  summary: 'The price list that applies to the organization now',
  scope: 'org',
  permission: 'org:read',
  input: z.strictObject({}),
  output: PriceListWire,
  rest: { method: 'GET', path: '/prices/current', tag: 'Prices' },
  run: async ({ db, orgId, now }) => {
    const org = await db.organization.findUniqueOrThrow({ where: { id: orgId } })
    return toPriceList(await currentPriceList(db, org.brandId, STARTER_PLAN, org.currency, now))
  },
})

/** By the host name of the request alone, so that nobody reads another brand's prices. */
export const getPublicPrices = query({
  name: 'prices.public',
  summary: 'Prices of this host\'s brand, for the page where people sign up',
  scope: 'public',
  input: z.strictObject({ currency: z.enum(PLAN_CURRENCIES).optional() }),
  output: PriceListWire,
  rest: { method: 'GET', path: '/prices/public', tag: 'Prices' },
  run: async ({ db, brand, now }, input) => {
    const { defaultCurrency } = await db.brand.findUniqueOrThrow({ where: { id: brand.id } })
    const row = await findPriceList(db, brand.id, STARTER_PLAN, input.currency ?? defaultCurrency, now)
    if (!row) throw notFound('price list')
    return toPriceList(row)
  },
})
