/** The sandbox's Paystack. */
import { createHmac } from 'node:crypto'
import { formatMoney } from '../../contract/money.ts'
import { fromSubunits } from '../../adapters/paystack/amount.ts'
import type { CheckoutView } from './checkout-view.ts'
import type { FakeContext, FakeProvider } from './fake-provider.ts'
import type { Call } from './http.ts'
import { randomId } from './ids.ts'
import { createLock } from './lock.ts'
import { PAYSTACK_TEST_CARDS } from './paystack-cards.ts'
import { createPaystackRoutes } from './paystack-routes.ts'
import type { PaystackWorld } from './paystack-state.ts'
import { closeDispute, completeCheckout, createPaystackWorld, makeSettlements, openDispute, payWithoutCheckout, settleAsync, settleRefunds } from './paystack-state.ts'
import { createWebhookSender } from './webhook-sender.ts'

async function viewOf(world: PaystackWorld, reference: string): Promise<CheckoutView | null> {
  const transaction = await world.transactions.get(reference)
  if (transaction === null) return null
  const { status } = transaction
  return {
    provider: 'paystack', amountText: formatMoney(fromSubunits(transaction.amount, transaction.currency), transaction.currency), description: transaction.reference,
    email: transaction.email, state: status === 'ongoing' ? 'challenge' : status === 'abandoned' || status === 'failed' ? 'open' : 'closed',
    message: status === 'failed' ? `${transaction.gateway_response}. Try again.` : null, cancelUrl: null, cards: PAYSTACK_TEST_CARDS,
    challengedCard: status === 'ongoing' ? transaction.card : null,
  }
}

export function createPaystackFake(context: FakeContext): FakeProvider {
  const { store, secrets, knobs } = context
  const sender = createWebhookSender({
    provider: 'paystack', store, target: context.webhookTarget, knobs, retryDelaysMs: context.retryDelaysMs,
    sign: (payload) => ({ 'x-paystack-signature': createHmac('sha512', secrets.paystackSecretKey).update(payload).digest('hex') }),
  })
  const world = createPaystackWorld({
    store, knobs, lock: createLock(), now: context.now,
    publish: (events) => sender.send(events.map((event) => ({ id: randomId('whd'), type: event.event, payload: JSON.stringify(event) }))),
  })
  let origin = ''
  const routes = createPaystackRoutes({ world, secretKey: secrets.paystackSecretKey, checkoutUrl: context.checkoutUrl, origin: () => origin })
  const locked = <T>(reference: string, work: () => Promise<T>): Promise<T> => world.lock(`reference:${reference}`, work)
  return {
    sender, paths: ['/'],
    handle: async (call: Call) => {
      origin = `http://${call.headers.host ?? ''}`
      return routes(call)
    },
    view: (id) => viewOf(world, id),
    completeCheckout: (id, payer) => locked(id, () => completeCheckout(world, id, payer)),
    settleAsync: (id, outcome) => locked(id, () => settleAsync(world, id, outcome)),
    openDispute: (ref, reason) => locked(ref, () => openDispute(world, ref, reason)),
    closeDispute: (id, outcome) => world.lock('disputes', () => closeDispute(world, id, outcome)),
    settleRefunds: (outcome) => world.lock('refunds', () => settleRefunds(world, outcome)),
    makePayouts: () => world.lock('settlements', () => makeSettlements(world)),
    payWithoutCheckout: (payment) => payWithoutCheckout(world, payment),
  }
}
