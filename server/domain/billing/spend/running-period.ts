import type { OrgContext } from '../../../core/context.ts'
import { runtime } from '../../../core/runtime.ts'
import { couponsFor } from '../coupons/coupons-for.ts'
import { creditIn, readGrants } from '../credits/grants.ts'
import { loadBuyers, taxOfLine, type Buyer } from '../invoices/load-buyers.ts'
import { composeSale, type ComposedSale, type HeldSale, type SaleLine } from '../invoices/sale.ts'
import { lineOfItem, readUnbilledItems } from '../items/unbilled-items.ts'
import { chargeLines, type ChargedPeriod } from '../periods/charge-lines.ts'
import type { PriceListRow } from '../prices/current-price-list.ts'
import { recurringPlan } from '../prices/recurring-plan.ts'
import { subscribedPriceList } from '../prices/subscribed-price-list.ts'
import { calendarMonth, localDateOf } from '../rules/period.ts'
import { periodColumns } from '../subscription.ts'
import { loadTerms, type Terms } from '../subscriptions/load-terms.ts'
import { measureWindows } from '../usage/measure-totals.ts'

/** Whose period, and when; a job brings it as an operation does. */
export type SpendContext = Pick<OrgContext, 'db' | 'orgId' | 'now'>

export interface RunningLines {
  currency: string
  timezone: string
  startedAt: Date
  period: { start: string; end: string }
  periodStart: Date
  periodEnd: Date
  price: PriceListRow
  /** What plan and usage come to until now, the plan's fee for the whole period; then what else waits for the next invoice. */
  lines: readonly SaleLine[]
}
export interface RunningPeriod extends RunningLines {
  sale: ComposedSale | HeldSale
  credit: bigint
  graceMinutes: number
}

/** The seller's own tables are none of a tenant's to read; the caller was authorised for this one organization. */
const buyerOf = (orgId: string): Promise<Buyer> => runtime().databases.asSystem('job', async (db) => (await loadBuyers(db, [orgId]))(orgId))

/** Before its first subscription row is written an organization is about to have the first plan from today on. */
const firstTerms = (price: PriceListRow, today: string): Terms => ({
  phasesOf: () => [{ from: today, to: null, priceListId: price.id, quantity: 1, paused: false, trial: false, anchor: { mode: 'calendar', date: '2000-01-01' } }],
  rowOf: () => price, planOf: () => recurringPlan(price),
})

const runningRow = async ({ db, orgId, now }: SpendContext) => {
  const org = await db.organization.findUniqueOrThrow({ where: { id: orgId }, include: { subscription: true } })
  const row = org.subscription
  const dates = row && row.periodEnd > now ? row : periodColumns(calendarMonth(now, org.timezone))
  return { org, dates, startedAt: row?.startedAt ?? now, price: await subscribedPriceList(db, org, now), subscribed: row !== null }
}

/** What the running period comes to, before discounts and tax. */
export const readRunningLines = async (ctx: SpendContext): Promise<RunningLines> => {
  const { db, orgId, now } = ctx
  const { org, dates, startedAt, price, subscribed } = await runningRow(ctx)
  const { currency, timezone } = org
  const period = { start: dates.periodFrom, end: dates.periodTo }
  const charged: ChargedPeriod = { orgId, timezone, period, periodStart: dates.periodStart, periodEnd: dates.periodEnd }
  const terms = subscribed ? await loadTerms(db, [orgId]) : firstTerms(price, localDateOf(now, timezone))
  const [charges = []] = await chargeLines([charged], terms, (windows) => measureWindows(db, windows.map(({ from, to }) => ({ orgId, from, to, now }))))
  const items = (await readUnbilledItems(db, [orgId]))(orgId, currency)
  const lines = [...charges, ...items.map((item) => lineOfItem(item, period))]
  return { currency, timezone, startedAt, period, periodStart: dates.periodStart, periodEnd: dates.periodEnd, price, lines }
}

/** The next invoice as it would be if the period ended now: the same steps as when it is closed, with nothing taken or written. */
export const readRunningPeriod = async (ctx: SpendContext): Promise<RunningPeriod> => {
  const { db, orgId, now } = ctx
  const running = await readRunningLines(ctx)
  const { lines, price, currency, timezone } = running
  const buyer = await buyerOf(orgId)
  const grants = (await readGrants(db, orgId, now))(orgId, currency)
  const coupons = (await couponsFor(db, [orgId], now))(orgId, { planKey: price.planKey, currency })
  const sale = composeSale(lines, { currency, coupons, grants, now, taxOf: taxOfLine(buyer, localDateOf(now, timezone)) })
  return { ...running, sale, credit: creditIn(grants), graceMinutes: buyer.settings.graceMinutes }
}
