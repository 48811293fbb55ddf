/** Bookings of a payment that is shared with a reseller: our part is the platform's income and the reseller's cost. Same rules as `ledger.ts`. */
import { placeOf, type LedgerAccount, type LedgerEntry, type LedgerTransaction } from './ledger.ts'

type Sum = { readonly id: string; readonly provider: string; readonly currency: string; readonly amount: bigint }

const move = (businessKey: string, description: string, { currency, amount }: Sum, from: LedgerAccount, to: LedgerAccount): LedgerTransaction => {
  if (amount <= 0n) throw new RangeError(`${businessKey} must be positive`)
  const entries: LedgerEntry[] = [{ account: to, amount }, { account: from, amount: -amount }]
  return { businessKey, currency, description, entries }
}

/** What of our part goes with so much of the payment. By sums since the beginning: however it is cut, the parts add up to the whole. */
export const partOf = (fee: bigint, whole: bigint, upTo: bigint): bigint => (upTo >= whole ? fee : (2n * fee * upTo + whole) / (2n * whole))

/** In the platform's books; `id` is the payment. */
export const platformFee = (payment: Sum): LedgerTransaction =>
  move(`platform_fee:${payment.id}`, 'Our part of a shared payment', payment, 'platform_fees', placeOf(payment.provider))

/** In the platform's books; `id` is the refund. */
export const platformFeeReturned = (refund: Sum): LedgerTransaction =>
  move(`platform_fee_returned:${refund.id}`, 'Our part of a refund', refund, placeOf(refund.provider), 'platform_fees')

/** In the seller's books. */
export const sellerFeeReturned = (refund: Sum): LedgerTransaction =>
  move(`provider_fee_returned:${refund.id}`, 'Fee of a refund given back', refund, 'provider_fees', placeOf(refund.provider, true))
export const sellerFeeKept = (refund: Sum): LedgerTransaction =>
  move(`provider_fee_kept:${refund.id}`, 'Fee of a failed refund', refund, placeOf(refund.provider, true), 'provider_fees')

/** A refund failed: all of its money is on the platform's account then, and what is not our part of it is owed to the reseller. */
export const sharedRefundFailed = ({ id, provider, currency, amount, part }: Sum & { readonly part: bigint }): LedgerTransaction => {
  const entries: LedgerEntry[] = [
    { account: placeOf(provider), amount }, { account: 'platform_fees', amount: -part }, { account: 'reseller_payable', amount: part - amount },
  ]
  const told = entries.filter((entry) => entry.amount !== 0n)
  return { businessKey: `shared_refund_failed:${id}`, currency, description: 'Refund of a shared payment failed', entries: told }
}

/** In the seller's books: its own account at the provider paid out to its bank; `id` is the line of the statement. */
export const connectedPayout = (line: Sum): LedgerTransaction =>
  move(`connected_payout:${line.id}`, 'Payout of the seller\'s own account', line, placeOf(line.provider, true), 'cash')
