import { Temporal } from 'temporal-polyfill'
import type { Subscription as SubscriptionRow } from '../../../prisma/generated/client.ts'
import type { SystemDb } from '../../core/db.ts'
import { newId } from '../../core/id.ts'
import type { Interval } from '../../contract/catalogue.ts'
import { currentPriceList, marketOf } from './prices/current-price-list.ts'
import { STARTER_PLAN } from './prices/default-prices.ts'
import { localDateOf, startOfLocalDate, wholePeriodOf, type Anchor, type Period } from './rules/period.ts'
import { addDueCharges } from './subscriptions/due-charges.ts'

export type { SubscriptionRow }
export interface Subscriber { id: string; brandId: string; currency: string; country: string; timezone: string }

export const daysAfter = (date: string, days: number): string => Temporal.PlainDate.from(date).add({ days }).toString()

/** Period columns of a row. */
export const periodColumns = ({ start, end, startsAt, endsAt }: Period) => ({ periodFrom: start, periodTo: end, periodStart: startsAt, periodEnd: endsAt })

export const periodOf = ({ start, end }: { start: string; end: string }, timezone: string): Period =>
  ({ start, end, startsAt: startOfLocalDate(start, timezone), endsAt: startOfLocalDate(end, timezone) })

const CALENDAR: Anchor = { mode: 'calendar', date: '2000-01-01' }

/** Subscribes to the first plan, by calendar periods in the organization's time zone. Calling it again changes nothing. */
export const startSubscription = async (db: SystemDb, org: Subscriber, now: Date): Promise<void> => {
  const price = await currentPriceList(db, marketOf(org, STARTER_PLAN), now)
  const today = localDateOf(now, org.timezone)
  const period = periodOf(wholePeriodOf(CALENDAR, price.interval as Interval, today), org.timezone)
  const trialEnd = price.trialDays > 0 ? daysAfter(today, price.trialDays) : null
  const { count } = await db.subscription.createMany({
    data: {
      orgId: org.id, planKey: price.planKey, currency: org.currency, priceListId: price.id, startedAt: now, ...periodColumns(period),
      ...(trialEnd ? { status: 'trialing', trialEndsAt: startOfLocalDate(trialEnd, org.timezone) } : {}),
    },
    skipDuplicates: true,
  })
  if (count === 0) return
  const phase = (from: string, to: string | null, trial: boolean) => ({ id: newId('subscriptionPhase'), orgId: org.id, from, to, trial, priceListId: price.id })
  await db.subscriptionPhase.createMany({ data: trialEnd ? [phase(today, trialEnd, true), phase(trialEnd, null, false)] : [phase(today, null, false)] })
  await addDueCharges(db, org.id, today)
}

/** What was used until then is billed when the period closes; the day it ends is a day of use. */
export const endSubscription = async (db: SystemDb, orgId: string, at: Date): Promise<void> => {
  const ended = await db.subscription.updateMany({ where: { orgId, endedAt: null }, data: { endedAt: at, status: 'cancelled' } })
  if (ended.count === 0) return
  const { timezone } = await db.organization.findUniqueOrThrow({ where: { id: orgId }, select: { timezone: true } })
  await endPhases(db, orgId, daysAfter(localDateOf(at, timezone), 1))
}

/** Nothing applies from a local date on. */
export const endPhases = async (db: SystemDb, orgId: string, date: string): Promise<void> => {
  await db.subscriptionPhase.deleteMany({ where: { orgId, from: { gte: date } } })
  await db.subscriptionPhase.updateMany({ where: { orgId, OR: [{ to: null }, { to: { gt: date } }] }, data: { to: date } })
}

/** Cuts the first period anew for an organization that moved; a later one stays as it is. */
export const recutFirstPeriod = async (db: SystemDb, org: Subscriber): Promise<void> => {
  const row = await db.subscription.findUnique({ where: { orgId: org.id }, include: { priceList: true, phases: { orderBy: { from: 'asc' } } } })
  if (!row || row.periodStart > row.startedAt) return
  const first = localDateOf(row.startedAt, org.timezone)
  const period = periodOf(wholePeriodOf(CALENDAR, row.priceList.interval as Interval, first), org.timezone)
  await db.subscription.update({ where: { orgId: org.id }, data: periodColumns(period) })
  const [phase] = row.phases
  if (phase && (phase.to === null || phase.to > first)) await db.subscriptionPhase.update({ where: { id: phase.id }, data: { from: first } })
}
