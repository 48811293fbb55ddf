import { createServer } from 'node:http'
import { expect, test } from 'vitest'
import { createPaystackProvider } from './paystack-provider.ts'
import { paystackReference } from './transactions.ts'
import { paystackSignature } from './webhook.ts'

const ATTEMPT = {
  id: 'pay_1', invoiceId: 'inv_1', amount: { minor: 4999n, currency: 'NGN' }, description: 'x', customerEmail: 'a@b.co', successUrl: 'https://x.example', cancelUrl: 'https://x.example', expiresAt: null,
  phone: null, saveMethod: false, customerRef: null, split: null,
}
const rail = createPaystackProvider({ secretKey: 'sk', baseUrl: 'http://127.0.0.1:23998' })
const webhook = (body: string) => rail.parseWebhook(Buffer.from(body), { 'x-paystack-signature': paystackSignature(Buffer.from(body), 'sk') })

test('below the minimum nothing is sent', async () => {
  await expect(rail.createCheckout(ATTEMPT)).rejects.toMatchObject({ code: 'amount_too_small' })
})

test('references hold only what Paystack takes', () => { expect(paystackReference('pay_a_b')).toBe('pay-a-b') })

test.each([['{"event":"charge.success","data":{"id":7,"reference":"pay-1"}}', 'charge.success:7'], ['{"event":"charge.success","data":{"reference":"pay-1"}}', 'charge.success:pay-1']])(
  'the key of %s is %s', async (body, dedupeKey) => { expect(await webhook(body)).toMatchObject({ ok: true, event: { dedupeKey, providerRef: 'pay-1', kind: 'payment' } }) })

test('two events of one object have two keys', async () => {
  const keys = await Promise.all(['refund.pending', 'refund.processed'].map((event) => webhook(JSON.stringify({ event, data: { id: 7, transaction_reference: 'pay-1' } }))))
  expect(keys.map((parsed) => parsed.ok && parsed.event.dedupeKey)).toEqual(['refund.pending:7', 'refund.processed:7'])
})

test.each(['', '[]', '{"event":"charge.success"}', 'null', '{"event":1,"data":{}}'])('signed but malformed: %j', async (body) => { expect(await webhook(body)).toEqual({ ok: false, reason: 'malformed' }) })

test('an answer that is no JSON, or in another shape, is an error of the provider', async () => {
  const answers = [[200, '<html>'], [200, '{"status":true,"message":"ok","data":{"status":"success"}}'], [502, 'bad gateway']] as const
  let turn = 0
  const server = createServer((_request, response) => {
    const [status, body] = answers[turn++] ?? [500, '']
    response.writeHead(status).end(body)
  })
  await new Promise<void>((resolve) => { server.listen(23_999, '127.0.0.1', () => { resolve() }) })
  const live = createPaystackProvider({ secretKey: 'sk', baseUrl: 'http://127.0.0.1:23999' })
  await expect(live.fetchPayment('x')).rejects.toMatchObject({ code: 'provider_unavailable' })
  await expect(live.fetchPayment('x')).rejects.toMatchObject({ code: 'provider_refused' })
  await expect(live.fetchPayment('x')).rejects.toMatchObject({ code: 'provider_unavailable' })
  server.closeAllConnections()
  await new Promise((resolve) => { server.close(resolve) })
})
