import { runtime } from '../../../core/runtime.ts'
import type { SystemDb } from '../../../core/db.ts'
import { Temporal } from 'temporal-polyfill'
import { currentPriceList } from '../prices/current-price-list.ts'
import { enginePriceList } from '../prices/engine-price-list.ts'
import { buildInvoice } from '../rules/invoice.ts'
import { calendarMonth } from '../rules/period.ts'
import { billedPeriod, pricedAt } from '../subscription.ts'
import { measureTotals } from '../usage/measure-usage.ts'
import { usageByMeter } from '../usage/rate-usage.ts'
import { issueInvoice } from './issue-invoice.ts'

export const PAYMENT_TERM_DAYS = 14

export type ClosedPeriod = 'not_due' | 'nothing_to_bill' | 'invoiced'

/** Closes one period of one organization, or none when another process was first: the row lock and the moved period decide. */
export const closePeriod = (orgId: string, now: Date): Promise<ClosedPeriod> =>
  runtime().databases.asSystem('job', async (db) => {
    const locked = await db.$queryRaw<{ org_id: string }[]>`
      SELECT org_id FROM subscription WHERE org_id = ${orgId} AND period_end <= ${now}::timestamptz
        AND (ended_at IS NULL OR period_start < ended_at) FOR UPDATE`
    if (locked.length === 0) return 'not_due'
    return closeLocked(db, orgId, now)
  })

const closeLocked = async (db: SystemDb, orgId: string, now: Date): Promise<ClosedPeriod> => {
  const subscription = await db.subscription.findUniqueOrThrow({ where: { orgId }, include: { org: { include: { brand: true } } } })
  const { org, periodStart, periodEnd } = subscription
  const { brand } = org
  const price = await currentPriceList(db, brand.id, subscription.planKey, subscription.currency, pricedAt(subscription))
  const { month, use } = billedPeriod(subscription, org.timezone)
  const usage = await measureTotals(db, { orgId, from: periodStart, to: periodEnd, now })
  const built = buildInvoice({
    priceList: enginePriceList(price, brand.taxRate, use), period: month, usage: usageByMeter(usage), credits: await paidCredit(db, orgId, subscription.currency),
  })
  const next = calendarMonth(periodEnd, org.timezone)
  await db.subscription.update({ where: { orgId }, data: { periodStart: periodEnd, periodEnd: next.endsAt } })
  if (built.total <= 0n) return 'nothing_to_bill'
  await issueInvoice(db, { brand, org, price, built, issuedAt: now, dueAt: dueDate(now, org.timezone) }, { start: periodStart, end: periodEnd })
  return 'invoiced'
}

const dueDate = (issuedAt: Date, timezone: string): Date =>
  new Date(Temporal.Instant.fromEpochMilliseconds(issuedAt.getTime()).toZonedDateTimeISO(timezone).add({ days: PAYMENT_TERM_DAYS }).epochMilliseconds)

/** What was paid above an earlier invoice settles this one first. */
const paidCredit = async (db: SystemDb, orgId: string, currency: string): Promise<bigint> => {
  const { _sum } = await db.ledgerEntry.aggregate({ where: { orgId, currency, account: 'customer_credit_paid' }, _sum: { amount: true } })
  return -(_sum.amount ?? 0n)
}
