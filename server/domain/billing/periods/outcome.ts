/** What becomes of a bill that was made: pure. */
import type { ComposedSale, HeldSale } from '../invoices/sale.ts'

export type BillOutcome =
  | 'issue'
  /** Which tax applies is not known yet: the draft waits. */
  | 'hold'
  /** There is nothing to ask for, and nothing is lost without an invoice: items that a coupon took altogether are settled by it. */
  | 'nothing'
  /** Too little to be asked for, or less than nothing: its charges join the next invoice. */
  | 'carry'

export interface OutcomeFacts {
  sale: ComposedSale | HeldSale
  hasItems: boolean
  /** The customer has left: there is no next invoice. */
  last: boolean
  minimum: bigint
}

export const outcomeOf = ({ sale, hasItems, last, minimum }: OutcomeFacts): BillOutcome => {
  if (sale.held) return 'hold'
  if (sale.total < 0n) return 'carry'
  if (sale.total === 0n) {
    if (sale.discount > 0n) return 'nothing'
    return hasItems && sale.lines.some((line) => line.amount !== 0n) ? 'carry' : 'nothing'
  }
  return sale.amountDue > 0n && sale.amountDue < minimum && !last ? 'carry' : 'issue'
}
