import type { MeterPrice, PriceList } from '../rules/invoice.ts'
import type { PriceListRow } from './current-price-list.ts'
import { chargesOf, recurringOf } from './current-price-list.ts'

const meterPrices = (row: PriceListRow): MeterPrice[] =>
  chargesOf(row).map(({ meter, name, unit, meter_units: meterUnits, price }) => ({ meter, name, unit, meterUnits, price }))

/** A stored price list as the rating engine reads it; `use` narrows the flat fee to the days of use. */
export const enginePriceList = (row: PriceListRow, taxRate: string, use?: { from: string; to: string }): PriceList => ({
  currency: row.currency,
  taxRate,
  recurring: [{ id: row.planKey, name: `${row.name} plan`, price: recurringOf(row), ...(use ? { use } : {}) }],
  meters: meterPrices(row),
})
