import { createServer, type Server } from 'node:http'
import { once } from 'node:events'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { createPaystackProvider } from '../adapters/paystack/paystack-provider.ts'
import { createStripeProvider } from '../adapters/stripe/stripe-provider.ts'
import { runtime } from '../core/runtime.ts'
import { findViolations } from '../domain/billing/index.ts'
import { closePeriodsOf } from '../domain/billing/periods/close-period.ts'
import { addSegment, invoicesOf, makeCustomer, setPlainMail } from '../domain/billing/testing/books.ts'
import { getInvoice } from '../domain/payments/get-invoice.ts'
import { payInvoice } from '../domain/payments/pay-invoice.ts'
import { createPaymentAttempt } from '../domain/payments/create-payment-attempt.ts'
import { reconcileOpenPayments, setProviders } from '../domain/payments/index.ts'
import { metaFor, type Caller } from '../testing/actors.ts'
import { drainJobs, withRuntime } from '../testing/runtime.ts'
import { handleHook } from '../transport/inbound/hooks.ts'
import { sandboxAdapterConfig } from './provider-settings.ts'
import { sandboxProviders, startSandbox } from './start-sandbox.ts'

withRuntime({ PORT: 24_410, SHELLWEGO_SANDBOX_PORT: 24_411 })
let sandbox: { stop(): Promise<void> } | null = null
let portal: Server | null = null

const rails = () => {
  const config = sandboxAdapterConfig(runtime().env)
  return { stripe: createStripeProvider(config.stripe), paystack: createPaystackProvider(config.paystack) }
}

beforeAll(async () => {
  setPlainMail()
  sandbox = await startSandbox()
  portal = createServer((req, res) => void handleHook(req, res)).listen(24_410, '127.0.0.1')
  await once(portal, 'listening')
})
beforeEach(() => {
  setProviders(Object.values(rails()))
  sandboxProviders().setKnobs({ duplicate: 0, delayMs: 0, reorder: false, drop: 0 })
})
afterAll(async () => {
  portal?.close()
  await sandbox?.stop()
})

const violations = () => runtime().databases.asSystem('staff', findViolations)
const settled = async (): Promise<void> => {
  await sandboxProviders().idle()
  await drainJobs()
}

let year = 2050
/** A customer with one open invoice. */
const withInvoice = async (currency: 'USD' | 'NGN' = 'USD') => {
  year += 1
  const owner = await makeCustomer({ currency, joinedAt: new Date(`${year}-01-01T00:00:00Z`) })
  await addSegment(owner.organization.id, { startedAt: `${year}-01-01T00:00:00Z`, endedAt: `${year}-02-01T00:00:00Z` })
  await closePeriodsOf([owner.organization.id], new Date(`${year}-02-01T00:00:00Z`))
  const [invoice] = await invoicesOf(owner.organization.id)
  if (!invoice) throw new Error('no invoice')
  const read = () => owner.call(getInvoice, { invoice_id: invoice.id })
  return { owner, invoice, read, pay: (provider: 'stripe' | 'paystack') => pay(owner, invoice.id, provider) }
}
const pay = async (owner: Caller, invoiceId: string, provider: 'stripe' | 'paystack') => {
  const { checkout_url: url, payment_id: paymentId } = await payInvoice.handle(metaFor(owner.actor, owner.brand), { invoice_id: invoiceId, provider })
  return { paymentId, url: url ?? '', sessionId: decodeURIComponent(url?.split('/').at(-1) ?? '') }
}
const count = async (sql: string, values: unknown[]): Promise<number> => {
  const { rows } = await runtime().databases.systemPool.query<{ n: number }>(sql, values)
  return rows[0]?.n ?? -1
}

