import { allocate } from '../rules/allocate.ts'
import { forecast, type Forecast } from '../rules/forecast.ts'
import { localDateOf } from '../rules/period.ts'
import { measureUsage, type UsageCell } from '../usage/measure-usage.ts'
import { usageSourceOf } from '../usage/usage-source.ts'
import type { RatedCell } from '../usage/rate-usage.ts'
import { costOf, runningDailyRates } from '../usage/running-rate.ts'
import type { RunningLines, SpendContext } from './running-period.ts'

const BASIS_DAYS = 7
const DAY_MS = 86_400_000
const sum = (values: Iterable<bigint>): bigint => [...values].reduce((a, b) => a + b, 0n)

/** The metered lines shared out over apps and days by quantity, so that the shares add up to the lines. */
const shareOut = (cells: readonly UsageCell[], lines: RunningLines['lines']): RatedCell[] =>
  [...Map.groupBy(cells, (cell) => cell.meter)].flatMap(([meter, of]) => {
    const own = of.filter((cell) => cell.pico > 0n)
    const amount = sum(lines.filter((line) => line.source === meter).map((line) => line.amount))
    const shares = own.length === 0 ? [] : allocate(amount, own.map((cell) => cell.pico))
    return own.map((cell, index) => ({ ...cell, amount: shares[index] ?? 0n }))
  })

/** Cost of each complete day of the last seven on which the customer was there. */
const recentDays = (cells: readonly UsageCell[], since: Date, { timezone, price }: RunningLines, now: Date): bigint[] => {
  const [firstDay, today] = [localDateOf(since, timezone), localDateOf(now, timezone)]
  const days = Array.from({ length: BASIS_DAYS }, (_, i) => localDateOf(new Date(now.getTime() - (BASIS_DAYS - i) * DAY_MS), timezone))
  return [...new Set(days)].filter((day) => day > firstDay && day < today).map((day) => costOf(cells.filter((cell) => cell.day === day), price))
}

export interface Outlook {
  cells: RatedCell[]
  rates: Map<string, bigint>
  /** All lines, before discounts and tax. */
  spend: bigint
  /** What does not depend on use: the plan, items, and what no use explains. */
  fixed: bigint
  whole: Forecast
  ofApp: (spentSoFar: bigint, dailyRate: bigint) => Forecast
}

/** What the period will come to. A spend commitment is the least of it: use that grows only fills it up. */
export const outlookOf = async ({ db, orgId, now }: SpendContext, running: RunningLines): Promise<Outlook> => {
  const { timezone, startedAt, price, periodStart, periodEnd, lines } = running
  const from = new Date(Math.min(periodStart.getTime(), now.getTime() - (BASIS_DAYS + 1) * DAY_MS))
  const [measured = []] = await measureUsage(db, [{ orgId, from, to: now, now, timezone }], await usageSourceOf(db, orgId))
  const cells = shareOut(measured.filter((cell) => cell.day >= localDateOf(periodStart, timezone)), lines)
  const rates = await runningDailyRates(db, orgId, price)
  const [spend, metered, topUp] = [sum(lines.map((line) => line.amount)), sum(cells.map((cell) => cell.amount)),
    sum(lines.filter((line) => line.kind === 'commitment').map((line) => line.amount))]
  const ahead = (spentSoFar: bigint, currentDailyRate: bigint, recent: readonly bigint[], fixed: bigint) =>
    forecast({ periodStart, periodEnd, now, spentSoFar, fixed, recentDays: recent, currentDailyRate })
  const days = recentDays(measured, startedAt > from ? startedAt : from, running, now)
  const plain = ahead(metered, sum(rates.values()), days, spend - metered - topUp)
  const atLeast = (amount: bigint): bigint => (topUp > 0n && amount < spend ? spend : amount)
  return {
    cells, rates, spend, fixed: spend - metered, ofApp: (spentSoFar, dailyRate) => ahead(spentSoFar, dailyRate, [], 0n),
    whole: { ...plain, low: atLeast(plain.low), expected: atLeast(plain.expected), high: atLeast(plain.high) },
  }
}
