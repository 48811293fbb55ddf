/** The sandbox Stripe's memory and its transitions; routes and the checkout page both go through here. */
import type { Lock } from './lock.ts'
import type { ObjectStore } from './object-store.ts'
import { shelfOf } from './object-store.ts'
import type { BalanceTransactionObject, ChargeObject, EventObject, IntentObject, Metadata, RefundObject, SessionObject } from './stripe-objects.ts'
import { newBalanceTransaction, newCharge, newEvent, newIntent, newRefund, publicSession } from './stripe-objects.ts'

export type CheckoutOutcome = 'success' | 'decline' | 'async'
export type CheckoutResult = { readonly ok: true; readonly redirectUrl: string | null } | { readonly ok: false; readonly reason: 'not_found' | 'not_open' }

export type StripeStateOptions = {
  readonly store: ObjectStore
  readonly lock: Lock
  readonly nowSeconds: () => number
  readonly apiVersion: () => string
  readonly publish: (events: readonly EventObject[]) => Promise<void>
}
type Change = readonly [type: string, object: object]

/** Everything a transition touches. */
type World = StripeShelves & Pick<StripeStateOptions, 'nowSeconds'> & { readonly record: (changes: readonly Change[]) => Promise<void> }

function openShelves(store: ObjectStore) {
  return {
    sessions: shelfOf<SessionObject>(store, 'stripe', 'checkout.session'),
    intents: shelfOf<IntentObject>(store, 'stripe', 'payment_intent'),
    charges: shelfOf<ChargeObject>(store, 'stripe', 'charge'),
    balanceTransactions: shelfOf<BalanceTransactionObject>(store, 'stripe', 'balance_transaction'),
    refunds: shelfOf<RefundObject>(store, 'stripe', 'refund'),
    events: shelfOf<EventObject>(store, 'stripe', 'event'),
  }
}
type StripeShelves = ReturnType<typeof openShelves>

async function saveSession(world: World, session: SessionObject): Promise<SessionObject> {
  await world.sessions.put(session.id, session)
  return session
}

async function expire(world: World, session: SessionObject): Promise<SessionObject> {
  const expired = await saveSession(world, { ...session, status: 'expired', url: null })
  await world.record([['checkout.session.expired', publicSession(expired)]])
  return expired
}

/** A session past its time is expired by whoever looks first. */
async function currentSession(world: World, id: string): Promise<SessionObject | null> {
  const session = await world.sessions.get(id)
  return session !== null && session.status === 'open' && session.expires_at <= world.nowSeconds() ? expire(world, session) : session
}

async function pay(world: World, intent: IntentObject): Promise<{ intent: IntentObject; charge: ChargeObject }> {
  const transaction = newBalanceTransaction(intent, world.nowSeconds())
  const charge = newCharge(intent, transaction.id, world.nowSeconds())
  const paid: IntentObject = { ...intent, status: 'succeeded', amount_received: intent.amount, latest_charge: charge.id, last_payment_error: null }
  await world.balanceTransactions.put(transaction.id, transaction)
  await world.charges.put(charge.id, charge)
  await world.intents.put(paid.id, paid)
  return { intent: paid, charge }
}

async function refuse(world: World, intent: IntentObject): Promise<IntentObject> {
  const refused: IntentObject = {
    ...intent, status: 'requires_payment_method',
    last_payment_error: { type: 'card_error', code: 'card_declined', decline_code: 'generic_decline', message: 'Your card was declined.' },
  }
  await world.intents.put(refused.id, refused)
  return refused
}

const redirectOf = (session: SessionObject): string => session.success_url.replaceAll('{CHECKOUT_SESSION_ID}', session.id)

