import type { SaleLine } from '../invoices/sale.ts'
import { enginePriceList } from '../prices/engine-price-list.ts'
import { chargedLines } from '../rules/invoice.ts'
import { commitmentLinesOf, recurringLinesOf, type Phase, type RecurringLine } from '../rules/recurring.ts'
import type { Terms } from '../subscriptions/load-terms.ts'
import type { UsageTotals } from '../usage/measure-totals.ts'
import type { BilledUsage } from '../usage/seal-usage.ts'
import { runsOf, type RatedRun } from './rated-runs.ts'

/** A period of a customer that is to be charged. */
export interface ChargedPeriod { orgId: string; timezone: string; period: { start: string; end: string }; periodStart: Date; periodEnd: Date }
/** Measures stretches of days, each rated by one price list, in their order. */
export type Measure = (stretches: readonly BilledUsage[]) => Promise<UsageTotals[]>

const PLAN_PRODUCT = 'plan'

const planLine = ({ priceListId: _priceListId, ...line }: RecurringLine): SaleLine => ({ ...line, product: PLAN_PRODUCT })

const usageLines = (terms: Terms, run: RatedRun, usage: UsageTotals): SaleLine[] => {
  const prices = enginePriceList(terms.rowOf(run.priceListId), '0')
  return chargedLines({ priceList: { ...prices, recurring: [], share: run.share }, period: run.days, usage })
    .map(({ taxRate: _taxRate, ...line }) => ({ ...line, product: line.source }))
}

const linesOf = (charged: ChargedPeriod, terms: Terms, phases: readonly Phase[], rated: readonly { run: RatedRun; usage: UsageTotals }[]): SaleLine[] => {
  const used = rated.map(({ run, usage }) => ({ id: run.priceListId, lines: usageLines(terms, run, usage) }))
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
  const stretches = planned.flatMap(({ charged: { orgId }, runs }) => runs.map((run): BilledUsage => (
    { orgId, from: run.starts, to: run.ends, priceListId: run.priceListId, currency: terms.rowOf(run.priceListId).currency, days: run.days,
      share: run.share })))
  const totals = (await measure(stretches)).values()
  return planned.map(({ charged, phases, runs }) => linesOf(charged, terms, phases, runs.map((run) => ({ run, usage: totals.next().value ?? new Map() }))))
}
