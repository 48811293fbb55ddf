import { existsSync, readFileSync } from 'node:fs'
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

const card = async (number: string, reference = 'pay-1', authentication?: 'pass' | 'fail') => {
  await start({ reference })
  await harness.provider.completeCheckout('paystack', reference, { card: number, ...(authentication ? { authentication } : {}) })
  return (await call('GET', `/transaction/verify/${reference}`)).body.data
}

test.each([
  ['4084080000005408', { status: 'failed', gateway_response: 'Declined' }], ['4084080000670037', { status: 'failed', gateway_response: 'Insufficient Funds' }],
  ['5060666666666666666', { status: 'success', authorization: { reusable: false } }], ['507850785078507812', { status: 'success', authorization: { reusable: true } }],
  ['4084080000000409', { status: 'ongoing' }], ['1', { status: 'failed' }],
])('the card %s', async (number, expected) => { expect(await card(number)).toMatchObject(expected) })

test('a bank that asks its customer pauses a charge nobody attends', async () => {
  const paid = await card('4084080000000409', 'pay-1', 'pass') as unknown as { authorization: { authorization_code: string } }
  const charged = await call('POST', '/transaction/charge_authorization', {
    email: ORDER.email, amount: 5000, currency: 'NGN', reference: 'pay-2', authorization_code: paid.authorization.authorization_code, metadata: '{"attempt_id":"pay_2"}',
  })
  expect(charged).toMatchObject({ status: 200, body: { data: { paused: true, reference: 'pay-2', authorization_url: expect.stringContaining('pay-2') } } })
  expect((await call('GET', '/transaction/verify/pay-2')).body.data).toMatchObject({ status: 'ongoing' })
})

test('a deactivated authorization is charged no more', async () => {
  const paid = await card('4084084084084081') as unknown as { authorization: { authorization_code: string } }
  const { authorization_code } = paid.authorization
  expect((await call('POST', '/customer/authorization/deactivate', { authorization_code })).status).toBe(200)
  expect((await call('POST', '/transaction/charge_authorization', { email: ORDER.email, amount: 5000, reference: 'pay-2', authorization_code })).status).toBe(400)
})

test.each([
  ['half a franc', { currency: 'XOF', amount: 150 }], ['a part above the whole', { subaccount: 'ACCT_1', transaction_charge: 500_001 }], ['a malformed subaccount', { subaccount: 'acct_1' }],
])('%s is refused', async (_name, change) => { expect(await start(change)).toMatchObject({ status: 400, body: { status: false } }) })

test('a settlement is what was paid less fees, and of a shared payment only our part', async () => {
  await card('4084084084084081')
  await start({ reference: 'pay-2', subaccount: 'ACCT_1', transaction_charge: 50_000, bearer: 'account' })
  await harness.provider.completeCheckout('paystack', 'pay-2', 'success')
  const [id = ''] = await harness.provider.makePayouts('paystack')
  expect((await call('GET', '/settlement')).body.data).toMatchObject([{ id: Number(id), total_amount: 550_000, total_fees: 15_000, effective_amount: 535_000, status: 'success' }])
  expect((await call('GET', `/settlement/${id}/transactions`)).body.data).toMatchObject([{ reference: 'pay-1' }, { reference: 'pay-2' }])
})

test('pages are as long as asked for', async () => {
  for (const reference of ['a', 'b', 'c']) await card('4084084084084081', reference)
  expect((await call('GET', '/transaction?status=success&perPage=2&page=1')).body.data).toMatchObject([{ reference: 'c' }, { reference: 'b' }])
  expect((await call('GET', '/transaction?status=success&perPage=2&page=2')).body.data).toMatchObject([{ reference: 'a' }])
  expect((await call('GET', '/transaction?status=failed')).body.data).toEqual([])
})

const SPEC = new URL('../../../../shared/specs/paystack.yaml', import.meta.url)

/** Required fields of an object of the file, the outermost list that is no envelope's; read as text, for want of a YAML reader. */
function requiredOf(yaml: string, name: string): string[] {
  const block = new RegExp(`^    ${name}:\\n((?: {5,}.*\\n|\\n)+)`, 'm').exec(yaml)?.[1] ?? ''
  const lists = [...block.matchAll(/^( +)required:\n((?:\1 *- .*\n)+)/gm)]
    .map(([, indent = '', items = '']) => ({ depth: indent.length, fields: items.split('\n').flatMap((line) => /- (\S+)/.exec(line)?.[1] ?? []) }))
  return lists.filter(({ fields }) => fields.length > 15).sort((one, other) => one.depth - other.depth)[0]?.fields ?? []
}

test('answers have the fields of the published specification', async ({ skip }) => {
  skip(!existsSync(SPEC), 'the specification does not lie beside this checkout')
  const yaml = readFileSync(SPEC, 'utf8')
  const paid = await card('4084084084084081') as Record<string, unknown>
  const dispute = await harness.provider.openDispute('paystack', 'pay-1')
  await card('4084084084084081', 'pay-3')
  await call('POST', '/refund', { transaction: 'pay-3', amount: 100 })
  const first = async (path: string) => ((await call('GET', path)).body.data as unknown as Array<Record<string, unknown>>)[0] ?? {}
  const seen = {
    VerifyResponse: paid, TransactionListResponseArray: await first('/transaction'), RefundListResponseArray: await first('/refund'), DisputeListResponseArray: await first('/dispute'),
    DisputeFetchResponse: (await call('GET', `/dispute/${dispute}`)).body.data ?? {},
  }
  for (const [name, object] of Object.entries(seen)) {
    const required = requiredOf(yaml, name)
    expect(required.length, name).toBeGreaterThan(15)
    expect([name, required.filter((field) => !(field in object))]).toEqual([name, []])
  }
})
