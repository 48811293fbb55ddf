import type { SystemDb, TenantDb } from '../../../core/db.ts'
import { add, exact, multiply, toMinor, whole, ZERO } from '../rules/rational.ts'
import { meterPrices, type PriceListRow } from '../prices/current-price-list.ts'
import type { UsageCell } from './measure-usage.ts'

interface Row { app_id: string; vcpu: bigint; memory_mib: bigint }
const SECONDS_OF_24_HOURS = 86_400

/** What the resources allocated right now cost in 24 hours, by app, minor units. */
export const runningDailyRates = async (db: SystemDb | TenantDb, orgId: string, price: PriceListRow): Promise<Map<string, bigint>> => {
  const rows = await db.$queryRaw<Row[]>`
    SELECT app_id, sum(vcpu)::bigint AS vcpu, sum(memory_mib)::bigint AS memory_mib FROM allocation_segment
    WHERE org_id = ${orgId} AND ended_at IS NULL GROUP BY app_id`
  const meters = meterPrices(price)
  return new Map(rows.map((row) => {
    const cpu = multiply(whole(row.vcpu), exact(meters.vcpu_seconds))
    const perSecond = add(cpu, multiply(whole(row.memory_mib), exact(meters.memory_mib_seconds)))
    return [row.app_id, toMinor(multiply(perSecond, whole(SECONDS_OF_24_HOURS)), price.currency)]
  }))
}

/** Cost of one day's quantities on their own, for the basis of a forecast. */
export const costOf = (quantities: readonly Pick<UsageCell, 'meter' | 'milli'>[], price: PriceListRow): bigint => {
  const meters = meterPrices(price)
  const major = quantities.reduce((sum, cell) => add(sum, multiply({ n: cell.milli, d: 1000n }, exact(meters[cell.meter]))), ZERO)
  return toMinor(major, price.currency)
}
