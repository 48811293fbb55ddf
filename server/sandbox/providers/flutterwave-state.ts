/** The sandbox Flutterwave's orders, transactions, refunds, chargebacks and settlements. */
import type { CheckoutResult, Payer, StrayPayment } from './fake-provider.ts'
import type { ChargebackObject, OrderObject, RefundObject, SettlementObject, TransactionObject } from './flutterwave-objects.ts'
import { flutterwaveCard, GOOD_CARD, newTransaction } from './flutterwave-objects.ts'
import { randomId, randomNumber } from './ids.ts'
import type { Lock } from './lock.ts'
import type { ObjectStore, Shelf } from './object-store.ts'
import { shelfOf } from './object-store.ts'

export type FlutterwaveStateOptions = {
  readonly store: ObjectStore; readonly lock: Lock; readonly now: () => Date; readonly refunds: () => 'at_once' | 'later'
  readonly publish: (event: string, transaction: TransactionObject) => Promise<void>
}
type World = Omit<FlutterwaveStateOptions, 'store' | 'lock' | 'refunds'> & {
  readonly orders: Shelf<OrderObject>; readonly transactions: Shelf<TransactionObject>; readonly refunds: Shelf<RefundObject>
  readonly chargebacks: Shelf<ChargebackObject>; readonly settlements: Shelf<SettlementObject>; readonly refundMode: () => 'at_once' | 'later'
}
export type NewCharge = Pick<OrderObject, 'tx_ref' | 'minor' | 'keptMinor' | 'currency' | 'email' | 'meta'>
const HOURS_TO_ANSWER = 48

const triesOf = async (world: World, ref: string): Promise<readonly TransactionObject[]> =>
  (await world.transactions.list()).filter((transaction) => transaction.tx_ref === ref)

async function pay(world: World, transaction: TransactionObject): Promise<TransactionObject> {
  const paid: TransactionObject = {
    ...transaction, status: 'successful', processor_response: 'Approved', created_at: world.now().toISOString(),
    token: transaction.card === null ? null : (transaction.token ?? `flw-t1nf-${randomId('t', 24).slice(2).toLowerCase()}-m03k`),
  }
  await world.transactions.put(String(paid.id), paid)
  await world.publish('charge.completed', paid)
  return paid
}

/** Only success is told by webhook; the rest is seen by asking. */
async function refuse(world: World, transaction: TransactionObject, words: string): Promise<TransactionObject> {
  const refused: TransactionObject = { ...transaction, status: 'failed', processor_response: words }
  await world.transactions.put(String(refused.id), refused)
  return refused
}

function redirectOf(order: OrderObject, transaction: TransactionObject): string {
  const url = new URL(order.redirect_url)
  url.searchParams.set('status', transaction.status)
  url.searchParams.set('tx_ref', order.tx_ref)
  url.searchParams.set('transaction_id', String(transaction.id))
  return url.href
}

async function payByCard(world: World, order: OrderObject, number: string, authentication: 'pass' | 'fail' | undefined): Promise<CheckoutResult> {
  const card = flutterwaveCard(number)
  const started = newTransaction(order, number, world.now())
  const words = card.refusal?.on === 'always' ? card.refusal.words : (authentication === 'fail' ? 'Authentication failed' : null)
  if (words === null && card.challenge !== undefined && authentication === undefined) {
    await world.orders.put(order.tx_ref, { ...order, challenge: number, message: null })
    return { ok: true, redirectUrl: null }
  }
  if (words !== null) {
    await refuse(world, started, words)
    await world.orders.put(order.tx_ref, { ...order, challenge: null, message: words })
    return { ok: true, redirectUrl: null }
  }
  const paid = await pay(world, started)
  await world.orders.put(order.tx_ref, { ...order, challenge: null, message: null })
  return { ok: true, redirectUrl: redirectOf(order, paid) }
}

async function completeCheckout(world: World, ref: string, payer: Payer): Promise<CheckoutResult> {
  const order = await world.orders.get(ref)
  if (order === null) return { ok: false, reason: 'not_found' }
  if ((await triesOf(world, ref)).some(({ status }) => status !== 'failed')) return { ok: false, reason: 'not_open' }
  if (payer === 'async') {
    const waiting = newTransaction(order, null, world.now())
    await world.transactions.put(String(waiting.id), waiting)
    return { ok: true, redirectUrl: redirectOf(order, waiting) }
  }
  if (payer === 'decline') return payByCard(world, order, '5143010522339965', undefined)
  return payer === 'success' ? payByCard(world, order, GOOD_CARD, undefined) : payByCard(world, order, payer.card.replaceAll(' ', ''), payer.authentication)
}