test.each(['stripe', 'paystack'] as const)('%s: checkout, signed webhook, paid, receipt, balanced books', async (provider) => {
  const { invoice, pay: start, read, owner } = await withInvoice('NGN')
  const { sessionId } = await start(provider)
  const result = await sandboxProviders().completeCheckout(provider, sessionId, 'success')
  expect(result.ok).toBe(true)
  await settled()
  const paid = await read()
  expect(paid).toMatchObject({ state: 'paid', status: 'paid', amount_due: { amount: 0, currency: 'NGN' }, providers: [] })
  expect(paid.payments).toMatchObject([{ provider, status: 'succeeded', amount: { amount: Number(invoice.total), currency: 'NGN' } }])
  expect(await count('SELECT count(*)::int AS n FROM mail WHERE "to" = $1 AND dedupe_key LIKE \'payment-received:%\'', [owner.actor.type === 'user' ? owner.actor.email : ''])).toBe(1)
  expect(await violations()).toEqual([])
})

test('every webhook six times at once and last first: paid once', async () => {
  sandboxProviders().setKnobs({ duplicate: 5, reorder: true })
  const { invoice, pay: start, read } = await withInvoice()
  const { sessionId, paymentId } = await start('stripe')
  await sandboxProviders().completeCheckout('stripe', sessionId, 'success')
  await settled()
  expect((await read()).state).toBe('paid')
  expect(await count('SELECT count(*)::int AS n FROM ledger_transaction WHERE business_key = $1', [`payment_received:${paymentId}`])).toBe(1)
  expect(await count('SELECT count(*)::int AS n FROM event WHERE type = \'invoice.paid\' AND subject_id = $1', [invoice.id])).toBe(1)
  expect(await count('SELECT count(*)::int AS n FROM event WHERE type = \'payment.succeeded\' AND subject_id = $1', [paymentId])).toBe(1)
  expect(await violations()).toEqual([])
})

test('the customer presses twice: one attempt, one checkout', async () => {
  const { pay: start } = await withInvoice()
  const both = await Promise.all([start('stripe'), start('stripe'), start('stripe')])
  expect(new Set(both.map((p) => p.url)).size).toBe(1)
  const again = await start('stripe')
  expect(again.paymentId).toBe(both[0]?.paymentId)
})

test('webhooks lost: reconcile finds the payment', async () => {
  sandboxProviders().setKnobs({ drop: 100 })
  const { pay: start, read } = await withInvoice()
  const { sessionId } = await start('paystack')
  await sandboxProviders().completeCheckout('paystack', sessionId, 'success')
  await settled()
  expect((await read()).state).toBe('finalised')
  await reconcileOpenPayments(0)
  expect((await read()).state).toBe('paid')
  expect(await violations()).toEqual([])
})

test.each(['stripe', 'paystack'] as const)('%s: killed after the provider answered and before we stored it: paid once all the same', async (provider) => {
  const { owner, invoice, pay: start, read } = await withInvoice('NGN')
  const rail = rails()[provider]
  let lost = ''
  setProviders([{ ...rail, createCheckout: async (attempt) => {
    lost = (await rail.createCheckout(attempt)).providerRef
    throw new Error('killed here')
  } }])
  await expect(start(provider)).rejects.toThrow('killed here')
  setProviders([rail])
  await sandboxProviders().completeCheckout(provider, lost, 'success')
  await settled()
  await reconcileOpenPayments(0)
  expect((await read()).state).toBe('paid')
  expect(await count('SELECT count(*)::int AS n FROM payment_attempt WHERE invoice_id = $1', [invoice.id])).toBe(1)
  await expect(owner.call(createPaymentAttempt, { invoice_id: invoice.id, provider })).rejects.toMatchObject({ code: 'state_conflict' })
  expect(await violations()).toEqual([])
})

test('the same, with the webhooks lost too: reconcile alone finds it', async () => {
  sandboxProviders().setKnobs({ drop: 100 })
  const { pay: start, read } = await withInvoice('NGN')
  const rail = rails().stripe
  let lost = ''
  setProviders([{ ...rail, createCheckout: async (attempt) => {
    lost = (await rail.createCheckout(attempt)).providerRef
    throw new Error('killed here')
  } }])
  await expect(start('stripe')).rejects.toThrow('killed here')
  setProviders([rail])
  await sandboxProviders().completeCheckout('stripe', lost, 'success')
  await settled()
  await reconcileOpenPayments(0)
  expect((await read()).state).toBe('paid')
  expect(await violations()).toEqual([])
})

