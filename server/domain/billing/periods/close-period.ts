import { Temporal } from 'temporal-polyfill'
import { runtime } from '../../../core/runtime.ts'
import type { SystemDb } from '../../../core/db.ts'
import { enginePriceList } from '../prices/engine-price-list.ts'
import { loadPriceLists } from '../prices/load-price-lists.ts'
import { buildInvoice } from '../rules/invoice.ts'
import { calendarMonth } from '../rules/period.ts'
import { billedPeriod, pricedAt } from '../subscription.ts'
import { measureTotals } from '../usage/measure-totals.ts'
import { usageByMeter } from '../usage/rate-usage.ts'
import { issueInvoices, type DueInvoice } from './issue-invoices.ts'

const PAYMENT_TERM_DAYS = 14

export interface ClosedPeriods { closed: number; invoiced: number }

/**
 * Closes one period of each organization that is due, in one transaction. Another process closing the same ones waits for the row
 * locks and then finds their periods moved.
 */
export const closePeriodsOf = (orgIds: readonly string[], now: Date): Promise<ClosedPeriods> =>
  runtime().databases.asSystem('job', async (db) => {
    const locked = await db.$queryRaw<{ org_id: string }[]>`
      SELECT org_id FROM subscription WHERE org_id = ANY(${[...orgIds]}) AND period_end <= ${now}::timestamptz
        AND (ended_at IS NULL OR period_start < ended_at) ORDER BY org_id FOR UPDATE`
    return locked.length === 0 ? { closed: 0, invoiced: 0 } : closeLocked(db, locked.map((row) => row.org_id), now)
  })

const closeLocked = async (db: SystemDb, orgIds: string[], now: Date): Promise<ClosedPeriods> => {
  const subscriptions = await db.subscription.findMany({ where: { orgId: { in: orgIds } }, include: { org: { include: { brand: true } } } })
  const priceOf = await loadPriceLists(db, [...new Set(subscriptions.map(({ org }) => org.brandId))])
  const usage = await measureTotals(db, subscriptions.map(({ orgId, periodStart: from, periodEnd: to }) => ({ orgId, from, to })))
  const credits = await paidCredits(db, orgIds)
  const due = subscriptions.flatMap((subscription): DueInvoice[] => {
    const { org, orgId, periodStart, periodEnd, currency } = subscription
    const { month, use } = billedPeriod(subscription, org.timezone)
    const price = priceOf(org.brandId, subscription.planKey, currency, pricedAt(subscription))
    const built = buildInvoice({
      priceList: enginePriceList(price, org.brand.taxRate, use), period: month, usage: usageByMeter(usage.get(orgId) ?? new Map()),
      credits: credits.get(`${orgId} ${currency}`) ?? 0n,
    })
    if (built.total <= 0n) return []
    return [{ periodStart, periodEnd, sale: { brand: org.brand, org, price, built, issuedAt: now, dueAt: dueDate(now, org.timezone) } }]
  })
  await advance(db, subscriptions.map(({ orgId, periodEnd, org }) => (
    { org_id: orgId, starts: periodEnd, ends: calendarMonth(periodEnd, org.timezone).endsAt })))
  if (due.length > 0) await issueInvoices(db, due)
  return { closed: subscriptions.length, invoiced: due.length }
}

const advance = async (db: SystemDb, periods: readonly { org_id: string; starts: Date; ends: Date }[]): Promise<void> => {
  await db.$executeRaw`
    UPDATE subscription s SET period_start = p.starts, period_end = p.ends
    FROM jsonb_to_recordset(${JSON.stringify(periods)}::jsonb) AS p (org_id text, starts timestamptz, ends timestamptz) WHERE s.org_id = p.org_id`
}

const dueDate = (issuedAt: Date, timezone: string): Date =>
  new Date(Temporal.Instant.fromEpochMilliseconds(issuedAt.getTime()).toZonedDateTimeISO(timezone).add({ days: PAYMENT_TERM_DAYS }).epochMilliseconds)

/** What was paid above an earlier invoice settles this one first. */
const paidCredits = async (db: SystemDb, orgIds: string[]): Promise<Map<string, bigint>> => {
  const rows = await db.ledgerEntry.groupBy({
    by: ['orgId', 'currency'], where: { orgId: { in: orgIds }, account: 'customer_credit_paid' }, _sum: { amount: true },
  })
  return new Map(rows.map((row) => [`${row.orgId ?? ''} ${row.currency}`, -(row._sum.amount ?? 0n)]))
}