async function settleAsync(world: World, ref: string, outcome: 'success' | 'failure'): Promise<CheckoutResult> {
  if ((await world.orders.get(ref)) === null) return { ok: false, reason: 'not_found' }
  const waiting = (await triesOf(world, ref)).find(({ status }) => status === 'pending')
  if (waiting === undefined) return { ok: false, reason: 'not_open' }
  await (outcome === 'success' ? pay(world, waiting) : refuse(world, waiting, 'Transfer was not received'))
  return { ok: true, redirectUrl: null }
}

async function chargeToken(world: World, token: string, charge: NewCharge): Promise<TransactionObject | 'duplicate' | 'unknown_token'> {
  if ((await triesOf(world, charge.tx_ref)).length > 0) return 'duplicate'
  const first = (await world.transactions.list()).find((transaction) => transaction.token === token && transaction.email === charge.email)
  if (first === undefined || first.card === null) return 'unknown_token'
  const card = flutterwaveCard(first.card)
  const started: TransactionObject = { ...newTransaction(charge, first.card, world.now()), token }
  if (card.refusal !== undefined) return refuse(world, started, card.refusal.words)
  if (card.challenge !== 'always') return pay(world, started)
  const challenged: TransactionObject = { ...started, challenged: true, processor_response: 'Pending, redirect to authenticate' }
  await world.transactions.put(String(challenged.id), challenged)
  return challenged
}

async function refund(world: World, id: string, minor: number | undefined, comment: string): Promise<RefundObject | 'not_paid' | 'too_much' | null> {
  const transaction = await world.transactions.get(id)
  if (transaction === null) return null
  if (transaction.status !== 'successful') return 'not_paid'
  const left = transaction.minor - transaction.refundedMinor
  const wanted = minor ?? left
  if (wanted > left || wanted <= 0) return 'too_much'
  const made: RefundObject = {
    id: randomNumber(), transaction_id: transaction.id, minor: wanted, currency: transaction.currency, status: world.refundMode() === 'later' ? 'new' : 'completed', comment,
    created_at: world.now().toISOString(), settled: false,
  }
  await world.refunds.put(String(made.id), made)
  await world.transactions.put(id, { ...transaction, refundedMinor: transaction.refundedMinor + wanted })
  return made
}

async function settleRefunds(world: World, outcome: 'succeeded' | 'failed'): Promise<number> {
  const waiting = (await world.refunds.list()).filter(({ status }) => status === 'new')
  for (const entry of waiting) {
    await world.refunds.put(String(entry.id), { ...entry, status: outcome === 'succeeded' ? 'completed' : 'failed' })
    const transaction = await world.transactions.get(String(entry.transaction_id))
    if (outcome === 'failed' && transaction !== null) await world.transactions.put(String(transaction.id), { ...transaction, refundedMinor: transaction.refundedMinor - entry.minor })
  }
  return waiting.length
}

const paidBy = async (world: World, ref: string): Promise<TransactionObject | undefined> =>
  (await world.transactions.list()).find(({ id, tx_ref, status }) => status === 'successful' && (tx_ref === ref || String(id) === ref))

async function openDispute(world: World, ref: string, reason = 'Service not received'): Promise<string | null> {
  const paid = await paidBy(world, ref)
  if (paid === undefined) return null
  const made: ChargebackObject = {
    id: randomNumber(), transaction_id: paid.id, minor: paid.minor, currency: paid.currency, status: 'initiated', comment: reason,
    due_date: new Date(world.now().getTime() + HOURS_TO_ANSWER * 3_600_000).toISOString(), created_at: world.now().toISOString(),
  }
  await world.chargebacks.put(String(made.id), made)
  return String(made.id)
}

async function changeDispute(world: World, id: string, status: ChargebackObject['status'], from: readonly ChargebackObject['status'][]): Promise<boolean> {
  const found = await world.chargebacks.get(id)
  if (found === null || !from.includes(found.status)) return false
  await world.chargebacks.put(id, { ...found, status })
  return true
}

