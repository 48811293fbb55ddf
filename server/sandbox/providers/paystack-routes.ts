/** The sandbox Paystack's REST surface. */
import { z } from 'zod'
import type { Call, Reply } from './http.ts'
import { bearerOf } from './http.ts'
import { randomId } from './ids.ts'
import type { PaystackRefund, PaystackState, TransactionObject } from './paystack-state.ts'
import { publicTransaction } from './paystack-state.ts'

const MINIMUMS = { NGN: 5000, USD: 200, GHS: 10, ZAR: 100, KES: 300, XOF: 100 } as const
const Currency = z.enum(['NGN', 'USD', 'GHS', 'ZAR', 'KES', 'XOF'])
const Subunits = z.union([z.int(), z.string().regex(/^\d+$/).transform(Number)]).pipe(z.int().min(1))
const Metadata = z.union([z.string(), z.record(z.string(), z.unknown())])

const Initialize = z.strictObject({
  email: z.email(), amount: Subunits, currency: Currency.default('NGN'), reference: z.string().regex(/^[A-Za-z0-9.=-]{1,100}$/).optional(),
  callback_url: z.url({ protocol: /^https?$/ }).optional(), channels: z.array(z.string()).optional(), metadata: Metadata.optional(),
  plan: z.string().optional(), subaccount: z.string().optional(), split_code: z.string().optional(), bearer: z.enum(['account', 'subaccount']).optional(),
  transaction_charge: z.int().optional(),
})
const ChargeAuthorization = Initialize.extend({ authorization_code: z.string().min(1), queue: z.boolean().optional() })
const Refund = z.strictObject({
  transaction: z.union([z.string(), z.int()]), amount: Subunits.optional(), currency: Currency.optional(),
  merchant_note: z.string().max(200).optional(), customer_note: z.string().optional(),
})

const ok = (message: string, data: unknown): Reply => ({ status: 200, body: { status: true, message, data } })
const fault = (status: number, message: string, code: string): Reply => ({ status, body: { status: false, message, code, type: 'validation_error', meta: { nextStep: 'Check the request' } } })
const duplicate = (): Reply => fault(400, 'Duplicate Transaction Reference', 'duplicate_reference')

export type PaystackRouteOptions = { readonly state: PaystackState; readonly secretKey: string; readonly checkoutUrl: (reference: string) => string }

function parseBody<S extends z.ZodType>(schema: S, call: Call): { ok: true; data: z.output<S> } | { ok: false; reply: Reply } {
  let json: unknown
  try {
    json = JSON.parse(call.body)
  } catch {
    return { ok: false, reply: fault(400, 'Invalid JSON', 'invalid_json') }
  }
  const parsed = schema.safeParse(json)
  if (parsed.success) return { ok: true, data: parsed.data }
  const issue = parsed.error.issues[0]
  return { ok: false, reply: fault(400, `${issue?.path.join('.') ?? ''}: ${issue?.message ?? 'invalid'}`, 'invalid_params') }
}

type Order = z.output<typeof Initialize>
const newTransaction = (order: Order) => ({
  reference: order.reference ?? randomId('T', 15).slice(2), amount: order.amount, currency: order.currency, email: order.email,
  metadata: order.metadata ?? '', callback_url: order.callback_url ?? null,
})
const tooSmall = (order: Order): Reply | null =>
  order.amount < MINIMUMS[order.currency] ? fault(400, `Amount is below the minimum for ${order.currency}`, 'invalid_amount') : null

async function initialize({ state, checkoutUrl }: PaystackRouteOptions, call: Call): Promise<Reply> {
  const body = parseBody(Initialize, call)
  if (!body.ok) return body.reply
  const refused = tooSmall(body.data)
  if (refused !== null) return refused
  const started = await state.initialize(newTransaction(body.data))
  if (started === 'duplicate') return duplicate()
  return ok('Authorization URL created', { authorization_url: checkoutUrl(started.reference), access_code: started.access_code, reference: started.reference })
}

async function chargeAuthorization({ state }: PaystackRouteOptions, call: Call): Promise<Reply> {
  const body = parseBody(ChargeAuthorization, call)
  if (!body.ok) return body.reply
  const refused = tooSmall(body.data)
  if (refused !== null) return refused
  const charged = await state.chargeAuthorization(body.data.authorization_code, newTransaction(body.data))
  if (charged === 'duplicate') return duplicate()
  return charged === 'unknown_authorization' ? fault(400, 'Authorization code is invalid', 'invalid_authorization') : ok('Charge attempted', publicTransaction(charged))
}

const byIdOrReference = async (state: PaystackState, key: string): Promise<TransactionObject | null> =>
  (await state.transactions.get(key)) ?? (await state.transactions.list()).find((transaction) => String(transaction.id) === key) ?? null

const publicRefund = (refund: PaystackRefund): object => ({
  ...refund, domain: 'test', integration: 1, deducted_amount: refund.amount, channel: null, customer_note: null, refunded_by: null, expected_at: refund.created_at,
  refunded_at: refund.created_at, createdAt: refund.created_at, updatedAt: refund.created_at,
})

async function createRefund({ state }: PaystackRouteOptions, call: Call): Promise<Reply> {
  const body = parseBody(Refund, call)
  if (!body.ok) return body.reply
  const transaction = await byIdOrReference(state, String(body.data.transaction))
  if (transaction === null) return fault(404, 'Transaction not found', 'transaction_not_found')
  if (body.data.currency !== undefined && body.data.currency !== transaction.currency) return fault(400, 'Currency does not match the transaction', 'invalid_params')
  const refund = await state.refund(transaction.reference, body.data.amount, body.data.merchant_note ?? '')
  if (refund === 'not_paid') return fault(400, 'Transaction has not been paid', 'transaction_not_refundable')
  if (refund === 'too_much' || refund === null) return fault(400, 'Refund amount is more than what is left of the transaction', 'invalid_amount')
  return ok('Refund has been queued for processing', publicRefund(refund))
}

async function listRefunds({ state }: PaystackRouteOptions, call: Call): Promise<Reply> {
  const key = call.query.get('transaction') ?? call.query.get('reference')
  const all = await state.refunds.list()
  const chosen = key === null ? all : all.filter((refund) => String(refund.transaction) === key || refund.transaction_reference === key)
  return ok('Refunds retrieved', chosen.map(publicRefund))
}

export function createPaystackRoutes(options: PaystackRouteOptions) {
  const { state } = options
  return async (call: Call): Promise<Reply> => {
    if (bearerOf(call) !== options.secretKey) return fault(401, 'Invalid key', 'invalid_Key')
    const target = `${call.method} ${call.path}`
    if (target === 'POST /transaction/initialize') return initialize(options, call)
    if (target === 'POST /transaction/charge_authorization') return chargeAuthorization(options, call)
    if (target === 'POST /refund') return createRefund(options, call)
    if (target === 'GET /refund') return listRefunds(options, call)
    const verify = /^GET \/transaction\/verify\/([^/]+)$/.exec(target)
    if (verify !== null) {
      const transaction = await state.transactions.get(decodeURIComponent(verify[1] ?? ''))
      return transaction === null ? fault(400, 'Transaction reference not found.', 'transaction_not_found') : ok('Verification successful', publicTransaction(transaction))
    }
    return fault(404, 'Route not found', 'not_found')
  }
}
