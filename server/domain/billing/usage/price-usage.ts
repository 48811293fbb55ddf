import type { SystemDb, TenantDb } from '../../../core/db.ts'
import { calendarMonth } from '../rules/period.ts'
import type { PriceListRow } from '../prices/current-price-list.ts'
import { enginePriceList } from '../prices/engine-price-list.ts'
import { measureWindows } from './measure-totals.ts'
import { byTime, measureUsage, type UsageWindow } from './measure-usage.ts'
import { rateUsage, type RatedCell } from './rate-usage.ts'

export interface PricedWindow extends UsageWindow { appId?: string; meters?: readonly string[] }

/**
 * Usage of any range with its cost at a price list, month by month, as the invoices do. An app's cost is its share of what everything
 * together costs, so it is rated whole and narrowed afterwards.
 */
export const priceUsage = async (db: SystemDb | TenantDb, price: PriceListRow, { appId, meters, ...window }: PricedWindow): Promise<RatedCell[]> => {
  const cells: RatedCell[] = []
  for (let from = window.from; from < window.to;) {
    const month = calendarMonth(from, window.timezone)
    const to = month.endsAt < window.to ? month.endsAt : window.to
    const measured = await measureUsage(db, { ...window, from, to })
    if (measured.length > 0) {
      const [totals = new Map()] = await measureWindows(db, [{ orgId: window.orgId, from, to, now: window.now }])
      cells.push(...rateUsage({ ...enginePriceList(price, '0'), recurring: [] }, month, measured, totals).cells)
    }
    from = to
  }
  return cells.filter((cell) => (appId === undefined || cell.appId === appId) && (meters?.includes(cell.meter) ?? true)).sort(byTime)
}
