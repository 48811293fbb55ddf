/** What a payment rail must offer. Adapters implement it; the domain knows no provider by name. */
import type { PaymentStatus } from './rules/payment-state.ts'

export type { PaymentStatus } from './rules/payment-state.ts'

export type Amount = { readonly minor: bigint; readonly currency: string }

/** Why a payment failed, in our words: what is tried again, and when, depends on it. */
export const FAILURE_CODES = [
  'insufficient_funds', 'card_declined', 'expired_card', 'lost_or_stolen', 'authentication_required', 'invalid_method', 'limit_exceeded',
  'processing_error', 'cancelled_by_payer', 'timeout', 'unknown',
] as const
export type FailureCode = (typeof FAILURE_CODES)[number]

/** What may be kept of a card, wallet or account; never more than a receipt shows. */
export type SavedMethodFacts = {
  readonly providerMethodRef: string
  readonly customerRef: string | null
  readonly kind: 'card' | 'mobile_money' | 'bank'
  readonly brand: string
  readonly last4: string
  readonly expMonth: number | null
  readonly expYear: number | null
  /** May be charged while nobody is there. */
  readonly reusable: boolean
  readonly country: string | null
}
/** A stored method as a rail needs it to charge. */
export type SavedMethod = { readonly providerMethodRef: string; readonly customerRef: string | null; readonly email: string }

/** The part that goes to a reseller's own account at the provider; `feeMinor` stays here. */
export type Split = { readonly account: string; readonly feeMinor: bigint }

/** Stored before the provider is called; its id is the idempotency key of every call made for it. */
export type CheckoutAttempt = {
  readonly id: string
  readonly invoiceId: string
  readonly amount: Amount
  readonly description: string
  readonly customerEmail: string
  readonly successUrl: string
  readonly cancelUrl: string
  /** Fixed with the attempt, so that a repeated call carries the same parameters; null leaves it to the provider. */
  readonly expiresAt: Date | null
  /** In international form, `+254712345678`; only rails that push ask for it. */
  readonly phone: string | null
  readonly saveMethod: boolean
  /** The payer as this provider knows them from an earlier payment. */
  readonly customerRef: string | null
  readonly split: Split | null
}

/** Send the payer to a page, wait for them to answer on their phone, or tell them where to pay. */
export type StartedCheckout =
  | { readonly kind: 'redirect'; readonly url: string; readonly providerRef: string }
  | { readonly kind: 'push'; readonly providerRef: string; readonly message: string }
  | { readonly kind: 'instructions'; readonly providerRef: string; readonly lines: readonly { readonly label: string; readonly value: string }[] }

/** A charge of a stored method; the same id again is the same charge. */
export type ChargeAttempt = Pick<CheckoutAttempt, 'id' | 'invoiceId' | 'amount' | 'description' | 'customerEmail' | 'split'>

export type SetupRequest = {
  readonly id: string
  readonly customerRef: string | null
  readonly customerEmail: string
  readonly currency: string
  readonly successUrl: string
  readonly cancelUrl: string
}
export type ProviderSetup = { readonly status: 'pending' | 'succeeded' | 'failed'; readonly setupId: string | null; readonly method: SavedMethodFacts | null }

/** The truth about an attempt as read from the provider, never from a webhook body. */
export type ProviderPayment = {
  readonly providerRef: string
  /** The provider's own payment object, where refunds and later events refer to another id than the checkout. */
  readonly paymentRef: string | null
  readonly attemptId: string | null
  readonly status: PaymentStatus
  /** Received, or asked for while nothing is received. */
  readonly amount: Amount
  readonly refundedMinor: bigint
  /** Provider's fee in the currency of the payment, once known. */
  readonly feeMinor: bigint | null
  readonly paidAt: Date | null
  /** In the provider's words. */
  readonly failure: string | null
  readonly failureCode: FailureCode | null
  /** What may be stored of the means of payment, where the payer agreed. */
  readonly method: SavedMethodFacts | null
}

export type RefundRequest = {
  /** Stored refund row; the key that makes a repeated call harmless. */
  readonly id: string
  readonly payment: { readonly providerRef: string; readonly paymentRef: string | null }
  readonly amount: Amount
}
export type ProviderRefund = { readonly providerRefundId: string; readonly status: 'pending' | 'succeeded' | 'failed'; readonly failure?: string | null }

export type ProviderDispute = {
  readonly disputeRef: string
  readonly providerRef: string | null
  readonly paymentRef: string | null
  readonly attemptId: string | null
  /** What the provider holds back. */
  readonly amount: Amount
  readonly feeMinor: bigint
  readonly reason: string
  readonly status: 'needs_response' | 'under_review' | 'won' | 'lost'
  readonly dueBy: Date | null
}

