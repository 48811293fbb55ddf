/** Shapes of the sandbox Stripe's objects: the fields the real API requires, and those a checkout moves. */
import { randomId } from './ids.ts'

export type Metadata = Readonly<Record<string, string>>
export type SessionObject = {
  readonly id: string; readonly object: 'checkout.session'; readonly amount_total: number; readonly amount_subtotal: number; readonly currency: string
  readonly status: 'open' | 'complete' | 'expired'; readonly payment_status: 'unpaid' | 'paid'; readonly payment_intent: string | null
  readonly url: string | null; readonly success_url: string; readonly cancel_url: string | null; readonly customer_email: string | null
  readonly client_reference_id: string | null; readonly metadata: Metadata; readonly created: number; readonly expires_at: number
  readonly [field: string]: unknown
}
export type IntentObject = {
  readonly id: string; readonly object: 'payment_intent'; readonly amount: number; readonly amount_received: number; readonly currency: string
  readonly status: 'requires_payment_method' | 'processing' | 'succeeded' | 'canceled'; readonly latest_charge: string | null
  readonly last_payment_error: { readonly type: string; readonly code: string; readonly decline_code: string; readonly message: string } | null
  readonly metadata: Metadata; readonly [field: string]: unknown
}
export type ChargeObject = {
  readonly id: string; readonly object: 'charge'; readonly amount: number; readonly amount_refunded: number; readonly currency: string; readonly refunded: boolean
  readonly payment_intent: string; readonly paid: boolean; readonly balance_transaction: string | null; readonly [field: string]: unknown
}
export type RefundObject = {
  readonly id: string; readonly object: 'refund'; readonly amount: number; readonly currency: string; readonly status: 'succeeded' | 'pending' | 'failed'
  readonly charge: string; readonly payment_intent: string; readonly metadata: Metadata; readonly [field: string]: unknown
}
export type BalanceTransactionObject = { readonly id: string; readonly object: 'balance_transaction'; readonly fee: number; readonly currency: string; readonly [field: string]: unknown }
export type EventObject = { readonly id: string; readonly object: 'event'; readonly type: string; readonly created: number; readonly data: { readonly object: object }; readonly [field: string]: unknown }

type NewSession = {
  amount: number; currency: string; successUrl: string; cancelUrl: string | null; email: string | null; reference: string | null
  metadata: Metadata; intentMetadata: Metadata; description: string | null; expiresAt: number; now: number; urlOf: (id: string) => string
}

export function newSession(input: NewSession): SessionObject {
  const id = randomId('cs_test', 58)
  return {
    id, object: 'checkout.session', amount_subtotal: input.amount, amount_total: input.amount, currency: input.currency, status: 'open', payment_status: 'unpaid',
    payment_intent: null, url: input.urlOf(id), success_url: input.successUrl, cancel_url: input.cancelUrl, customer_email: input.email,
    client_reference_id: input.reference, metadata: input.metadata, created: input.now, expires_at: input.expiresAt,
    automatic_tax: { enabled: false, liability: null, provider: null, status: null }, custom_fields: [],
    custom_text: { after_submit: null, shipping_address: null, submit: null, terms_of_service_acceptance: null },
    customer: null, customer_details: null, invoice: null, livemode: false, mode: 'payment', payment_method_types: ['card'], shipping_options: [],
    ui_mode: 'hosted_page', sandbox_intent: { metadata: input.intentMetadata, description: input.description },
  }
}

export function newIntent(session: SessionObject, now: number): IntentObject {
  const planned = session['sandbox_intent'] as { metadata: Metadata; description: string | null }
  const id = randomId('pi')
  return {
    id, object: 'payment_intent', amount: session.amount_total, amount_received: 0, amount_capturable: 0, currency: session.currency, status: 'requires_payment_method',
    latest_charge: null, last_payment_error: null, metadata: planned.metadata, description: planned.description, canceled_at: null, cancellation_reason: null,
    capture_method: 'automatic', confirmation_method: 'automatic', client_secret: `${id}_secret_${randomId('s', 16).slice(2)}`, created: now, customer: null,
    livemode: false, next_action: null, payment_method: null, payment_method_options: {}, payment_method_types: ['card'], processing: null, receipt_email: session.customer_email,
  }
}

export function newCharge(intent: IntentObject, balanceTransaction: string, now: number): ChargeObject {
  return {
    id: randomId('ch'), object: 'charge', amount: intent.amount, amount_captured: intent.amount, amount_refunded: 0, balance_transaction: balanceTransaction,
    billing_details: { address: null, email: intent['receipt_email'], name: null, phone: null, tax_id: null }, captured: true, created: now, currency: intent.currency,
    description: intent['description'], disputed: false, livemode: false, metadata: intent.metadata, paid: true, payment_intent: intent.id, payment_method: null,
    payment_method_details: null, refunded: false, status: 'succeeded',
  }
}

/** 2.9 % + 30, the public card price; kept simple because tests compare ledgers, not tariffs. */
export function newBalanceTransaction(intent: IntentObject, now: number): BalanceTransactionObject {
  const fee = Math.min(intent.amount, Math.round(intent.amount * 0.029) + 30)
  return {
    id: randomId('txn'), object: 'balance_transaction', amount: intent.amount, available_on: now, created: now, currency: intent.currency, description: null,
    exchange_rate: null, fee, fee_details: [{ amount: fee, application: null, currency: intent.currency, description: 'Processing fees', type: 'stripe_fee' }],
    net: intent.amount - fee, reporting_category: 'charge', source: null, status: 'available', type: 'charge',
  }
}

export function newRefund(charge: ChargeObject, amount: number, metadata: Metadata, now: number): RefundObject {
  return {
    id: randomId('re'), object: 'refund', amount, balance_transaction: null, charge: charge.id, created: now, currency: charge.currency, metadata,
    payment_intent: charge.payment_intent, reason: null, receipt_number: null, source_transfer_reversal: null, status: 'succeeded', transfer_reversal: null,
  }
}

export function newEvent(type: string, object: object, apiVersion: string, now: number): EventObject {
  return {
    id: randomId('evt'), object: 'event', api_version: apiVersion, created: now, data: { object }, livemode: false, pending_webhooks: 1,
    request: { id: null, idempotency_key: null }, type,
  }
}

/** Fields that exist only inside the sandbox never leave it. */
export const publicSession = ({ sandbox_intent: _planned, ...session }: SessionObject): object => session
