/** One suite for every rail: the real adapter, over HTTP, against its sandbox provider. */
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { createPaystackProvider } from '../../adapters/paystack/paystack-provider.ts'
import { createStripeProvider } from '../../adapters/stripe/stripe-provider.ts'
import type { CheckoutAttempt, PaymentProvider, ProviderPayment } from '../../domain/payments/ports.ts'
import { PaymentProviderError } from '../../domain/payments/ports.ts'
import type { ProviderName } from './object-store.ts'
import type { Harness } from './testing/harness.ts'
import { SECRETS, startHarness } from './testing/harness.ts'

// Rendering and sockets share two cores with everything else.
vi.setConfig({ testTimeout: 30_000 })

const ADAPTERS: Record<ProviderName, (port: number, key?: string) => PaymentProvider> = {
  stripe: (port, key = SECRETS.stripeApiKey) =>
    createStripeProvider({ secretKey: key, webhookSecrets: ['whsec_old', SECRETS.stripeWebhookSecret], endpoint: { host: '127.0.0.1', port, protocol: 'http' } }),
  paystack: (port, key = SECRETS.paystackSecretKey) => createPaystackProvider({ secretKey: key, baseUrl: `http://127.0.0.1:${port}` }),
}
const ATTEMPT: CheckoutAttempt = {
  id: 'pay_abc123', invoiceId: 'inv_1', amount: { minor: 1_250_000n, currency: 'NGN' }, description: 'Invoice ACME-1', customerEmail: 'ada@example.com',
  successUrl: 'https://console.example/billing?paid=1', cancelUrl: 'https://console.example/billing', expiresAt: null,
}
const codeOf = (work: Promise<unknown>): Promise<string> => work.then(() => 'no error', (error: unknown) => (error instanceof PaymentProviderError ? error.code : String(error)))

