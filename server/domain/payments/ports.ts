/** What a payment rail must offer. Adapters implement it; the domain knows no provider by name. */
import type { PaymentStatus } from './rules/payment-state.ts'

export type { PaymentStatus } from './rules/payment-state.ts'

export type Amount = { readonly minor: bigint; readonly currency: string }

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
}

export type StartedCheckout = { readonly url: string; readonly providerRef: string }

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
  readonly failure: string | null
}

export type RefundRequest = {
  /** Stored refund row; the key that makes a repeated call harmless. */
  readonly id: string
  readonly payment: { readonly providerRef: string; readonly paymentRef: string | null }
  readonly amount: Amount
}
export type ProviderRefund = { readonly providerRefundId: string; readonly status: 'pending' | 'succeeded' | 'failed' }

export type WebhookHeaders = Readonly<Record<string, string | readonly string[] | undefined>>

export type WebhookEvent = {
  /** Unique per provider: the same key again is the same event. */
  readonly dedupeKey: string
  readonly kind: 'payment' | 'refund' | 'dispute' | 'other'
  readonly type: string
  /** At least one of these is set where the event concerns a payment of ours. */
  readonly providerRef: string | null
  readonly paymentRef: string | null
  readonly attemptId: string | null
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
}

export type PaymentProvider = {
  readonly name: string
  readonly capabilities: ProviderCapabilities
  createCheckout(attempt: CheckoutAttempt): Promise<StartedCheckout>
  /** Null where the provider does not know the reference. */
  fetchPayment(providerRef: string): Promise<ProviderPayment | null>
  refund(request: RefundRequest): Promise<ProviderRefund>
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