async function complete(world: World, session: SessionObject, outcome: CheckoutOutcome): Promise<CheckoutResult> {
  const known = session.payment_intent === null ? null : await world.intents.get(session.payment_intent)
  const intent = known ?? newIntent(session, world.nowSeconds())
  if (outcome === 'decline') {
    const refused = await refuse(world, intent)
    await saveSession(world, { ...session, payment_intent: intent.id })
    await world.record([['payment_intent.payment_failed', refused]])
    return { ok: true, redirectUrl: null }
  }
  const closed = { ...session, status: 'complete', url: null, payment_intent: intent.id } as const
  if (outcome === 'async') {
    const processing: IntentObject = { ...intent, status: 'processing' }
    await world.intents.put(intent.id, processing)
    const waiting = await saveSession(world, closed)
    await world.record([['payment_intent.processing', processing], ['checkout.session.completed', publicSession(waiting)]])
    return { ok: true, redirectUrl: redirectOf(session) }
  }
  const paid = await pay(world, intent)
  const done = await saveSession(world, { ...closed, payment_status: 'paid' })
  await world.record([['charge.succeeded', paid.charge], ['payment_intent.succeeded', paid.intent], ['checkout.session.completed', publicSession(done)]])
  return { ok: true, redirectUrl: redirectOf(session) }
}

async function completeCheckout(world: World, id: string, outcome: CheckoutOutcome): Promise<CheckoutResult> {
  const session = await currentSession(world, id)
  if (session === null) return { ok: false, reason: 'not_found' }
  return session.status === 'open' ? complete(world, session, outcome) : { ok: false, reason: 'not_open' }
}

/** The bank's late answer to an `async` checkout. */
async function settleAsync(world: World, id: string, outcome: 'success' | 'failure'): Promise<CheckoutResult> {
  const session = await world.sessions.get(id)
  const intent = session?.payment_intent == null ? null : await world.intents.get(session.payment_intent)
  if (session === null || intent === null) return { ok: false, reason: 'not_found' }
  if (intent.status !== 'processing') return { ok: false, reason: 'not_open' }
  if (outcome === 'failure') {
    const refused = await refuse(world, intent)
    await world.record([['payment_intent.payment_failed', refused], ['checkout.session.async_payment_failed', publicSession(session)]])
  } else {
    const paid = await pay(world, intent)
    const done = await saveSession(world, { ...session, payment_status: 'paid' })
    await world.record([
      ['charge.succeeded', paid.charge], ['payment_intent.succeeded', paid.intent], ['checkout.session.async_payment_succeeded', publicSession(done)],
    ])
  }
  return { ok: true, redirectUrl: null }
}

async function expireSession(world: World, id: string): Promise<SessionObject | 'not_open' | null> {
  const session = await currentSession(world, id)
  if (session === null) return null
  return session.status === 'open' ? expire(world, session) : 'not_open'
}

async function refundCharge(world: World, chargeId: string, amount: number | undefined, metadata: Metadata): Promise<RefundObject | 'too_much' | null> {
  const charge = await world.charges.get(chargeId)
  if (charge === null) return null
  const left = charge.amount - charge.amount_refunded
  const wanted = amount ?? left
  if (wanted > left || wanted <= 0) return 'too_much'
  const refund = newRefund(charge, wanted, metadata, world.nowSeconds())
  const refunded = charge.amount_refunded + wanted
  const updated: ChargeObject = { ...charge, amount_refunded: refunded, refunded: refunded === charge.amount }
  await world.refunds.put(refund.id, refund)
  await world.charges.put(charge.id, updated)
  await world.record([['refund.created', refund], ['charge.refunded', updated]])
  return refund
}

export function createStripeState({ store, lock, nowSeconds, apiVersion, publish }: StripeStateOptions) {
  const shelves = openShelves(store)
  const record = async (changes: readonly Change[]): Promise<void> => {
    const made = changes.map(([type, object]) => newEvent(type, object, apiVersion(), nowSeconds()))
    for (const event of made) await shelves.events.put(event.id, event)
    await publish(made)
  }
  const world: World = { ...shelves, nowSeconds, record }
  return {
    ...shelves,
    saveSession: (session: SessionObject) => saveSession(world, session),
    current: (id: string) => lock(`session:${id}`, () => currentSession(world, id)),
    completeCheckout: (id: string, outcome: CheckoutOutcome) => lock(`session:${id}`, () => completeCheckout(world, id, outcome)),
    settleAsync: (id: string, outcome: 'success' | 'failure') => lock(`session:${id}`, () => settleAsync(world, id, outcome)),
    expireSession: (id: string) => lock(`session:${id}`, () => expireSession(world, id)),
    refundCharge: (id: string, amount: number | undefined, metadata: Metadata) => lock(`charge:${id}`, () => refundCharge(world, id, amount, metadata)),
  }
}
export type StripeState = ReturnType<typeof createStripeState>
