import { existsSync, readFileSync } from 'node:fs'
import { setTimeout as sleep } from 'node:timers/promises'
import { Ajv } from 'ajv'
import Stripe from 'stripe'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { createMemoryStore } from './object-store.ts'
import type { Harness } from './testing/harness.ts'
import { SECRETS, startHarness } from './testing/harness.ts'

// Rendering and sockets share two cores with everything else.
vi.setConfig({ testTimeout: 30_000 })

const SPEC = new URL('../../../../shared/specs/stripe-spec3-v524-subset-95paths.json', import.meta.url)
let harness: Harness
let stripe: Stripe
beforeEach(async () => {
  harness = await startHarness()
  stripe = new Stripe(SECRETS.stripeApiKey, { host: '127.0.0.1', port: harness.port, protocol: 'http', maxNetworkRetries: 0 })
})
afterEach(() => harness.close())

const ORDER = {
  mode: 'payment', success_url: 'https://console.example/ok?session={CHECKOUT_SESSION_ID}', cancel_url: 'https://console.example/no',
  client_reference_id: 'pay_1',
  line_items: [{ quantity: 2, price_data: { currency: 'usd', unit_amount: 1250, product_data: { name: 'Invoice <1>' } } }],
  metadata: { invoice_id: 'inv_1' }, payment_intent_data: { metadata: { attempt_id: 'pay_1' } },
} as const satisfies Stripe.Checkout.SessionCreateParams
const open = (change: object = {}, options?: Stripe.RequestOptions) => stripe.checkout.sessions.create({ ...ORDER, ...change }, options)
const failure = (work: Promise<unknown>): Promise<{ statusCode: number; code: string | undefined; param: string | undefined; type: string }> => work.then(
  () => { throw new Error('was accepted') },
  (error: unknown) => {
    if (!(error instanceof Stripe.errors.StripeError)) throw error
    return { statusCode: error.statusCode ?? 0, code: error.code, param: error.param, type: error.type }
  },
)
const post = (path: string, body: string, headers: Record<string, string> = {}) => fetch(`http://127.0.0.1:${harness.port}${path}`, {
  method: 'POST', body, redirect: 'manual', headers: { authorization: `Bearer ${SECRETS.stripeApiKey}`, 'content-type': 'application/x-www-form-urlencoded', ...headers },
})

test('the SDK opens, reads and expires a session', async () => {
  const session = await open()
  expect(session).toMatchObject({ amount_total: 2500, currency: 'usd', status: 'open', payment_status: 'unpaid', client_reference_id: 'pay_1',
    metadata: { invoice_id: 'inv_1' } })
  expect(await stripe.checkout.sessions.retrieve(session.id)).toMatchObject({ id: session.id, status: 'open' })
  expect(await stripe.checkout.sessions.expire(session.id)).toMatchObject({ status: 'expired', url: null })
  expect((await failure(stripe.checkout.sessions.expire(session.id))).statusCode).toBe(400)
})

test('a session past its time is expired, and cannot be paid', async () => {
  const session = await open()
  harness.now = new Date(harness.now.getTime() + 24 * 3600_000)
  expect((await stripe.checkout.sessions.retrieve(session.id)).status).toBe('expired')
  expect(await harness.provider.completeCheckout('stripe', session.id, 'success')).toEqual({ ok: false, reason: 'not_open' })
})

test.each([
  ['an unknown parameter', { colour: 'red' }, 'parameter_unknown', 'colour'],
  ['the parameter removed from the API', { payment_method_types: ['card'] }, 'parameter_unknown', 'payment_method_types'],
  ['no lines', { line_items: undefined }, 'parameter_missing', 'line_items'],
  ['a capital currency', { line_items: [{ quantity: 1, price_data: { currency: 'USD', unit_amount: 100, product_data: { name: 'x' } } }] },
    'parameter_invalid', 'line_items[0][price_data][currency]'],
  ['a broken amount', { line_items: [{ quantity: 1, price_data: { currency: 'usd', unit_amount: 1.5, product_data: { name: 'x' } } }] }, 'parameter_invalid',
    'line_items[0][price_data][unit_amount]'],
  ['less than the minimum', { line_items: [{ quantity: 1, price_data: { currency: 'usd', unit_amount: 49, product_data: { name: 'x' } } }] },
    'amount_too_small', 'line_items'],
  ['an expiry in five minutes', { expires_at: Date.parse('2026-11-21T09:05:00Z') / 1000 }, 'parameter_invalid', 'expires_at'],
])('%s is refused', async (_name, change, code, param) => {
  expect(await failure(open(change))).toMatchObject({ statusCode: 400, code, param, type: 'StripeInvalidRequestError' })
})

