import type { SystemDb, TenantDb } from '../../../core/db.ts'
import { calendarMonth } from '../rules/period.ts'
import { currentPriceList, type PriceListRow } from '../prices/current-price-list.ts'
import { enginePriceList } from '../prices/engine-price-list.ts'
import { measureUsage, type UsageWindow } from './measure-usage.ts'
import { rateUsage, type RatedCell } from './rate-usage.ts'

interface Customer { brandId: string; planKey: string; currency: string; startedAt: Date }

/** Usage of any range with its cost: month by month, each at the price list of its own period, as the invoices do. */
export const priceUsage = async (db: SystemDb | TenantDb, customer: Customer, window: UsageWindow): Promise<RatedCell[]> => {
  const cells: RatedCell[] = []
  for (let from = window.from; from < window.to;) {
    const month = calendarMonth(from, window.timezone)
    const to = month.endsAt < window.to ? month.endsAt : window.to
    const measured = await measureUsage(db, { ...window, from, to })
    if (measured.length > 0) {
      const price = await priceOf(db, customer, month.startsAt)
      cells.push(...rateUsage({ ...enginePriceList(price, '0'), recurring: [] }, month, measured).cells)
    }
    from = to
  }
  return cells
}

const priceOf = (db: SystemDb | TenantDb, { brandId, planKey, currency, startedAt }: Customer, periodStart: Date): Promise<PriceListRow> =>
  currentPriceList(db, brandId, planKey, currency, startedAt > periodStart ? startedAt : periodStart)
