/** The sandbox Paystack's transactions and refunds. */
import { randomId, randomNumber } from './ids.ts'
import type { Lock } from './lock.ts'
import type { ObjectStore, Shelf } from './object-store.ts'
import { shelfOf } from './object-store.ts'
import type { CheckoutOutcome, CheckoutResult } from './stripe-state.ts'

export type TransactionObject = {
  readonly id: number; readonly status: 'abandoned' | 'failed' | 'processing' | 'success' | 'reversed'; readonly reference: string; readonly amount: number; readonly currency: string
  readonly email: string; readonly metadata: unknown; readonly callback_url: string | null; readonly access_code: string
  readonly fees: number | null; readonly paid_at: string | null; readonly created_at: string; readonly gateway_response: string
  readonly authorization_code: string | null; readonly refunded: number
}
export type PaystackRefund = {
  readonly id: number; readonly transaction: number; readonly transaction_reference: string; readonly amount: number; readonly currency: string
  readonly status: 'processed' | 'processing'; readonly merchant_note: string; readonly created_at: string
}
export type PaystackEvent = { readonly event: string; readonly data: object }

export type PaystackStateOptions = {
  readonly store: ObjectStore; readonly lock: Lock; readonly now: () => Date; readonly publish: (events: readonly PaystackEvent[]) => Promise<void>
}
export type NewTransaction = Pick<TransactionObject, 'reference' | 'amount' | 'currency' | 'email' | 'metadata' | 'callback_url'>

/** 1.5 % capped at NGN 2,000 at home, 3.9 % elsewhere: near enough to the public tariff for ledgers to have a fee. */
const feeOf = (amount: number, currency: string): number => (currency === 'NGN' ? Math.min(200_000, Math.ceil(amount * 0.015)) : Math.ceil(amount * 0.039))

export function publicTransaction(transaction: TransactionObject): object {
  const { authorization_code, refunded: _refunded, email, access_code: _code, callback_url: _url, ...rest } = transaction
  return {
    ...rest, domain: 'test', message: null, channel: 'card', ip_address: null, log: null, fees_split: null, plan: null, split: {}, order_id: null, requested_amount: transaction.amount,
    authorization: authorization_code === null ? {} : { authorization_code, reusable: true, channel: 'card', card_type: 'visa', last4: '4081', exp_month: '12', exp_year: '2030', country_code: 'NG', bank: 'TEST BANK', bin: '408408', brand: 'visa', signature: 'SIG_sandbox', account_name: null },
    customer: { id: 1, email, customer_code: 'CUS_sandbox', first_name: null, last_name: null, phone: null, metadata: null, risk_action: 'default' },
  }
}

type World = Pick<PaystackStateOptions, 'now' | 'publish'> & {
  readonly transactions: Shelf<TransactionObject>
  readonly refunds: Shelf<PaystackRefund>
}

async function pay(world: World, transaction: TransactionObject): Promise<TransactionObject> {
  const paid: TransactionObject = {
    ...transaction, status: 'success', gateway_response: 'Successful', paid_at: world.now().toISOString(), fees: feeOf(transaction.amount, transaction.currency),
    authorization_code: transaction.authorization_code ?? randomId('AUTH', 10),
  }
  await world.transactions.put(paid.reference, paid)
  await world.publish([{ event: 'charge.success', data: publicTransaction(paid) }])
  return paid
}

async function initialize(world: World, input: NewTransaction): Promise<TransactionObject | 'duplicate'> {
  if ((await world.transactions.get(input.reference)) !== null) return 'duplicate'
  const transaction: TransactionObject = {
    ...input, id: randomNumber(), status: 'abandoned', access_code: randomId('ac', 16).slice(3), fees: null, paid_at: null, created_at: world.now().toISOString(),
    gateway_response: 'The transaction was not completed', authorization_code: null, refunded: 0,
  }
  await world.transactions.put(transaction.reference, transaction)
  return transaction
}

function redirectOf(transaction: TransactionObject): string | null {
  if (transaction.callback_url === null) return null
  const url = new URL(transaction.callback_url)
  url.searchParams.set('trxref', transaction.reference)
  url.searchParams.set('reference', transaction.reference)
  return url.href
}

