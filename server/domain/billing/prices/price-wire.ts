import { z } from 'zod'
import { DecimalString, Money } from '../../../contract/money.ts'
import { Instant, toInstant } from '../../../contract/time.ts'
import { meterPrices, type PriceListRow } from './current-price-list.ts'
import { METERS } from './default-prices.ts'
import { PRESENTATION, unitPrice } from './engine-price-list.ts'
import { estimateMonthly } from './estimate-monthly.ts'

export const MeterPriceMap = z.strictObject({ vcpu_seconds: DecimalString, memory_mib_seconds: DecimalString, egress_bytes: DecimalString })

export const PriceListWire = z.object({
  id: z.string(), brand_id: z.string(), plan_key: z.string(), name: z.string(), currency: z.string(), version: z.number().int(),
  flat_monthly: DecimalString, meters: MeterPriceMap, active_from: Instant,
  /** The same rates per hour and GiB, as a person compares them. */
  rates: z.array(z.object({ meter: z.enum(METERS), name: z.string(), unit: z.string(), unit_price: DecimalString })),
  example: z.object({ vcpu: z.number().int(), memory_mib: z.number().int(), hours: z.number().int(), app: Money, total: Money }),
})
export type PriceListWire = z.infer<typeof PriceListWire>

const EXAMPLE_SIZE = { vcpu: 1, memory_mib: 512, replicas: 1 }

export const toPriceList = (row: PriceListRow): PriceListWire => {
  const meters = meterPrices(row)
  const { app, total, hours } = estimateMonthly(row, EXAMPLE_SIZE)
  return {
    id: row.id, brand_id: row.brandId, plan_key: row.planKey, name: row.name, currency: row.currency, version: row.version,
    flat_monthly: row.flatMonthly, meters, active_from: toInstant(row.activeFrom),
    rates: METERS.map((meter) => ({ meter, name: PRESENTATION[meter].name, unit: PRESENTATION[meter].unit, unit_price: unitPrice(meter, meters[meter]) })),
    example: { vcpu: EXAMPLE_SIZE.vcpu, memory_mib: EXAMPLE_SIZE.memory_mib, hours, app, total },
  }
}