test('a wrong key is refused', async () => {
  const other = new Stripe('sk_test_other', { host: '127.0.0.1', port: harness.port, protocol: 'http', maxNetworkRetries: 0 })
  expect(await failure(other.checkout.sessions.retrieve('cs_1'))).toMatchObject({ statusCode: 401, type: 'StripeAuthenticationError' })
})

test('a key replays its first answer, also when asked twice at once, and refuses other parameters', async () => {
  const options = { idempotencyKey: 'pay_1' }
  const [first, second] = await Promise.all([open({}, options), open({}, options)])
  expect(second.id).toBe(first.id)
  expect((await open({}, options)).lastResponse.headers['idempotent-replayed']).toBe('true')
  expect(await failure(open({ client_reference_id: 'pay_2' }, options))).toMatchObject({ statusCode: 400, type: 'StripeIdempotencyError' })
  expect(await harness.store.list('stripe', 'checkout.session')).toHaveLength(1)
})

test('a key holds while the first call is still being stored', async () => {
  const memory = createMemoryStore()
  const slow = await startHarness({ store: { ...memory, put: async (...row) => { await sleep(20); await memory.put(...row) } } })
  const client = new Stripe(SECRETS.stripeApiKey, { host: '127.0.0.1', port: slow.port, protocol: 'http', maxNetworkRetries: 0 })
  const [first, second] = await Promise.all([1, 2].map(() => client.checkout.sessions.create(ORDER, { idempotencyKey: 'pay_1' })))
  await slow.close()
  expect(second?.id).toBe(first?.id)
})

test('a key is free again after a day, and after a fault of parameters', async () => {
  const options = { idempotencyKey: 'k' }
  await failure(open({ colour: 'red' }, options))
  const first = await open({}, options)
  harness.now = new Date(harness.now.getTime() + 25 * 3600_000)
  expect((await open({}, options)).id).not.toBe(first.id)
})

test('expansion follows the payment down to its fee', async () => {
  const { id } = await open()
  await harness.provider.completeCheckout('stripe', id, 'success')
  const session = await stripe.checkout.sessions.retrieve(id, { expand: ['payment_intent.latest_charge.balance_transaction'] })
  expect(session).toMatchObject({ payment_intent: { status: 'succeeded', metadata: { attempt_id: 'pay_1' },
    latest_charge: { paid: true, balance_transaction: { fee: 103, net: 2397 } } } })
  expect(typeof (await stripe.checkout.sessions.retrieve(id)).payment_intent).toBe('string')
})

test('events are listed newest first and can be paged', async () => {
  const { id } = await open()
  await harness.provider.completeCheckout('stripe', id, 'success')
  const page = await stripe.events.list({ limit: 2 })
  expect(page.data.map((event) => event.type)).toEqual(['checkout.session.completed', 'payment_intent.succeeded'])
  expect(page.has_more).toBe(true)
  const rest = await stripe.events.list({ limit: 2, starting_after: page.data[1]?.id ?? '' })
  expect(rest.data.map((event) => event.type)).toEqual(['charge.succeeded'])
  expect((await stripe.events.list({ type: 'charge.succeeded' })).data).toHaveLength(1)
})

test('webhooks are signed for now, whatever the business clock says', async () => {
  harness.now = new Date('2031-01-01T00:00:00Z')
  const { id } = await open()
  await harness.provider.completeCheckout('stripe', id, 'success')
  await harness.provider.idle()
  const [first] = harness.received
  expect(stripe.webhooks.constructEvent(first?.rawBody ?? '', String(first?.headers['stripe-signature']),
    SECRETS.stripeWebhookSecret).created).toBe(Date.parse('2031-01-01') / 1000)
})

