/** A Flutterwave transaction, read as a payment of ours. */
import { z } from 'zod'
import type { FailureCode, PaymentStatus, ProviderPayment, SavedMethodFacts } from '../../domain/payments/ports.ts'
import { feeFromMajor, fromMajor } from './amount.ts'

const Card = z.object({
  last_4digits: z.string(), type: z.string().nullish(), country: z.string().nullish(), expiry: z.string().nullish(), token: z.string().nullish(),
}).partial({ last_4digits: true })
const Meta = z.object({ attempt_id: z.string(), authorization: z.object({ mode: z.string() }).partial().nullish().catch(null) }).partial()

/** Numbers arrive as the text they were sent as. */
export const Transaction = z.object({
  id: z.string(), tx_ref: z.string(), flw_ref: z.string().nullish(), amount: z.string(), currency: z.string().regex(/^[A-Z]{3}$/), app_fee: z.string().nullish(), status: z.string(),
  processor_response: z.string().nullish(), payment_type: z.string().nullish(), created_at: z.string().nullish(),
  card: Card.nullish().catch(null), meta: Meta.nullish().catch(null), customer: z.object({ email: z.string() }).partial().nullish().catch(null),
})
export type Transaction = z.infer<typeof Transaction>

const STATUSES: Readonly<Record<string, PaymentStatus>> = {
  successful: 'succeeded', completed: 'succeeded', failed: 'failed', error: 'failed', pending: 'processing', processing: 'processing',
}

/** The processors answer in their own words; the more telling ones come first. */
const WORDS: readonly (readonly [RegExp, FailureCode])[] = [
  [/insufficient|not enough|low balance/i, 'insufficient_funds'],
  [/expired/i, 'expired_card'],
  [/lost|stolen|pick.?up/i, 'lost_or_stolen'],
  [/exceed|limit/i, 'limit_exceeded'],
  [/cancel/i, 'cancelled_by_payer'],
  [/time.?d? ?-?out/i, 'timeout'],
  [/otp|pin|3-?d|authenticat/i, 'authentication_required'],
  [/invalid|not permitted|no such|token/i, 'invalid_method'],
  [/declin|do not hono|refus/i, 'card_declined'],
  [/error|malfunction|inoperative|unavailable/i, 'processing_error'],
]
export const failureCodeOf = (words: string): FailureCode => WORDS.find(([pattern]) => pattern.test(words))?.[1] ?? 'unknown'

/** Whose attempt it was: our ids travel as `tx_ref`, and in the metadata where Flutterwave keeps it. */
export const attemptOf = ({ meta, tx_ref: ref }: Transaction): string | null => meta?.attempt_id ?? (ref.startsWith('pay_') ? ref : null)

function methodOf({ card }: Transaction): SavedMethodFacts | null {
  const token = card?.token
  if (!token) return null
  const [, month, year] = /^(\d{1,2})\/(\d{2})$/.exec(card?.expiry ?? '') ?? []
  return {
    providerMethodRef: token, customerRef: null, kind: 'card', brand: (card?.type ?? 'card').toLowerCase(), last4: (card?.last_4digits ?? '').slice(-4),
    expMonth: month === undefined ? null : Number(month), expYear: year === undefined ? null : 2000 + Number(year),
    reusable: true, country: /^[A-Za-z]{2}$/.test(card?.country ?? '') ? (card?.country ?? '').toUpperCase() : null,
  }
}

function statusOf(transaction: Transaction, paidMinor: bigint, refundedMinor: bigint): PaymentStatus {
  const status = STATUSES[transaction.status.toLowerCase()] ?? 'pending'
  if (status === 'processing' && transaction.meta?.authorization?.mode === 'redirect') return 'requires_action'
  if (status !== 'succeeded' || refundedMinor === 0n) return status
  return refundedMinor >= paidMinor ? 'refunded' : 'partially_refunded'
}

const codeOf = (status: PaymentStatus, words: string): FailureCode | null => {
  if (status === 'requires_action') return 'authentication_required'
  return status === 'failed' ? failureCodeOf(words) : null
}

export function toPayment(transaction: Transaction, refundedMinor: bigint): ProviderPayment {
  const { currency } = transaction
  const minor = fromMajor(transaction.amount, currency)
  const status = statusOf(transaction, minor, refundedMinor)
  const paid = status === 'succeeded' || status === 'partially_refunded' || status === 'refunded'
  const words = transaction.processor_response ?? 'failed'
  return {
    providerRef: transaction.tx_ref, paymentRef: transaction.id, attemptId: attemptOf(transaction), status, amount: { minor, currency }, refundedMinor,
    feeMinor: paid && transaction.app_fee ? feeFromMajor(transaction.app_fee, currency) : null,
    paidAt: paid && transaction.created_at ? new Date(transaction.created_at) : null,
    failure: status === 'failed' ? words : null, failureCode: codeOf(status, words),
    method: paid ? methodOf(transaction) : null,
  }
}
