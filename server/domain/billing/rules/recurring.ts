/** Recurring charges from what applied on which days: whole local days, in arrears or in advance. Pure. */
import type { Interval, PriceSpec, Timing } from '../../../contract/catalogue.ts'
import { daysBetween, dayShare, wholePeriodOf, type Anchor } from './period.ts'
import { charge } from './price.ts'
import { fraction, multiply, ONE, toDecimalString, toMinor, whole, ZERO, type Rational } from './rational.ts'

/** Terms that applied on local days `[from, to)`; null is until something changes. */
export type Phase = {
  readonly from: string; readonly to: string | null; readonly priceListId: string; readonly quantity: number; readonly paused: boolean; readonly trial: boolean
  /** What its periods are counted from. */
  readonly anchor: Anchor
}
export type RecurringPlan = {
  readonly id: string; readonly planKey: string; readonly name: string; readonly currency: string; readonly interval: Interval; readonly timing: Timing
  readonly recurring: PriceSpec; readonly commitment: string | null
}
export type PlanOf = (priceListId: string) => RecurringPlan
type Days = { readonly from: string; readonly to: string }
export type BillingWindow = { readonly start: string; readonly end: string }

export type RecurringLine = {
  readonly kind: 'recurring' | 'commitment'
  readonly source: string
  readonly priceListId: string
  readonly description: string
  readonly quantity: string
  readonly unit: string
  readonly unitAmount: string | null
  readonly amount: bigint
  readonly periodStart: string
  readonly periodEnd: string
}

const later = (a: string, b: string): string => (a > b ? a : b)
const earlier = (a: string, b: string): string => (a < b ? a : b)
export const isCharged = (phase: Pick<Phase, 'paused' | 'trial'>): boolean => !phase.paused && !phase.trial
/** The whole period is the measure, however short the days of it that are billed. */
const wholeOf = (plan: RecurringPlan, anchor: Anchor, date: string): BillingWindow => wholePeriodOf(anchor, plan.interval, date)

/** Phases cut to the window, in order; neighbours of the same terms are one. */
export const phasesWithin = (phases: readonly Phase[], window: BillingWindow): (Phase & { readonly to: string })[] => {
  const cut = phases.map((phase) => ({ ...phase, from: later(phase.from, window.start), to: earlier(phase.to ?? window.end, window.end) }))
    .filter((phase) => phase.from < phase.to).sort((a, b) => (a.from < b.from ? -1 : 1))
  const joined: (Phase & { to: string })[] = []
  for (const phase of cut) {
    const last = joined.at(-1)
    const same = last?.to === phase.from && last.priceListId === phase.priceListId && last.quantity === phase.quantity && last.paused === phase.paused
      && last.trial === phase.trial && last.anchor.mode === phase.anchor.mode && last.anchor.date === phase.anchor.date
    if (last && same) joined[joined.length - 1] = { ...last, to: phase.to }
    else joined.push(phase)
  }
  return joined
}

/** Of a quantity for a share of the whole period, rounded once. */
export const recurringAmount = (plan: RecurringPlan, quantity: number, share: Rational): bigint =>
  toMinor(charge(plan.recurring, { quantity: whole(quantity), events: ZERO }, { share }), plan.currency)

const lineOf = (plan: RecurringPlan, phase: Phase, days: Days, share: Rational, amount: bigint): RecurringLine => ({
  kind: 'recurring', source: plan.planKey, priceListId: plan.id, description: phase.quantity === 1 ? `${plan.name} plan` : `${plan.name} plan × ${phase.quantity}`,
  quantity: toDecimalString({ n: share.n * BigInt(phase.quantity), d: share.d }, 6), unit: 'period',
  unitAmount: plan.recurring.model === 'flat' || plan.recurring.model === 'per_unit' ? plan.recurring.unit_amount : null,
  amount, periodStart: days.from, periodEnd: days.to,
})

/**
 * One line for each run of days on the same terms. Runs of equal terms count on: each costs what all of them so far cost together, less
 * what those before did, so that it never matters into how many pieces the same days fall.
 */
const linesWithin = (phases: readonly Phase[], planOf: PlanOf, window: BillingWindow, takes: (plan: RecurringPlan) => boolean): RecurringLine[] => {
  const daysSoFar = new Map<string, bigint>()
  return phasesWithin(phases, window).flatMap((phase) => {
    const plan = planOf(phase.priceListId)
    if (!isCharged(phase) || !takes(plan)) return []
    const measure = wholeOf(plan, phase.anchor, phase.from)
    const length = BigInt(daysBetween(measure.start, measure.end))
    const terms = `${phase.priceListId} ${phase.quantity} ${measure.start} ${length}`
    const before = daysSoFar.get(terms) ?? 0n
    const now = before + BigInt(daysBetween(phase.from, phase.to))
    daysSoFar.set(terms, now)
    const upTo = (days: bigint): bigint => (days === 0n ? 0n : recurringAmount(plan, phase.quantity, fraction(days, length)))
    return [lineOf(plan, phase, phase, fraction(now - before, length), upTo(now) - upTo(before))]
  })
}

