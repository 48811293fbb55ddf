/** The sandbox Stripe's REST surface, as much as the product calls. */
import { parseForm, withLists } from './form.ts'
import type { Call, Reply } from './http.ts'
import { bearerOf } from './http.ts'
import { newSession, publicSession } from './stripe-objects.ts'
import { RefundCreate, SessionCreate, minimumOf, paramFault } from './stripe-params.ts'
import type { StripeState } from './stripe-state.ts'

const MAX_SESSION_S = 24 * 3600
const MIN_SESSION_S = 30 * 60

const ok = (body: unknown): Reply => ({ status: 200, body })
const fault = (status: number, message: string, code?: string, param?: string): Reply => ({
  status, body: { error: { type: 'invalid_request_error', message, ...(code === undefined ? {} : { code }), ...(param === undefined ? {} : { param }) } },
})
const missing = (what: string, id: string): Reply => fault(404, `No such ${what}: '${id}'`, 'resource_missing', 'id')

export type StripeRouteOptions = {
  readonly state: StripeState; readonly apiKey: string; readonly nowSeconds: () => number; readonly checkoutUrl: (id: string) => string
}

function expander(state: StripeState) {
  const lookUp = async (id: string): Promise<object | null> => {
    if (id.startsWith('pi_')) return state.intents.get(id)
    if (id.startsWith('ch_')) return state.charges.get(id)
    if (id.startsWith('txn_')) return state.balanceTransactions.get(id)
    return null
  }
  return async function expand(object: object, path: readonly string[]): Promise<object> {
    const [field, ...rest] = path
    if (field === undefined) return object
    const value: unknown = Reflect.get(object, field)
    const found = typeof value === 'string' ? await lookUp(value) : typeof value === 'object' ? value : null
    return found === null ? object : { ...object, [field]: await expand(found, rest) }
  }
}

function expandPaths(call: Call, body: unknown): string[] {
  const inQuery = [...call.query].filter(([name]) => name.startsWith('expand[')).map(([, value]) => value)
  const inBody = typeof body === 'object' && body !== null ? (Reflect.get(body, 'expand') as unknown) : undefined
  return [...inQuery, ...(Array.isArray(inBody) ? inBody.filter((path) => typeof path === 'string') : [])]
}

async function createSession({ state, nowSeconds, checkoutUrl }: StripeRouteOptions, body: unknown): Promise<Reply> {
  const parsed = SessionCreate.safeParse(body)
  if (!parsed.success) {
    const { message, code, param } = paramFault(parsed.error)
    return fault(400, message, code, param)
  }
  const params = parsed.data
  const now = nowSeconds()
  const currencies = new Set(params.line_items.map((item) => item.price_data.currency))
  const currency = [...currencies][0] ?? ''
  const amount = params.line_items.reduce((sum, item) => sum + item.quantity * item.price_data.unit_amount, 0)
  if (currencies.size > 1) return fault(400, 'All line items must use one currency.', 'parameter_invalid', 'line_items')
  if (amount < minimumOf(currency)) return fault(400, 'The total is below the minimum charge amount.', 'amount_too_small', 'line_items')
  const expiresAt = params.expires_at ?? now + MAX_SESSION_S
  if (expiresAt < now + MIN_SESSION_S - 60 || expiresAt > now + MAX_SESSION_S + 60) {
    return fault(400, 'expires_at must be between 30 minutes and 24 hours from now.', 'parameter_invalid', 'expires_at')
  }
  const session = newSession({
    amount, currency, now, expiresAt, successUrl: params.success_url, cancelUrl: params.cancel_url ?? null, email: params.customer_email ?? null,
    reference: params.client_reference_id ?? null, metadata: params.metadata, intentMetadata: params.payment_intent_data.metadata,
    description: params.payment_intent_data.description ?? null, urlOf: checkoutUrl,
  })
  return ok(publicSession(await state.saveSession(session)))
}

