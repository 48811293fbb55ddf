import { Temporal } from 'temporal-polyfill'
import type { SystemDb } from '../../core/db.ts'
import { STARTER_PLAN } from './prices/default-prices.ts'
import { calendarMonth, localDateOf } from './rules/period.ts'

export interface Subscriber { id: string; currency: string; timezone: string }

/** Calendar months in the organization's time zone, in arrears. Calling it again changes nothing. */
export const startSubscription = async (db: SystemDb, org: Subscriber, now: Date): Promise<void> => {
  const period = calendarMonth(now, org.timezone)
  await db.subscription.createMany({
    data: {
      orgId: org.id, planKey: STARTER_PLAN, currency: org.currency, anchorDay: 1, startedAt: now, periodStart: period.startsAt, periodEnd: period.endsAt,
    },
    skipDuplicates: true,
  })
}

/** What was used until then is billed when the period closes. */
export const endSubscription = async (db: SystemDb, orgId: string, at: Date): Promise<void> => {
  await db.subscription.updateMany({ where: { orgId, endedAt: null }, data: { endedAt: at } })
}

/** Cuts the first period anew for an organization that moved; a later one stays as it is. */
export const recutFirstPeriod = async (db: SystemDb, org: Subscriber): Promise<void> => {
  const subscription = await db.subscription.findUnique({ where: { orgId: org.id } })
  if (!subscription || subscription.periodStart > subscription.startedAt) return
  const period = calendarMonth(subscription.startedAt, org.timezone)
  await db.subscription.update({ where: { orgId: org.id }, data: { periodStart: period.startsAt, periodEnd: period.endsAt } })
}

export interface BilledPeriod {
  /** Whole calendar month: the measure of a flat fee. */
  month: { start: string; end: string }
  /** The local days of it that were subscribed. */
  use: { from: string; to: string }
}

interface SubscriptionRow { startedAt: Date; periodStart: Date; periodEnd: Date; endedAt: Date | null }

const dayAfter = (instant: Date, timezone: string): string =>
  Temporal.PlainDate.from(localDateOf(instant, timezone)).add({ days: 1 }).toString()

export const billedPeriod = (row: SubscriptionRow, timezone: string): BilledPeriod => {
  const month = calendarMonth(row.periodStart, timezone)
  const first = row.startedAt > row.periodStart ? row.startedAt : row.periodStart
  const to = row.endedAt && row.endedAt < row.periodEnd ? dayAfter(row.endedAt, timezone) : month.end
  return { month, use: { from: localDateOf(first, timezone), to: to < month.end ? to : month.end } }
}

/** The price of a period is the one in force when it began, or when the customer joined. */
export const pricedAt = (row: SubscriptionRow): Date => (row.startedAt > row.periodStart ? row.startedAt : row.periodStart)
