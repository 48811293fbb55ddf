/** What the sandbox Flutterwave keeps, and how its API shows it. Sums are kept in minor units and shown as decimals. */
import { minorToDecimal } from '../../contract/money.ts'
import { randomId, randomNumber } from './ids.ts'

export type OrderObject = {
  /** `keptMinor`: what is not for subaccounts. */
  readonly tx_ref: string; readonly minor: number; readonly keptMinor: number; readonly currency: string; readonly email: string; readonly redirect_url: string
  readonly meta: Readonly<Record<string, unknown>>
  /** A card whose bank asks the payer first. */
  readonly challenge: string | null
  readonly message: string | null
}
export type TransactionObject = {
  readonly id: number; readonly tx_ref: string; readonly flw_ref: string; readonly minor: number; readonly keptMinor: number; readonly feeMinor: number
  readonly currency: string
  readonly status: 'successful' | 'failed' | 'pending'; readonly processor_response: string; readonly payment_type: 'card' | 'bank_transfer'; readonly created_at: string
  readonly email: string; readonly meta: Readonly<Record<string, unknown>>; readonly card: string | null; readonly token: string | null
  readonly challenged: boolean; readonly refundedMinor: number; readonly settlement: number | null
}
export type RefundObject = {
  readonly id: number; readonly transaction_id: number; readonly minor: number; readonly currency: string; readonly status: 'completed' | 'new' | 'failed'
  readonly comment: string; readonly created_at: string; readonly settled: boolean
}
export type ChargebackObject = {
  readonly id: number; readonly transaction_id: number; readonly minor: number; readonly currency: string; readonly status: 'initiated' | 'declined' | 'won' | 'lost'
  readonly comment: string; readonly due_date: string; readonly created_at: string
}
export type SettlementObject = {
  readonly id: number; readonly currency: string; readonly grossMinor: number; readonly feeMinor: number; readonly refundMinor: number
  readonly processed_date: string
  readonly transactions: readonly { readonly id: number; readonly tx_ref: string }[]
}

type Refusal = { readonly on: 'always' | 'saved'; readonly words: string }
export type FlutterwaveCard = { readonly brand: 'MASTERCARD' | 'VISA'; readonly refusal?: Refusal; readonly challenge?: 'always' | 'unless_saved' }

/** Flutterwave's documented test cards, as far as they change what happens, and two of ours that turn bad once they are saved. */
const CARDS: Readonly<Record<string, FlutterwaveCard>> = {
  5531886652142950: { brand: 'MASTERCARD' },
  4187427415564246: { brand: 'VISA' },
  5590131743294314: { brand: 'MASTERCARD', challenge: 'unless_saved' },
  4242424242424242: { brand: 'VISA', challenge: 'always' },
  5258585922666506: { brand: 'MASTERCARD', refusal: { on: 'always', words: 'Insufficient Funds' } },
  5143010522339965: { brand: 'MASTERCARD', refusal: { on: 'always', words: 'Do Not Honour' } },
  5551651630381384: { brand: 'MASTERCARD', refusal: { on: 'always', words: 'Expired Card' } },
  5399838383838381: { brand: 'MASTERCARD', refusal: { on: 'saved', words: 'Insufficient Funds' } },
}
/** For the page to offer. */
export const FLUTTERWAVE_TEST_CARDS = [
  { number: '5531886652142950', label: 'paid' }, { number: '5590131743294314', label: 'asks for 3-D Secure once' }, { number: '4242424242424242', label: 'asks for 3-D Secure each time' },
  { number: '5258585922666506', label: 'insufficient funds' }, { number: '5143010522339965', label: 'declined' }, { number: '5551651630381384', label: 'expired' },
  { number: '5399838383838381', label: 'paid now, declined when charged later' },
] as const
const UNKNOWN: FlutterwaveCard = { brand: 'VISA', refusal: { on: 'always', words: 'Declined: only test cards are taken here' } }
export const flutterwaveCard = (number: string): FlutterwaveCard => CARDS[number.replaceAll(' ', '')] ?? UNKNOWN
export const GOOD_CARD = '5531886652142950'