const sum = (list: readonly number[]): number => list.reduce((total, one) => total + one, 0)

/** Of shared payments only the main account's part is settled here, and of their refunds the same part. */
async function makePayouts(world: World): Promise<readonly string[]> {
  const all = await world.transactions.list()
  const open = all.filter(({ status, settlement }) => status === 'successful' && settlement === null)
  const ids: string[] = []
  for (const currency of new Set(open.map((transaction) => transaction.currency))) {
    const paid = open.filter((transaction) => transaction.currency === currency)
    const back = (await world.refunds.list()).filter((entry) => entry.currency === currency && entry.status === 'completed' && !entry.settled)
    const partOf = ({ transaction_id: id, minor }: RefundObject): number => {
      const whole = all.find((one) => one.id === id)
      return whole === undefined ? minor : Math.round((minor * whole.keptMinor) / whole.minor)
    }
    const made: SettlementObject = {
      id: randomNumber(), currency, grossMinor: sum(paid.map(({ keptMinor }) => keptMinor)), feeMinor: sum(paid.map(({ feeMinor }) => feeMinor)),
      refundMinor: sum(back.map(partOf)),
      processed_date: world.now().toISOString(), transactions: paid.map(({ id, tx_ref }) => ({ id, tx_ref })),
    }
    await world.settlements.put(String(made.id), made)
    for (const transaction of paid) await world.transactions.put(String(transaction.id), { ...transaction, settlement: made.id })
    for (const entry of back) await world.refunds.put(String(entry.id), { ...entry, settled: true })
    ids.push(String(made.id))
  }
  return ids
}

async function payWithoutCheckout(world: World, { amount, currency, email }: StrayPayment): Promise<string> {
  const order = { tx_ref: randomId('LINK', 12), minor: amount, keptMinor: amount, currency, email, meta: {} }
  return (await pay(world, newTransaction(order, GOOD_CARD, world.now()))).tx_ref
}

export function createFlutterwaveState({ store, lock, now, publish, refunds: refundMode }: FlutterwaveStateOptions) {
  const world: World = {
    now, publish, refundMode, orders: shelfOf(store, 'flutterwave', 'order'), transactions: shelfOf(store, 'flutterwave', 'transaction'), refunds: shelfOf(store, 'flutterwave', 'refund'),
    chargebacks: shelfOf(store, 'flutterwave', 'chargeback'), settlements: shelfOf(store, 'flutterwave', 'settlement'),
  }
  const locked = <T>(ref: string, work: () => Promise<T>): Promise<T> => lock(`ref:${ref}`, work)
  return {
    orders: world.orders, transactions: world.transactions, refunds: world.refunds, chargebacks: world.chargebacks, settlements: world.settlements,
    triesOf: (ref: string) => triesOf(world, ref),
    /** The same reference again leads to the same page, with the first terms, until it is paid. */
    order: (order: OrderObject) => locked(order.tx_ref, async () => {
      if ((await triesOf(world, order.tx_ref)).some(({ status }) => status === 'successful')) return 'paid'
      if ((await world.orders.get(order.tx_ref)) === null) await world.orders.put(order.tx_ref, order)
      return 'open'
    }),
    completeCheckout: (ref: string, payer: Payer) => locked(ref, () => completeCheckout(world, ref, payer)),
    settleAsync: (ref: string, outcome: 'success' | 'failure') => locked(ref, () => settleAsync(world, ref, outcome)),
    chargeToken: (token: string, charge: NewCharge) => locked(charge.tx_ref, () => chargeToken(world, token, charge)),
    refund: (id: string, minor: number | undefined, comment: string) => lock(`transaction:${id}`, () => refund(world, id, minor, comment)),
    settleRefunds: (outcome: 'succeeded' | 'failed') => settleRefunds(world, outcome),
    openDispute: (ref: string, reason?: string) => openDispute(world, ref, reason),
    contest: (id: string) => changeDispute(world, id, 'declined', ['initiated']),
    closeDispute: (id: string, outcome: 'won' | 'lost') => changeDispute(world, id, outcome, ['initiated', 'declined']),
    makePayouts: () => lock('settlements', () => makePayouts(world)),
    payWithoutCheckout: (payment: StrayPayment) => payWithoutCheckout(world, payment),
  }
}
export type FlutterwaveState = ReturnType<typeof createFlutterwaveState>
