import { createHmac } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { callbackToken } from '../adapters/mpesa/callback.ts'
import { composeAdapters } from '../compose.ts'
import { runtime } from '../core/runtime.ts'
import { findProvider, providerNames, setProviders } from '../domain/payments/index.ts'
import { sandboxAdapterConfig } from '../sandbox/index.ts'
import { makeEstate, type Estate } from '../testing/estate.ts'
import { randomAddress } from '../testing/refusals/attempt.ts'
import { withRuntime } from '../testing/runtime.ts'
import { handleHook } from '../transport/inbound/hooks.ts'
import { listen } from '../transport/node/testing.ts'

withRuntime({ SHELLWEGO_SANDBOX_PORT: 21_800, PORT: 21_801 })

type Sign = (body: string, secret: string, at?: number) => Record<string, string>
interface Hook {
  sign: Sign; secret(authSecret: string): string; body(attemptId: string, live: boolean): string
  /** What stands behind the name in the address, of a provider that proves itself there. */
  token?(secret: string): string
  /** False where the proof does not cover the body. */
  signsBody?: boolean
  /** False where events do not tell of which mode they are. */
  tellsMode?: boolean
}
const config = (authSecret: string) => sandboxAdapterConfig({ SHELLWEGO_AUTH_SECRET: authSecret, SHELLWEGO_SANDBOX_PORT: 21_800, PORT: 21_801 })
let serial = 0

/** How each provider signs what it reports. A provider without a row fails. */
const HOOKS: Record<string, Hook> = {
  stripe: {
    sign: (body, secret, at = Math.floor(Date.now() / 1000)) => ({ 'stripe-signature': `t=${at},v1=${createHmac('sha256', secret).update(`${at}.${body}`).digest('hex')}` }),
    secret: (authSecret) => config(authSecret).stripe.webhookSecrets[0],
    body: (attemptId, live) => JSON.stringify({
      id: `evt_${++serial}`, object: 'event', type: 'checkout.session.completed', livemode: live,
      data: { object: { id: 'cs_test_1', object: 'checkout.session', payment_intent: null, metadata: { attempt_id: attemptId } } },
    }),
  },
  paystack: {
    sign: (body, secret) => ({ 'x-paystack-signature': createHmac('sha512', secret).update(body).digest('hex') }),
    secret: (authSecret) => config(authSecret).paystack.secretKey,
    body: (attemptId, live) => JSON.stringify({ event: 'charge.success', data: { id: ++serial, domain: live ? 'live' : 'test', reference: 'r1', metadata: { attempt_id: attemptId } } }),
  },
  flutterwave: {
    sign: (_body, secret) => ({ 'verif-hash': secret }), signsBody: false, tellsMode: false,
    secret: (authSecret) => config(authSecret).flutterwave.secretHashes[0],
    body: (attemptId) => JSON.stringify({ event: 'charge.completed', data: { id: ++serial, tx_ref: attemptId, flw_ref: 'FLW-MOCK-1', status: 'successful' } }),
  },
  mpesa: {
    sign: () => ({}), signsBody: false, tellsMode: false, token: (secret) => (secret === '' ? 'pay_x.1.none' : callbackToken(secret, 'pay_x', 1)),
    secret: (authSecret) => config(authSecret).mpesa.callbackSecrets[0],
    body: () => JSON.stringify({ Body: { stkCallback: { CheckoutRequestID: `ws_CO_${++serial}`, ResultCode: 1032, ResultDesc: 'Cancelled' } } }),
  },
}
/** Of rails that nobody reports to: money arrives on a statement. */
const SILENT = ['bank_transfer']

let estate: Estate
let door: Awaited<ReturnType<typeof listen>>
beforeAll(async () => {
  composeAdapters(runtime().env)
  estate = await makeEstate()
  door = await listen((req, res) => void handleHook(req, res))
}, 60_000)
afterAll(() => door.close())

const post = async (path: string, body: string, headers: Record<string, string>, method = 'POST') => {
  const answer = await fetch(`http://127.0.0.1:${door.port}${path}`, { method, ...(method === 'POST' ? { body } : {}), headers: { 'x-forwarded-for': randomAddress(), ...headers } })
  const { request_id: _id, instance: _instance, ...rest } = await answer.json() as Record<string, unknown>
  return { status: answer.status, rest }
}
/** What came in and the work it made. */
const stored = async (): Promise<number> => (await runtime().databases.systemPool.query<{ n: number }>(
  'SELECT (SELECT count(*) FROM provider_event)::int + (SELECT count(*) FROM graphile_worker.jobs)::int AS n')).rows[0]?.n ?? 0

