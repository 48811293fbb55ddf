import { createServer } from 'node:http'
import { once } from 'node:events'
import { expect, test } from 'vitest'
import { toShillings } from './amount.ts'
import { callbackToken } from './callback.ts'
import { createMpesaProvider, darajaPassword, darajaTime } from './mpesa-provider.ts'
import { failureOf } from './result.ts'

const config = {
  consumerKey: 'key', consumerSecret: 'secret', shortcode: '174379', passkey: 'passkey', callbackSecrets: ['new secret', 'old secret'], callbackUrl: 'https://console.example/hooks/mpesa',
  baseUrl: 'http://127.0.0.1:23996',
} as const
const rail = createMpesaProvider(config)

test('time is Nairobi\'s, and the password is made of it', () => {
  expect(darajaTime(new Date('2026-12-31T21:00:05.123Z'))).toBe('20270101000005')
  expect(Buffer.from(darajaPassword('174379', 'passkey', '20270101000005'), 'base64').toString()).toBe('174379passkey20270101000005')
})

test.each([[100n, 1], [125_000n, 1250], [25_000_000n, 250_000]])('%i cents are %i shillings', (minor, shillings) => { expect(toShillings({ minor, currency: 'KES' })).toBe(shillings) })
test.each([[125_050n, 'KES', 'amount_not_representable'], [99n, 'KES', 'amount_too_small'], [0n, 'KES', 'amount_too_small'], [-100n, 'KES', 'amount_too_small'],
  [25_000_100n, 'KES', 'amount_not_representable'], [125_000n, 'UGX', 'currency_unsupported']])('%i of %s: %s', (minor, currency, code) => {
  expect(() => toShillings({ minor, currency })).toThrow(expect.objectContaining({ code }))
})

test.each([['1032', 'cancelled_by_payer'], ['1037', 'timeout'], ['1', 'insufficient_funds'], ['2001', 'authentication_required'], ['17', 'processing_error'], ['777', 'unknown']])('result %s is %s', (code, failure) => {
  expect(failureOf(code)).toBe(failure)
})

const callback = (change: object = {}) => JSON.stringify({ Body: { stkCallback: { MerchantRequestID: 'm', CheckoutRequestID: 'ws_CO_1', ResultCode: 0, ResultDesc: 'ok',
  CallbackMetadata: { Item: [{ Name: 'Amount', Value: 9_999_999 }, { Name: 'MpesaReceiptNumber', Value: 'NLJ7RT61SV' }, { Name: 'Balance' }] }, ...change } } })
const parse = (token: string | undefined, body = callback()) => rail.parseWebhook(Buffer.from(body), { 'x-hook-token': token })
const TOKEN = callbackToken('new secret', 'pay_1', 1250)

test('a callback is taken at its sealed address: attempt and sum are the address\'s, the receipt is its key', async () => {
  expect(await parse(TOKEN)).toEqual({ ok: true, event: {
    dedupeKey: 'receipt:NLJ7RT61SV', kind: 'payment', type: 'stk.0', providerRef: 'ws_CO_1.1250', paymentRef: 'NLJ7RT61SV', attemptId: 'pay_1' } })
  expect(await parse(callbackToken('old secret', 'pay_1', 1250))).toMatchObject({ ok: true })
  expect(await parse(TOKEN, callback({ ResultCode: 1032, CallbackMetadata: undefined }))).toMatchObject({ ok: true, event: { dedupeKey: 'ws_CO_1:1032', paymentRef: null } })
})

test('no other address opens: not for another attempt, nor another sum, nor under another secret', async () => {
  const [, , seal = ''] = TOKEN.split('.')
  expect(await parse(undefined)).toEqual({ ok: false, reason: 'signature_missing' })
  for (const token of [`pay_2.1250.${seal}`, `pay_1.1.${seal}`, callbackToken('of another console', 'pay_1', 1250), `${TOKEN}x`, 'garbage', `pay_1.1250.${'A'.repeat(43)}`, 'pay_1.1250.']) {
    expect(await parse(token)).toEqual({ ok: false, reason: 'signature_invalid' })
  }
})

test.each(['', 'null', '[]', '{"Body":{}}', callback({ CheckoutRequestID: 7 }), callback({ CheckoutRequestID: '../x' })])('well addressed but malformed: %j', async (body) => {
  expect(await parse(TOKEN, body)).toEqual({ ok: false, reason: 'malformed' })
})

test('what cannot be asked is not sent', async () => {
  const attempt = {
    id: 'pay_1', invoiceId: 'inv_1', amount: { minor: 100n, currency: 'KES' }, description: 'x', customerEmail: 'a@b.co', successUrl: 'https://x.example', cancelUrl: 'https://x.example', expiresAt: null,
    phone: null, saveMethod: false, customerRef: null, split: null,
  }
  for (const phone of [null, '', '+255712345678', '0712']) await expect(rail.createCheckout({ ...attempt, phone })).rejects.toMatchObject({ code: 'provider_refused' })
  await expect(rail.refund({ id: 'rfd_1', payment: { providerRef: 'x', paymentRef: null }, amount: attempt.amount })).rejects.toMatchObject({ code: 'provider_refused' })
})

test('one token serves everybody until it ends or is refused, and a failure to get one is not kept', async () => {
  const asked: string[] = []
  let tokens = 0
  let lifetime = '3599'
  let refuseNext = 0
  let down = false
  const server = createServer((request, response) => {
    asked.push(request.url?.split('?')[0] ?? '')
    if (down) return void response.writeHead(503).end('down')
    if (request.url?.startsWith('/oauth')) return void response.end(JSON.stringify({ access_token: `t${++tokens}`, expires_in: lifetime }))
    if (refuseNext > 0) {
      refuseNext -= 1
      return void response.writeHead(404).end(JSON.stringify({ requestId: '1', errorCode: '404.001.03', errorMessage: 'Invalid Access Token' }))
    }
    response.end(JSON.stringify({ ResponseCode: '0', ResultCode: '0', ResultDesc: '' }))
  }).listen(23_996, '127.0.0.1')
  await once(server, 'listening')
  const live = createMpesaProvider(config)
  const ask = () => live.fetchPayment('ws_CO_1.1')
  down = true
  await expect(ask()).rejects.toMatchObject({ code: 'provider_unavailable' })
  down = false
  await Promise.all([ask(), ask(), ask()])
  await ask()
  expect(tokens).toBe(1)
  refuseNext = 1
  expect((await ask())?.status).toBe('succeeded')
  expect(tokens).toBe(2)
  refuseNext = 2
  await expect(ask()).rejects.toMatchObject({ code: 'provider_misconfigured' })
  lifetime = '60'
  refuseNext = 1
  await ask()
  const before = tokens
  await ask()
  expect(tokens).toBe(before + 1)
  server.closeAllConnections()
  server.close()
})
