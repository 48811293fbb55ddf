/**
 * Forward-only state of a payment attempt. Webhooks come twice, late and in any order, so states form one line and
 * an observation only ever moves forward on it. Money wins: a payment that arrives after a failure or an expiry counts.
 */
export const PAYMENT_STATUSES = [
  'created', 'pending', 'requires_action', 'processing', 'failed', 'canceled', 'expired', 'succeeded', 'partially_refunded', 'refunded',
] as const
export type PaymentStatus = (typeof PAYMENT_STATUSES)[number]

const rank = (status: PaymentStatus): number => PAYMENT_STATUSES.indexOf(status)

/** The later of two states; the order in which they were seen does not matter. */
export const advance = (current: PaymentStatus, observed: PaymentStatus): PaymentStatus => (rank(observed) > rank(current) ? observed : current)

export const isPaid = (status: PaymentStatus): boolean => rank(status) >= rank('succeeded')
export const isClosed = (status: PaymentStatus): boolean => rank(status) >= rank('failed')

export type AttemptFacts = {
  readonly status: PaymentStatus
  readonly minor: bigint
  readonly currency: string
  readonly refundedMinor: bigint
  readonly feeMinor: bigint | null
}
/** `otherPayer`: the provider names a customer that is not the one who was to pay. */
export type ObservedFacts = AttemptFacts & { readonly otherPayer?: boolean }
export type Settlement = {
  readonly status: PaymentStatus
  readonly refundedMinor: bigint
  /** What has to be booked now; empty when the observation is old news. */
  readonly book: {
    readonly payment: { readonly minor: bigint; readonly currency: string } | null
    readonly feeMinor: bigint | null
    readonly refundMinor: bigint | null
  }
  /** Paid, but not what was asked: booked as received, for a person to look at. */
  readonly problem: PaymentProblem | null
}
export type PaymentProblem = 'amount_mismatch' | 'currency_mismatch' | 'customer_mismatch'

/** Money of an open attempt may still come; nothing new is begun meanwhile where `processing`. */
export const OPEN_STATUSES = ['created', 'pending', 'requires_action', 'processing'] as const satisfies readonly PaymentStatus[]

function problemOf(attempt: AttemptFacts, observed: ObservedFacts): Settlement['problem'] {
  if (!isPaid(observed.status)) return null
  if (observed.otherPayer === true) return 'customer_mismatch'
  if (observed.currency !== attempt.currency) return 'currency_mismatch'
  return observed.minor === attempt.minor ? null : 'amount_mismatch'
}

/** Money that is not what was asked for belongs to nobody yet: it pays no invoice. */
export const isForeign = (problem: PaymentProblem | null): boolean => problem === 'currency_mismatch' || problem === 'customer_mismatch'

/** One observation applied to the stored attempt; applying it again books nothing. */
export function settle(attempt: AttemptFacts, observed: ObservedFacts): Settlement {
  const problem = problemOf(attempt, observed)
  if (isForeign(problem)) {
    const status = isPaid(attempt.status) ? attempt.status : advance(attempt.status, 'failed')
    return { status, refundedMinor: attempt.refundedMinor, problem, book: { payment: null, feeMinor: null, refundMinor: null } }
  }
  const status = advance(attempt.status, observed.status)
  const refundedMinor = observed.refundedMinor > attempt.refundedMinor ? observed.refundedMinor : attempt.refundedMinor
  const newlyPaid = isPaid(status) && !isPaid(attempt.status)
  const newRefund = refundedMinor - attempt.refundedMinor
  return {
    status, refundedMinor, problem,
    book: {
      payment: newlyPaid ? { minor: observed.minor, currency: observed.currency } : null,
      feeMinor: isPaid(status) && attempt.feeMinor === null && observed.feeMinor !== null && observed.feeMinor > 0n ? observed.feeMinor : null,
      refundMinor: newRefund > 0n ? newRefund : null,
    },
  }
}