test('declined, then paid at the second try', async () => {
  const { pay: start, read } = await withInvoice('NGN')
  const first = await start('paystack')
  await sandboxProviders().completeCheckout('paystack', first.sessionId, 'decline')
  const second = await start('paystack')
  expect(second.paymentId).not.toBe(first.paymentId)
  await sandboxProviders().completeCheckout('paystack', second.sessionId, 'success')
  await settled()
  expect((await read()).payments.map((p) => p.status)).toEqual(['succeeded', 'failed'])
  expect((await read()).state).toBe('paid')
})

test('a slow transfer: no second payment while it is under way, paid when it arrives', async () => {
  const { pay: start, read } = await withInvoice('NGN')
  const { sessionId } = await start('stripe')
  await sandboxProviders().completeCheckout('stripe', sessionId, 'async')
  await settled()
  await reconcileOpenPayments(0)
  await expect(start('stripe')).rejects.toMatchObject({ code: 'state_conflict' })
  await sandboxProviders().settleAsync('stripe', sessionId, 'success')
  await settled()
  expect((await read()).state).toBe('paid')
})

test('paid by both rails: the surplus is credit and settles the next invoice', async () => {
  const { owner, invoice, pay: start } = await withInvoice('NGN')
  const [bank, card] = [await start('paystack'), await start('stripe')]
  await sandboxProviders().completeCheckout('stripe', card.sessionId, 'success')
  await sandboxProviders().completeCheckout('paystack', bank.sessionId, 'success')
  await settled()
  expect(await violations()).toEqual([])
  await closePeriodsOf([owner.organization.id], new Date(`${year}-03-01T00:00:00Z`))
  const next = (await invoicesOf(owner.organization.id))[1]
  expect(next).toMatchObject({ state: 'paid', total: 300_000n, amountPaid: 300_000n })
  expect(invoice.total).toBeGreaterThan(300_000n)
  expect(await violations()).toEqual([])
})

test('a webhook with a wrong signature is refused and leaves no trace; one for somebody else\'s payment is harmless', async () => {
  const before = await count('SELECT count(*)::int AS n FROM provider_event', [])
  for (const [path, headers] of [['stripe', { 'stripe-signature': 't=1,v1=00' }], ['paystack', { 'x-paystack-signature': 'ff' }], ['paystack', {}]] as const) {
    const response = await fetch(`http://127.0.0.1:24410/hooks/${path}`, { method: 'POST', body: '{"event":"charge.success","data":{"id":1}}', headers })
    expect([response.status, response.headers.get('content-type')]).toEqual([400, 'application/problem+json'])
  }
  expect(await count('SELECT count(*)::int AS n FROM provider_event', [])).toBe(before)
  await rails().paystack.createCheckout({
    id: 'pay_of_another_shop', invoiceId: 'inv_x', amount: { minor: 5000n, currency: 'NGN' }, description: 'x', customerEmail: 'x@example.com',
    successUrl: 'https://x.example', cancelUrl: 'https://x.example', expiresAt: null,
    phone: null, saveMethod: false, customerRef: null, split: null,
  })
  await sandboxProviders().completeCheckout('paystack', 'pay-of-another-shop', 'success')
  await settled()
  expect(await count('SELECT count(*)::int AS n FROM provider_event WHERE outcome = \'suspended\'', [])).toBe(1)
  expect(await violations()).toEqual([])
})

test('somebody else\'s invoice cannot be read or paid', async () => {
  const { invoice } = await withInvoice()
  const stranger = await makeCustomer()
  await expect(stranger.call(getInvoice, { invoice_id: invoice.id })).rejects.toMatchObject({ code: 'not_found' })
  await expect(pay(stranger, invoice.id, 'stripe')).rejects.toMatchObject({ code: 'not_found' })
})
