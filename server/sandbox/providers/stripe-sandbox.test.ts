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
  mode: 'payment', success_url: 'https://console.example/ok?session={CHECKOUT_SESSION_ID}', cancel_url: 'https://console.example/no', client_reference_id: 'pay_1',
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
  expect(session).toMatchObject({ amount_total: 2500, currency: 'usd', status: 'open', payment_status: 'unpaid', client_reference_id: 'pay_1', metadata: { invoice_id: 'inv_1' } })
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
  ['a capital currency', { line_items: [{ quantity: 1, price_data: { currency: 'USD', unit_amount: 100, product_data: { name: 'x' } } }] }, 'parameter_invalid', 'line_items[0][price_data][currency]'],
  ['a broken amount', { line_items: [{ quantity: 1, price_data: { currency: 'usd', unit_amount: 1.5, product_data: { name: 'x' } } }] }, 'parameter_invalid', 'line_items[0][price_data][unit_amount]'],
  ['less than the minimum', { line_items: [{ quantity: 1, price_data: { currency: 'usd', unit_amount: 49, product_data: { name: 'x' } } }] }, 'amount_too_small', 'line_items'],
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
  expect(session).toMatchObject({ payment_intent: { status: 'succeeded', metadata: { attempt_id: 'pay_1' }, latest_charge: { paid: true, balance_transaction: { fee: 103, net: 2397 } } } })
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
  expect(stripe.webhooks.constructEvent(first?.rawBody ?? '', String(first?.headers['stripe-signature']), SECRETS.stripeWebhookSecret).created).toBe(Date.parse('2031-01-01') / 1000)
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
  return { ...schema, ...(schema.type === undefined ? {} : { type: [schema.type, 'null'] }), ...(schema.enum === undefined ? {} : { enum: [...schema.enum, null] }) }
}

test('objects have the shape of the published specification', async ({ skip }) => {
  skip(!existsSync(SPEC), 'the specification does not lie beside this checkout')
  const spec = JSON.parse(readFileSync(SPEC, 'utf8'), withNull) as { components: object }
  const ajv = new Ajv({ strict: false, validateFormats: false, allErrors: true })
  ajv.addSchema({ $id: 'stripe', components: spec.components })
  const { id } = await open({ customer_email: 'ada@example.com' })
  await harness.provider.completeCheckout('stripe', id, 'success')
  const session = await stripe.checkout.sessions.retrieve(id)
  const intent = await stripe.paymentIntents.retrieve(session.payment_intent as string)
  const charge = await stripe.charges.retrieve(intent.latest_charge as string)
  const refund = await stripe.refunds.create({ payment_intent: intent.id, amount: 100 })
  const [event] = (await stripe.events.list()).data
  for (const [name, object] of Object.entries({ 'checkout.session': session, payment_intent: intent, charge, refund, event })) {
    const validate = ajv.compile({ $ref: `stripe#/components/schemas/${name}` })
    validate(JSON.parse(JSON.stringify(object)))
    expect([name, validate.errors ?? []]).toEqual([name, []])
  }
})