export type ProviderPayout = {
  readonly id: string
  readonly amount: bigint
  readonly currency: string
  readonly arrivedAt: Date
  readonly feeMinor: bigint
  /** Payments in it, by `paymentRef` or `providerRef`. */
  readonly paymentRefs: readonly string[]
}

export type WebhookHeaders = Readonly<Record<string, string | readonly string[] | undefined>>

export type WebhookEvent = {
  /** Unique per provider: the same key again is the same event. */
  readonly dedupeKey: string
  readonly kind: 'payment' | 'refund' | 'dispute' | 'setup' | 'payout' | 'other'
  readonly type: string
  /** At least one of these is set where the event concerns a payment of ours. For `setup` and `payout`, `providerRef` is theirs. */
  readonly providerRef: string | null
  readonly paymentRef: string | null
  readonly attemptId: string | null
  readonly disputeRef?: string | null
  readonly refundRef?: string | null
}
export type WebhookRejection = 'signature_missing' | 'signature_invalid' | 'wrong_mode' | 'malformed'
export type ParsedWebhook = { readonly ok: true; readonly event: WebhookEvent } | { readonly ok: false; readonly reason: WebhookRejection }

export type ProviderCapabilities = {
  /** Null where the provider decides at call time. */
  readonly currencies: readonly string[] | null
  readonly hasEventId: boolean
  /** Without failure events a pending attempt must be polled. */
  readonly sendsFailures: boolean
  /** Smallest payable sum in ISO minor units, by currency. */
  readonly minimums: Readonly<Record<string, bigint>>
  readonly checkout: StartedCheckout['kind']
  /** Sums are whole multiples of this, by currency; what is asked for is rounded up, and the rest becomes credit. */
  readonly steps?: Readonly<Record<string, bigint>>
  readonly savesMethods: boolean
  readonly refunds: 'partial' | 'full' | 'none'
  readonly disputes: boolean
  readonly payouts: boolean
  readonly splits: boolean
}

/** What is optional is left out by a rail that lacks it; the capabilities say the same to people. */
export type PaymentProvider = {
  readonly name: string
  /** As people write it. */
  readonly label: string
  readonly capabilities: ProviderCapabilities
  createCheckout(attempt: CheckoutAttempt): Promise<StartedCheckout>
  /** The phone in international form where this rail can ask there, else null; of rails that push. */
  readPhone?(text: string): string | null
  /** Takes a checkout back that nobody paid; harmless where it is paid or gone. */
  cancelCheckout?(providerRef: string): Promise<void>
  /** By any reference of ours or theirs that names it; null where the provider does not know it. */
  fetchPayment(providerRef: string): Promise<ProviderPayment | null>
  /** Charges while nobody is there. A refusal of the bank is an answer (`failed`, `requires_action`), not an error. */
  chargeSaved?(attempt: ChargeAttempt, method: SavedMethod): Promise<ProviderPayment>
  startSetup?(setup: SetupRequest): Promise<{ readonly url: string; readonly providerRef: string }>
  fetchSetup?(providerRef: string): Promise<ProviderSetup | null>
  detachMethod?(method: SavedMethod): Promise<void>
  refund(request: RefundRequest): Promise<ProviderRefund>
  /** A refund as it stands now; null where none was made under this request. */
  fetchRefund?(request: RefundRequest & { readonly providerRefundId: string | null }): Promise<ProviderRefund | null>
  fetchDispute?(disputeRef: string): Promise<ProviderDispute | null>
  submitEvidence?(disputeRef: string, text: string): Promise<void>
  listDisputes?(since: Date): Promise<readonly ProviderDispute[]>
  /** Everything that was paid since; finds money that no attempt of ours asked for. */
  listPayments?(since: Date, cursor: string | null): Promise<{ readonly payments: readonly ProviderPayment[]; readonly next: string | null }>
  listPayouts?(since: Date): Promise<readonly ProviderPayout[]>
  /** Whether an account of a reseller may get parts of payments; of rails with `splits`. */
  checkAccount?(account: string): Promise<'ready' | 'not_ready' | 'unknown'>
  /** A cheap authenticated read. */
  health(): Promise<{ readonly ok: boolean; readonly detail: string }>
  parseWebhook(rawBody: Buffer, headers: WebhookHeaders): Promise<ParsedWebhook>
}

export type PaymentProviderErrorCode =
  | 'provider_unavailable' | 'provider_refused' | 'provider_misconfigured' | 'checkout_already_started'
  | 'amount_too_small' | 'amount_not_representable' | 'currency_unsupported' | 'idempotency_conflict'

export class PaymentProviderError extends Error {
  readonly code: PaymentProviderErrorCode
  override readonly name = 'PaymentProviderError'

  constructor(code: PaymentProviderErrorCode, message: string, options?: ErrorOptions) {
    super(message, options)
    this.code = code
  }

  /** The same call may succeed later, with the same key. */
  get retryable(): boolean {
    return this.code === 'provider_unavailable'
  }
}
