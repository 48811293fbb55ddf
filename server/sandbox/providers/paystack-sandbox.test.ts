import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import type { Harness } from './testing/harness.ts'
import { SECRETS, startHarness } from './testing/harness.ts'

// Rendering and sockets share two cores with everything else.
vi.setConfig({ testTimeout: 30_000 })

let harness: Harness
beforeEach(async () => { harness = await startHarness() })
afterEach(() => harness.close())

type Answer = { status: number; body: { status: boolean; message: string; code?: string; data?: Record<string, unknown> & { length?: number } } }
async function call(method: 'GET' | 'POST', path: string, body?: unknown, key: string = SECRETS.paystackSecretKey): Promise<Answer> {
  const response = await fetch(`http://127.0.0.1:${harness.port}${path}`, {
    method, headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json' }, ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
  })
  return { status: response.status, body: (await response.json()) as Answer['body'] }
}
const ORDER = { email: 'ada@example.com', amount: 500_000, currency: 'NGN', reference: 'pay-1', callback_url: 'https://console.example/ok', metadata: { attempt_id: 'pay_1' } }
const start = (change: object = {}) => call('POST', '/transaction/initialize', { ...ORDER, ...change })

test('a transaction is abandoned until it is paid, then success with fees', async () => {
  expect((await start()).body.data).toMatchObject({ reference: 'pay-1', authorization_url: `http://127.0.0.1:${harness.port}/pay/paystack/pay-1` })
  expect((await call('GET', '/transaction/verify/pay-1')).body.data).toMatchObject({ status: 'abandoned', amount: 500_000, fees: null })
  const result = await harness.provider.completeCheckout('paystack', 'pay-1', 'success')
  expect(result).toEqual({ ok: true, redirectUrl: 'https://console.example/ok?trxref=pay-1&reference=pay-1' })
  expect((await call('GET', '/transaction/verify/pay-1')).body.data).toMatchObject({ status: 'success', fees: 7500, metadata: { attempt_id: 'pay_1' }, customer: { email: 'ada@example.com' } })
})

test('a reference is used once', async () => {
  await start()
  expect(await start()).toMatchObject({ status: 400, body: { status: false, code: 'duplicate_reference', message: 'Duplicate Transaction Reference' } })
})

test.each([
  ['an unknown field', { colour: 1 }], ['an underscore in the reference', { reference: 'pay_1' }], ['a broken e-mail', { email: 'ada' }],
  ['a fraction', { amount: 1.5 }], ['less than the minimum', { amount: 4999 }], ['another currency', { currency: 'EUR' }],
])('%s is refused', async (_name, change) => { expect(await start(change)).toMatchObject({ status: 400, body: { status: false } }) })

test('a body that is no JSON and a wrong key are refused', async () => {
  expect((await call('POST', '/transaction/initialize', '{')).status).toBe(400)
  expect((await call('GET', '/transaction/verify/x', undefined, 'sk_wrong')).status).toBe(401)
  expect((await call('GET', '/bank')).status).toBe(404)
})

test('only success is told by webhook', async () => {
  await start()
  await harness.provider.completeCheckout('paystack', 'pay-1', 'decline')
  await harness.provider.idle()
  expect(harness.received).toEqual([])
  await harness.provider.completeCheckout('paystack', 'pay-1', 'success')
  await harness.provider.idle()
  expect(harness.received.map(({ rawBody }) => (JSON.parse(rawBody.toString()) as { event: string }).event)).toEqual(['charge.success'])
})

test('a reusable authorization can be charged again by its owner only', async () => {
  await start()
  await harness.provider.completeCheckout('paystack', 'pay-1', 'success')
  const { authorization } = (await call('GET', '/transaction/verify/pay-1')).body.data as unknown as { authorization: { authorization_code: string } }
  const charge = (change: object) => call('POST', '/transaction/charge_authorization', { email: ORDER.email, amount: 5000, currency: 'NGN', reference: 'pay-2', ...authorization, ...change })
  const { authorization_code } = authorization
  expect((await charge({ authorization_code: 'AUTH_none' })).status).toBe(400)
  expect((await charge({ authorization_code: undefined })).status).toBe(400)
  const again = await call('POST', '/transaction/charge_authorization', { email: ORDER.email, amount: 5000, currency: 'NGN', reference: 'pay-2', authorization_code })
  expect(again.body.data).toMatchObject({ status: 'success', reference: 'pay-2' })
  const stranger = await call('POST', '/transaction/charge_authorization', { email: 'eve@example.com', amount: 5000, currency: 'NGN', reference: 'pay-3', authorization_code })
  expect(stranger.status).toBe(400)
})

test('refunds are listed by transaction and stop at what was paid', async () => {
  await start()
  expect((await call('POST', '/refund', { transaction: 'pay-1' })).body.code).toBe('transaction_not_refundable')
  await harness.provider.completeCheckout('paystack', 'pay-1', 'success')
  expect((await call('POST', '/refund', { transaction: 'pay-1', amount: 200_000, merchant_note: 'rfd_1' })).body.data).toMatchObject({ amount: 200_000, status: 'processed' })
  expect((await call('POST', '/refund', { transaction: 'pay-1', amount: 300_001 })).status).toBe(400)
  expect((await call('GET', '/refund?transaction=pay-1')).body.data?.length).toBe(1)
  expect((await call('POST', '/refund', { transaction: 'pay-1' })).body.data).toMatchObject({ amount: 300_000 })
  expect((await call('GET', '/transaction/verify/pay-1')).body.data).toMatchObject({ status: 'reversed' })
})
