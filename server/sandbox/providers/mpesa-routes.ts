/** The sandbox Daraja: token, STK push and its query. */
import { randomBytes } from 'node:crypto'
import { z } from 'zod'
import { darajaPassword } from '../../adapters/mpesa/mpesa-provider.ts'
import type { Call, Reply } from './http.ts'
import { bearerOf } from './http.ts'
import { randomId } from './ids.ts'
import type { MpesaState } from './mpesa-state.ts'
import { RESULTS } from './mpesa-state.ts'
import type { Shelf } from './object-store.ts'

export type MpesaKeys = { readonly consumerKey: string; readonly consumerSecret: string; readonly shortcode: string; readonly passkey: string }
export type TokenObject = { readonly token: string; readonly until: number }
export type MpesaRouteOptions = { readonly state: MpesaState; readonly tokens: Shelf<TokenObject>; readonly keys: MpesaKeys }

const TOKEN_SECONDS = 3599
const Signed = z.object({ BusinessShortCode: z.coerce.string(), Password: z.string(), Timestamp: z.string().regex(/^\d{14}$/) })
const Push = Signed.extend({
  TransactionType: z.enum(['CustomerPayBillOnline', 'CustomerBuyGoodsOnline']), Amount: z.int().min(1).max(250_000), PartyA: z.string(), PartyB: z.string(),
  PhoneNumber: z.string().regex(/^254[17]\d{8}$/), CallBackURL: z.url({ protocol: /^https?$/ }), AccountReference: z.string().min(1).max(12), TransactionDesc: z.string().min(1).max(13),
})
const Query = Signed.extend({ CheckoutRequestID: z.string() })

const ok = (body: object): Reply => ({ status: 200, body })
const fault = (status: number, errorCode: string, errorMessage: string): Reply => ({ status, body: { requestId: randomId('req', 12), errorCode, errorMessage } })

async function generate({ tokens, keys }: MpesaRouteOptions, call: Call): Promise<Reply> {
  const expected = `Basic ${Buffer.from(`${keys.consumerKey}:${keys.consumerSecret}`).toString('base64')}`
  if (call.headers.authorization !== expected || call.query.get('grant_type') !== 'client_credentials') return { status: 400, body: {} }
  const token = randomBytes(18).toString('base64url')
  await tokens.put(token, { token, until: Date.now() + TOKEN_SECONDS * 1000 })
  return ok({ access_token: token, expires_in: String(TOKEN_SECONDS) })
}

const isSigned = ({ keys }: MpesaRouteOptions, { BusinessShortCode, Password, Timestamp }: z.output<typeof Signed>): boolean =>
  BusinessShortCode === keys.shortcode && Password === darajaPassword(keys.shortcode, keys.passkey, Timestamp)

async function push(options: MpesaRouteOptions, body: unknown): Promise<Reply> {
  const parsed = Push.safeParse(body)
  if (!parsed.success) return fault(400, '400.002.02', `Bad Request - Invalid ${parsed.error.issues[0]?.path.join('.') ?? 'body'}`)
  if (!isSigned(options, parsed.data)) return fault(500, '500.001.1001', 'Wrong credentials')
  const { Amount, PhoneNumber, CallBackURL, AccountReference } = parsed.data
  const prompt = await options.state.send({ amount: Amount, phone: PhoneNumber, callbackUrl: CallBackURL, reference: AccountReference })
  if (prompt === 'busy') return fault(500, '500.001.1001', 'Unable to lock subscriber, a transaction is already in process for the current subscriber')
  return ok({
    MerchantRequestID: prompt.merchantRequestId, CheckoutRequestID: prompt.id, ResponseCode: '0', ResponseDescription: 'Success. Request accepted for processing',
    CustomerMessage: 'Success. Request accepted for processing',
  })
}

/** It tells the result, never the sum nor the receipt: those come by callback alone. */
async function query(options: MpesaRouteOptions, body: unknown): Promise<Reply> {
  const parsed = Query.safeParse(body)
  if (parsed.success && !isSigned(options, parsed.data)) return fault(500, '500.001.1001', 'Wrong credentials')
  const prompt = parsed.success ? await options.state.current(parsed.data.CheckoutRequestID) : null
  if (prompt === null) return fault(400, '400.002.02', 'Bad Request - Invalid CheckoutRequestID')
  if (prompt.resultCode === null) return fault(500, '500.001.1001', 'The transaction is being processed')
  return ok({
    ResponseCode: '0', ResponseDescription: 'The service request has been accepted successsfully', MerchantRequestID: prompt.merchantRequestId, CheckoutRequestID: prompt.id,
    ResultCode: prompt.resultCode, ResultDesc: RESULTS[prompt.resultCode] ?? 'Failed',
  })
}

const jsonOf = (text: string): unknown => {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}

export function createMpesaRoutes(options: MpesaRouteOptions) {
  return async (call: Call): Promise<Reply> => {
    const target = `${call.method} ${call.path}`
    if (target === 'GET /oauth/v1/generate') return generate(options, call)
    const token = await options.tokens.get(bearerOf(call))
    if (token === null || token.until < Date.now()) return fault(404, '404.001.03', 'Invalid Access Token')
    if (target === 'POST /mpesa/stkpush/v1/processrequest') return push(options, jsonOf(call.body))
    if (target === 'POST /mpesa/stkpushquery/v1/query') return query(options, jsonOf(call.body))
    return fault(404, '404.001.01', 'Resource not found')
  }
}
