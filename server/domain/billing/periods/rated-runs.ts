import { daysBetween, startOfLocalDate } from '../rules/period.ts'
import { fraction, ONE, type Rational } from '../rules/rational.ts'
import { usagePartsOf, type BillingWindow, type Phase } from '../rules/recurring.ts'

interface Run { priceListId: string; from: string; to: string }
/** A billing period, or another stretch of whole local days, as dates and as instants. */
export interface RatedPeriod { timezone: string; period: BillingWindow; periodStart: Date; periodEnd: Date }
/** Usage of a stretch of days, rated by one price list for its share of the period. */
export interface RatedRun { priceListId: string; days: BillingWindow; share: Rational; starts: Date; ends: Date }

const joined = (runs: readonly Run[]): Run[] => runs.reduce<Run[]>((list, run) => {
  const last = list.at(-1)
  return last?.priceListId === run.priceListId ? [...list.slice(0, -1), { ...last, to: run.to }] : [...list, run]
}, [])

/** Each stretch lasts until the next begins, the first from the period's start, the last to its end: no usage falls between. */
export const runsOf = ({ timezone, period, periodStart, periodEnd }: RatedPeriod, phases: readonly Phase[]): RatedRun[] => {
  const runs = joined(usagePartsOf(phases, period).flatMap(({ priceListId, ranges }) => ranges.map((range) => ({ priceListId, ...range })))
    .sort((a, b) => (a.from < b.from ? -1 : 1)))
  const all = runs.reduce((sum, run) => sum + daysBetween(run.from, run.to), 0)
  return runs.map((run, index) => {
    const next = runs[index + 1]
    return {
      priceListId: run.priceListId, days: runs.length === 1 ? period : { start: run.from, end: run.to },
      share: runs.length === 1 ? ONE : fraction(BigInt(daysBetween(run.from, run.to)), BigInt(all)),
      starts: index === 0 ? periodStart : startOfLocalDate(run.from, timezone), ends: next ? startOfLocalDate(next.from, timezone) : periodEnd,
    }
  })
}
