import { afterEach, beforeEach, expect, test } from 'vitest'
import { createMpesaProvider, darajaPassword } from '../../adapters/mpesa/mpesa-provider.ts'
import type { Harness } from './testing/harness.ts'
import { SECRETS, startHarness } from './testing/harness.ts'

let harness: Harness
beforeEach(async () => { harness = await startHarness() })
afterEach(() => harness.close())

const url = (path: string) => `http://127.0.0.1:${harness.port}${path}`
const tokenOf = async (secret: string = SECRETS.mpesa.consumerSecret) => {
  const basic = Buffer.from(`${SECRETS.mpesa.consumerKey}:${secret}`).toString('base64')
  const answer = await fetch(url('/oauth/v1/generate?grant_type=client_credentials'), { headers: { authorization: `Basic ${basic}` } })
  return { status: answer.status, token: (await answer.json() as { access_token?: string }).access_token ?? '' }
}
const TIME = '20261121120000'
const PUSH = {
  BusinessShortCode: '174379', Password: darajaPassword('174379', SECRETS.mpesa.passkey, TIME), Timestamp: TIME, TransactionType: 'CustomerPayBillOnline', Amount: 1250, PartyA: '254712345678',
  PartyB: '174379', PhoneNumber: '254712345678', CallBackURL: 'http://127.0.0.1:1/hooks', AccountReference: 'SWG12', TransactionDesc: 'Invoice',
}
const push = async (change: object = {}, token?: string) => {
  const answer = await fetch(url('/mpesa/stkpush/v1/processrequest'), {
    method: 'POST', headers: { authorization: `Bearer ${token ?? (await tokenOf()).token}` }, body: JSON.stringify({ ...PUSH, ...change }),
  })
  return { status: answer.status, body: await answer.json() as Record<string, string> }
}
const rail = () => createMpesaProvider({ ...SECRETS.mpesa, callbackSecrets: ['s'], callbackUrl: `${harness.hooks}/mpesa`, baseUrl: url('') })
const attempt = (id: string, phone = '+254712345678') => ({
  id, invoiceId: 'inv_1', amount: { minor: 125_000n, currency: 'KES' }, description: 'Invoice SWG-2026-000012', customerEmail: 'a@b.co', successUrl: 'https://x.example', cancelUrl: 'https://x.example',
  expiresAt: null, phone, saveMethod: false, customerRef: null, split: null,
})

test.each([
  ['cents', { Amount: 12.5 }], ['nothing', { Amount: 0 }], ['too much', { Amount: 250_001 }], ['a local number', { PhoneNumber: '0712345678' }], ['a long account', { AccountReference: 'SWG-2026-00012' }],
])('%s is refused', async (_what, change) => { expect(await push(change)).toMatchObject({ status: 400, body: { errorCode: '400.002.02' } }) })

test('wrong consumer secret, wrong token, wrong password: none gets a phone to ring', async () => {
  expect((await tokenOf('wrong')).status).toBe(400)
  expect(await push({}, 'stale')).toMatchObject({ status: 404, body: { errorCode: '404.001.03' } })
  expect((await push({ Password: darajaPassword('174379', 'wrong', TIME) })).body['errorMessage']).toBe('Wrong credentials')
  expect(await harness.provider.prompts('mpesa')).toEqual([])
  await expect(createMpesaProvider({ ...SECRETS.mpesa, passkey: 'wrong', callbackSecrets: ['s'], callbackUrl: harness.hooks, baseUrl: url('') }).createCheckout(attempt('pay_1')))
    .rejects.toMatchObject({ code: 'provider_misconfigured' })
})

test('a query under a wrong passkey is no payment under way', async () => {
  const { providerRef } = await rail().createCheckout(attempt('pay_1'))
  const wrong = createMpesaProvider({ ...SECRETS.mpesa, passkey: 'wrong', callbackSecrets: ['s'], callbackUrl: harness.hooks, baseUrl: url('') })
  await expect(wrong.fetchPayment(providerRef)).rejects.toMatchObject({ code: 'provider_misconfigured' })
})

test('a question that nobody answers goes away after a minute, and is told', async () => {
  const { providerRef } = await rail().createCheckout(attempt('pay_1'))
  expect(await rail().fetchPayment(providerRef)).toMatchObject({ status: 'pending' })
  expect(await harness.provider.prompts('mpesa')).toMatchObject([{ id: providerRef, phone: '+254712345678', minor: 125_000, reference: 'WG2026000012', state: 'waiting' }])
  harness.now = new Date(harness.now.getTime() + 61_000)
  expect(await rail().fetchPayment(providerRef)).toMatchObject({ status: 'failed', failureCode: 'timeout' })
  await harness.provider.idle()
  expect(harness.received).toHaveLength(1)
  expect(await harness.provider.prompts('mpesa')).toEqual([])
})

test('one question per phone at a time; another phone is free', async () => {
  const { providerRef } = await rail().createCheckout(attempt('pay_1'))
  await expect(rail().createCheckout(attempt('pay_2'))).rejects.toMatchObject({ code: 'checkout_already_started' })
  expect((await rail().createCheckout(attempt('pay_3', '+254110000000'))).kind).toBe('push')
  await harness.provider.completeCheckout('mpesa', providerRef, 'decline')
  expect((await rail().createCheckout(attempt('pay_4'))).kind).toBe('push')
})
