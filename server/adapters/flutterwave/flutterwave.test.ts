import fc from 'fast-check'
import { expect, test } from 'vitest'
import { currencyExponent } from '../../contract/money.ts'
import { FLUTTERWAVE_CURRENCIES, feeFromMajor, fromMajor, toMajor } from './amount.ts'
import { parseExact } from './client.ts'
import { createFlutterwaveProvider } from './flutterwave-provider.ts'
import { failureCodeOf } from './transaction.ts'

const MAX = 2n ** 53n - 1n

test('a sum survives the way to Flutterwave and back, to the unit, however large', () => {
  fc.assert(fc.property(fc.bigInt({ min: 0n, max: MAX }), fc.constantFrom(...FLUTTERWAVE_CURRENCIES), (minor, currency) => {
    const text = toMajor(minor, currency)
    expect(fromMajor(text, currency)).toBe(minor)
    expect(fromMajor(String(parseExact(text)), currency)).toBe(minor)
    expect(text).toMatch(currencyExponent(currency) === 0 ? /^\d+$/ : /^\d+\.\d\d$/)
  }))
})

test.each([['1250', 'NGN', 125_000n], ['1250.5', 'NGN', 125_050n], ['0.1', 'USD', 10n], ['19.990', 'USD', 1999n], ['7500', 'XOF', 7500n], ['7500.00', 'UGX', 7500n]])(
  '%s %s are %i minor units', (text, currency, minor) => { expect(fromMajor(text, currency)).toBe(minor) })

test.each([['19.999', 'USD'], ['7500.5', 'XOF'], ['1e3', 'USD'], ['-1', 'USD'], ['', 'USD'], ['NaN', 'USD'], ['1,000', 'USD']])('%j of %s is no sum', (text, currency) => {
  expect(() => fromMajor(text, currency)).toThrow(expect.objectContaining({ code: 'provider_refused' }))
})

test.each([['1.4', 'NGN', 140n], ['0.0149', 'NGN', 1n], ['0.015', 'NGN', 2n], ['11741.9', 'XOF', 11_742n]])('a fee of %s %s is %i', (text, currency, minor) => { expect(feeFromMajor(text, currency)).toBe(minor) })

test.each(['JPY', 'KWD', 'CHF'])('%s is refused', (currency) => { expect(() => toMajor(1n, currency)).toThrow(expect.objectContaining({ code: 'currency_unsupported' })) })

test('a number that no float holds is read as it was written', () => {
  expect(parseExact('{"amount":9007199254740993.07,"id":12345678901234567890}')).toEqual({ amount: '9007199254740993.07', id: '12345678901234567890' })
})

test.each([['Insufficient Funds', 'insufficient_funds'], ['Do Not Honour', 'card_declined'], ['Expired Card', 'expired_card'], ['Exceeds withdrawal limit', 'limit_exceeded'],
  ['Lost card, pick up', 'lost_or_stolen'], ['Transaction Error', 'processing_error'], ['Authentication failed', 'authentication_required'], ['Invalid card token', 'invalid_method'], ['42', 'unknown']])(
  '"%s" is %s', (words, code) => { expect(failureCodeOf(words)).toBe(code) })

const rail = createFlutterwaveProvider({ secretKey: 'FLWSECK-live', secretHashes: ['new hash', 'old hash', ''], baseUrl: 'http://127.0.0.1:23997' })
const BODY = '{"event":"charge.completed","data":{"id":285959875,"tx_ref":"pay_1","flw_ref":"PeterEkene/FLW270177170","status":"successful"}}'
const webhook = (hash: string | undefined, body = BODY) => rail.parseWebhook(Buffer.from(body), hash === undefined ? {} : { 'verif-hash': hash })

test('the old hash is good while it is replaced; another, an empty one or none is not', async () => {
  for (const hash of ['new hash', 'old hash']) {
    expect(await webhook(hash)).toMatchObject({ ok: true, event: { dedupeKey: 'charge.completed:285959875:successful', providerRef: 'pay_1', paymentRef: '285959875', kind: 'payment' } })
  }
  for (const [hash, reason] of [['new', 'signature_invalid'], ['new hash ', 'signature_invalid'], ['', 'signature_missing'], [undefined, 'signature_missing']] as const) {
    expect(await webhook(hash)).toEqual({ ok: false, reason })
  }
})

test('a test payment is refused by a live key', async () => {
  expect(await webhook('new hash', BODY.replace('PeterEkene/FLW270177170', 'FLW-MOCK-1'))).toEqual({ ok: false, reason: 'wrong_mode' })
})

test.each(['', '[]', 'null', '{"event":"charge.completed"}', '{"event.type":"CARD_TRANSACTION","txRef":"x"}', '{"event":"charge.completed","data":{"tx_ref":"pay_1"}}'])('well sent but malformed: %j', async (body) => {
  expect(await webhook('new hash', body)).toEqual({ ok: false, reason: 'malformed' })
})

test('nothing is sent that it would refuse', async () => {
  const attempt = {
    id: 'pay_1', invoiceId: 'inv_1', description: 'x', customerEmail: 'a@b.co', successUrl: 'https://x.example', cancelUrl: 'https://x.example', expiresAt: null,
    phone: null, saveMethod: false, customerRef: null, split: null,
  }
  await expect(rail.createCheckout({ ...attempt, amount: { minor: 99n, currency: 'USD' } })).rejects.toMatchObject({ code: 'amount_too_small' })
  await expect(rail.createCheckout({ ...attempt, amount: { minor: 5000n, currency: 'JPY' } })).rejects.toMatchObject({ code: 'currency_unsupported' })
})
