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

export function createStripeState({ store, lock, nowSeconds, apiVersion, publish }: StripeStateOptions) {
  const sessions = shelfOf<SessionObject>(store, 'stripe', 'checkout.session')
  const intents = shelfOf<IntentObject>(store, 'stripe', 'payment_intent')
  const charges = shelfOf<ChargeObject>(store, 'stripe', 'charge')
  const balanceTransactions = shelfOf<BalanceTransactionObject>(store, 'stripe', 'balance_transaction')
  const refunds = shelfOf<RefundObject>(store, 'stripe', 'refund')
  const events = shelfOf<EventObject>(store, 'stripe', 'event')

  async function record(changes: readonly Change[]): Promise<void> {
    const made = changes.map(([type, object]) => newEvent(type, object, apiVersion(), nowSeconds()))
    for (const event of made) await events.put(event.id, event)
    await publish(made)
  }

  async function saveSession(session: SessionObject): Promise<SessionObject> {
    await sessions.put(session.id, session)
    return session
  }

  async function expire(session: SessionObject): Promise<SessionObject> {
    const expired = await saveSession({ ...session, status: 'expired', url: null })
    await record([['checkout.session.expired', publicSession(expired)]])
    return expired
  }

  /** A session past its time is expired by whoever looks first. */
  async function current(id: string): Promise<SessionObject | null> {
    const session = await sessions.get(id)
    return session !== null && session.status === 'open' && session.expires_at <= nowSeconds() ? expire(session) : session
  }

  async function pay(intent: IntentObject): Promise<{ intent: IntentObject; charge: ChargeObject }> {
    const transaction = newBalanceTransaction(intent, nowSeconds())
    const charge = newCharge(intent, transaction.id, nowSeconds())
    const paid: IntentObject = { ...intent, status: 'succeeded', amount_received: intent.amount, latest_charge: charge.id, last_payment_error: null }
    await balanceTransactions.put(transaction.id, transaction)
    await charges.put(charge.id, charge)
    await intents.put(paid.id, paid)
    return { intent: paid, charge }
  }

  async function refuse(intent: IntentObject): Promise<IntentObject> {
    const refused: IntentObject = {
      ...intent, status: 'requires_payment_method',
      last_payment_error: { type: 'card_error', code: 'card_declined', decline_code: 'generic_decline', message: 'Your card was declined.' },
    }
    await intents.put(refused.id, refused)
    return refused
  }

  const redirectOf = (session: SessionObject): string => session.success_url.replaceAll('{CHECKOUT_SESSION_ID}', session.id)

  async function complete(session: SessionObject, outcome: CheckoutOutcome): Promise<CheckoutResult> {
    const intent = (session.payment_intent === null ? null : await intents.get(session.payment_intent)) ?? newIntent(session, nowSeconds())
    if (outcome === 'decline') {
      const refused = await refuse(intent)
      await saveSession({ ...session, payment_intent: intent.id })
      await record([['payment_intent.payment_failed', refused]])
      return { ok: true, redirectUrl: null }
    }
    const closed = { ...session, status: 'complete', url: null, payment_intent: intent.id } as const
    if (outcome === 'async') {
      const processing: IntentObject = { ...intent, status: 'processing' }
      await intents.put(intent.id, processing)
      const waiting = await saveSession(closed)
      await record([['payment_intent.processing', processing], ['checkout.session.completed', publicSession(waiting)]])
      return { ok: true, redirectUrl: redirectOf(session) }
    }
    const paid = await pay(intent)
    const done = await saveSession({ ...closed, payment_status: 'paid' })
    await record([['charge.succeeded', paid.charge], ['payment_intent.succeeded', paid.intent], ['checkout.session.completed', publicSession(done)]])
    return { ok: true, redirectUrl: redirectOf(session) }
  }

  const completeCheckout = (id: string, outcome: CheckoutOutcome): Promise<CheckoutResult> => lock(`session:${id}`, async () => {
    const session = await current(id)
    if (session === null) return { ok: false, reason: 'not_found' }
    return session.status === 'open' ? complete(session, outcome) : { ok: false, reason: 'not_open' }
  })

  /** The bank's late answer to an `async` checkout. */
  const settleAsync = (id: string, outcome: 'success' | 'failure'): Promise<CheckoutResult> => lock(`session:${id}`, async () => {
    const session = await sessions.get(id)
    const intent = session?.payment_intent == null ? null : await intents.get(session.payment_intent)
    if (session === null || intent === null) return { ok: false, reason: 'not_found' }
    if (intent.status !== 'processing') return { ok: false, reason: 'not_open' }
    if (outcome === 'failure') {
      const refused = await refuse(intent)
      await record([['payment_intent.payment_failed', refused], ['checkout.session.async_payment_failed', publicSession(session)]])
    } else {
      const paid = await pay(intent)
      const done = await saveSession({ ...session, payment_status: 'paid' })
      await record([['charge.succeeded', paid.charge], ['payment_intent.succeeded', paid.intent], ['checkout.session.async_payment_succeeded', publicSession(done)]])
    }
    return { ok: true, redirectUrl: null }
  })

  const expireSession = (id: string): Promise<SessionObject | 'not_open' | null> => lock(`session:${id}`, async () => {
    const session = await current(id)
    if (session === null) return null
    return session.status === 'open' ? expire(session) : 'not_open'
  })

  const refundCharge = (chargeId: string, amount: number | undefined, metadata: Metadata): Promise<RefundObject | 'too_much' | null> =>
    lock(`charge:${chargeId}`, async () => {
      const charge = await charges.get(chargeId)
      if (charge === null) return null
      const left = charge.amount - charge.amount_refunded
      const wanted = amount ?? left
      if (wanted > left || wanted <= 0) return 'too_much'
      const refund = newRefund(charge, wanted, metadata, nowSeconds())
      const refunded = charge.amount_refunded + wanted
      const updated: ChargeObject = { ...charge, amount_refunded: refunded, refunded: refunded === charge.amount }
      await refunds.put(refund.id, refund)
      await charges.put(charge.id, updated)
      await record([['refund.created', refund], ['charge.refunded', updated]])
      return refund
    })

  return {
    sessions, intents, charges, balanceTransactions, refunds, events, saveSession, completeCheckout, settleAsync, expireSession, refundCharge,
    current: (id: string) => lock(`session:${id}`, () => current(id)),
  }
}
export type StripeState = ReturnType<typeof createStripeState>
