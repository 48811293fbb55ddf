import { z } from 'zod'
import { ruleViolated } from '../../core/error.ts'
import { query } from '../../core/operation.ts'
import { LocalDate } from '../../contract/billing-preview.ts'
import { Money, toMoney, toWireAmount } from '../../contract/money.ts'
import { Instant, toInstant } from '../../contract/time.ts'
import { METERS, STARTER_PLAN, type Meter } from './prices/default-prices.ts'
import { PRESENTATION } from './prices/engine-price-list.ts'
import { calendarMonth, startOfLocalDate } from './rules/period.ts'
import { divide, exact, fraction, toDecimalString } from './rules/rational.ts'
import { milliToDecimal } from './usage/measure-usage.ts'
import { priceUsage } from './usage/price-usage.ts'
import { amountsBy, type RatedCell } from './usage/rate-usage.ts'

const LONGEST_RANGE_MS = 400 * 86_400_000
const Point = z.union([Instant, LocalDate], { error: 'must be an RFC 3339 instant or a date' })

const Measured = { app_id: z.string(), meter: z.enum(METERS), quantity: z.string(), amount: Money }
const UsageReport = z.object({
  from: Instant, to: Instant, as_of: Instant, currency: z.string(),
  rows: z.array(z.object({ ...Measured, app_name: z.string(), unit: z.string(), billed_quantity: z.string() })),
  days: z.array(z.object({ date: z.string(), ...Measured })),
  daily: z.array(z.object({ date: z.string(), amount: z.number().int() })),
  total: Money,
})

const instantOf = (point: string, timezone: string): Date => (point.length === 10 ? startOfLocalDate(point, timezone) : new Date(point))

const rangeOf = (input: { from?: string | undefined; to?: string | undefined }, timezone: string, now: Date): { from: Date; to: Date } => {
  const month = calendarMonth(now, timezone)
  const from = input.from ? instantOf(input.from, timezone) : month.startsAt
  const to = input.to ? instantOf(input.to, timezone) : month.endsAt
  if (to <= from) throw ruleViolated('/to', 'before_from', 'Choose an end after the start.')
  if (to.getTime() - from.getTime() > LONGEST_RANGE_MS) throw ruleViolated('/to', 'range_too_long', 'Choose a range of at most 400 days.')
  return { from, to }
}

const inBilledUnits = (meter: Meter, milli: bigint): string =>
  toDecimalString(divide(fraction(milli, 1000n), exact(PRESENTATION[meter].meterUnits)), 6)

const sumMilli = (cells: readonly RatedCell[]): bigint => cells.reduce((total, cell) => total + cell.milli, 0n)
const sumAmount = (cells: readonly RatedCell[]): bigint => cells.reduce((total, cell) => total + cell.amount, 0n)

const sortKey = (cell: RatedCell): string => `${cell.day} ${cell.appId} ${cell.meter}`
const byDay = (a: RatedCell, b: RatedCell): number => (sortKey(a) < sortKey(b) ? -1 : 1)

export const getUsage = query({
  name: 'usage.get',
  summary: 'What every app used of every meter on every day, and what it costs before tax',
  scope: 'org',
  permission: 'usage:read',
  input: z.strictObject({ from: Point.optional(), to: Point.optional(), app_id: z.string().max(60).optional() }),
  output: UsageReport,
  rest: { method: 'GET', path: '/usage', tag: 'Billing' },
  run: async ({ db, orgId, now }, input) => {
    const org = await db.organization.findUniqueOrThrow({ where: { id: orgId }, include: { subscription: true } })
    const { currency, timezone } = org
    const range = rangeOf(input, timezone, now)
    const { planKey, startedAt } = org.subscription ?? { planKey: STARTER_PLAN, startedAt: org.createdAt }
    const customer = { brandId: org.brandId, planKey, currency, startedAt }
    const cells = (await priceUsage(db, customer, { orgId, ...range, now, timezone, ...(input.app_id ? { appId: input.app_id } : {}) })).sort(byDay)
    const apps = await db.app.findMany({ where: { id: { in: [...new Set(cells.map((cell) => cell.appId))] } }, select: { id: true, name: true } })
    const names = new Map(apps.map((app) => [app.id, app.name]))
    return {
      from: toInstant(range.from), to: toInstant(range.to), as_of: toInstant(now), currency,
      rows: [...Map.groupBy(cells, (cell) => `${cell.appId} ${cell.meter}`).values()].flatMap((own) => {
        const [first] = own
        if (!first) return []
        const milli = sumMilli(own)
        return [{
          app_id: first.appId, app_name: names.get(first.appId) ?? first.appId, meter: first.meter, quantity: milliToDecimal(milli),
          unit: PRESENTATION[first.meter].unit, billed_quantity: inBilledUnits(first.meter, milli), amount: toMoney(sumAmount(own), currency),
        }]
      }),
      days: cells.map((cell) => ({
        date: cell.day, app_id: cell.appId, meter: cell.meter, quantity: milliToDecimal(cell.milli), amount: toMoney(cell.amount, currency),
      })),
      daily: [...amountsBy(cells, (cell) => cell.day)].map(([date, amount]) => ({ date, amount: toWireAmount(amount) })),
      total: toMoney(sumAmount(cells), currency),
    }
  },
})
