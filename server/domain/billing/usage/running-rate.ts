import type { SystemDb, TenantDb } from '../../../core/db.ts'
import { modelAmount } from '../rules/price.ts'
import { add, divide, exact, subtract, toMinor, whole, ZERO, type Rational } from '../rules/rational.ts'
import { chargesOf, type PriceListRow } from '../prices/current-price-list.ts'
import type { UsageCell } from './measure-usage.ts'
import { picoToRational } from './quantity.ts'

interface Row { app_id: string; vcpu: bigint; memory_mib: bigint; sleeping_mib: bigint }
const SECONDS_OF_24_HOURS = 86_400n

/** What quantities of meters cost on their own, beyond what is due without any. */
const costOfQuantities = (price: PriceListRow, quantities: ReadonlyMap<string, Rational>): bigint => {
  const major = chargesOf(price).reduce((sum, charge) => {
    const quantity = divide(quantities.get(charge.meter) ?? ZERO, exact(charge.meter_units))
    const at = (q: Rational): Rational => modelAmount(charge.price, { quantity: q, events: ZERO })
    return add(sum, subtract(at(quantity), at(ZERO)))
  }, ZERO)
  return toMinor(major, price.currency)
}

/** What the resources allocated right now cost in 24 hours, by app, minor units. */
export const runningDailyRates = async (db: SystemDb | TenantDb, orgId: string, price: PriceListRow): Promise<Map<string, bigint>> => {
  const rows = await db.$queryRaw<Row[]>`
    SELECT app_id, sum(vcpu)::bigint AS vcpu, sum(memory_mib)::bigint AS memory_mib, sum(sleeping_mib)::bigint AS sleeping_mib FROM allotted
    WHERE org_id = ${orgId} AND ended_at IS NULL GROUP BY app_id`
  return new Map(rows.map((row) => [row.app_id, costOfQuantities(price, new Map([
    ['vcpu_seconds', whole(row.vcpu * SECONDS_OF_24_HOURS)], ['memory_mib_seconds', whole(row.memory_mib * SECONDS_OF_24_HOURS)],
    ['sleeping_mib_seconds', whole(row.sleeping_mib * SECONDS_OF_24_HOURS)],
  ]))]))
}

/** Cost of one day's quantities on their own, for the basis of a forecast. */
export const costOf = (quantities: readonly Pick<UsageCell, 'meter' | 'pico'>[], price: PriceListRow): bigint => {
  const sums = new Map<string, Rational>()
  for (const { meter, pico } of quantities) sums.set(meter, add(sums.get(meter) ?? ZERO, picoToRational(pico)))
  return costOfQuantities(price, sums)
}

const SECONDS_OF_AN_HOUR = 3_600n

/** What resources of that size cost while they run for an hour, minor units. */
export const hourlyRate = (price: PriceListRow, size: { vcpu: number; memoryMib: number }): bigint => costOfQuantities(price, new Map([
  ['vcpu_seconds', whole(BigInt(size.vcpu) * SECONDS_OF_AN_HOUR)], ['memory_mib_seconds', whole(BigInt(Math.ceil(size.memoryMib)) * SECONDS_OF_AN_HOUR)],
]))
