/** Everything wrong with the terms of a price, all at once and each with its place. Pure. */
import type { PriceSpec } from '../../../contract/catalogue.ts'
import { priceRuleFaults, sumFaults, type Fault } from '../rules/preview-faults.ts'
import { exact, isNegative } from '../rules/rational.ts'

export interface Terms {
  currency: string; region: string; recurring: PriceSpec; charges: readonly { meter: string; price: PriceSpec }[]; setup_fee: string; commitment: string | null
}

const AMOUNTS = new Set(['unit_amount', 'flat_amount', 'fixed_amount', 'rate', 'minimum', 'maximum'])

const negatives = (value: unknown, pointer: string): Fault[] => {
  if (typeof value !== 'object' || value === null) return []
  return Object.entries(value).flatMap(([name, inner]) => {
    const at = `${pointer}/${name}`
    if (typeof inner === 'string' && AMOUNTS.has(name)) return isNegative(exact(inner)) ? [{ pointer: at, code: 'out_of_range', message: 'Use 0 or more.' }] : []
    return negatives(inner, at)
  })
}

/** Where `/price` stands for a flat recurring price, its faults are found there too. */
const priceFaults = (price: PriceSpec, pointer: string): Fault[] => [...negatives(price, pointer), ...priceRuleFaults(price, pointer)]

const REGIONS = new Intl.DisplayNames('en', { type: 'region', fallback: 'none' })

export const termsFaults = (terms: Terms, meters: ReadonlySet<string>): Fault[] => {
  const seen = new Set<string>()
  const region = terms.region === '' || REGIONS.of(terms.region) !== undefined ? [] : [{ pointer: '/region', code: 'unknown_region', message: 'Use an ISO 3166 country code.' }]
  const charges = terms.charges.flatMap(({ meter, price }, index) => {
    const at = `/charges/${index}`
    const twice = seen.has(meter)
    seen.add(meter)
    return [
      ...(meters.has(meter) ? [] : [{ pointer: `${at}/meter`, code: 'unknown_meter', message: 'There is no such meter. Create it first.' }]),
      ...(twice ? [{ pointer: `${at}/meter`, code: 'duplicate_meter', message: 'Price each meter once.' }] : []),
      ...priceFaults(price, `${at}/price`),
    ]
  })
  return [
    ...region, ...priceFaults(terms.recurring, '/recurring'), ...charges, ...sumFaults(terms.setup_fee, '/setup_fee', terms.currency),
    ...(terms.commitment === null ? [] : sumFaults(terms.commitment, '/commitment', terms.currency)),
  ]
}
