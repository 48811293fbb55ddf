/** Recurring charges: the share of a period that is used, and what a change of plan credits and charges. */
import { dayShare } from './period.ts'
import { exact, multiply, toMinor } from './rational.ts'

type DatePeriod = { readonly start: string; readonly end: string }
type Recurring = { readonly name: string; readonly amount: string; readonly currency: string }
export type RecurringLine = {
  readonly kind: 'charge' | 'credit'; readonly description: string; readonly amount: bigint; readonly from: string; readonly to: string
}

/** Major-unit amount of a whole period, charged for `[from, to)` of it. */
export const prorated = (amount: string, currency: string, used: { from: string; to: string }, period: DatePeriod): bigint =>
  toMinor(multiply(exact(amount), dayShare(used, period)), currency)

/** Upgrade now: the day of change belongs to the new plan; old and new cover the same remaining days. */
export function planChange(oldPlan: Recurring, newPlan: Recurring, changeDate: string, period: DatePeriod): RecurringLine[] {
  if (oldPlan.currency !== newPlan.currency) throw new RangeError('a change of plan stays in one currency')
  const days = { from: changeDate, to: period.end }
  return [
    { kind: 'credit', description: `Unused time on ${oldPlan.name}`, amount: -prorated(oldPlan.amount, oldPlan.currency, days, period), ...days },
    { kind: 'charge', description: `Remaining time on ${newPlan.name}`, amount: prorated(newPlan.amount, newPlan.currency, days, period), ...days },
  ]
}