/** Only success is told by webhook, as at the real provider; the rest is seen by verifying. */
async function completeCheckout(world: World, reference: string, outcome: CheckoutOutcome): Promise<CheckoutResult> {
  const transaction = await world.transactions.get(reference)
  if (transaction === null) return { ok: false, reason: 'not_found' }
  if (transaction.status !== 'abandoned' && transaction.status !== 'failed') return { ok: false, reason: 'not_open' }
  if (outcome === 'success') await pay(world, transaction)
  if (outcome === 'async') await world.transactions.put(reference, { ...transaction, status: 'processing', gateway_response: 'Processing' })
  if (outcome === 'decline') await world.transactions.put(reference, { ...transaction, status: 'failed', gateway_response: 'Declined' })
  return { ok: true, redirectUrl: outcome === 'decline' ? null : redirectOf(transaction) }
}

async function settleAsync(world: World, reference: string, outcome: 'success' | 'failure'): Promise<CheckoutResult> {
  const transaction = await world.transactions.get(reference)
  if (transaction === null) return { ok: false, reason: 'not_found' }
  if (transaction.status !== 'processing') return { ok: false, reason: 'not_open' }
  if (outcome === 'success') await pay(world, transaction)
  else await world.transactions.put(reference, { ...transaction, status: 'failed', gateway_response: 'Declined' })
  return { ok: true, redirectUrl: null }
}

async function chargeAuthorization(world: World, code: string, input: NewTransaction): Promise<TransactionObject | 'duplicate' | 'unknown_authorization'> {
  const known = (await world.transactions.list()).some((transaction) => transaction.authorization_code === code && transaction.email === input.email)
  if (!known) return 'unknown_authorization'
  const started = await initialize(world, input)
  return started === 'duplicate' ? started : pay(world, { ...started, authorization_code: code })
}

async function refund(world: World, reference: string, amount: number | undefined, note: string): Promise<PaystackRefund | 'not_paid' | 'too_much' | null> {
  const transaction = await world.transactions.get(reference)
  if (transaction === null) return null
  if (transaction.status !== 'success') return transaction.status === 'reversed' ? 'too_much' : 'not_paid'
  const left = transaction.amount - transaction.refunded
  const wanted = amount ?? left
  if (wanted > left || wanted <= 0) return 'too_much'
  const made: PaystackRefund = {
    id: randomNumber(), transaction: transaction.id, transaction_reference: reference, amount: wanted, currency: transaction.currency, status: 'processed',
    merchant_note: note, created_at: world.now().toISOString(),
  }
  await world.refunds.put(String(made.id), made)
  const refunded = transaction.refunded + wanted
  await world.transactions.put(reference, { ...transaction, refunded, status: refunded === transaction.amount ? 'reversed' : 'success' })
  await world.publish([{ event: 'refund.processed', data: { ...made, amount: String(made.amount), refund_reference: randomId('TRF', 10) } }])
  return made
}

export function createPaystackState({ store, lock, now, publish }: PaystackStateOptions) {
  const transactions = shelfOf<TransactionObject>(store, 'paystack', 'transaction')
  const refunds = shelfOf<PaystackRefund>(store, 'paystack', 'refund')
  const world: World = { transactions, refunds, now, publish }
  const locked = <T>(reference: string, work: () => Promise<T>): Promise<T> => lock(`reference:${reference}`, work)
  return {
    transactions, refunds,
    initialize: (input: NewTransaction) => locked(input.reference, () => initialize(world, input)),
    completeCheckout: (reference: string, outcome: CheckoutOutcome) => locked(reference, () => completeCheckout(world, reference, outcome)),
    settleAsync: (reference: string, outcome: 'success' | 'failure') => locked(reference, () => settleAsync(world, reference, outcome)),
    chargeAuthorization: (code: string, input: NewTransaction) => locked(input.reference, () => chargeAuthorization(world, code, input)),
    refund: (reference: string, amount: number | undefined, note: string) => locked(reference, () => refund(world, reference, amount, note)),
  }
}
export type PaystackState = ReturnType<typeof createPaystackState>
