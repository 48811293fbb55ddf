/** Flutterwave's stand-in: API v3, hosted checkout, tokens, chargebacks that are never announced. */
import { formatMoney } from '../../contract/money.ts'
import type { CheckoutView } from './checkout-view.ts'
import type { FakeFactory } from './fake-provider.ts'
import { FLUTTERWAVE_TEST_CARDS, publicTransaction } from './flutterwave-objects.ts'
import { createFlutterwaveRoutes } from './flutterwave-routes.ts'
import { createFlutterwaveState } from './flutterwave-state.ts'
import { randomId } from './ids.ts'
import { createLock } from './lock.ts'
import { createWebhookSender } from './webhook-sender.ts'

export const createFlutterwaveFake: FakeFactory = ({ store, secrets, webhookTarget, checkoutUrl, now, knobs, retryDelaysMs }) => {
  const sender = createWebhookSender({
    provider: 'flutterwave', store, target: webhookTarget, knobs, retryDelaysMs, sign: () => ({ 'verif-hash': secrets.flutterwaveSecretHash }),
  })
  const state = createFlutterwaveState({
    store, lock: createLock(), now, refunds: () => knobs().refunds,
    publish: (event, transaction) => sender.send([{
      id: randomId('whd'), type: event, payload: JSON.stringify({ event, data: { ...publicTransaction(transaction), meta: undefined }, meta_data: transaction.meta, 'event.type': 'CARD_TRANSACTION' }),
    }]),
  })
  const view = async (ref: string): Promise<CheckoutView | null> => {
    const order = await state.orders.get(ref)
    if (order === null) return null
    const closed = (await state.triesOf(ref)).some(({ status }) => status !== 'failed')
    return {
      provider: 'flutterwave', amountText: formatMoney(BigInt(order.minor), order.currency), description: ref, email: order.email,
      state: closed ? 'closed' : (order.challenge === null ? 'open' : 'challenge'), message: order.message === null ? null : `${order.message}. Try again.`, cancelUrl: null,
      cards: FLUTTERWAVE_TEST_CARDS, challengedCard: order.challenge,
    }
  }
  return {
    sender, view, paths: ['/v3/'], handle: createFlutterwaveRoutes({ state, secretKey: secrets.flutterwaveSecretKey, checkoutUrl }),
    completeCheckout: state.completeCheckout, settleAsync: state.settleAsync, openDispute: state.openDispute, closeDispute: state.closeDispute,
    settleRefunds: state.settleRefunds, makePayouts: state.makePayouts, payWithoutCheckout: state.payWithoutCheckout,
  }
}