async function createRefund(state: StripeState, body: unknown): Promise<Reply> {
  const parsed = RefundCreate.safeParse(body)
  if (!parsed.success) {
    const { message, code, param } = paramFault(parsed.error)
    return fault(400, message, code, param)
  }
  const { payment_intent: intentId, charge, amount, metadata } = parsed.data
  const chargeId = charge ?? (intentId === undefined ? undefined : (await state.intents.get(intentId))?.latest_charge)
  if (chargeId === undefined) return missing('payment_intent', intentId ?? '')
  const refund = chargeId === null ? null : await state.refundCharge(chargeId, amount, metadata)
  if (refund === null) return fault(400, 'This payment has no successful charge to refund.', 'charge_not_refundable')
  return refund === 'too_much' ? fault(400, 'Refund amount is greater than what is left of the charge.', 'charge_already_refunded', 'amount') : ok(refund)
}

async function expireSession(state: StripeState, id: string): Promise<Reply> {
  const expired = await state.expireSession(id)
  if (expired === null) return missing('checkout.session', id)
  return expired === 'not_open' ? fault(400, 'Only open sessions can be expired.') : ok(publicSession(expired))
}

async function listEvents(state: StripeState, query: URLSearchParams): Promise<Reply> {
  const limit = Math.min(100, Math.max(1, Number(query.get('limit') ?? '10') || 10))
  const type = query.get('type')
  const all = [...(await state.events.list())].reverse().filter((event) => type === null || event.type === type)
  const after = query.get('starting_after')
  const from = after === null ? 0 : all.findIndex((event) => event.id === after) + 1
  const data = all.slice(from, from + limit)
  return ok({ object: 'list', url: '/v1/events', has_more: from + limit < all.length, data })
}

async function retrieve(state: StripeState, kind: string, id: string): Promise<Reply> {
  const session = kind === 'checkout/sessions' ? await state.current(id) : null
  if (session !== null) return ok(publicSession(session))
  const shelves = {
    payment_intents: state.intents, charges: state.charges, refunds: state.refunds, events: state.events, balance_transactions: state.balanceTransactions,
  }
  const shelf = Object.entries(shelves).find(([name]) => name === kind)?.[1]
  const found = shelf === undefined ? null : await shelf.get(id)
  return found === null ? missing(kind.replace('checkout/sessions', 'checkout.session').replace(/s$/, ''), id) : ok(found)
}

async function route(options: StripeRouteOptions, call: Call, body: unknown): Promise<Reply> {
  const { state } = options
  const target = `${call.method} ${call.path}`
  if (target === 'POST /v1/checkout/sessions') return createSession(options, body)
  if (target === 'POST /v1/refunds') return createRefund(state, body)
  if (target === 'GET /v1/events') return listEvents(state, call.query)
  const expire = /^POST \/v1\/checkout\/sessions\/([^/]+)\/expire$/.exec(target)
  if (expire !== null) return expireSession(state, expire[1] ?? '')
  const read = /^GET \/v1\/(checkout\/sessions|payment_intents|charges|refunds|events|balance_transactions)\/([^/]+)$/.exec(target)
  return read === null ? fault(404, `Unrecognized request URL (${call.method}: ${call.path}).`) : retrieve(state, read[1] ?? '', read[2] ?? '')
}

export function createStripeRoutes(options: StripeRouteOptions) {
  const expand = expander(options.state)
  return async (call: Call): Promise<Reply> => {
    if (bearerOf(call) !== options.apiKey) return fault(401, 'Invalid API Key provided.')
    const body = call.method === 'POST' ? withLists(parseForm(call.body)) : undefined
    const reply = await route(options, call, body)
    if (reply.status !== 200 || typeof reply.body !== 'object' || reply.body === null) return reply
    let object: object = reply.body
    for (const path of expandPaths(call, body)) object = await expand(object, path.split('.'))
    return ok(object)
  }
}
