import { afterEach, beforeEach, expect, test } from 'vitest'
import { createFlutterwaveProvider } from '../../adapters/flutterwave/flutterwave-provider.ts'
import type { Harness } from './testing/harness.ts'
import { SECRETS, startHarness } from './testing/harness.ts'

let harness: Harness
beforeEach(async () => { harness = await startHarness() })
afterEach(() => harness.close())

const send = async (method: string, path: string, body?: object, key: string = SECRETS.flutterwaveSecretKey) => {
  const answer = await fetch(`http://127.0.0.1:${harness.port}/v3${path}`, { method, headers: { authorization: `Bearer ${key}` }, ...(body ? { body: JSON.stringify(body) } : {}) })
  return { status: answer.status, body: await answer.json() as { status: string; message: string; data: never; meta?: { page_info: object } } }
}
const ORDER = { tx_ref: 'pay_1', amount: '1250.50', currency: 'NGN', redirect_url: 'https://console.example/billing', customer: { email: 'ada@example.com' }, meta: { attempt_id: 'pay_1' } }
const paid = async (change: object = {}) => {
  const order = { ...ORDER, ...change }
  await send('POST', '/payments', order)
  await harness.provider.completeCheckout('flutterwave', order.tx_ref, 'success')
  await harness.provider.idle()
  return (await send('GET', `/transactions/verify_by_reference?tx_ref=${order.tx_ref}`)).body.data as { id: number; amount: number; status: string; card: { token: string }; meta: object }
}

test.each([
  ['an unknown field', { amout: '1' }], ['a sum finer than the currency', { amount: '1.234' }], ['a currency it lacks', { currency: 'JPY' }], ['a sum too small', { amount: '0.5' }],
  ['half a franc', { currency: 'XOF', amount: '700.5' }], ['a negative sum', { amount: '-5' }], ['no address to return to', { redirect_url: 'console' }],
])('%s is refused', async (_what, change) => {
  expect(await send('POST', '/payments', { ...ORDER, ...change })).toMatchObject({ status: 400, body: { status: 'error' } })
})

test('another key opens nothing', async () => { expect((await send('GET', '/balances', undefined, 'FLWSECK_TEST-other-X')).status).toBe(401) })

test('sums are numbers of the major unit, a card is shown by verifying only, and our data comes back', async () => {
  const transaction = await paid()
  expect(transaction).toMatchObject({ amount: 1250.5, status: 'successful', meta: { attempt_id: 'pay_1' }, card: { last_4digits: '2950', token: expect.stringMatching(/^flw-t1nf-/) } })
  expect((await send('GET', '/transactions?tx_ref=pay_1')).body.data).toMatchObject([{ id: transaction.id }])
  expect((await send('GET', '/transactions?tx_ref=pay_1')).body.data[0]).not.toHaveProperty('card')
})

test('a reference is paid once: by its page, by another link, by a token', async () => {
  const { card } = await paid()
  expect((await send('POST', '/payments', ORDER)).body.message).toMatch(/Duplicate/)
  const charge = { token: card.token, currency: 'NGN', amount: '10', email: 'ada@example.com', tx_ref: 'pay_1' }
  expect((await send('POST', '/tokenized-charges', charge)).body.message).toMatch(/Duplicate/)
  expect((await send('POST', '/tokenized-charges', { ...charge, tx_ref: 'pay_2', email: 'eve@example.com' })).body.message).toMatch(/Invalid card token/)
  expect((await send('POST', '/tokenized-charges', { ...charge, tx_ref: 'pay_2' })).body).toMatchObject({ status: 'success', data: { status: 'successful', amount: 10 } })
})

test('one token charged three times at once under one reference: all three say paid, and it is one payment', async () => {
  const rail = createFlutterwaveProvider({ secretKey: SECRETS.flutterwaveSecretKey, secretHashes: [SECRETS.flutterwaveSecretHash], baseUrl: `http://127.0.0.1:${harness.port}` })
  const { card } = await paid()
  const attempt = { id: 'pay_5', invoiceId: 'inv_1', amount: { minor: 1000n, currency: 'NGN' }, description: 'Invoice', customerEmail: 'ada@example.com', split: null }
  const charge = async () => rail.chargeSaved?.(attempt, { providerMethodRef: card.token, customerRef: null, email: 'ada@example.com' })
  const all = await Promise.all([charge(), charge(), charge()])
  expect(all.map((payment) => payment?.status)).toEqual(['succeeded', 'succeeded', 'succeeded'])
  expect((await send('GET', '/transactions?tx_ref=pay_5')).body.data).toHaveLength(1)
})

test('lists come in pages, and the adapter reads them all', async () => {
  for (let n = 0; n < 12; n += 1) await paid({ tx_ref: `pay_${n}` })
  expect((await send('GET', '/transactions?page=2')).body).toMatchObject({ meta: { page_info: { total: 12, current_page: 2, total_pages: 2 } }, data: { length: 2 } })
  const rail = createFlutterwaveProvider({ secretKey: SECRETS.flutterwaveSecretKey, secretHashes: [SECRETS.flutterwaveSecretHash], baseUrl: `http://127.0.0.1:${harness.port}` })
  const since = new Date(harness.now.getTime() - 1000)
  const first = await rail.listPayments?.(since, null)
  const second = await rail.listPayments?.(since, first?.next ?? null)
  expect([first?.payments.length, first?.next, second?.payments.length, second?.next]).toEqual([10, '2', 2, null])
})

test('failed tries under one reference do not hide the one that was paid', async () => {
  const rail = createFlutterwaveProvider({ secretKey: SECRETS.flutterwaveSecretKey, secretHashes: [SECRETS.flutterwaveSecretHash], baseUrl: `http://127.0.0.1:${harness.port}` })
  await send('POST', '/payments', ORDER)
  await harness.provider.completeCheckout('flutterwave', 'pay_1', 'decline')
  await harness.provider.completeCheckout('flutterwave', 'pay_1', 'decline')
  expect(await rail.fetchPayment('pay_1')).toMatchObject({ status: 'failed', failureCode: 'card_declined' })
  await harness.provider.completeCheckout('flutterwave', 'pay_1', 'success')
  expect(await rail.fetchPayment('pay_1')).toMatchObject({ status: 'succeeded', amount: { minor: 125_050n, currency: 'NGN' } })
})

test('a reseller\'s account is known or not, and a part is sent with the payment', async () => {
  const rail = createFlutterwaveProvider({ secretKey: SECRETS.flutterwaveSecretKey, secretHashes: [SECRETS.flutterwaveSecretHash], baseUrl: `http://127.0.0.1:${harness.port}` })
  expect([await rail.checkAccount?.('RS_SANDBOX'), await rail.checkAccount?.('RS_OTHER')]).toEqual(['ready', 'unknown'])
  const attempt = {
    id: 'pay_9', invoiceId: 'inv_1', amount: { minor: 500_000n, currency: 'NGN' }, description: 'Invoice', customerEmail: 'ada@example.com', successUrl: 'https://x.example', cancelUrl: 'https://x.example',
    expiresAt: null, phone: null, saveMethod: false, customerRef: null,
  }
  expect(await rail.createCheckout({ ...attempt, split: { account: 'RS_SANDBOX', feeMinor: 50_000n } })).toMatchObject({ kind: 'redirect', providerRef: 'pay_9' })
  await expect(rail.createCheckout({ ...attempt, id: 'pay_8', split: { account: 'ACCT_1', feeMinor: 50_000n } })).rejects.toMatchObject({ code: 'provider_refused' })
})
