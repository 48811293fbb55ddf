/** Monthly recurring revenue, and why it moved: who came, who left, who pays more or less. Pure. */
import type { Interval } from '../../../contract/catalogue.ts'
import { charge } from './price.ts'
import { fraction, multiply, toMinor, whole, ZERO, type Rational } from './rational.ts'
import { isCharged, phaseAt, type Phase, type PlanOf } from './recurring.ts'

/** 52 weeks are twelve months. */
const PER_MONTH: Record<Interval, Rational> = { week: fraction(13n, 3n), month: whole(1), quarter: fraction(1n, 3n), year: fraction(1n, 12n) }

/** What a customer's plan comes to in a month as of the beginning of a local date: discounts, usage and trials apart. */
export const monthlyAmount = (phases: readonly Phase[], planOf: PlanOf, date: string): bigint => {
  const phase = phaseAt(phases, date)
  if (!phase || !isCharged(phase)) return 0n
  const { recurring, interval, currency } = planOf(phase.priceListId)
  return toMinor(multiply(charge(recurring, { quantity: whole(phase.quantity), events: ZERO }, {}), PER_MONTH[interval]), currency)
}

export type Movement = {
  readonly fresh: bigint; readonly returned: bigint; readonly expansion: bigint; readonly contraction: bigint; readonly churn: bigint
  readonly customers: number; readonly joined: number; readonly left: number
}
export type MrrMonth = Movement & { readonly month: string; readonly start: bigint; readonly end: bigint }

const NONE: Movement = { fresh: 0n, returned: 0n, expansion: 0n, contraction: 0n, churn: 0n, customers: 0, joined: 0, left: 0 }

/** Of one customer from one amount to the next; whoever paid before and comes back is no new customer. */
const movementOf = (before: bigint, after: bigint, known: boolean): Partial<Movement> => {
  if (before === 0n && after > 0n) return { [known ? 'returned' : 'fresh']: after, joined: 1 }
  if (before > 0n && after === 0n) return { churn: before, left: 1 }
  return after > before ? { expansion: after - before } : { contraction: before - after }
}

const plus = (sum: Movement, part: Partial<Movement>, after: bigint): Movement => ({
  fresh: sum.fresh + (part.fresh ?? 0n), returned: sum.returned + (part.returned ?? 0n), expansion: sum.expansion + (part.expansion ?? 0n),
  contraction: sum.contraction + (part.contraction ?? 0n), churn: sum.churn + (part.churn ?? 0n), customers: sum.customers + (after > 0n ? 1 : 0),
  joined: sum.joined + (part.joined ?? 0), left: sum.left + (part.left ?? 0),
})

/** `amounts[i]`: one customer's amount at the beginning of each month, one more than there are months; `known`: paid before all of them. */
export const mrrMovements = (months: readonly string[], customers: readonly { readonly amounts: readonly bigint[]; readonly known: boolean }[]): MrrMonth[] =>
  months.map((month, index) => {
    let [start, end, sum] = [0n, 0n, NONE]
    for (const { amounts, known } of customers) {
      const [before = 0n, after = 0n] = [amounts[index], amounts[index + 1]]
      start += before
      end += after
      sum = plus(sum, movementOf(before, after, known || amounts.slice(0, index + 1).some((amount) => amount > 0n)), after)
    }
    return { month, start, end, ...sum }
  })
