import { exact, multiply, toDecimalString } from '../rules/rational.ts'
import type { MeterPrice, PriceList } from '../rules/invoice.ts'
import type { PriceListRow } from './current-price-list.ts'
import { meterPrices } from './current-price-list.ts'
import { METERS, type Meter } from './default-prices.ts'

interface Presentation { name: string; unit: string; meterUnits: string }

/** People read hours and GiB; prices are kept per second and byte. */
export const PRESENTATION: Record<Meter, Presentation> = {
  vcpu_seconds: { name: 'vCPU', unit: 'vCPU hour', meterUnits: '3600' },
  memory_mib_seconds: { name: 'Memory', unit: 'GiB hour', meterUnits: String(1024 * 3600) },
  egress_bytes: { name: 'Outgoing traffic', unit: 'GiB', meterUnits: String(1024 ** 3) },
}

export const unitPrice = (meter: Meter, perMeterUnit: string): string =>
  toDecimalString(multiply(exact(perMeterUnit), exact(PRESENTATION[meter].meterUnits)))

const meterPriceOf = (row: PriceListRow, meter: Meter): MeterPrice => ({
  meter, ...PRESENTATION[meter], price: { model: 'per_unit', unit_amount: unitPrice(meter, meterPrices(row)[meter]) },
})

/** A stored price list as the rating engine reads it; `use` narrows the flat fee to the days of use. */
export const enginePriceList = (row: PriceListRow, taxRate: string, use?: { from: string; to: string }): PriceList => ({
  currency: row.currency,
  taxRate,
  recurring: [{ id: row.planKey, name: `${row.name} plan`, price: { model: 'flat', unit_amount: row.flatMonthly }, ...(use ? { use } : {}) }],
  meters: METERS.map((meter) => meterPriceOf(row, meter)),
})
