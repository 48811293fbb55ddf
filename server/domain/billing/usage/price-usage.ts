import type { SystemDb, TenantDb } from '../../../core/db.ts'
import { calendarMonth } from '../rules/period.ts'
import type { PriceListRow } from '../prices/current-price-list.ts'
import { enginePriceList } from '../prices/engine-price-list.ts'
import { runsOf } from '../periods/rated-runs.ts'
import { ONE } from '../rules/rational.ts'
import type { Terms } from '../subscriptions/load-terms.ts'
import { measureWindows } from './measure-totals.ts'
import { byTime, measureUsage, type UsageWindow } from './measure-usage.ts'
import { rateUsage, type RatedCell } from './rate-usage.ts'
import type { UsageSource } from './usage-source.ts'

export interface PricedWindow extends UsageWindow { appId?: string; meters?: readonly string[] }

/** What applied when: by the phases of the subscription, and `fallback` for days before there was one. */
export interface UsagePrices { terms: Terms; fallback: () => Promise<PriceListRow> }

/**
 * Usage of any range with its cost, month by month, each day by the price list that applied on it, as the invoices of calendar months do.
 * An app's cost is its share of what everything together costs, so it is rated whole and narrowed afterwards.
 */
export const priceUsage = async (
  db: SystemDb | TenantDb, source: UsageSource | null, { terms, fallback }: UsagePrices, { appId, meters, ...window }: PricedWindow,
): Promise<RatedCell[]> => {
  const cells: RatedCell[] = []
  const { orgId, timezone, now } = window
  const zones = new Map(source ? [[orgId, source.timezone]] : [])
  const stretchesOf = async (month: ReturnType<typeof calendarMonth>) => {
    const runs = runsOf({ timezone, period: month, periodStart: month.startsAt, periodEnd: month.endsAt }, terms.phasesOf(orgId))
    if (runs.length === 0) return [{ price: await fallback(), share: ONE, days: month, starts: month.startsAt, ends: month.endsAt }]
    return runs.map((run) => ({ ...run, price: terms.rowOf(run.priceListId) }))
  }
  for (let at = window.from; at < window.to; at = calendarMonth(at, timezone).endsAt) {
    for (const { price, share, days, starts, ends } of await stretchesOf(calendarMonth(at, timezone))) {
      const [from, to] = [starts > window.from ? starts : window.from, ends < window.to ? ends : window.to]
      const [measured = []] = await measureUsage(db, [{ ...window, from, to }], source)
      if (measured.length === 0) continue
      const [totals = new Map()] = await measureWindows(db, [{ orgId, from, to, now }], zones)
      cells.push(...rateUsage({ ...enginePriceList(price, '0'), recurring: [], share }, days, measured, totals).cells)
    }
  }
  return cells.filter((cell) => (appId === undefined || cell.appId === appId) && (meters?.includes(cell.meter) ?? true)).sort(byTime)
}
