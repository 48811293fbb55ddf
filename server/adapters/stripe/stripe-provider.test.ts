import { createHmac } from 'node:crypto'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { SECRETS, startHarness, type Harness } from '../../sandbox/providers/testing/harness.ts'
import type { CheckoutAttempt } from '../../domain/payments/ports.ts'
import { toStripePart } from './amount.ts'
import { failureOf } from './failure.ts'
import { createStripeProvider } from './stripe-provider.ts'

vi.setConfig({ testTimeout: 30_000 })

const rail = createStripeProvider({ secretKey: 'sk_live_1', webhookSecrets: ['whsec_new', 'whsec_old'] })
const seconds = () => Math.floor(Date.now() / 1000)
const signature = (body: string, secret: string, time: number) => createHmac('sha256', secret).update(`${time}.${body}`).digest('hex')
const parse = (body: string, header: string) => rail.parseWebhook(Buffer.from(body), { 'stripe-signature': header })
const event = (type: string, object: object, change: object = {}) =>
  JSON.stringify({ id: 'evt_1', object: 'event', type, livemode: true, created: seconds(), data: { object }, ...change })
const parseEvent = (body: string) => parse(body, `t=${seconds()},v1=${signature(body, 'whsec_new', seconds())}`)

test.each([['the new secret', ['whsec_new']], ['the old one', ['whsec_old']], ['both', ['whsec_old', 'whsec_new']], ['one of ours among others', ['whsec_x', 'whsec_old']]])(
  'while a secret is rolled, a signature by %s counts', async (_name, secrets) => {
    const body = event('charge.succeeded', { id: 'ch_1', object: 'charge', payment_intent: 'pi_1' })
    const time = seconds()
    expect(await parse(body, `t=${time},${secrets.map((secret) => `v1=${signature(body, secret, time)}`).join(',')}`)).toMatchObject({ ok: true })
  })

test.each([
  ['ten minutes old', (body: string) => `t=${seconds() - 600},v1=${signature(body, 'whsec_new', seconds() - 600)}`],
  ['of another time than signed', (body: string) => `t=${seconds()},v1=${signature(body, 'whsec_new', seconds() - 100)}`],
  ['of another scheme', (body: string) => `t=${seconds()},v0=${signature(body, 'whsec_new', seconds())}`],
  ['without a time', (body: string) => `v1=${signature(body, 'whsec_new', seconds())}`],
  ['by a secret that is gone', (body: string) => `t=${seconds()},v1=${signature(body, 'whsec_older', seconds())}`],
  ['not a signature', () => 'hello'],
])('a signature %s is refused', async (_name, header) => {
  const body = event('charge.succeeded', { id: 'ch_1' })
  expect(await parse(body, header(body))).toEqual({ ok: false, reason: 'signature_invalid' })
})

test.each(['', '{', 'text'])('well signed but no JSON: %j', async (body) => { expect(await parseEvent(body)).toEqual({ ok: false, reason: 'malformed' }) })

test.each([
  ['charge.dispute.created', { id: 'du_1', object: 'dispute', payment_intent: 'pi_1' }, { kind: 'dispute', disputeRef: 'du_1', paymentRef: 'pi_1', providerRef: null }],
  ['refund.failed', { id: 're_1', object: 'refund', payment_intent: 'pi_1' }, { kind: 'refund', refundRef: 're_1', paymentRef: 'pi_1' }],
  ['charge.refunded', { id: 'ch_1', object: 'charge', payment_intent: 'pi_1' }, { kind: 'refund', refundRef: null, paymentRef: 'pi_1' }],
  ['payout.paid', { id: 'po_1', object: 'payout' }, { kind: 'payout', providerRef: 'po_1' }],
  ['setup_intent.succeeded', { id: 'seti_1', object: 'setup_intent' }, { kind: 'setup', providerRef: 'seti_1' }],
  ['checkout.session.completed', { id: 'cs_1', object: 'checkout.session', mode: 'setup' }, { kind: 'setup', providerRef: 'cs_1' }],
  ['checkout.session.completed', { id: 'cs_1', object: 'checkout.session', mode: 'payment', payment_intent: { id: 'pi_1' }, metadata: { attempt_id: 'pay_1' } },
    { kind: 'payment', providerRef: 'cs_1', paymentRef: 'pi_1', attemptId: 'pay_1' }],
  ['payment_intent.requires_action', { id: 'pi_1', object: 'payment_intent', metadata: {} }, { kind: 'payment', paymentRef: 'pi_1', providerRef: null, attemptId: null }],
  ['product.created', { id: 'prod_1', object: 'product' }, { kind: 'other', providerRef: null, paymentRef: null }],
])('%s: %j', async (type, object, expected) => { expect(await parseEvent(event(type, object))).toMatchObject({ ok: true, event: { type, dedupeKey: 'evt_1', ...expected } }) })