test('a checkout shows its sum and what became of it', async () => {
  const { id } = await open()
  const view = () => harness.provider.checkoutView('stripe', id)
  expect(await view()).toMatchObject({ amountText: 'USD 25.00', state: 'open', message: null })
  await harness.provider.completeCheckout('stripe', id, 'decline')
  expect(await view()).toMatchObject({ state: 'open', message: expect.stringContaining('declined') })
  expect(await harness.provider.completeCheckout('stripe', id, 'success')).toMatchObject({ ok: true, redirectUrl: `https://console.example/ok?session=${id}` })
  expect(await view()).toMatchObject({ state: 'closed' })
  expect(await harness.provider.checkoutView('stripe', 'cs_none')).toBeNull()
})

test('a body of more than 256 KiB is refused', async () => { expect((await post('/v1/refunds', `x=${'y'.repeat(300_000)}`)).status).toBe(413) })

type Nullable = { nullable?: boolean; anyOf?: object[]; enum?: unknown[]; type?: string }

/** OpenAPI 3.0 `nullable` to what a JSON Schema validator knows. */
function withNull(_key: string, value: unknown): unknown {
  if (typeof value !== 'object' || value === null || !('nullable' in value)) return value
  const { nullable, ...schema } = value as Nullable
  if (nullable !== true) return schema
  if (schema.anyOf !== undefined) return { ...schema, anyOf: [...schema.anyOf, { type: 'null' }] }
  return { ...schema, ...(schema.type === undefined ? {} : { type: [schema.type, 'null'] }),
    ...(schema.enum === undefined ? {} : { enum: [...schema.enum, null] }) }
}

const card = async (number: string, change: object = {}) => {
  const { id } = await open({ customer_creation: 'always', payment_intent_data: { setup_future_usage: 'off_session' }, ...change })
  await harness.provider.completeCheckout('stripe', id, { card: number, authentication: 'pass' })
  const session = await stripe.checkout.sessions.retrieve(id, { expand: ['payment_intent.payment_method'] })
  return { session, intent: session.payment_intent as Stripe.PaymentIntent,
    method: (session.payment_intent as Stripe.PaymentIntent).payment_method as Stripe.PaymentMethod }
}
const charge = (method: Stripe.PaymentMethod, change: object = {}, options?: Stripe.RequestOptions) => stripe.paymentIntents.create({
  amount: 500, currency: 'usd', customer: method.customer as string, payment_method: method.id, confirm: true, off_session: true, metadata: { attempt_id: 'pay_2' }, ...change,
}, options)

test('3-D Secure: the payer is asked, may fail, and may be asked again', async () => {
  const { id } = await open()
  const view = () => harness.provider.checkoutView('stripe', id)
  const complete = (authentication?: 'pass' | 'fail') => harness.provider.completeCheckout('stripe', id,
    { card: '4000 0027 6000 3184', ...(authentication ? { authentication } : {}) })
  expect(await complete()).toEqual({ ok: true, redirectUrl: null })
  expect(await view()).toMatchObject({ state: 'challenge', challengedCard: '4000 0027 6000 3184' })
  expect(await stripe.checkout.sessions.retrieve(id, { expand: ['payment_intent'] })).toMatchObject({ status: 'open',
    payment_intent: { status: 'requires_action' } })
  await complete('fail')
  expect(await view()).toMatchObject({ state: 'open', message: expect.stringContaining('authentication') })
  await complete('pass')
  expect(await view()).toMatchObject({ state: 'closed' })
})

test('a refusal off-session is a card error that names its intent, and is replayed under its key', async () => {
  const { method } = await card('4000002760003184')
  const once = () => charge(method, {}, { idempotencyKey: 'pay_2' }).then(() => null, (error: unknown) => error as Stripe.errors.StripeCardError)
  const [first, second] = [await once(), await once()]
  expect(first).toMatchObject({ type: 'StripeCardError', statusCode: 402, code: 'authentication_required',
    payment_intent: { status: 'requires_payment_method', metadata: { attempt_id: 'pay_2' } } })
  expect(second?.payment_intent?.id).toBe(first?.payment_intent?.id)
  expect((await stripe.paymentIntents.search({ query: 'metadata[\'attempt_id\']:\'pay_2\'' })).data).toHaveLength(1)
})

