/** The M-Pesa rail: Daraja's STK push asks on the payer's phone, its query is the truth. What was moved goes back by hand only. */
import { z } from 'zod'
import type { CheckoutAttempt, PaymentProvider, ProviderPayment, StartedCheckout } from '../../domain/payments/ports.ts'
import { PaymentProviderError } from '../../domain/payments/ports.ts'
import { fromShillings, MPESA_MINIMUMS, toShillings } from './amount.ts'
import { callbackToken, parseCallback, readRequestRef, requestRef } from './callback.ts'
import type { DarajaClient, MpesaConfig } from './client.ts'
import { createDarajaClient } from './client.ts'
import { kenyanMobile, msisdn } from './phone.ts'
import { failureOf, isUnderWay } from './result.ts'

const Pushed = z.object({ CheckoutRequestID: z.string().regex(/^[A-Za-z0-9_-]{1,80}$/), ResponseCode: z.coerce.string(), ResponseDescription: z.string().default('') })
const Queried = z.object({ ResponseCode: z.coerce.string(), ResultCode: z.coerce.string(), ResultDesc: z.string().default('') })

/** `yyyyMMddHHmmss` in Nairobi, which knows no summer time. */
export const darajaTime = (at: Date): string => new Date(at.getTime() + 3 * 3_600_000).toISOString().replace(/\D/g, '').slice(0, 14)
export const darajaPassword = (shortcode: string, passkey: string, timestamp: string): string => Buffer.from(shortcode + passkey + timestamp).toString('base64')

function credentials({ shortcode, passkey }: MpesaConfig): { BusinessShortCode: string; Password: string; Timestamp: string } {
  const timestamp = darajaTime(new Date())
  return { BusinessShortCode: shortcode, Password: darajaPassword(shortcode, passkey, timestamp), Timestamp: timestamp }
}

/** The payer reads it on the phone; at most twelve letters and digits, and the end of an invoice number tells most. */
const accountReference = (description: string): string => description.replace(/^Invoice\s+/i, '').replace(/[^A-Za-z0-9]/g, '').slice(-12) || 'Invoice'

/** One code stands for a busy phone, wrong credentials and an inner fault; only its words tell. */
function faultOf({ errorCode, message }: { errorCode: string; message: string }, otherwise: 'provider_refused' | 'provider_unavailable' = 'provider_unavailable'): PaymentProviderError {
  if (/unable to lock subscriber/i.test(message)) return new PaymentProviderError('checkout_already_started', 'Another M-Pesa request is waiting on this phone')
  const code = /credential|merchant does not exist/i.test(message) ? 'provider_misconfigured' : otherwise
  return new PaymentProviderError(code, message || `M-Pesa refused the request (${errorCode})`)
}

/** One call, one prompt: who repeats it makes the phone ring twice. The domain asks once per attempt. */
async function push(client: DarajaClient, config: MpesaConfig, attempt: CheckoutAttempt): Promise<StartedCheckout> {
  const shillings = toShillings(attempt.amount)
  const phone = kenyanMobile(attempt.phone ?? '')
  if (phone === null) throw new PaymentProviderError('provider_refused', 'M-Pesa needs a mobile number of Kenya')
  const answer = await client.post('/mpesa/stkpush/v1/processrequest', {
    ...credentials(config), TransactionType: config.till === undefined ? 'CustomerPayBillOnline' : 'CustomerBuyGoodsOnline', Amount: shillings, PartyA: msisdn(phone),
    PartyB: config.till ?? config.shortcode, PhoneNumber: msisdn(phone), CallBackURL: `${config.callbackUrl}/${callbackToken(config.callbackSecrets[0], attempt.id, shillings)}`,
    AccountReference: accountReference(attempt.description), TransactionDesc: 'Invoice',
  }, Pushed)
  if (!answer.ok) throw faultOf(answer, 'provider_refused')
  if (answer.data.ResponseCode !== '0') throw new PaymentProviderError('provider_refused', answer.data.ResponseDescription)
  return {
    kind: 'push', providerRef: requestRef(answer.data.CheckoutRequestID, shillings),
    message: `A request for KES ${shillings.toLocaleString('en-US')} was sent to ${phone}. Enter your M-Pesa PIN on that phone.`,
  }
}

/** Of another shape than ours, or of another shortcode: Daraja knows nothing of it. */
const isUnknown = (errorCode: string, message: string): boolean => errorCode === '400.002.02' || /invalid checkoutrequestid/i.test(message)

async function query(client: DarajaClient, config: MpesaConfig, ref: string): Promise<ProviderPayment | null> {
  const request = readRequestRef(ref)
  const answer = await client.post('/mpesa/stkpushquery/v1/query', { ...credentials(config), CheckoutRequestID: request?.id ?? ref }, Queried)
  // Of a request that carries no sum nothing can be said that books could use.
  const facts = request && {
    providerRef: ref, paymentRef: null, attemptId: null, amount: fromShillings(request.shillings),
    refundedMinor: 0n, feeMinor: null, paidAt: null, method: null, failure: null, failureCode: null,
  }
  if (!answer.ok && isUnknown(answer.errorCode, answer.message)) return null
  if (!answer.ok && !isUnderWay(answer.errorCode, answer.message)) throw faultOf(answer)
  if (facts === null) return null
  if (!answer.ok || isUnderWay(answer.data.ResultCode, answer.data.ResultDesc)) return { ...facts, status: 'pending' }
  const { ResultCode: code, ResultDesc: words } = answer.data
  if (code === '0') return { ...facts, status: 'succeeded' }
  return { ...facts, status: 'failed', failure: `${code}: ${words}`, failureCode: failureOf(code) }
}

export function createMpesaProvider(config: MpesaConfig): PaymentProvider {
  const client = createDarajaClient(config)
  return {
    name: 'mpesa',
    label: 'M-Pesa',
    capabilities: {
      currencies: ['KES'], minimums: MPESA_MINIMUMS, hasEventId: false, sendsFailures: true, checkout: 'push', savesMethods: false, refunds: 'none', disputes: false, payouts: false, splits: false,
      steps: { KES: 100n },
    },
    createCheckout: (attempt) => push(client, config, attempt),
    readPhone: kenyanMobile,
    fetchPayment: (providerRef) => query(client, config, providerRef),
    refund: () => Promise.reject(new PaymentProviderError('provider_refused', 'M-Pesa payments are sent back by hand')),
    health: () => client.signIn().then(() => ({ ok: true, detail: 'answers' }), (error: unknown) => ({ ok: false, detail: error instanceof PaymentProviderError ? error.code : String(error) })),
    parseWebhook: (rawBody, headers) => Promise.resolve(parseCallback(config.callbackSecrets, rawBody, headers)),
  }
}
