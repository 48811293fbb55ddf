import { z } from 'zod'
import { notFound } from '../../../core/error.ts'
import { query } from '../../../core/operation.ts'
import { Currency } from '../../../contract/money.ts'
import { findPriceList } from './current-price-list.ts'
import { STARTER_PLAN } from './default-prices.ts'
import { PriceListWire, toPriceList } from './price-wire.ts'
import { subscribedPriceList } from './subscribed-price-list.ts'

export const getPrices = query({
  name: 'prices.get',
  summary: 'The price list the organization subscribed to',
  scope: 'org',
  permission: 'org:read',
  input: z.strictObject({}),
  output: PriceListWire,
  rest: { method: 'GET', path: '/prices/current', tag: 'Prices' },
  run: async ({ db, orgId, now }) => {
    const org = await db.organization.findUniqueOrThrow({ where: { id: orgId }, include: { subscription: true } })
    return toPriceList(await subscribedPriceList(db, org, now))
  },
})

/** By the host name of the request alone, so that nobody reads another brand's prices. */
export const getPublicPrices = query({
  name: 'prices.public',
  summary: 'Prices of this host\'s brand, for the page where people sign up',
  scope: 'public',
  input: z.strictObject({ currency: Currency.optional(), country: z.string().length(2).optional() }),
  output: PriceListWire,
  rest: { method: 'GET', path: '/prices/public', tag: 'Prices' },
  run: async ({ db, brand, now }, input) => {
    const { defaultCurrency } = await db.brand.findUniqueOrThrow({ where: { id: brand.id } })
    const market = { brandId: brand.id, planKey: STARTER_PLAN, currency: input.currency ?? defaultCurrency, country: input.country ?? '' }
    const row = await findPriceList(db, market, now)
    if (!row) throw notFound('price list')
    return toPriceList(row)
  },
})
