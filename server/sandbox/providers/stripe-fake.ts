/** The sandbox's Stripe. */
import { createHmac } from 'node:crypto'
import { formatMoney } from '../../contract/money.ts'
import { fromStripeAmount } from '../../adapters/stripe/amount.ts'
import type { CheckoutView } from './checkout-view.ts'
import type { FakeContext, FakeProvider, StrayPayment } from './fake-provider.ts'
import type { Call, Reply } from './http.ts'
import { randomId } from './ids.ts'
import { createLock } from './lock.ts'
import { pay } from './stripe-card-payments.ts'
import { TEST_CARDS } from './stripe-cards.ts'
import { createIdempotency } from './stripe-idempotency.ts'
import { closeDispute, makePayouts, openDispute, settleRefunds } from './stripe-money.ts'
import { newIntent } from './stripe-objects.ts'
import { createStripeRoutes } from './stripe-routes.ts'
import { completeCheckout, currentSession, settleAsync } from './stripe-state.ts'
import type { StripeWorld } from './stripe-world.ts'
import { createStripeWorld } from './stripe-world.ts'
import { createWebhookSender } from './webhook-sender.ts'

function stripeSignature(payload: string, secret: string): Record<string, string> {
  const time = Math.floor(Date.now() / 1000)
  return { 'stripe-signature': `t=${time},v1=${createHmac('sha256', secret).update(`${time}.${payload}`).digest('hex')}` }
}

async function viewOf(world: StripeWorld, id: string): Promise<CheckoutView | null> {
  const session = await world.lock(`session:${id}`, () => currentSession(world, id))
  if (session === null) return null
  const currency = (session.currency ?? '').toUpperCase()
  const intent = session.payment_intent === null ? null : await world.intents.get(session.payment_intent)
  const setup = session.setup_intent === null ? null : await world.setups.get(session.setup_intent)
  const waits = intent?.status === 'requires_action' || setup?.status === 'requires_action'
  const message = (waits ? null : intent?.last_payment_error?.message ?? setup?.last_setup_error?.message) ?? null
  return {
    provider: 'stripe', amountText: session.amount_total === null ? '' : formatMoney(fromStripeAmount(session.amount_total, currency), currency),
    description: session.metadata['invoice_id'] ?? '', email: session.customer_email, state: session.status === 'open' ? (waits ? 'challenge' : 'open') : 'closed',
    message: session.status === 'open' ? message : null, cancelUrl: session.cancel_url, setup: session.mode === 'setup', cards: TEST_CARDS,
    challengedCard: waits ? String((intent ?? setup)?.['sandbox_card']) : null,
  }
}

async function payWithoutCheckout(world: StripeWorld, { amount, currency, email }: StrayPayment): Promise<string> {
  const plan = { metadata: {}, description: 'Payment link' }
  const intent = newIntent({ amount, currency: currency.toLowerCase(), customer: null, method: null, email, plan, now: world.nowSeconds() })
  const paid = await pay(world, intent, null)
  await world.record([['charge.succeeded', paid.charge], ['payment_intent.succeeded', paid.intent]])
  return intent.id
}

export function createStripeFake(context: FakeContext): FakeProvider {
  const { store, secrets, knobs } = context
  const lock = createLock()
  const nowSeconds = () => Math.floor(context.now().getTime() / 1000)
  let apiVersion = '2026-10-28.endive'
  const sender = createWebhookSender({
    provider: 'stripe', store, target: context.webhookTarget, knobs, retryDelaysMs: context.retryDelaysMs, sign: (payload) => stripeSignature(payload, secrets.stripeWebhookSecret),
  })
  const world = createStripeWorld({
    store, lock, nowSeconds, knobs, apiVersion: () => apiVersion,
    publish: (events) => sender.send(events.map((event) => ({ id: event.id, type: event.type, payload: JSON.stringify(event) }))),
  })
  const routes = createStripeRoutes({ world, apiKey: secrets.stripeApiKey, checkoutUrl: context.checkoutUrl })
  const idempotent = createIdempotency(store, lock, nowSeconds)
  const handle = async (call: Call): Promise<Reply> => {
    const version = call.headers['stripe-version']
    if (typeof version === 'string') apiVersion = version
    const reply = await idempotent(call, () => routes(call))
    return { ...reply, headers: { ...reply.headers, 'request-id': randomId('req', 14), 'stripe-version': apiVersion } }
  }
  return {
    sender, handle, paths: ['/v1/'],
    view: (id) => viewOf(world, id),
    completeCheckout: (id, payer) => lock(`session:${id}`, () => completeCheckout(world, id, payer)),
    settleAsync: (id, outcome) => lock(`session:${id}`, () => settleAsync(world, id, outcome)),
    openDispute: (ref, reason) => lock('disputes', () => openDispute(world, ref, reason)),
    closeDispute: (id, outcome) => lock('disputes', () => closeDispute(world, id, outcome)),
    settleRefunds: (outcome) => lock('refunds', () => settleRefunds(world, outcome)),
    makePayouts: () => lock('payouts', () => makePayouts(world)),
    payWithoutCheckout: (payment) => payWithoutCheckout(world, payment),
  }
}