test('what happens in a connected account is not ours', async () => {
  expect(await parseEvent(event('payment_intent.succeeded', { id: 'pi_1', object: 'payment_intent' }, { account: 'acct_1' }))).toMatchObject({ ok: true, event: { kind: 'other' } })
})

test.each([
  [{ code: 'card_declined', decline_code: 'insufficient_funds' }, 'insufficient_funds'], [{ code: 'card_declined', decline_code: 'do_not_honor' }, 'card_declined'],
  [{ code: 'authentication_required', decline_code: null }, 'authentication_required'], [{ code: 'something_new' }, 'unknown'], [{}, 'unknown'],
])('%j is %s', (error, code) => { expect(failureOf(error)).toBe(code) })

test.each([[1239n, 'KWD', 1230], [1299n, 'MGA', 12], [33n, 'USD', 33], [7n, 'UGX', 700]])('a part of %i %s is %i', (minor, currency, part) => {
  expect(toStripePart(minor, currency)).toBe(part)
})

let harness: Harness
beforeEach(async () => { harness = await startHarness() })
afterEach(() => harness.close())

const ATTEMPT: CheckoutAttempt = {
  id: 'pay_1', invoiceId: 'inv_1', amount: { minor: 10_000n, currency: 'USD' }, description: 'Invoice 1', customerEmail: 'ada@example.com', successUrl: 'https://a.example',
  cancelUrl: 'https://a.example', expiresAt: null, phone: null, saveMethod: true, customerRef: null, split: { account: 'acct_1', feeMinor: 750n },
}
const stripe = () => createStripeProvider({
  secretKey: SECRETS.stripeApiKey, webhookSecrets: [SECRETS.stripeWebhookSecret], endpoint: { host: '127.0.0.1', port: harness.port, protocol: 'http' },
})

test('a shared payment is made on behalf of the reseller, by page and by kept card, and refunded from both', async () => {
  const started = await stripe().createCheckout(ATTEMPT)
  await harness.provider.completeCheckout('stripe', started.providerRef, 'success')
  const paid = await stripe().fetchPayment(started.providerRef)
  if (!paid?.method) throw new Error('no method was kept')
  await stripe().chargeSaved?.({ ...ATTEMPT, id: 'pay_2' }, { ...paid.method, email: ATTEMPT.customerEmail })
  const intents = await harness.store.list('stripe', 'payment_intent')
  const shared = { application_fee_amount: 750, on_behalf_of: 'acct_1', transfer_data: { destination: 'acct_1' } }
  expect(intents).toMatchObject([shared, shared])
  await stripe().refund({ id: 'rfd_1', payment: paid, amount: { minor: 5000n, currency: 'USD' } })
  expect(await harness.store.list('stripe', 'refund')).toMatchObject([{ amount: 5000, sandbox_reverses: true }])
})

test('a payer Stripe knows is named, not made again', async () => {
  const first = await stripe().createCheckout({ ...ATTEMPT, split: null })
  await harness.provider.completeCheckout('stripe', first.providerRef, 'success')
  const customerRef = (await stripe().fetchPayment(first.providerRef))?.method?.customerRef ?? null
  const second = await stripe().createCheckout({ ...ATTEMPT, id: 'pay_2', split: null, customerRef })
  await harness.provider.completeCheckout('stripe', second.providerRef, 'success')
  expect((await stripe().fetchPayment(second.providerRef))?.method).toMatchObject({ customerRef })
  expect(await harness.store.list('stripe', 'customer')).toHaveLength(1)
})

test('a card nobody agreed to keep is not kept', async () => {
  const { providerRef } = await stripe().createCheckout({ ...ATTEMPT, saveMethod: false })
  await harness.provider.completeCheckout('stripe', providerRef, 'success')
  expect(await stripe().fetchPayment(providerRef)).toMatchObject({ status: 'succeeded', method: null })
  expect(await harness.store.list('stripe', 'customer')).toEqual([])
})

test('a key whose parameters changed is told apart from a refusal', async () => {
  await stripe().createCheckout(ATTEMPT)
  await expect(stripe().createCheckout({ ...ATTEMPT, amount: { minor: 9900n, currency: 'USD' } })).rejects.toMatchObject({ code: 'idempotency_conflict', retryable: false })
})

test.each([['acct_1', 'ready'], ['acct_1CLOSED', 'not_ready'], ['nobody', 'unknown']])('the account %s is %s', async (account, state) => {
  expect(await stripe().checkAccount?.(account)).toBe(state)
})
