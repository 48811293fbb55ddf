/** Shapes of the sandbox Paystack's objects. */
import { randomId, randomNumber } from './ids.ts'

export type TransactionObject = {
  readonly id: number; readonly status: 'abandoned' | 'ongoing' | 'failed' | 'processing' | 'success' | 'reversed'; readonly reference: string;
  readonly amount: number
  readonly currency: string; readonly email: string; readonly metadata: unknown; readonly callback_url: string | null; readonly access_code: string
  readonly fees: number | null; readonly paid_at: string | null; readonly created_at: string; readonly gateway_response: string
  readonly authorization_code: string | null; readonly card: string | null; readonly refunded: number; readonly settlement: number | null;
  readonly disputed: boolean
  readonly subaccount: string | null; readonly transaction_charge: number | null; readonly bearer: string | null
}
export type NewTransaction = Pick<TransactionObject, 'reference' | 'amount' | 'currency' | 'email' | 'metadata' | 'callback_url' | 'subaccount' | 'transaction_charge' | 'bearer'>
export type AuthorizationObject = { readonly code: string; readonly card: string; readonly email: string; readonly active: boolean; readonly reusable: boolean }
export type PaystackRefund = {
  readonly id: number; readonly transaction: number; readonly transaction_reference: string; readonly amount: number; readonly currency: string
  readonly status: 'pending' | 'processed' | 'failed'; readonly merchant_note: string; readonly created_at: string; readonly failing: boolean
}
export type PaystackDispute = {
  readonly id: number; readonly reference: string; readonly refund_amount: number; readonly currency: string; readonly category: string;
  readonly created_at: string
  readonly status: 'awaiting-merchant-feedback' | 'awaiting-bank-feedback' | 'resolved'; readonly resolution: 'merchant-accepted' | 'declined' | null
  readonly evidence: string | null; readonly dueAt: string; readonly resolvedAt: string | null
}
export type SettlementObject = {
  readonly id: number; readonly currency: string; readonly total_amount: number; readonly effective_amount: number; readonly total_fees: number;
  readonly total_processed: number
  readonly settlement_date: string; readonly createdAt: string; readonly status: 'success'
}
export type PaystackEvent = { readonly event: string; readonly data: object }

const RESPONSE_MS = 24 * 3_600_000

/** 1.5 % capped at NGN 2,000 at home, 3.9 % elsewhere: near enough to the public tariff for ledgers to have a fee. */
export const feeOf = (amount: number, currency: string): number => (currency === 'NGN' ? Math.min(200_000,
  Math.ceil(amount * 0.015)) : Math.ceil(amount * 0.039))

export const newTransaction = (input: NewTransaction, now: Date): TransactionObject => ({
  ...input, id: randomNumber(), status: 'abandoned', access_code: randomId('ac', 16).slice(3), fees: null, paid_at: null, created_at: now.toISOString(),
  gateway_response: 'The transaction was not completed', authorization_code: null, card: null, refunded: 0, settlement: null, disputed: false,
})

export const newDispute = (transaction: TransactionObject, category: string, now: Date): PaystackDispute => ({
  id: randomNumber(), reference: transaction.reference, refund_amount: transaction.amount, currency: transaction.currency, category,
  created_at: now.toISOString(),
  status: 'awaiting-merchant-feedback', resolution: null, evidence: null, dueAt: new Date(now.getTime() + RESPONSE_MS).toISOString(), resolvedAt: null,
})

const customerOf = (email: string): object => ({
  id: 1, email, customer_code: 'CUS_sandbox', first_name: null, last_name: null, phone: null, metadata: null, risk_action: 'default',
  international_format_phone: null,
})

function authorizationOf({ authorization_code: code, card }: TransactionObject, reusable: boolean): object {
  if (code === null || card === null) return {}
  return {
    authorization_code: code, reusable, channel: 'card', card_type: 'visa', last4: card.slice(-4), bin: card.slice(0, 6), exp_month: '12', exp_year: '2034',
    country_code: 'NG',
    bank: 'TEST BANK', brand: 'visa', signature: `SIG_${card.slice(-4)}`, account_name: null,
  }
}

export function publicTransaction(transaction: TransactionObject, reusable = true): object {
  const { id, status, reference, amount, currency, metadata, fees, paid_at, created_at, gateway_response, subaccount } = transaction
  return {
    id, domain: 'test', status, reference, receipt_number: null, amount, message: null, gateway_response, paid_at, created_at, channel: 'card', currency,
    ip_address: null,
    metadata, log: null, fees, fees_split: null, authorization: authorizationOf(transaction, reusable), customer: customerOf(transaction.email), plan: null,
    split: {},
    order_id: null, paidAt: paid_at, createdAt: created_at, requested_amount: amount, pos_transaction_data: null, source: null, fees_breakdown: null,
    connect: null,
    transaction_date: created_at, plan_object: {}, subaccount: subaccount === null ? {} : { subaccount_code: subaccount },
  }
}

export const publicRefund = ({ failing: _failing, ...refund }: PaystackRefund): object => ({
  ...refund, integration: 1, dispute: null, settlement: null, domain: 'test', refunded_at: null, refunded_by: 'sandbox', customer_note: '',
  deducted_amount: refund.amount,
  fully_deducted: 1, createdAt: refund.created_at, updatedAt: refund.created_at, expected_at: refund.created_at, bank_reference: null, reason: '', customer: {},
  refund_type: 'partial', transaction_amount: refund.amount, initiated_by: 'sandbox', refund_channel: 'card', session_id: null,
  collect_account_number: false, channel: null,
})

export const publicDispute = (dispute: PaystackDispute, transaction: TransactionObject): object => ({
  id: dispute.id, refund_amount: dispute.refund_amount, currency: dispute.currency, status: dispute.status, resolution: dispute.resolution, domain: 'test',
  transaction: publicTransaction(transaction), transaction_reference: null, category: dispute.category, customer: customerOf(transaction.email),
  bin: '408408', last4: '4081',
  dueAt: dispute.dueAt, resolvedAt: dispute.resolvedAt, evidence: dispute.evidence, attachments: null, note: null,
  history: [{ status: dispute.status, by: 'sandbox', createdAt: dispute.created_at }], messages: [], createdAt: dispute.created_at,
  updatedAt: dispute.created_at,
})
