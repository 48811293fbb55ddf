import { z } from 'zod'
import { Charge, INTERVALS, PriceSpec, TIMINGS } from '../../../contract/catalogue.ts'
import { DecimalString, Money } from '../../../contract/money.ts'
import { Instant, toInstant } from '../../../contract/time.ts'
import { charge } from '../rules/price.ts'
import { ONE, toDecimalString, ZERO } from '../rules/rational.ts'
import { chargesOf, recurringOf, type PriceListRow } from './current-price-list.ts'
import { estimateMonthly } from './estimate-monthly.ts'

export const PriceListWire = z.object({
  id: z.string(), brand_id: z.string(), plan_key: z.string(), name: z.string(), currency: z.string(),
  region: z.string().describe('Country it is for; empty = everywhere without a list of its own'), version: z.number().int(),
  interval: z.enum(INTERVALS), timing: z.enum(TIMINGS), trial_days: z.number().int(), setup_fee: DecimalString, commitment: DecimalString.nullable(),
  recurring: PriceSpec, charges: z.array(Charge), active_from: Instant,
  /** What one of the plan costs for a whole period. */
  price: DecimalString,
  /** Of charges by the unit, as a person compares them. */
  rates: z.array(z.object({ meter: z.string(), name: z.string(), unit: z.string(), unit_price: DecimalString.nullable() })),
  example: z.object({ vcpu: z.number().int(), memory_mib: z.number().int(), hours: z.number().int(), app: Money, total: Money }),
})
export type PriceListWire = z.infer<typeof PriceListWire>

const EXAMPLE_SIZE = { vcpu: 1, memory_mib: 512, replicas: 1 }

export const toPriceList = (row: PriceListRow): PriceListWire => {
  const { app, total, hours } = estimateMonthly(row, EXAMPLE_SIZE)
  const [recurring, charges] = [recurringOf(row), chargesOf(row)]
  return {
    id: row.id, brand_id: row.brandId, plan_key: row.planKey, name: row.name, currency: row.currency, region: row.region, version: row.version,
    interval: row.interval as PriceListWire['interval'], timing: row.timing as PriceListWire['timing'], trial_days: row.trialDays,
    setup_fee: row.setupFee, commitment: row.commitment, recurring, charges, active_from: toInstant(row.activeFrom),
    price: toDecimalString(charge(recurring, { quantity: ONE, events: ZERO })),
    rates: charges.map(({ meter, name, unit, price }) => ({ meter, name, unit, unit_price: price.model === 'per_unit' ? price.unit_amount : null })),
    example: { vcpu: EXAMPLE_SIZE.vcpu, memory_mib: EXAMPLE_SIZE.memory_mib, hours, app, total },
  }
}
