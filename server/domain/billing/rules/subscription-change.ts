/** What a change of a subscription does: which terms apply from when, what that costs now, and where the period is cut. Pure. */
import { daysBetween, wholePeriodOf, type Anchor } from './period.ts'
import { charge } from './price.ts'
import { compare, divide, fraction, whole, ZERO, type Rational } from './rational.ts'
import {
  isCharged, phaseAt, prorationLines, recurringAmount, recurringLinesOf, type BillingWindow, type Phase, type PlanOf, type ProrationLine, type Terms,
} from './recurring.ts'

export type When = 'now' | 'period_end'

export type ChangeInput = {
  readonly phases: readonly Phase[]
  readonly planOf: PlanOf
  /** The period not yet invoiced. */
  readonly period: BillingWindow
  readonly today: string
  /** Null ends it. */
  readonly after: Terms | null
  readonly when: When
  /** First local day that is no trial day any more, where a trial runs or begins. */
  readonly trialEnd: string | null
  /** Part of its price the present period was charged at; a discount is not given back as money. */
  readonly paid?: Rational
}
export type PlannedChange = {
  /** First local day of the new terms. */
  readonly from: string
  readonly phases: readonly Phase[]
  /** The period after the change; it ends today where the new terms are counted in other periods. */
  readonly period: BillingWindow
  /** Goes on the next invoice as items: what was paid in advance and is not used, and what is to be paid in advance. */
  readonly items: readonly ProrationLine[]
  /** What of it is paid in advance, whichever way it reaches an invoice. */
  readonly due: readonly ProrationLine[]
  /** By how much what is known of the coming invoices changes, items included. */
  readonly lines: readonly ProrationLine[]
}

export const cutPhases = (phases: readonly Phase[], date: string): Phase[] =>
  phases.filter((phase) => phase.from < date).map((phase) => ({ ...phase, to: phase.to === null || phase.to > date ? date : phase.to }))

export const segmentsOf = (terms: Terms, from: string, trialEnd: string | null): Phase[] => {
  const phase = (start: string, to: string | null, trial: boolean): Phase => ({ ...terms, from: start, to, trial })
  return trialEnd !== null && trialEnd > from && !terms.paused ? [phase(from, trialEnd, true), phase(trialEnd, null, false)] : [phase(from, null, false)]
}

const sameDate = (a: Anchor, b: Anchor): boolean => a.mode === b.mode && (a.mode === 'calendar' || a.date === b.date)

/** Other periods than before: a change at once then ends the present one. */
const recuts = ({ planOf }: ChangeInput, before: Terms | null, after: Terms | null): boolean =>
  before !== null && after !== null && (planOf(before.priceListId).interval !== planOf(after.priceListId).interval || !sameDate(before.anchor, after.anchor))

/** Difference the change makes to lines in arrears of the present period: less of the old terms, more of the new. */
const arrearsDifference = ({ phases, planOf, period }: ChangeInput, next: readonly Phase[], nextPeriod: BillingWindow, from: string): ProrationLine[] => {
  const sums = new Map<string, { name: string; amount: bigint }>()
  const count = (lines: ReturnType<typeof recurringLinesOf>, sign: bigint): void => lines.forEach(({ priceListId, description, amount }) => {
    const key = `${priceListId} ${description}`
    sums.set(key, { name: planOf(priceListId).name, amount: (sums.get(key)?.amount ?? 0n) + sign * amount })
  })
  count(recurringLinesOf(phases, planOf, period), -1n)
  count(recurringLinesOf(next, planOf, nextPeriod), 1n)
  return [...sums.values()].filter(({ amount }) => amount !== 0n).map(({ name, amount }) => (amount < 0n
    ? { kind: 'credit', description: `Unused time on ${name}`, amount, from, to: period.end }
    : { kind: 'charge', description: `Remaining time on ${name}`, amount, from, to: nextPeriod.end }))
}

/** The day of a change belongs to the new terms; the day of an end is a day of use. */
const firstDay = ({ when, period, today, after }: ChangeInput, tomorrow: string): string =>
  (when === 'period_end' ? period.end : after === null ? tomorrow : today)

export function planChange(input: ChangeInput, tomorrow: string): PlannedChange {
  const { phases, planOf, period, after, trialEnd, paid } = input
  const from = firstDay(input, tomorrow)
  const before = phaseAt(phases, from) ?? null
  const next = [...cutPhases(phases, from), ...(after ? segmentsOf(after, from, trialEnd) : [])]
  if (from >= period.end) return { from, phases: next, period, items: [], due: [], lines: [] }
  const newTerms = phaseAt(next, from) ?? null
  if (!after || !recuts(input, before, newTerms)) {
    const items = prorationLines(before, newTerms, planOf, from, period, paid)
    return { from, phases: next, period, items, due: items, lines: [...arrearsDifference(input, next, period, from), ...items] }
  }
  const begun = { start: from, end: wholePeriodOf(after.anchor, planOf(after.priceListId).interval, from).end }
  const credit = prorationLines(before, null, planOf, from, period, paid)
  const due = [...credit, ...prorationLines(null, newTerms, planOf, from, begun)]
  // On the first day of a period there is nothing to end: it becomes one of the new kind, and what that costs is charged here.
  if (from === period.start) {
    return { from, phases: next, period: begun, items: due, due, lines: [...arrearsDifference(input, next, begun, from), ...due] }
  }
  const ended = { start: period.start, end: from }
  return { from, phases: next, period: ended, items: credit, due, lines: [...arrearsDifference(input, next, ended, from), ...due] }
}

/** What terms cost a day, to tell an upgrade from a downgrade whatever their intervals. */
export const dailyPrice = (terms: Terms, planOf: PlanOf, date: string): Rational => {
  if (!isCharged({ ...terms, trial: false })) return ZERO
  const plan = planOf(terms.priceListId)
  const { start, end } = wholePeriodOf(terms.anchor, plan.interval, date)
  return divide(charge(plan.recurring, { quantity: whole(terms.quantity), events: ZERO }), fraction(BigInt(daysBetween(start, end)), 1n))
}

/** A cheaper plan waits for the end of what is paid; everything else begins at once. */
export const usualTime = (before: Terms, after: Terms, planOf: PlanOf, today: string): When =>
  (compare(dailyPrice(after, planOf, today), dailyPrice(before, planOf, today)) < 0 ? 'period_end' : 'now')

/** Fee of a whole period. */
export const feeOf = (terms: Terms | null, planOf: PlanOf): bigint =>
  (terms === null || terms.paused ? 0n : recurringAmount(planOf(terms.priceListId), terms.quantity, fraction(1n, 1n)))