test.each([
  ['less than the minimum', { amount: 49 }, 'amount_too_small'],
  ['a shilling of Uganda in cents', { currency: 'ugx', amount: 550 }, 'parameter_invalid_integer'],
  ['a third decimal', { currency: 'kwd', amount: 1234 }, 'parameter_invalid_integer'],
  ['a fee without an account', { application_fee_amount: 5 }, 'parameter_invalid'],
  ['a fee above the amount', { application_fee_amount: 501, transfer_data: { destination: 'acct_1' } }, 'parameter_invalid'],
  ['an unknown account', { transfer_data: { destination: 'nobody' } }, 'resource_missing'],
  ['an unknown method', { payment_method: 'pm_x' }, 'resource_missing'],
  ['the parameter removed from the API', { payment_method_types: ['card'] }, 'parameter_unknown'],
])('%s is refused', async (_name, change, code) => {
  const { method } = await card('4242424242424242')
  expect(await failure(charge(method, change))).toMatchObject({ statusCode: 400, code, type: 'StripeInvalidRequestError' })
})

test('a method belongs to its customer, until it is detached', async () => {
  const { method } = await card('4242424242424242')
  const other = await stripe.customers.create({ email: 'eve@example.com' })
  expect(await failure(charge(method, { customer: other.id }))).toMatchObject({ statusCode: 400, param: 'payment_method' })
  expect(await stripe.paymentMethods.detach(method.id)).toMatchObject({ customer: null })
  expect(await failure(charge(method))).toMatchObject({ statusCode: 400, code: 'payment_method_unexpected_state' })
})

test('a payment is shared with a connected account', async () => {
  const split = { application_fee_amount: 50, on_behalf_of: 'acct_1', transfer_data: { destination: 'acct_1' } }
  const { intent } = await card('4242424242424242', { payment_intent_data: { setup_future_usage: 'off_session', ...split } })
  expect(await stripe.charges.retrieve(intent.latest_charge as string)).toMatchObject({ application_fee_amount: 50, on_behalf_of: 'acct_1',
    transfer_data: { destination: 'acct_1' } })
  const { data: [fee, transfer, charge] } = await stripe.balanceTransactions.list({ expand: ['data.source'] })
  const own = { amount: 2500, source: { object: 'charge', id: intent.latest_charge } }
  expect([charge, transfer, fee]).toMatchObject([
    { type: 'charge', ...own }, { type: 'transfer', amount: -2500, fee: 0, source: { object: 'transfer', amount: 2500, destination: 'acct_1', source_transaction: intent.latest_charge } },
    { type: 'application_fee', reporting_category: 'platform_earning', amount: 50, fee: 0, source: { object: 'application_fee', amount: 50, account: 'acct_1', originating_transaction: intent.latest_charge } },
  ])
})

test('a refund takes back of the transfer and the fee what it is asked to, in proportion', async () => {
  const { intent } = await card('4242424242424242', { payment_intent_data: { application_fee_amount: 75, transfer_data: { destination: 'acct_1' } } })
  const refund = (amount: number, how: object) => stripe.refunds.create({ payment_intent: intent.id, amount, ...how })
  await refund(1000, { reverse_transfer: true, refund_application_fee: true })
  await refund(1500, { reverse_transfer: true, refund_application_fee: true })
  const rows = (await stripe.balanceTransactions.list()).data.map((row) => [row.type, row.amount]).reverse().slice(3)
  expect(rows).toEqual([
    ['refund', -1000], ['transfer_refund', 1000], ['application_fee_refund', -30], ['refund', -1500], ['transfer_refund', 1500], ['application_fee_refund', -45],
  ])
  expect((await stripe.applicationFees.list()).data).toMatchObject([{ amount_refunded: 75, refunded: true }])
  const ordinary = await card('4242424242424242')
  expect(await failure(stripe.refunds.create({ payment_intent: ordinary.intent.id, refund_application_fee: true }))).toMatchObject({ statusCode: 400, param: 'refund_application_fee' })
})

test('some cards are disputed at once; a disputed charge is not refunded', async () => {
  const { intent } = await card('4000000000000259')
  const [dispute] = (await stripe.disputes.list({ payment_intent: intent.id })).data
  expect(dispute).toMatchObject({ status: 'needs_response', reason: 'fraudulent', amount: 2500, balance_transactions: [{ amount: -2500, fee: 1500 }] })
  expect(await failure(stripe.refunds.create({ payment_intent: intent.id }))).toMatchObject({ code: 'charge_disputed' })
  await harness.provider.closeDispute('stripe', dispute?.id ?? '', 'won')
  expect(await stripe.disputes.retrieve(dispute?.id ?? '')).toMatchObject({ status: 'won', balance_transactions: [{ amount: -2500 }, { amount: 2500 }] })
})