/** Lines of a period in arrears. */
export const recurringLinesOf = (phases: readonly Phase[], planOf: PlanOf, period: BillingWindow): RecurringLine[] =>
  linesWithin(phases, planOf, period, (plan) => plan.timing === 'arrears')

export const phaseAt = (phases: readonly Phase[], date: string): Phase | undefined =>
  phases.find((phase) => phase.from <= date && (phase.to === null || phase.to > date))

/** Due when a period begins: what applies on its first day, to its end. What comes later is charged when it begins. */
export const advanceLinesOf = (phases: readonly Phase[], planOf: PlanOf, period: BillingWindow): RecurringLine[] => {
  const first = phaseAt(phases, period.start)
  return first ? linesWithin([first], planOf, period, (plan) => plan.timing === 'advance') : []
}

/** Days that one price list rates; `share` is theirs of all subscribed days. */
export type UsagePart = { readonly priceListId: string; readonly ranges: readonly Days[]; readonly share: Rational }

/**
 * Which price list rates the usage of which days. Its tiers, included quantities, minimum and maximum count for its share of the
 * subscribed days, so that nobody gets them whole by being on a plan for a day.
 */
export const usagePartsOf = (phases: readonly Phase[], period: BillingWindow): UsagePart[] => {
  const within = phasesWithin(phases, period)
  const daysOf = (runs: readonly Days[]): number => runs.reduce((sum, { from, to }) => sum + daysBetween(from, to), 0)
  const all = daysOf(within)
  return [...Map.groupBy(within, (phase) => phase.priceListId)].map(([priceListId, runs]) => ({
    priceListId, ranges: runs.map(({ from, to }) => ({ from, to })), share: runs.length === within.length ? ONE : fraction(BigInt(daysOf(runs)), BigInt(all)),
  }))
}

/** What the plan's fee and usage of a period fall short of its spend commitment, for the charged days. `usage`: minor units by price list. */
export const commitmentLinesOf = (phases: readonly Phase[], planOf: PlanOf, period: BillingWindow, usage: ReadonlyMap<string, bigint>): RecurringLine[] => {
  const within = phasesWithin(phases, period).filter(isCharged)
  const fees = linesWithin(phases, planOf, period, () => true)
  return [...Map.groupBy(within, (phase) => phase.priceListId)].flatMap(([id, runs]) => {
    const plan = planOf(id)
    const [first, last] = [runs[0], runs.at(-1)]
    if (plan.commitment === null || !first || !last) return []
    const share = runs.map((run) => dayShare(run, wholeOf(plan, run.anchor, run.from))).reduce((a, b) => fraction(a.n * b.d + b.n * a.d, a.d * b.d))
    const wanted = toMinor(charge({ model: 'flat', unit_amount: plan.commitment }, { quantity: ONE, events: ZERO }, { share }), plan.currency)
    const spent = (usage.get(id) ?? 0n) + fees.filter((line) => line.priceListId === id).reduce((sum, line) => sum + line.amount, 0n)
    return wanted <= spent ? [] : [{
      kind: 'commitment', source: plan.planKey, priceListId: id, description: `${plan.name} plan, up to the spend commitment`, quantity: '1', unit: 'period', unitAmount: null,
      amount: wanted - spent, periodStart: first.from, periodEnd: last.to,
    }]
  })
}

export type Terms = Pick<Phase, 'priceListId' | 'quantity' | 'paused' | 'trial' | 'anchor'>
export type ProrationLine = { readonly kind: 'credit' | 'charge'; readonly description: string; readonly amount: bigint; readonly from: string; readonly to: string }

/** Of a change within a period paid in advance: the unused days of the old terms back, the same days of the new charged. `paid`: of the old price. */
export const prorationLines = (
  before: (Terms & { readonly to?: string | null }) | null, after: Terms | null, planOf: PlanOf, from: string, window: BillingWindow, paid = ONE,
): ProrationLine[] => {
  const amountOf = (terms: Terms | null, days: Days, part: Rational): { name: string; amount: bigint; days: Days } | null => {
    const plan = terms && isCharged(terms) && days.from < days.to ? planOf(terms.priceListId) : null
    if (!terms || plan?.timing !== 'advance') return null
    const share = multiply(part, dayShare(days, wholeOf(plan, terms.anchor, from)))
    return { name: plan.name, days, amount: recurringAmount(plan, terms.quantity, share) }
  }
  // Days after an end were given back when it was asked for.
  const [old, next] = [amountOf(before, { from, to: earlier(before?.to ?? window.end, window.end) }, paid), amountOf(after, { from, to: window.end }, ONE)]
  return [
    ...(old && old.amount !== 0n ? [{ kind: 'credit' as const, description: `Unused time on ${old.name}`, amount: -old.amount, ...old.days }] : []),
    ...(next && next.amount !== 0n ? [{ kind: 'charge' as const, description: `Remaining time on ${next.name}`, amount: next.amount, ...next.days }] : []),
  ]
}