test('every provider that reports here has its rows', () => {
  expect(providerNames().sort()).toEqual([...Object.keys(HOOKS), ...SILENT].sort())
})

describe.each(Object.entries(HOOKS))('/hooks/%s', (name, hook) => {
  const own = () => hook.secret(runtime().env.SHELLWEGO_AUTH_SECRET)
  const send = (body: string, secret: string, signed = body) => post(`/hooks/${name}${hook.token ? `/${hook.token(secret)}` : ''}`, body, hook.sign(signed, secret))
  /** Of another console, of another provider, and none at all. */
  const wrongSecrets = () => [
    hook.secret('another installation or brand'), ...Object.entries(HOOKS).filter(([other]) => other !== name).map(([, other]) => other.secret(runtime().env.SHELLWEGO_AUTH_SECRET)), '',
  ]

  test('refuses what is not signed, or signed by somebody else: alike, whether it names a payment that exists or not, and keeps nothing', async () => {
    const before = await stored()
    for (const attempt of [estate.ids.payment_id, 'pay_0000000000000000000000']) {
      const body = hook.body(attempt, false)
      const unsigned = await post(`/hooks/${name}`, body, {})
      expect(unsigned).toMatchObject({ status: 400, rest: { code: 'invalid_request', detail: 'The webhook was refused: signature_missing.' } })
      const refusals = await Promise.all([
        ...wrongSecrets().map((secret) => (hook.signsBody === false && secret === '' ? send(body, 'none') : send(body, secret))), ...(hook.signsBody === false ? [] : [send(body, own(), `${body} `)]),
        hook.token ? post(`/hooks/${name}/garbage`, body, {}) : post(`/hooks/${name}`, body, Object.fromEntries(Object.keys(hook.sign('', '')).map((header) => [header, 'garbage']))),
      ])
      for (const refusal of refusals) expect(refusal).toEqual({ ...unsigned, rest: { ...unsigned.rest, detail: 'The webhook was refused: signature_invalid.' } })
    }
    expect(await stored()).toBe(before)
  })

  test('refuses an event of the other mode, though it is well signed', async ({ skip }) => {
    if (hook.tellsMode === false) return skip('events of this provider do not tell')
    const before = await stored()
    const body = hook.body(estate.ids.payment_id, true)
    expect(await send(body, own())).toMatchObject({ status: 400, rest: { detail: 'The webhook was refused: wrong_mode.' } })
    expect(await stored()).toBe(before)
  })

  test('takes what is signed once, and says no more than that', async () => {
    const before = await stored()
    const body = hook.body(estate.ids.payment_id, false)
    const first = await send(body, own())
    const again = await send(body, own())
    expect([first, again]).toEqual([{ status: 200, rest: { received: true, result: 'stored' } }, { status: 200, rest: { received: true, result: 'duplicate' } }])
    expect(await stored()).toBe(before + 2)
    const unknown = hook.body('pay_0000000000000000000000', false)
    expect(await send(unknown, own())).toEqual(first)
  })

  test('is not there for other methods, nor where the provider is not set up', async () => {
    expect((await post(`/hooks/${name}`, '', {}, 'GET')).status).toBe(405)
    const rails = providerNames().map((one) => findProvider(one)).filter((one) => one !== null)
    setProviders([])
    const [gone, never] = await Promise.all([post(`/hooks/${name}`, '{}', {}), post('/hooks/nobody', '{}', {})])
    setProviders(rails)
    expect(gone).toEqual(never)
    expect(gone.status).toBe(404)
  })
})

test('a signature of long ago is refused where the provider says when it signed', async () => {
  const { stripe } = HOOKS
  if (!stripe) throw new Error('no stripe')
  const body = stripe.body('pay_x', false)
  const headers = stripe.sign(body, stripe.secret(runtime().env.SHELLWEGO_AUTH_SECRET), Math.floor(Date.now() / 1000) - 3600)
  expect(await post('/hooks/stripe', body, headers)).toMatchObject({ status: 400, rest: { detail: 'The webhook was refused: signature_invalid.' } })
})
