/** Stripe and Paystack in one small HTTP server of ours: real protocols, real signatures, no money. */
import { createHmac } from 'node:crypto'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { formatMoney } from '../../contract/money.ts'
import { fromSubunits } from '../../adapters/paystack/amount.ts'
import { fromStripeAmount } from '../../adapters/stripe/amount.ts'
import type { CheckoutView } from './checkout-view.ts'
import type { Call, Reply } from './http.ts'
import { readCall, sendReply } from './http.ts'
import { randomId } from './ids.ts'
import { createLock } from './lock.ts'
import type { ObjectStore, ProviderName } from './object-store.ts'
import { createPaystackRoutes } from './paystack-routes.ts'
import { createPaystackState } from './paystack-state.ts'
import { createIdempotency } from './stripe-idempotency.ts'
import { createStripeRoutes } from './stripe-routes.ts'
import type { CheckoutOutcome, CheckoutResult } from './stripe-state.ts'
import { createStripeState } from './stripe-state.ts'
import type { Delivery, Knobs } from './webhook-sender.ts'
import { CALM, createWebhookSender } from './webhook-sender.ts'

export type ProviderServerOptions = {
  readonly store: ObjectStore
  readonly secrets: { readonly stripeApiKey: string; readonly stripeWebhookSecret: string; readonly paystackSecretKey: string }
  readonly webhookTargets: Readonly<Record<ProviderName, string>>
  /** Public address of the pay page. */
  readonly checkoutUrl: (provider: ProviderName, id: string) => string
  /** Business time: creation and expiry of objects. Signatures carry real time. */
  readonly now: () => Date
  readonly knobs?: Partial<Knobs>
  readonly retryDelaysMs?: readonly number[]
}

export type ProviderServer = {
  readonly handler: (request: IncomingMessage, response: ServerResponse) => void
  completeCheckout(provider: ProviderName, id: string, outcome: CheckoutOutcome): Promise<CheckoutResult>
  settleAsync(provider: ProviderName, id: string, outcome: 'success' | 'failure'): Promise<CheckoutResult>
  checkoutView(provider: ProviderName, id: string): Promise<CheckoutView | null>
  setKnobs(change: Partial<Knobs>): Knobs
  deliveries(provider: ProviderName): Promise<readonly Delivery[]>
  /** Takes up deliveries that an earlier process left; call once at start. */
  resume(): Promise<void>
  idle(): Promise<void>
  close(): Promise<void>
}

const RETRY_DELAYS_MS = [1_000, 5_000, 15_000, 60_000, 300_000] as const
const DECLINED = 'The card was declined. Try again.'

function stripeSignature(payload: string, secret: string): Record<string, string> {
  const time = Math.floor(Date.now() / 1000)
  return { 'stripe-signature': `t=${time},v1=${createHmac('sha256', secret).update(`${time}.${payload}`).digest('hex')}` }
}

function createStripe(options: ProviderServerOptions, knobs: () => Knobs) {
  const { store, secrets } = options
  const lock = createLock()
  const nowSeconds = () => Math.floor(options.now().getTime() / 1000)
  let apiVersion = '2026-10-28.endive'
  const sender = createWebhookSender({
    provider: 'stripe', store, target: options.webhookTargets.stripe, knobs, retryDelaysMs: options.retryDelaysMs ?? RETRY_DELAYS_MS,
    sign: (payload) => stripeSignature(payload, secrets.stripeWebhookSecret),
  })
  const state = createStripeState({
    store, lock, nowSeconds, apiVersion: () => apiVersion,
    publish: (events) => sender.send(events.map((event) => ({ id: event.id, type: event.type, payload: JSON.stringify(event) }))),
  })
  const routes = createStripeRoutes({ state, apiKey: secrets.stripeApiKey, nowSeconds, checkoutUrl: (id) => options.checkoutUrl('stripe', id) })
  const idempotent = createIdempotency(store, lock, nowSeconds)
  const handle = async (call: Call): Promise<Reply> => {
    const version = call.headers['stripe-version']
    if (typeof version === 'string') apiVersion = version
    const reply = await idempotent(call, () => routes(call))
    return { ...reply, headers: { ...reply.headers, 'request-id': randomId('req', 14), 'stripe-version': apiVersion } }
  }
  const view = async (id: string): Promise<CheckoutView | null> => {
    const session = await state.current(id)
    if (session === null) return null
    const currency = session.currency.toUpperCase()
    const intent = session.payment_intent === null ? null : await state.intents.get(session.payment_intent)
    return {
      provider: 'stripe', amountText: formatMoney(fromStripeAmount(session.amount_total, currency), currency), description: session.metadata['invoice_id'] ?? '',
      email: session.customer_email, state: session.status === 'open' ? 'open' : 'closed', message: intent?.last_payment_error == null ? null : DECLINED, cancelUrl: session.cancel_url,
    }
  }
  return { state, sender, handle, view }
}

