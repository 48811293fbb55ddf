/** What moves in the sandbox Paystack: payments, refunds, disputes, settlements. */
import type { CheckoutResult, Payer } from './fake-provider.ts'
import { randomId, randomNumber } from './ids.ts'
import type { Lock } from './lock.ts'
import type { ObjectStore } from './object-store.ts'
import { shelfOf } from './object-store.ts'
import { paystackCard, savedDecline } from './paystack-cards.ts'
import type { AuthorizationObject, NewTransaction, PaystackDispute, PaystackEvent, PaystackRefund, SettlementObject,
  TransactionObject } from './paystack-objects.ts'
import { feeOf, newDispute, newTransaction, publicDispute, publicRefund, publicTransaction } from './paystack-objects.ts'
import type { Knobs } from './webhook-sender.ts'

export type PaystackWorldOptions = {
  readonly store: ObjectStore; readonly lock: Lock; readonly now: () => Date; readonly knobs: () => Knobs
  readonly publish: (events: readonly PaystackEvent[]) => Promise<void>
}

export function createPaystackWorld({ store, ...rest }: PaystackWorldOptions) {
  return {
    ...rest,
    transactions: shelfOf<TransactionObject>(store, 'paystack', 'transaction'),
    authorizations: shelfOf<AuthorizationObject>(store, 'paystack', 'authorization'),
    refunds: shelfOf<PaystackRefund>(store, 'paystack', 'refund'),
    disputes: shelfOf<PaystackDispute>(store, 'paystack', 'dispute'),
    settlements: shelfOf<SettlementObject>(store, 'paystack', 'settlement'),
  }
}
export type PaystackWorld = ReturnType<typeof createPaystackWorld>

const CARD_OF = { success: '4084084084084081', decline: '4084080000005408' } as const

export const isReusable = ({ card }: TransactionObject): boolean => card !== null && paystackCard(card).reusable

async function save(world: PaystackWorld, transaction: TransactionObject): Promise<TransactionObject> {
  await world.transactions.put(transaction.reference, transaction)
  return transaction
}

/** Only success is told by webhook, as at the real provider; the rest is seen by verifying. */
async function pay(world: PaystackWorld, transaction: TransactionObject, card: string): Promise<TransactionObject> {
  const code = transaction.authorization_code ?? randomId('AUTH', 10)
  const paid = await save(world, {
    ...transaction, status: 'success', gateway_response: 'Successful', paid_at: world.now().toISOString(),
    fees: feeOf(transaction.amount, transaction.currency),
    authorization_code: code, card,
  })
  if (transaction.authorization_code === null) {
    await world.authorizations.put(code, { code, card, email: paid.email, active: true, reusable: isReusable(paid) })
  }
  await world.publish([{ event: 'charge.success', data: publicTransaction(paid, isReusable(paid)) }])
  return paid
}

const fail = (world: PaystackWorld, transaction: TransactionObject, why: string): Promise<TransactionObject> =>
  save(world, { ...transaction, status: 'failed', gateway_response: why })

export async function initialize(world: PaystackWorld, input: NewTransaction): Promise<TransactionObject | 'duplicate'> {
  return (await world.transactions.get(input.reference)) === null ? save(world, newTransaction(input, world.now())) : 'duplicate'
}

function redirectOf(transaction: TransactionObject): string | null {
  if (transaction.callback_url === null) return null
  const url = new URL(transaction.callback_url)
  url.searchParams.set('trxref', transaction.reference)
  url.searchParams.set('reference', transaction.reference)
  return url.href
}

const STAY: CheckoutResult = { ok: true, redirectUrl: null }

export async function completeCheckout(world: PaystackWorld, reference: string, payer: Payer): Promise<CheckoutResult> {
  const transaction = await world.transactions.get(reference)
  if (transaction === null) return { ok: false, reason: 'not_found' }
  if (!['abandoned', 'ongoing', 'failed'].includes(transaction.status)) return { ok: false, reason: 'not_open' }
  if (payer === 'async') {
    await save(world, { ...transaction, status: 'processing', gateway_response: 'Processing' })
    return { ok: true, redirectUrl: redirectOf(transaction) }
  }
  const { card, authentication } = typeof payer === 'object' ? payer : { card: CARD_OF[payer], authentication: undefined }
  const { decline, challenge } = paystackCard(card)
  if (challenge === true && authentication === undefined) {
    await save(world, { ...transaction, status: 'ongoing', gateway_response: 'Waiting for the bank', card })
    return STAY
  }
  const refused = decline ?? (challenge === true && authentication === 'fail' ? 'Authentication Failed' : undefined)
  await (refused === undefined ? pay(world, transaction, card) : fail(world, transaction, refused))
  return refused === undefined ? { ok: true, redirectUrl: redirectOf(transaction) } : STAY
}

export async function settleAsync(world: PaystackWorld, reference: string, outcome: 'success' | 'failure'): Promise<CheckoutResult> {
  const transaction = await world.transactions.get(reference)
  if (transaction === null) return { ok: false, reason: 'not_found' }
  if (transaction.status !== 'processing') return { ok: false, reason: 'not_open' }
  await (outcome === 'success' ? pay(world, transaction, CARD_OF.success) : fail(world, transaction, 'Declined'))
  return STAY
}

export type Charged = { readonly transaction: TransactionObject; readonly paused: boolean }

/** An authorization is good only for the address it was made with. */
export async function chargeAuthorization(world: PaystackWorld, code: string, input: NewTransaction): Promise<Charged | 'duplicate' | 'unknown_authorization'> {
  const known = await world.authorizations.get(code)
  if (known === null || !known.active || !known.reusable || known.email !== input.email) return 'unknown_authorization'
  const started = await initialize(world, input)
  if (started === 'duplicate') return started
  const transaction: TransactionObject = { ...started, authorization_code: code, card: known.card }
  if (paystackCard(known.card).challenge === true) return { transaction: await save(world, { ...transaction, status: 'ongoing' }), paused: true }
  const refused = savedDecline(known.card)
  return { transaction: refused === undefined ? await pay(world, transaction, known.card) : await fail(world, transaction, refused), paused: false }
}