test('a payout is the sum of its rows, and empties the balance', async () => {
  const { intent } = await card('4242424242424242')
  await stripe.refunds.create({ payment_intent: intent.id, amount: 500 })
  const [before] = (await stripe.balance.retrieve()).available
  const [id = ''] = await harness.provider.makePayouts('stripe')
  const rows = (await stripe.balanceTransactions.list({ payout: id })).data
  expect(await stripe.payouts.retrieve(id)).toMatchObject({ amount: rows.reduce((sum, row) => sum + row.net, 0), status: 'paid', currency: 'usd' })
  expect(before?.amount).toBe(rows.reduce((sum, row) => sum + row.net, 0))
  expect((await stripe.balance.retrieve()).available).toEqual([])
  expect(await harness.provider.makePayouts('stripe')).toEqual([])
})

test('more than four levels cannot be expanded', async () => {
  const { id } = await open()
  expect(await failure(stripe.checkout.sessions.retrieve(id, { expand: ['a.b.c.d.e'] }))).toMatchObject({ statusCode: 400 })
})

test('nothing that exists only inside leaves it', async () => {
  const { session, intent } = await card('4242424242424242')
  const seen = [session, intent, ...(await stripe.events.list({ limit: 100 })).data, ...(await stripe.balanceTransactions.list()).data]
  expect(JSON.stringify(seen)).not.toContain('sandbox_')
})

const FIXTURES = new URL('../../../../shared/specs/stripe-fixtures3-HEAD.json', import.meta.url)

test('objects have the shape of the published specification', async ({ skip }) => {
  skip(!existsSync(SPEC) || !existsSync(FIXTURES), 'the specification does not lie beside this checkout')
  const spec = JSON.parse(readFileSync(SPEC, 'utf8'), withNull) as { components: object }
  const ajv = new Ajv({ strict: false, validateFormats: false, allErrors: true })
  ajv.addSchema({ $id: 'stripe', components: spec.components })
  const { intent, method } = await card('4242424242424242')
  const charged = await stripe.charges.retrieve(intent.latest_charge as string)
  await card('4242424242424242', { payment_intent_data: { application_fee_amount: 50, transfer_data: { destination: 'acct_1' } } })
  const disputed = await card('4000000000000259')
  const refund = await stripe.refunds.create({ payment_intent: intent.id, amount: 100 })
  const kept = await open({ mode: 'setup', currency: 'usd', line_items: undefined, payment_intent_data: undefined })
  await harness.provider.completeCheckout('stripe', kept.id, 'success')
  const setup = await stripe.checkout.sessions.retrieve(kept.id, { expand: ['setup_intent'] })
  const objects = {
    'checkout.session': await stripe.checkout.sessions.retrieve(disputed.session.id), payment_intent: await stripe.paymentIntents.retrieve(intent.id),
    charge: charged, refund,
    event: (await stripe.events.list()).data[0], payment_method: method, customer: await stripe.customers.retrieve(method.customer as string),
    setup_intent: setup.setup_intent,
    dispute: (await stripe.disputes.list()).data[0], balance: await stripe.balance.retrieve(),
    balance_transaction: (await stripe.balanceTransactions.list()).data[0],
    transfer: (await stripe.transfers.list()).data[0], application_fee: (await stripe.applicationFees.list()).data[0],
  }
  for (const [name, object] of Object.entries(objects)) {
    const validate = ajv.compile({ $ref: `stripe#/components/schemas/${name}` })
    validate(JSON.parse(JSON.stringify(object)))
    expect([name, validate.errors ?? []]).toEqual([name, []])
  }
  const [payout = ''] = await harness.provider.makePayouts('stripe')
  const fixture = (JSON.parse(readFileSync(FIXTURES, 'utf8')) as { resources: { payout: object } }).resources.payout
  expect(Object.keys(await stripe.payouts.retrieve(payout)).filter((key) => key !== 'lastResponse').sort()).toEqual(Object.keys(fixture).sort())
})
