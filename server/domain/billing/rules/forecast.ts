/** What the current period will cost, as a range: the span of plausible daily spend carried over the days that remain. */
import { fraction, multiply, roundHalfAwayFromZero, whole } from './rational.ts'

export type ForecastInput = {
  readonly periodStart: Date
  readonly periodEnd: Date
  readonly now: Date
  /** Metered spend so far, minor units before tax. */
  readonly spentSoFar: bigint
  /** Recurring charges of the whole period; they do not depend on time. */
  readonly fixed: bigint
  /** Metered spend of recent complete days, newest last; the last seven count. */
  readonly recentDays: readonly bigint[]
  /** What the resources allocated right now cost in 24 hours. */
  readonly currentDailyRate: bigint
}
export type Forecast = {
  readonly low: bigint; readonly expected: bigint; readonly high: bigint
  readonly method: 'daily_rate_range_v1'
  readonly basisDays: number
}

const DAY_MS = 86_400_000n
const smallest = (values: readonly bigint[]): bigint => values.reduce((a, b) => (a < b ? a : b))
const largest = (values: readonly bigint[]): bigint => values.reduce((a, b) => (a > b ? a : b))

/**
 * low / high: the lowest / highest of the recent days and of today's rate, for every remaining day.
 * expected: today's rate, because it follows a scale-up at once where an average would lag.
 */
export function forecast(input: ForecastInput): Forecast {
  const basis = input.recentDays.slice(-7)
  const remainingMs = BigInt(Math.max(0, input.periodEnd.getTime() - Math.max(input.now.getTime(), input.periodStart.getTime())))
  const rates = [...basis, input.currentDailyRate]
  const at = (dailyRate: bigint): bigint =>
    input.fixed + input.spentSoFar + roundHalfAwayFromZero(multiply(whole(dailyRate), fraction(remainingMs, DAY_MS)))
  return {
    low: at(smallest(rates)), expected: at(input.currentDailyRate), high: at(largest(rates)), method: 'daily_rate_range_v1', basisDays: basis.length,
  }
}
