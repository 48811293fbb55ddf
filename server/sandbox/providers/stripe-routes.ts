/** The sandbox Stripe's writing calls, as much as the product makes. */
import { parseForm, withLists } from './form.ts'
import type { Call, Reply } from './http.ts'
import { bearerOf } from './http.ts'
import { chargeOffSession } from './stripe-card-payments.ts'
import { answerDispute, refundCharge } from './stripe-money.ts'
import type { Plan } from './stripe-objects.ts'
import { newCustomer, newSession } from './stripe-objects.ts'
import type { SessionParams } from './stripe-params.ts'
import { CustomerCreate, DisputeUpdate, IntentCreate, RefundCreate, SessionCreate, isWholeUnit, minimumOf } from './stripe-params.ts'
import { expandReply, readStripe } from './stripe-reads.ts'
import { cardRefused, fault, missing, ok, parseParams } from './stripe-replies.ts'
import { expireSession, saveSession } from './stripe-state.ts'
import type { StripeWorld } from './stripe-world.ts'

const MAX_SESSION_S = 24 * 3600
const MIN_SESSION_S = 30 * 60

export type StripeRouteOptions = { readonly world: StripeWorld; readonly apiKey: string; readonly checkoutUrl: (id: string) => string }

type Connect = { application_fee_amount?: number | undefined; on_behalf_of?: string | undefined; transfer_data?: { destination: string } | undefined }

/** Rules of every sum that is to be charged. */
function amountFault(amount: number, currency: string, connect: Connect, param: string): Reply | null {
  if (amount < minimumOf(currency)) return fault(400, 'The total is below the minimum charge amount.', 'amount_too_small', param)
  if (!isWholeUnit(amount, currency)) return fault(400, `Invalid amount for ${currency}: the last digits must be zero.`, 'parameter_invalid_integer', param)
  const { transfer_data: to, application_fee_amount: fee } = connect
  if (to !== undefined && !/^acct_[A-Za-z0-9]+$/.test(to.destination)) return missing('destination', to.destination, 'transfer_data[destination]')
  if (fee !== undefined && to === undefined) return fault(400, 'An application fee needs transfer_data[destination].', 'parameter_invalid', 'application_fee_amount')
  return fee !== undefined && fee > amount ? fault(400, 'The application fee is more than the amount.', 'parameter_invalid', 'application_fee_amount') : null
}

type Sum = { amount: number | null; currency: string; plan: Plan } | { reply: Reply }

function sumOf(params: SessionParams): Sum {
  if (params.mode === 'setup') {
    const { metadata, description = null } = params.setup_intent_data
    return { amount: null, currency: params.currency, plan: { metadata, description } }
  }
  const currencies = new Set(params.line_items.map((item) => item.price_data.currency))
  const currency = [...currencies][0] ?? ''
  if (currencies.size > 1) return { reply: fault(400, 'All line items must use one currency.', 'parameter_invalid', 'line_items') }
  const amount = params.line_items.reduce((sum, item) => sum + item.quantity * item.price_data.unit_amount, 0)
  const { description = null, ...plan } = params.payment_intent_data
  const refused = amountFault(amount, currency, plan, 'line_items')
  return refused === null ? { amount, currency, plan: { ...plan, description } } : { reply: refused }
}

async function createSession({ world, checkoutUrl }: StripeRouteOptions, body: unknown): Promise<Reply> {
  const parsed = parseParams(SessionCreate, body)
  if (!parsed.ok) return parsed.reply
  const { params } = parsed
  const sum = sumOf(params)
  if ('reply' in sum) return sum.reply
  const now = world.nowSeconds()
  const expiresAt = params.expires_at ?? now + MAX_SESSION_S
  if (expiresAt < now + MIN_SESSION_S - 60 || expiresAt > now + MAX_SESSION_S + 60) {
    return fault(400, 'expires_at must be between 30 minutes and 24 hours from now.', 'parameter_invalid', 'expires_at')
  }
  if (params.customer !== undefined && (params.customer_email !== undefined || params.customer_creation !== undefined)) {
    return fault(400, 'You may only specify one of these parameters: customer, customer_email, customer_creation.', 'parameter_invalid', 'customer')
  }
  const customer = params.customer === undefined ? null : await world.customers.get(params.customer)
  if (params.customer !== undefined && customer === null) return missing('customer', params.customer, 'customer')
  const session = newSession({
    mode: params.mode, amount: sum.amount, currency: sum.currency, now, expiresAt, successUrl: params.success_url, cancelUrl: params.cancel_url ?? null,
    email: params.customer_email ?? customer?.email ?? null, customer: customer?.id ?? null, customerCreation: params.customer_creation ?? 'if_required',
    reference: params.client_reference_id ?? null, metadata: params.metadata, plan: sum.plan, urlOf: checkoutUrl,
  })
  return ok(await saveSession(world, session))
}

const DETACHED = 'The provided PaymentMethod was detached from its customer or never saved for one. It may not be used again.'