describe.each<ProviderName>(['stripe', 'paystack'])('%s', (name) => {
  let harness: Harness
  let rail: PaymentProvider
  beforeEach(async () => {
    harness = await startHarness()
    rail = ADAPTERS[name](harness.port)
  })
  afterEach(() => harness.close())

  const fetched = async (ref: string): Promise<ProviderPayment> => {
    const payment = await rail.fetchPayment(ref)
    if (payment === null) throw new Error('payment is unknown')
    return payment
  }
  async function paid(): Promise<ProviderPayment> {
    const { providerRef } = await rail.createCheckout(ATTEMPT)
    await harness.provider.completeCheckout(name, providerRef, 'success')
    await harness.provider.idle()
    return fetched(providerRef)
  }
  const events = () => Promise.all(harness.received.map(async ({ rawBody, headers }) => {
    const parsed = await rail.parseWebhook(rawBody, headers)
    if (!parsed.ok) throw new Error(parsed.reason)
    return parsed.event
  }))

  test('a started checkout has an address and is pending', async () => {
    const started = await rail.createCheckout(ATTEMPT)
    expect(started.url).toContain(started.providerRef)
    expect(await fetched(started.providerRef)).toMatchObject({
      status: 'pending', attemptId: ATTEMPT.id, amount: ATTEMPT.amount, refundedMinor: 0n, paidAt: null, feeMinor: null })
  })

  test('starting the same attempt again makes no second checkout', async () => {
    const first = await rail.createCheckout(ATTEMPT)
    const again = await rail.createCheckout(ATTEMPT).catch((error: unknown) => error)
    if (again instanceof PaymentProviderError) expect(again.code).toBe('checkout_already_started')
    else expect(again).toEqual(first)
    expect(await harness.store.list(name, name === 'stripe' ? 'checkout.session' : 'transaction')).toHaveLength(1)
  })

  test('a paid checkout carries sum, fee, time and our attempt, and its webhook points to it', async () => {
    const payment = await paid()
    expect(payment).toMatchObject({ status: 'succeeded', attemptId: ATTEMPT.id, amount: ATTEMPT.amount, refundedMinor: 0n, failure: null })
    expect(payment.feeMinor !== null && payment.feeMinor > 0n && payment.feeMinor < ATTEMPT.amount.minor).toBe(true)
    expect(payment.paidAt).toEqual(harness.now)
    const seen = await events()
    expect(seen.length).toBeGreaterThan(0)
    for (const event of seen) {
      expect(event.kind).toBe('payment')
      const byPayment = event.paymentRef !== null && event.paymentRef === payment.paymentRef
      expect([event.providerRef === payment.providerRef, event.attemptId === ATTEMPT.id, byPayment]).toContain(true)
    }
    expect(seen.some((event) => event.providerRef === payment.providerRef)).toBe(true)
  })

  test('a declined card is not paid and may be tried again', async () => {
    const { providerRef } = await rail.createCheckout(ATTEMPT)
    await harness.provider.completeCheckout(name, providerRef, 'decline')
    const declined = await fetched(providerRef)
    expect(['pending', 'failed']).toContain(declined.status)
    expect(declined.failure).not.toBeNull()
    await harness.provider.completeCheckout(name, providerRef, 'success')
    expect((await fetched(providerRef)).status).toBe('succeeded')
  })

  test.each([['success', 'succeeded'], ['failure', 'failed']] as const)('a slow payment is processing until the bank answers %s', async (answer, status) => {
    const { providerRef } = await rail.createCheckout(ATTEMPT)
    await harness.provider.completeCheckout(name, providerRef, 'async')
    expect((await fetched(providerRef)).status).toBe('processing')
    await harness.provider.settleAsync(name, providerRef, answer)
    expect((await fetched(providerRef)).status).toBe(status)
  })

  test('a checkout is paid once, however often the button is pressed', async () => {
    const { providerRef } = await rail.createCheckout(ATTEMPT)
    const results = await Promise.all([1, 2, 3, 4].map(() => harness.provider.completeCheckout(name, providerRef, 'success')))
    expect(results.filter((result) => result.ok)).toHaveLength(1)
    await harness.provider.idle()
    expect(new Set((await events()).map((event) => event.dedupeKey)).size).toBe(harness.received.length)
  })

  test('refunds add up, a repeated one is the same one, and more than was paid is refused', async () => {
    const payment = await paid()
    const refund = (id: string, minor: bigint) => rail.refund({ id, payment, amount: { minor, currency: 'NGN' } })
    const first = await refund('rfd_1', 250_000n)
    expect(first.status).toBe('succeeded')
    expect(await refund('rfd_1', 250_000n)).toEqual(first)
    expect(await fetched(payment.providerRef)).toMatchObject({ status: 'partially_refunded', refundedMinor: 250_000n })
    expect(await codeOf(refund('rfd_2', 1_000_001n))).toBe('provider_refused')
    await refund('rfd_3', 1_000_000n)
    expect(await fetched(payment.providerRef)).toMatchObject({ status: 'refunded', refundedMinor: ATTEMPT.amount.minor })
    await harness.provider.idle()
    const refunds = (await events()).filter((event) => event.kind === 'refund')
    expect(refunds.length).toBeGreaterThan(0)
    expect(refunds.every((event) => event.providerRef === payment.providerRef || event.paymentRef === payment.paymentRef)).toBe(true)
  })

  test('an unpaid checkout cannot be refunded', async () => {
    const { providerRef } = await rail.createCheckout(ATTEMPT)
    const payment = await fetched(providerRef)
    expect(await codeOf(rail.refund({ id: 'rfd_1', payment, amount: { minor: 1n, currency: 'NGN' } }))).toBe('provider_refused')
  })

  test('an unknown reference is null', async () => { expect(await rail.fetchPayment('nothing-here')).toBeNull() })

  test('a wrong key is our misconfiguration, a dead provider is worth a retry', async () => {
    expect(await codeOf(ADAPTERS[name](harness.port, 'sk_test_wrong').createCheckout(ATTEMPT))).toBe('provider_misconfigured')
    await harness.close()
    const error: unknown = await rail.createCheckout(ATTEMPT).catch((thrown: unknown) => thrown)
    expect(error).toMatchObject({ code: 'provider_unavailable', retryable: true })
  })

  test('a webhook counts only with the signature of its very bytes', async () => {
    await paid()
    const [first] = harness.received
    if (first === undefined) throw new Error('no webhook came')
    const { rawBody, headers } = first
    expect((await rail.parseWebhook(rawBody, headers)).ok).toBe(true)
    expect(await rail.parseWebhook(Buffer.concat([rawBody, Buffer.from(' ')]), headers)).toEqual({ ok: false, reason: 'signature_invalid' })
    expect(await rail.parseWebhook(rawBody, {})).toEqual({ ok: false, reason: 'signature_missing' })
    const others = name === 'stripe' ? { 'stripe-signature': 't=1,v1=00' } : { 'x-paystack-signature': '00' }
    expect(await rail.parseWebhook(rawBody, others)).toEqual({ ok: false, reason: 'signature_invalid' })
  })

  test('duplicates carry one key, reordering changes the order only', async () => {
    harness.provider.setKnobs({ duplicate: 1, reorder: true })
    await paid()
    const keys = (await events()).map((event) => event.dedupeKey)
    expect(keys.length).toBe(2 * new Set(keys).size)
    if (name === 'stripe') expect((await events())[0]?.type).toBe('checkout.session.completed')
  })

  test('a payment whose webhook is lost is still found by asking', async () => {
    harness.provider.setKnobs({ drop: 100 })
    const payment = await paid()
    expect(harness.received).toEqual([])
    expect(payment.status).toBe('succeeded')
  })

  test('a refused webhook is sent again until it is taken or given up', async () => {
    harness.answers.push(500, 500)
    await paid()
    expect((await harness.provider.deliveries(name)).every((delivery) => delivery.state === 'delivered')).toBe(true)
    harness.answers.push(...Array.from({ length: 50 }, () => 503))
    const { providerRef } = await rail.createCheckout({ ...ATTEMPT, id: 'pay_second' })
    await harness.provider.completeCheckout(name, providerRef, 'success')
    await harness.provider.idle()
    expect((await harness.provider.deliveries(name)).filter((delivery) => delivery.state === 'given_up').every((delivery) => delivery.attempts === 3)).toBe(true)
  })

  test('a new process sends what the old one left waiting', async () => {
    const stalled = await startHarness({ store: harness.store, knobs: { delayMs: 60_000 } })
    const { providerRef } = await rail.createCheckout(ATTEMPT)
    await stalled.provider.completeCheckout(name, providerRef, 'success')
    await stalled.close()
    await harness.provider.resume()
    await harness.provider.idle()
    expect(harness.received.length).toBeGreaterThan(0)
    expect(stalled.received).toEqual([])
  })
})