export async function refund(world: PaystackWorld, reference: string, amount: number | undefined,
  note: string): Promise<PaystackRefund | 'not_paid' | 'too_much' | null> {
  const transaction = await world.transactions.get(reference)
  if (transaction === null) return null
  if (transaction.status !== 'success') return transaction.status === 'reversed' ? 'too_much' : 'not_paid'
  const wanted = amount ?? transaction.amount - transaction.refunded
  if (wanted > transaction.amount - transaction.refunded || wanted <= 0) return 'too_much'
  const failing = transaction.card !== null && paystackCard(transaction.card).refund === 'fails'
  const made: PaystackRefund = {
    id: randomNumber(), transaction: transaction.id, transaction_reference: reference, amount: wanted, currency: transaction.currency, status: 'pending',
    merchant_note: note, created_at: world.now().toISOString(), failing,
  }
  await world.refunds.put(String(made.id), made)
  await save(world, { ...transaction, refunded: transaction.refunded + wanted })
  return failing || world.knobs().refunds === 'later' ? tellRefund(world, made) : endRefund(world, made, 'succeeded')
}

async function tellRefund(world: PaystackWorld, refund: PaystackRefund): Promise<PaystackRefund> {
  await world.publish([{ event: `refund.${refund.status}`, data: { ...publicRefund(refund), amount: String(refund.amount), refund_reference: randomId('TRF', 10) } }])
  return refund
}

async function endRefund(world: PaystackWorld, refund: PaystackRefund, outcome: 'succeeded' | 'failed'): Promise<PaystackRefund> {
  const ended: PaystackRefund = { ...refund, status: outcome === 'failed' ? 'failed' : 'processed' }
  await world.refunds.put(String(ended.id), ended)
  const transaction = await world.transactions.get(refund.transaction_reference)
  if (transaction !== null && outcome === 'failed') await save(world, { ...transaction, refunded: transaction.refunded - refund.amount })
  if (transaction !== null && outcome === 'succeeded' && transaction.refunded === transaction.amount) await save(world, { ...transaction, status: 'reversed' })
  return tellRefund(world, ended)
}

export async function settleRefunds(world: PaystackWorld, outcome: 'succeeded' | 'failed'): Promise<number> {
  const waiting = (await world.refunds.list()).filter((one) => one.status === 'pending')
  for (const one of waiting) await endRefund(world, one, one.failing ? 'failed' : outcome)
  return waiting.length
}

const tellDispute = (world: PaystackWorld, event: string, dispute: PaystackDispute, transaction: TransactionObject): Promise<void> =>
  world.publish([{ event: `charge.dispute.${event}`, data: publicDispute(dispute, transaction) }])

export async function openDispute(world: PaystackWorld, reference: string, category = 'chargeback'): Promise<string | null> {
  const transaction = await world.transactions.get(reference)
  if (transaction === null || transaction.status !== 'success' || transaction.disputed) return null
  const dispute = newDispute(transaction, category, world.now())
  await world.disputes.put(String(dispute.id), dispute)
  await save(world, { ...transaction, disputed: true })
  await tellDispute(world, 'create', dispute, transaction)
  return String(dispute.id)
}

/** Won: the claim is declined. Lost: it is accepted, and the money goes back. */
export async function closeDispute(world: PaystackWorld, id: string, outcome: 'won' | 'lost'): Promise<boolean> {
  const dispute = await world.disputes.get(id)
  const transaction = dispute === null ? null : await world.transactions.get(dispute.reference)
  if (dispute === null || transaction === null || dispute.status === 'resolved') return false
  const resolution = outcome === 'won' ? 'declined' : 'merchant-accepted'
  const closed: PaystackDispute = { ...dispute, status: 'resolved', resolution, resolvedAt: world.now().toISOString() }
  await world.disputes.put(id, closed)
  await tellDispute(world, 'resolve', closed, transaction)
  return true
}

/** One settlement per currency of what was paid and not settled yet, less fees and the subaccounts' parts. */
export async function makeSettlements(world: PaystackWorld): Promise<readonly string[]> {
  const open = (await world.transactions.list()).filter((one) => one.status === 'success' && one.settlement === null)
  const made: string[] = []
  for (const [currency, rows] of Map.groupBy(open, (one) => one.currency)) {
    const kept = (one: TransactionObject): number => (one.subaccount === null ? one.amount : (one.transaction_charge ?? 0))
    const gross = rows.reduce((sum, one) => sum + kept(one), 0)
    const fees = rows.reduce((sum, one) => sum + (one.bearer === 'subaccount' ? 0 : (one.fees ?? 0)), 0)
    const at = world.now().toISOString()
    const id = randomNumber()
    await world.settlements.put(String(id), {
      id, currency, total_amount: gross, effective_amount: gross - fees, total_fees: fees, total_processed: gross, settlement_date: at, createdAt: at,
      status: 'success',
    })
    for (const row of rows) await save(world, { ...row, settlement: id })
    made.push(String(id))
  }
  return made
}

export async function payWithoutCheckout(world: PaystackWorld,
  { amount, currency, email }: { amount: number; currency: string; email: string }): Promise<string> {
  const reference = randomId('T', 15).slice(2)
  await pay(world, newTransaction({ reference, amount, currency, email, metadata: '', callback_url: null, subaccount: null, transaction_charge: null,
    bearer: null }, world.now()), CARD_OF.success)
  return reference
}
