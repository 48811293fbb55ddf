/** The sandbox Stripe's objects that money passes through after it was received. */
import { randomId } from './ids.ts'
import type { ChargeObject, Metadata } from './stripe-objects.ts'

export type RefundObject = {
  readonly id: string; readonly object: 'refund'; readonly amount: number; readonly currency: string; readonly status: 'succeeded' | 'pending' | 'failed';
  readonly created: number
  readonly charge: string; readonly payment_intent: string; readonly metadata: Metadata; readonly sandbox_ends?: 'succeeded' | 'failed' | undefined;
  readonly [field: string]: unknown
}
export type BalanceTransactionObject = {
  readonly id: string; readonly object: 'balance_transaction'; readonly amount: number; readonly fee: number; readonly net: number;
  readonly currency: string; readonly source: string | null
  readonly created: number; readonly sandbox_payout: string | null; readonly type: string; readonly [field: string]: unknown
}
export type DisputeObject = {
  readonly id: string; readonly object: 'dispute'; readonly amount: number; readonly currency: string; readonly charge: string; readonly payment_intent: string
  readonly status: 'needs_response' | 'under_review' | 'won' | 'lost'; readonly reason: string; readonly created: number;
  readonly evidence: Readonly<Record<string, string | null>>
  readonly evidence_details: { readonly due_by: number; readonly has_evidence: boolean; readonly past_due: boolean; readonly submission_count: number }
  readonly balance_transactions: readonly object[]; readonly [field: string]: unknown
}
export type PayoutObject = {
  readonly id: string; readonly object: 'payout'; readonly amount: number; readonly currency: string; readonly status: 'paid'; readonly arrival_date: number;
  readonly created: number
  readonly [field: string]: unknown
}
export type TransferObject = {
  readonly id: string; readonly object: 'transfer'; readonly amount: number; readonly amount_reversed: number; readonly created: number;
  readonly [field: string]: unknown
}
export type ApplicationFeeObject = {
  readonly id: string; readonly object: 'application_fee'; readonly amount: number; readonly amount_refunded: number; readonly created: number;
  readonly [field: string]: unknown
}
export type EventObject = { readonly id: string; readonly object: 'event'; readonly type: string; readonly created: number;
  readonly data: { readonly object: object }; readonly [field: string]: unknown }

const DISPUTE_FEE = 1500
const RESPONSE_S = 9 * 24 * 3600

/** Accountants' names, where they differ from the type. */
const REPORTED: Readonly<Record<string, string>> = {
  adjustment: 'dispute', transfer_refund: 'transfer_reversal', application_fee: 'platform_earning', application_fee_refund: 'platform_earning_refund',
}

type Movement = { amount: number; fee: number; currency: string; source: string | null; type: string; now: number }

export const newBalanceTransaction = ({ amount, fee, currency, source, type, now }: Movement): BalanceTransactionObject => ({
  id: randomId('txn'), object: 'balance_transaction', amount, available_on: now, created: now, currency, description: null, exchange_rate: null, fee,
  fee_details: fee === 0 ? [] : [{ amount: fee, application: null, currency, description: 'Processing fees', type: 'stripe_fee' }],
  net: amount - fee, reporting_category: REPORTED[type] ?? type, source, status: 'available', type, sandbox_payout: null,
})

/** 2.9 % + 30, the public card price; kept simple because tests compare ledgers, not tariffs. */
export const cardFee = (amount: number): number => Math.min(amount, Math.round(amount * 0.029) + 30)

export function newRefund(charge: ChargeObject, amount: number, metadata: Metadata, now: number, later: 'succeeded' | 'failed' | null,
  status: 'succeeded' | 'pending'): RefundObject {
  return {
    id: randomId('re'), object: 'refund', amount, balance_transaction: null, charge: charge.id, created: now, currency: charge.currency, metadata,
    payment_intent: charge.payment_intent, reason: null, receipt_number: null, source_transfer_reversal: null, status, transfer_reversal: null,
    ...(later === null ? {} : { sandbox_ends: later }),
  }
}

const NO_EVIDENCE = Object.fromEntries([
  'access_activity_log', 'billing_address', 'cancellation_policy', 'customer_communication', 'customer_email_address', 'customer_name',
  'product_description', 'receipt',
  'refund_policy', 'service_date', 'service_documentation', 'uncategorized_file', 'uncategorized_text',
].map((name) => [name, null]))

export const withdrawal = (dispute: DisputeObject, now: number): BalanceTransactionObject =>
  newBalanceTransaction({ amount: -dispute.amount, fee: DISPUTE_FEE, currency: dispute.currency, source: dispute.id, type: 'adjustment', now })
export const reinstatement = (dispute: DisputeObject, now: number): BalanceTransactionObject =>
  newBalanceTransaction({ amount: dispute.amount, fee: 0, currency: dispute.currency, source: dispute.id, type: 'adjustment', now })

export const newDispute = (charge: ChargeObject, reason: string, now: number): DisputeObject => ({
  id: randomId('du'), object: 'dispute', amount: charge.amount, currency: charge.currency, charge: charge.id, payment_intent: charge.payment_intent,
  status: 'needs_response',
  reason, created: now, balance_transactions: [], evidence: NO_EVIDENCE, is_charge_refundable: false, livemode: false, metadata: {},
  enhanced_eligibility_types: [], evidence_details: { due_by: now + RESPONSE_S, has_evidence: false, past_due: false, submission_count: 0,
    enhanced_eligibility: {} },
  payment_method_details: { type: 'card', card: { brand: 'visa', case_type: 'chargeback', network_reason_code: '10.4' } },
} as DisputeObject)

export const newPayout = (amount: number, currency: string, now: number): PayoutObject => ({
  id: randomId('po'), object: 'payout', amount, currency, status: 'paid', arrival_date: now, created: now, automatic: true, application_fee: null,
  application_fee_amount: null,
  balance_transaction: randomId('txn'), description: 'STRIPE PAYOUT', destination: randomId('ba'), failure_balance_transaction: null, failure_code: null,
  failure_message: null,
  livemode: false, metadata: {}, method: 'standard', original_payout: null, payout_method: null, reconciliation_status: 'completed', reversed_by: null,
  source_type: 'card',
  statement_descriptor: null, trace_id: null, type: 'bank_account',
})

export function newEvent(type: string, object: object, apiVersion: string, now: number): EventObject {
  return {
    id: randomId('evt'), object: 'event', api_version: apiVersion, created: now, data: { object }, livemode: false, pending_webhooks: 1,
    request: { id: null, idempotency_key: null }, type,
  }
}