async function createIntent(world: StripeWorld, body: unknown): Promise<Reply> {
  const parsed = parseParams(IntentCreate, body)
  if (!parsed.ok) return parsed.reply
  const { amount, currency, customer, payment_method: methodId, description = null, receipt_email: email = null, metadata, ...connect } = parsed.params
  const refused = amountFault(amount, currency, connect, 'amount')
  if (refused !== null) return refused
  const method = await world.methods.get(methodId)
  if (method === null) return missing('PaymentMethod', methodId, 'payment_method')
  if (method.customer === null) return fault(400, DETACHED, 'payment_method_unexpected_state', 'payment_method')
  if (method.customer !== customer) return fault(400, 'The PaymentMethod does not belong to the Customer.', undefined, 'payment_method')
  const { application_fee_amount, on_behalf_of, transfer_data } = connect
  const plan: Plan = { metadata, description, application_fee_amount, on_behalf_of, transfer_data }
  const { intent, error } = await chargeOffSession(world, { amount, currency, customer, method, email, plan })
  return error === null ? ok(intent) : cardRefused(error, intent)
}

async function createRefund(world: StripeWorld, body: unknown): Promise<Reply> {
  const parsed = parseParams(RefundCreate, body)
  if (!parsed.ok) return parsed.reply
  const { payment_intent: intentId, charge, amount, metadata, reverse_transfer, refund_application_fee } = parsed.params
  const chargeId = charge ?? (intentId === undefined ? undefined : (await world.intents.get(intentId))?.latest_charge)
  if (chargeId === undefined) return missing('payment_intent', intentId ?? '')
  const how = { amount, metadata, reverses: reverse_transfer === 'true', refundsFee: refund_application_fee === 'true' }
  const refund = chargeId === null ? null : await world.lock(`charge:${chargeId}`, () => refundCharge(world, chargeId, how))
  if (refund === null) return fault(400, 'This payment has no successful charge to refund.', 'charge_not_refundable')
  if (refund === 'not_shared') return fault(400, 'Charge has no transfer to reverse.', 'parameter_invalid', 'reverse_transfer')
  if (refund === 'no_fee') return fault(400, `Attempting to refund_application_fee on ${chargeId}, but it has no application fee`, 'parameter_invalid', 'refund_application_fee')
  if (refund === 'disputed') return fault(400, 'Charge has been charged back; cannot issue a refund.', 'charge_disputed')
  return refund === 'too_much' ? fault(400, 'Refund amount is greater than what is left of the charge.', 'charge_already_refunded', 'amount') : ok(refund)
}

async function createCustomer(world: StripeWorld, body: unknown): Promise<Reply> {
  const parsed = parseParams(CustomerCreate, body)
  if (!parsed.ok) return parsed.reply
  const customer = newCustomer(parsed.params.email ?? null, parsed.params.metadata, world.nowSeconds())
  await world.customers.put(customer.id, customer)
  return ok(customer)
}

async function expire(world: StripeWorld, id: string): Promise<Reply> {
  const expired = await world.lock(`session:${id}`, () => expireSession(world, id))
  if (expired === null) return missing('checkout.session', id)
  return expired === 'not_open' ? fault(400, 'Only open sessions can be expired.') : ok(expired)
}

async function detach(world: StripeWorld, id: string): Promise<Reply> {
  const method = await world.methods.get(id)
  if (method === null) return missing('PaymentMethod', id)
  if (method.customer === null) return fault(400, 'The payment method you provided is not attached to a customer so detachment is impossible.')
  const detached = { ...method, customer: null }
  await world.methods.put(id, detached)
  await world.record([['payment_method.detached', detached]])
  return ok(detached)
}

async function updateDispute(world: StripeWorld, id: string, body: unknown): Promise<Reply> {
  const parsed = parseParams(DisputeUpdate, body)
  if (!parsed.ok) return parsed.reply
  const answered = await answerDispute(world, id, parsed.params.evidence, parsed.params.submit !== 'false')
  if (answered === null) return missing('dispute', id)
  return answered === 'closed' ? fault(400, 'This dispute no longer takes evidence.', 'dispute_closed') : ok(answered)
}

async function write(options: StripeRouteOptions, call: Call, body: unknown): Promise<Reply> {
  const { world } = options
  if (call.path === '/v1/checkout/sessions') return createSession(options, body)
  if (call.path === '/v1/payment_intents') return createIntent(world, body)
  if (call.path === '/v1/refunds') return createRefund(world, body)
  if (call.path === '/v1/customers') return createCustomer(world, body)
  const [, kind, id = '', verb] = /^\/v1\/(checkout\/sessions|payment_methods|disputes)\/([^/]+)(?:\/([a-z]+))?$/.exec(call.path) ?? []
  if (kind === 'checkout/sessions' && verb === 'expire') return expire(world, id)
  if (kind === 'payment_methods' && verb === 'detach') return detach(world, id)
  if (kind === 'disputes' && verb === undefined) return updateDispute(world, id, body)
  return fault(404, `Unrecognized request URL (${call.method}: ${call.path}).`)
}

export function createStripeRoutes(options: StripeRouteOptions) {
  return async (call: Call): Promise<Reply> => {
    if (bearerOf(call) !== options.apiKey) return fault(401, 'Invalid API Key provided.')
    const body = call.method === 'POST' ? withLists(parseForm(call.body)) : undefined
    const reply = call.method === 'POST' ? await write(options, call, body) : await readStripe(options.world, call)
    return expandReply(options.world, call, body, reply)
  }
}