function createPaystack(options: ProviderServerOptions, knobs: () => Knobs) {
  const { store, secrets } = options
  const sender = createWebhookSender({
    provider: 'paystack', store, target: options.webhookTargets.paystack, knobs, retryDelaysMs: options.retryDelaysMs ?? RETRY_DELAYS_MS,
    sign: (payload) => ({ 'x-paystack-signature': createHmac('sha512', secrets.paystackSecretKey).update(payload).digest('hex') }),
  })
  const state = createPaystackState({
    store, lock: createLock(), now: options.now,
    publish: (events) => sender.send(events.map((event) => ({ id: randomId('whd'), type: event.event, payload: JSON.stringify(event) }))),
  })
  const handle = createPaystackRoutes({ state, secretKey: secrets.paystackSecretKey, checkoutUrl: (reference) => options.checkoutUrl('paystack', reference) })
  const view = async (reference: string): Promise<CheckoutView | null> => {
    const transaction = await state.transactions.get(reference)
    if (transaction === null) return null
    const open = transaction.status === 'abandoned' || transaction.status === 'failed'
    return {
      provider: 'paystack', amountText: formatMoney(fromSubunits(transaction.amount, transaction.currency), transaction.currency), description: transaction.reference,
      email: transaction.email, state: open ? 'open' : 'closed', message: transaction.status === 'failed' ? DECLINED : null, cancelUrl: null,
    }
  }
  return { state, sender, handle, view }
}

export function createProviderServer(options: ProviderServerOptions): ProviderServer {
  const knobs: Knobs = { ...CALM, ...options.knobs }
  const providers = { stripe: createStripe(options, () => knobs), paystack: createPaystack(options, () => knobs) }

  async function answer(request: IncomingMessage): Promise<Reply> {
    const call = await readCall(request)
    if (call === 'too_large') return { status: 413, body: { error: { type: 'invalid_request_error', message: 'Request body is too large.' } } }
    return call.path.startsWith('/v1/') ? providers.stripe.handle(call) : providers.paystack.handle(call)
  }

  const each = async (work: (sender: (typeof providers)['stripe']['sender']) => Promise<void>): Promise<void> => {
    await Promise.all(Object.values(providers).map(({ sender }) => work(sender)))
  }
  return {
    handler: (request, response) => {
      const fault: Reply = { status: 500, body: { error: { type: 'api_error', message: 'Sandbox fault' } } }
      void answer(request).catch(() => fault).then((reply) => { sendReply(response, reply) })
    },
    completeCheckout: (provider, id, outcome) => providers[provider].state.completeCheckout(id, outcome),
    settleAsync: (provider, id, outcome) => providers[provider].state.settleAsync(id, outcome),
    checkoutView: (provider, id) => providers[provider].view(id),
    setKnobs: (change) => Object.assign(knobs, change),
    deliveries: async (provider) => (await options.store.list(provider, 'webhook_delivery')) as unknown as readonly Delivery[],
    resume: () => each((sender) => sender.resume()),
    idle: () => each((sender) => sender.idle()),
    close: () => each((sender) => sender.close()),
  }
}
