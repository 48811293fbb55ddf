/** Checkouts of the sandbox Stripe: what a payer does at its page. */
import type { CardPayer, CheckoutResult, Payer } from './fake-provider.ts'
import { afterPaying, mustAuthenticate, pay, refusalOf, refuse, saveMethod } from './stripe-card-payments.ts'
import { testCard } from './stripe-cards.ts'
import type { IntentObject, SessionObject } from './stripe-objects.ts'
import { newIntent, newSetupIntent } from './stripe-objects.ts'
import type { StripeWorld } from './stripe-world.ts'

export async function saveSession(world: StripeWorld, session: SessionObject): Promise<SessionObject> {
  await world.sessions.put(session.id, session)
  return session
}

async function expire(world: StripeWorld, session: SessionObject): Promise<SessionObject> {
  const expired = await saveSession(world, { ...session, status: 'expired', url: null })
  await world.record([['checkout.session.expired', expired]])
  return expired
}

/** A session past its time is expired by whoever looks first. */
export async function currentSession(world: StripeWorld, id: string): Promise<SessionObject | null> {
  const session = await world.sessions.get(id)
  return session !== null && session.status === 'open' && session.expires_at <= world.nowSeconds() ? expire(world, session) : session
}

const redirectOf = (session: SessionObject): string => session.success_url.replaceAll('{CHECKOUT_SESSION_ID}', session.id)
const CARD_OF = { success: '4242424242424242', decline: '4000000000000002' } as const
const STAY: CheckoutResult = { ok: true, redirectUrl: null }

async function intentOf(world: StripeWorld, session: SessionObject): Promise<IntentObject> {
  const known = session.payment_intent === null ? null : await world.intents.get(session.payment_intent)
  return known ?? newIntent({
    amount: session.amount_total ?? 0, currency: session.currency ?? '', customer: session.customer, method: null, email: session.customer_email,
    plan: session.sandbox_plan, now: world.nowSeconds(),
  })
}

async function payByTransfer(world: StripeWorld, session: SessionObject): Promise<CheckoutResult> {
  const processing: IntentObject = { ...await intentOf(world, session), status: 'processing' }
  await world.intents.put(processing.id, processing)
  const waiting = await saveSession(world, { ...session, status: 'complete', url: null, payment_intent: processing.id })
  await world.record([['payment_intent.processing', processing], ['checkout.session.completed', waiting]])
  return { ok: true, redirectUrl: redirectOf(session) }
}

async function payByCard(world: StripeWorld, session: SessionObject, { card: number, authentication }: CardPayer): Promise<CheckoutResult> {
  const card = testCard(number)
  const intent = await intentOf(world, session)
  if (mustAuthenticate(card, authentication)) {
    const asked: IntentObject = { ...intent, status: 'requires_action', next_action: { type: 'use_stripe_sdk' }, sandbox_card: number }
    await world.intents.put(asked.id, asked)
    await saveSession(world, { ...session, payment_intent: asked.id })
    await world.record([['payment_intent.requires_action', asked]])
    return STAY
  }
  const error = refusalOf(card, 'on_session', authentication)
  if (error !== null) {
    await refuse(world, intent, error)
    await saveSession(world, { ...session, payment_intent: intent.id })
    return STAY
  }
  const wanted = session.sandbox_plan.setup_future_usage !== undefined
  const method = await saveMethod(world, number, session.customer, wanted || session.customer_creation === 'always', session.customer_email)
  const customer = session.customer ?? method.customer
  const paid = await pay(world, { ...intent, customer, payment_method: method.id }, method)
  const done = await saveSession(world, { ...session, status: 'complete', url: null, payment_status: 'paid', payment_intent: intent.id, customer })
  await world.record([['charge.succeeded', paid.charge], ['payment_intent.succeeded', paid.intent], ['checkout.session.completed', done]])
  await afterPaying(world, card, paid)
  return { ok: true, redirectUrl: redirectOf(session) }
}

/** Nothing is charged: only the card is checked and kept. */
async function setUpCard(world: StripeWorld, session: SessionObject, { card: number, authentication }: CardPayer): Promise<CheckoutResult> {
  const card = testCard(number)
  const known = session.setup_intent === null ? null : await world.setups.get(session.setup_intent)
  const setup = known ?? newSetupIntent(session, world.nowSeconds())
  const error = refusalOf(card, 'on_session', authentication)
  if (mustAuthenticate(card, authentication) || error !== null) {
    const waiting = { ...setup, status: error === null ? 'requires_action' : 'requires_payment_method', last_setup_error: error, sandbox_card: number } as const
    await world.setups.put(setup.id, waiting)
    await saveSession(world, { ...session, setup_intent: setup.id })
    await world.record([[error === null ? 'setup_intent.requires_action' : 'setup_intent.setup_failed', waiting]])
    return STAY
  }
  const method = await saveMethod(world, number, session.customer, true, session.customer_email)
  const done = { ...setup, status: 'succeeded', payment_method: method.id, customer: method.customer, last_setup_error: null } as const
  await world.setups.put(setup.id, done)
  const closed = await saveSession(world, { ...session, status: 'complete', url: null, setup_intent: setup.id, customer: method.customer })
  await world.record([['setup_intent.succeeded', done], ['checkout.session.completed', closed]])
  return { ok: true, redirectUrl: redirectOf(session) }
}

export async function completeCheckout(world: StripeWorld, id: string, payer: Payer): Promise<CheckoutResult> {
  const session = await currentSession(world, id)
  if (session === null) return { ok: false, reason: 'not_found' }
  if (session.status !== 'open') return { ok: false, reason: 'not_open' }
  if (payer === 'async' && session.mode === 'payment') return payByTransfer(world, session)
  const card = typeof payer === 'object' ? payer : { card: CARD_OF[payer === 'decline' ? 'decline' : 'success'] }
  return session.mode === 'setup' ? setUpCard(world, session, card) : payByCard(world, session, card)
}

const BANK_REFUSED = { type: 'card_error', code: 'payment_intent_payment_attempt_failed', message: 'The bank refused the transfer.' } as const

/** The bank's late answer to a transfer. */
export async function settleAsync(world: StripeWorld, id: string, outcome: 'success' | 'failure'): Promise<CheckoutResult> {
  const session = await world.sessions.get(id)
  const intent = session?.payment_intent == null ? null : await world.intents.get(session.payment_intent)
  if (session === null || intent === null) return { ok: false, reason: 'not_found' }
  if (intent.status !== 'processing') return { ok: false, reason: 'not_open' }
  if (outcome === 'failure') {
    await refuse(world, intent, BANK_REFUSED)
    await world.record([['checkout.session.async_payment_failed', session]])
    return STAY
  }
  const paid = await pay(world, intent, null)
  const done = await saveSession(world, { ...session, payment_status: 'paid' })
  await world.record([['charge.succeeded', paid.charge], ['payment_intent.succeeded', paid.intent], ['checkout.session.async_payment_succeeded', done]])
  return STAY
}

export async function expireSession(world: StripeWorld, id: string): Promise<SessionObject | 'not_open' | null> {
  const session = await currentSession(world, id)
  if (session === null) return null
  return session.status === 'open' ? expire(world, session) : 'not_open'
}
