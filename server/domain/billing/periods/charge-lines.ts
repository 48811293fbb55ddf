import type { SaleLine } from '../invoices/sale.ts'
import { enginePriceList } from '../prices/engine-price-list.ts'
import { chargedLines } from '../rules/invoice.ts'
import { daysBetween, startOfLocalDate } from '../rules/period.ts'
import { commitmentLinesOf, recurringLinesOf, usagePartsOf, type Phase, type RecurringLine } from '../rules/recurring.ts'
import { fraction, ONE, type Rational } from '../rules/rational.ts'
import type { Terms } from '../subscriptions/load-terms.ts'
import type { UsageTotals } from '../usage/measure-totals.ts'
import type { BilledUsage } from '../usage/seal-usage.ts'

/** A period of a customer that is to be charged. */
export interface ChargedPeriod { orgId: string; timezone: string; period: { start: string; end: string }; periodStart: Date; periodEnd: Date }
/** Measures stretches of days, each rated by one price list, in their order. */
export type Measure = (stretches: readonly BilledUsage[]) => Promise<UsageTotals[]>

const PLAN_PRODUCT = 'plan'

interface Run { priceListId: string; from: string; to: string }
/** Usage of a stretch of days, rated by one price list for its share of the period. */
interface RatedRun extends Run { share: Rational; starts: Date; ends: Date }

const joined = (runs: readonly Run[]): Run[] => runs.reduce<Run[]>((list, run) => {
  const last = list.at(-1)
  return last?.priceListId === run.priceListId ? [...list.slice(0, -1), { ...last, to: run.to }] : [...list, run]
}, [])

/** Each stretch lasts until the next begins, the first from the period's start, the last to its end: no usage falls between. */
const runsOf = ({ timezone, period, periodStart, periodEnd }: ChargedPeriod, phases: readonly Phase[]): RatedRun[] => {
  const runs = joined(usagePartsOf(phases, period).flatMap(({ priceListId, ranges }) => ranges.map((range) => ({ priceListId, ...range })))
    .sort((a, b) => (a.from < b.from ? -1 : 1)))
  const all = runs.reduce((sum, run) => sum + daysBetween(run.from, run.to), 0)
  return runs.map((run, index) => {
    const next = runs[index + 1]
    return {
      ...run, share: runs.length === 1 ? ONE : fraction(BigInt(daysBetween(run.from, run.to)), BigInt(all)),
      starts: index === 0 ? periodStart : startOfLocalDate(run.from, timezone), ends: next ? startOfLocalDate(next.from, timezone) : periodEnd,
    }
  })
}

const planLine = ({ priceListId: _priceListId, ...line }: RecurringLine): SaleLine => ({ ...line, product: PLAN_PRODUCT })

const daysOf = (period: ChargedPeriod['period'], run: RatedRun): ChargedPeriod['period'] => (run.share === ONE ? period : { start: run.from, end: run.to })

const usageLines = ({ period }: ChargedPeriod, terms: Terms, run: RatedRun, usage: UsageTotals): SaleLine[] => {
  const prices = enginePriceList(terms.rowOf(run.priceListId), '0')
  return chargedLines({ priceList: { ...prices, recurring: [], share: run.share }, period: daysOf(period, run), usage })
    .map(({ taxRate: _taxRate, ...line }) => ({ ...line, product: line.source }))
}

const linesOf = (charged: ChargedPeriod, terms: Terms, phases: readonly Phase[], rated: readonly { run: RatedRun; usage: UsageTotals }[]): SaleLine[] => {
  const used = rated.map(({ run, usage }) => ({ id: run.priceListId, lines: usageLines(charged, terms, run, usage) }))
  const spent = new Map<string, bigint>()
  for (const { id, lines } of used) spent.set(id, lines.reduce((sum, line) => sum + line.amount, spent.get(id) ?? 0n))
  return [
    ...recurringLinesOf(phases, terms.planOf, charged.period).map(planLine),
    ...used.flatMap(({ lines }) => lines),
    ...commitmentLinesOf(phases, terms.planOf, charged.period, spent).map(planLine),
  ]
}

/** What plan and usage of periods come to, line by line, before discounts and tax; many customers from one measurement. */
export const chargeLines = async (periods: readonly ChargedPeriod[], terms: Terms, measure: Measure): Promise<SaleLine[][]> => {
  const planned = periods.map((charged) => {
    const phases = terms.phasesOf(charged.orgId)
    return { charged, phases, runs: runsOf(charged, phases) }
  })
  const stretches = planned.flatMap(({ charged: { orgId, period }, runs }) => runs.map((run): BilledUsage => (
    { orgId, from: run.starts, to: run.ends, priceListId: run.priceListId, currency: terms.rowOf(run.priceListId).currency, days: daysOf(period, run),
      share: run.share })))
  const totals = (await measure(stretches)).values()
  return planned.map(({ charged, phases, runs }) => linesOf(charged, terms, phases, runs.map((run) => ({ run, usage: totals.next().value ?? new Map() }))))
}
