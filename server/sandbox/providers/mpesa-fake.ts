/** M-Pesa's stand-in: Daraja's STK push, a phone that somebody answers, an unsigned callback to the address each request named. */
import { formatMoney } from '../../contract/money.ts'
import type { CheckoutView } from './checkout-view.ts'
import type { FakeFactory } from './fake-provider.ts'
import { randomId } from './ids.ts'
import { createLock } from './lock.ts'
import type { TokenObject } from './mpesa-routes.ts'
import { createMpesaRoutes } from './mpesa-routes.ts'
import type { PromptObject } from './mpesa-state.ts'
import { createMpesaState, RESULTS } from './mpesa-state.ts'
import { shelfOf } from './object-store.ts'
import { createWebhookSender } from './webhook-sender.ts'

const stampOf = (at: Date): number => Number(new Date(at.getTime() + 3 * 3_600_000).toISOString().replace(/\D/g, '').slice(0, 14))

const callbackOf = (prompt: PromptObject, at: Date): object => ({
  Body: {
    stkCallback: {
      MerchantRequestID: prompt.merchantRequestId, CheckoutRequestID: prompt.id, ResultCode: Number(prompt.resultCode), ResultDesc: RESULTS[prompt.resultCode ?? ''] ?? 'Failed',
      ...(prompt.receipt === null ? {} : { CallbackMetadata: { Item: [
        { Name: 'Amount', Value: prompt.amount }, { Name: 'MpesaReceiptNumber', Value: prompt.receipt }, { Name: 'Balance' }, { Name: 'TransactionDate', Value: stampOf(at) },
        { Name: 'PhoneNumber', Value: Number(prompt.phone) },
      ] } }),
    },
  },
})

export const createMpesaFake: FakeFactory = ({ store, secrets, webhookTarget, now, knobs, retryDelaysMs }) => {
  const sender = createWebhookSender({ provider: 'mpesa', store, target: webhookTarget, knobs, retryDelaysMs, sign: () => ({}) })
  const state = createMpesaState({
    store, lock: createLock(), now,
    publish: (prompt) => sender.send([{ id: randomId('whd'), type: `stk.${prompt.resultCode ?? ''}`, target: prompt.callbackUrl, payload: JSON.stringify(callbackOf(prompt, now())) }]),
  })
  const view = async (ref: string): Promise<CheckoutView | null> => {
    const prompt = await state.current(ref)
    return prompt === null ? null : {
      provider: 'mpesa', amountText: formatMoney(BigInt(prompt.amount) * 100n, 'KES'), description: `${prompt.reference} · +${prompt.phone}`, email: null,
      state: prompt.state === 'waiting' ? 'open' : 'closed', message: prompt.state === 'done' && prompt.resultCode !== '0' ? (RESULTS[prompt.resultCode ?? ''] ?? 'Failed') : null, cancelUrl: null,
    }
  }
  return {
    sender, view, paths: ['/oauth/', '/mpesa/'],
    handle: createMpesaRoutes({ state, tokens: shelfOf<TokenObject>(store, 'mpesa', 'token'), keys: secrets.mpesa }),
    prompts: async () => (await state.open()).map(({ id, amount, phone, reference, state: at, sentAt }) => ({
      id: `${id}.${amount}`, phone: `+${phone}`, minor: amount * 100, currency: 'KES', reference, state: at === 'processing' ? at : 'waiting', sentAt: new Date(sentAt),
    })),
    completeCheckout: state.completeCheckout, settleAsync: state.settleAsync,
  }
}
