/** Bookings of money that is not settled yet: nobody knows whose it is, or somebody disputes it. Same rules as `ledger.ts`. */
import { placeOf, type LedgerAccount, type LedgerEntry, type LedgerTransaction } from './ledger.ts'

type Sum = { readonly id: string; readonly provider: string; readonly currency: string; readonly amount: bigint }

const move = (businessKey: string, description: string, { currency, amount }: Sum, from: LedgerAccount, to: LedgerAccount): LedgerTransaction => {
  if (amount <= 0n) throw new RangeError(`${businessKey} must be positive`)
  const entries: LedgerEntry[] = [{ account: to, amount }, { account: from, amount: -amount }]
  return { businessKey, currency, description, entries }
}

export const moneySuspended = (item: Sum): LedgerTransaction =>
  move(`suspense:${item.id}`, 'Money of an unknown purpose', item, 'suspense', placeOf(item.provider))

/** It went back to where it came from. */
export const suspenseReturned = (item: Sum): LedgerTransaction =>
  move(`suspense_returned:${item.id}`, 'Money returned to its payer', item, placeOf(item.provider), 'suspense')

/** Somebody knows now whose it is: out of nobody's books, into those of {@link suspenseTakenOver}. */
export const suspenseHandedOver = (item: Sum): LedgerTransaction =>
  move(`suspense_handed_over:${item.id}`, 'Money has found its customer', item, placeOf(item.provider), 'suspense')
export const suspenseTakenOver = (item: Sum): LedgerTransaction =>
  move(`suspense_taken_over:${item.id}`, 'Money was found for this customer', item, 'suspense', placeOf(item.provider))

/** The provider holds it back while the payer's bank decides. */
export const disputeOpened = (dispute: Sum): LedgerTransaction =>
  move(`dispute_opened:${dispute.id}`, 'Disputed payment withheld', dispute, placeOf(dispute.provider), 'disputes')
export const disputeWon = (dispute: Sum): LedgerTransaction =>
  move(`dispute_won:${dispute.id}`, 'Dispute won', dispute, 'disputes', placeOf(dispute.provider))
/** The payer has the money back; what was sold for it is a loss. */
export const disputeLost = (dispute: Sum): LedgerTransaction =>
  move(`dispute_lost:${dispute.id}`, 'Dispute lost', dispute, 'disputes', 'write_off')
/** The money of a lost dispute had become credit: what is left of that is no longer owed, and lessens the loss. */
export const disputedCreditTaken = (dispute: Omit<Sum, 'provider'>): LedgerTransaction =>
  move(`dispute_credit:${dispute.id}`, 'Credit of a lost dispute taken back', { ...dispute, provider: '' }, 'write_off', 'customer_credit_paid')