/** 1.4 % at home, 3.8 % elsewhere: near enough to the public tariff for ledgers to have a fee. */
const feeOf = (minor: number, currency: string): number => Math.ceil(minor * (currency === 'NGN' ? 0.014 : 0.038))

export function newTransaction(order: Pick<OrderObject, 'tx_ref' | 'minor' | 'keptMinor' | 'currency' | 'email' | 'meta'>, card: string | null, now: Date): TransactionObject {
  return {
    id: randomNumber(), tx_ref: order.tx_ref, flw_ref: `FLW-MOCK-${randomId('r', 20).slice(2).toLowerCase()}`, minor: order.minor, keptMinor: order.keptMinor, feeMinor: feeOf(order.minor, order.currency), currency: order.currency,
    status: 'pending', processor_response: 'Pending', payment_type: card === null ? 'bank_transfer' : 'card', created_at: now.toISOString(), email: order.email, meta: order.meta,
    card, token: null, challenged: false, refundedMinor: 0, settlement: null,
  }
}

/** As its JSON has it: a number of the major unit. */
const major = (minor: number, currency: string): number => Number(minorToDecimal(BigInt(minor), currency))

const cardOf = ({ card, token }: TransactionObject): object | undefined => (card === null ? undefined : {
  first_6digits: card.slice(0, 6), last_4digits: card.slice(-4), issuer: `${flutterwaveCard(card).brand} TEST BANK`, country: 'NG', type: flutterwaveCard(card).brand, expiry: '09/32',
  ...(token === null ? {} : { token }),
})

export function publicTransaction(transaction: TransactionObject): Record<string, unknown> {
  const { id, tx_ref, flw_ref, minor, feeMinor, currency, status, processor_response, payment_type, created_at, email, meta, challenged } = transaction
  return {
    id, tx_ref, flw_ref, device_fingerprint: 'N/A', amount: major(minor, currency), currency, charged_amount: major(minor, currency), app_fee: status === 'successful' ? major(feeMinor, currency) : 0,
    merchant_fee: 0, processor_response, auth_model: 'PIN', ip: '127.0.0.1', narration: 'CARD Transaction', status, payment_type, created_at, account_id: 1, card: cardOf(transaction),
    meta: { ...meta, ...(challenged && status === 'pending' ? { authorization: { mode: 'redirect', redirect: 'https://provider.invalid/3ds' } } : {}) },
    amount_settled: status === 'successful' ? major(minor - feeMinor, currency) : 0, customer: { id: 1, name: email, phone_number: 'N/A', email, created_at },
  }
}

export const publicRefund = ({ id, transaction_id, minor, currency, status, comment, created_at }: RefundObject): object => ({
  id, amount_refunded: major(minor, currency), status, flw_ref: '', comment, settlement_id: 'NEW', meta: '{}', created_at, account_id: 1, transaction_id,
})

/** The answer to a new refund has other names than the list. */
export const newRefundAnswer = (refund: RefundObject): object => ({
  id: refund.id, account_id: 1, tx_id: refund.transaction_id, flw_ref: '', wallet_id: 1, amount_refunded: major(refund.minor, refund.currency), status: refund.status,
  destination: 'payment_source', meta: { source: 'availablebalance' }, created_at: refund.created_at,
})

export const publicChargeback = ({ id, transaction_id, minor, currency, status, comment, due_date, created_at }: ChargebackObject): object => ({
  id, amount: major(minor, currency), flw_ref: '', status, stage: 'new', comment, meta: {}, due_date, settlement_id: 'NEW', created_at, transaction_id,
})

export const publicSettlement = ({ id, currency, grossMinor, feeMinor, refundMinor, processed_date, transactions }: SettlementObject): object => ({
  id, account_id: 1, status: 'completed', currency, gross_amount: major(grossMinor, currency), app_fee: major(feeMinor, currency), merchant_fee: 0, chargeback: 0,
  refund: major(refundMinor, currency), net_amount: major(grossMinor - feeMinor - refundMinor, currency),
  processed_date, due_date: processed_date, transaction_count: transactions.length, transactions,
})
