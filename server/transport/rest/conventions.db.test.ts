import { once } from 'node:events'
import http, { type IncomingHttpHeaders } from 'node:http'
import type { AddressInfo } from 'node:net'
import { beforeAll, expect, test } from 'vitest'
import type { UserActor } from '../../core/context.ts'
import { newId } from '../../core/id.ts'
import { createRateLimiter } from '../../core/rate-limit.ts'
import { runtime } from '../../core/runtime.ts'
import { createApp, updateApp } from '../../domain/apps/index.ts'
import { createBrand } from '../../domain/branding/index.ts'
import { seedPriceLists, startSubscription } from '../../domain/billing/index.ts'
import { setProviders } from '../../domain/payments/index.ts'
import type { PaymentProvider } from '../../domain/payments/ports.ts'
import { makeOwner, makeUser, metaFor } from '../../testing/actors.ts'
import { tokenOf, withApi, type Question } from '../../testing/api.ts'
import { withRuntime } from '../../testing/runtime.ts'
import { setRateLimiter } from '../http/admission.ts'
import { handleHook } from '../inbound/hooks.ts'
import { call } from '../../core/operation.ts'

withRuntime({ SHELLWEGO_SANDBOX_PORT: 21_720, PORT: 21_721 })
const api = withApi()
const HELLO = { name: 'hello', image: 'builtin/hello:v1' }
let owner: Awaited<ReturnType<typeof makeOwner>>
let token = ''
beforeAll(async () => {
  owner = await makeOwner()
  token = await tokenOf(owner.actor)
})
let made = 0
const makeApp = async () => owner.call(createApp, { ...HELLO, name: `app-${++made}` })
const ask = (method: string, path: string, question: Question = {}) => api.ask(method, path, { token, ...question })

// C19

test('the same key and body are answered again with Idempotent-Replayed, another body is 422, another organization is independent', async () => {
  const other = await makeOwner()
  const post = (who: string, body: object) => api.ask('POST', '/v1/apps', { token: who, headers: { 'idempotency-key': 'once-1' }, body })
  const [first, again] = [await post(token, { ...HELLO, name: 'replayed' }), await post(token, { ...HELLO, name: 'replayed' })]
  expect([first.status, again.status]).toEqual([201, 201])
  expect([first.headers['idempotent-replayed'], again.headers['idempotent-replayed']]).toEqual([undefined, 'true'])
  expect(again.body).toEqual(first.body)
  expect((await post(token, { ...HELLO, name: 'different' })).body).toMatchObject({ status: 422, code: 'idempotency_key_reused' })
  const elsewhere = await post(await tokenOf(other.actor), { ...HELLO, name: 'replayed' })
  expect([elsewhere.status, elsewhere.headers['idempotent-replayed'], elsewhere.body.id === first.body.id]).toEqual([201, undefined, false])
})

test('the same key sent twice at once has one effect; the later is told to come back', async () => {
  const post = () => ask('POST', '/v1/apps', { headers: { 'idempotency-key': 'twice' }, body: { ...HELLO, name: 'twice' } })
  const answers = await Promise.all([post(), post(), post(), post()])
  const refused = answers.filter((a) => a.status === 409)
  expect(answers.every((a) => a.status === 201 || (a.body.code === 'idempotency_key_in_use' && a.headers['retry-after'] === '1'))).toBe(true)
  expect(new Set(answers.filter((a) => a.status === 201).map((a) => a.body.id)).size).toBe(1)
  expect(refused.length).toBeLessThan(4)
})

test('the same key on another route is another key', async () => {
  const app = await makeApp()
  const post = (path: string, body: object) => ask('POST', path, { headers: { 'idempotency-key': 'shared' }, body })
  expect((await post('/v1/apps', { ...HELLO, name: 'by-route' })).status).toBe(201)
  expect((await post(`/v1/apps/${app.id}/scale`, { replicas: 2 })).status).toBe(202)
})

test('a payment without a key is refused', async () => {
  expect((await ask('POST', '/v1/invoices/inv_none/pay', { body: { provider: 'stripe' } })).body).toMatchObject({ status: 400, code: 'idempotency_key_required' })
  expect((await ask('POST', '/v1/invoices/inv_none/pay', { body: { provider: 'stripe' }, headers: { 'idempotency-key': 'k' } })).status).toBe(404)
})

// C20

test('a change of a spec needs the ETag of what was read: 428 without, 412 with an old one, and both say the present one', async () => {
  const app = await makeApp()
  const url = `/v1/apps/${app.id}`
  const read = await ask('GET', url)
  const etag = read.headers.etag ?? ''
  const missing = await ask('PATCH', url, { body: { replicas: 2 } })
  expect([missing.body.code, missing.status, missing.headers.etag]).toEqual(['precondition_required', 428, '"1"'])
  const changed = await ask('PATCH', url, { body: { replicas: 2 }, headers: { 'if-match': etag } })
  expect([changed.status, changed.headers.etag]).toEqual([200, '"2"'])
  const stale = await ask('PATCH', url, { body: { replicas: 3 }, headers: { 'if-match': etag } })
  expect([stale.body.code, stale.status, stale.headers.etag]).toEqual(['precondition_failed', 412, '"2"'])
  expect((await ask('GET', url)).body.replicas).toMatchObject({ desired: 2 })
  for (const good of ['"2"', 'W/"2.abc"', '"7", "2"', '*']) expect((await ask('PATCH', url, { body: {}, headers: { 'if-match': good } })).status, good).toBe(good === '"2"' ? 200 : good === '*' ? 200 : 412)
})

test('of many who change the same version at once exactly one gets through', async () => {
  const app = await makeApp()
  const answers = await Promise.all(Array.from({ length: 8 }, (_, i) => ask('PATCH', `/v1/apps/${app.id}`, { body: { env: { [`KEY_${i}`]: 'x' } }, headers: { 'if-match': '"1"' } })))
  expect(answers.map((a) => a.status).sort()).toEqual([200, ...Array.from({ length: 7 }, () => 412)])
  expect(Object.keys((await ask('GET', `/v1/apps/${app.id}`)).body.env as object)).toHaveLength(1)
})

test('what instances do meanwhile changes the ETag of a read, but not whether a spec may be changed', async () => {
  const app = await makeApp()
  const before = (await ask('GET', `/v1/apps/${app.id}`)).headers.etag ?? ''
  await runtime().databases.systemPool.query('UPDATE deployment SET state = \'failed\' WHERE app_id = $1', [app.id])
  const after = (await ask('GET', `/v1/apps/${app.id}`)).headers.etag ?? ''
  expect(after).not.toBe(before)
  expect((await ask('PATCH', `/v1/apps/${app.id}`, { body: { replicas: 2 }, headers: { 'if-match': before } })).status).toBe(200)
})

test('over tRPC a form says which version it was opened with; without it nothing is demanded', async () => {
  const app = await makeApp()
  const change = (input: object) => ask('POST', '/api/trpc/apps.update', { body: { app_id: app.id, ...input }, headers: { 'x-shellwego-csrf': '1' } })
  expect((await change({ replicas: 2, if_match: '1' })).status).toBe(200)
  const stale = await change({ replicas: 3, if_match: '1' })
  expect([stale.status, (stale.body.error as { data: { problem: { code: string } } }).data.problem.code]).toEqual([412, 'precondition_failed'])
  expect((await change({ replicas: 3 })).status).toBe(200)
})

test('what the console asks once more, because no answer came, is done once; what could be done twice is not', async () => {
  const act = (path: string, body: object, headers: Record<string, string> = {}) =>
    ask('POST', `/api/trpc/${path}`, { body, headers: { 'x-shellwego-csrf': '1', 'idempotency-key': 'pressed-once', ...headers } })
  const again = { 'x-shellwego-repeated': '1' }
  const made = { ...HELLO, name: 'pressed-once' }
  const [first, second] = [await act('apps.create', made), await act('apps.create', made, again)]
  expect([first.status, second.status, second.body]).toEqual([200, 200, first.body])
  const secret = await act('tokens.create', { name: 'twice' }, again)
  expect([secret.status, (secret.body.error as { data: { problem: { code: string } } }).data.problem.code]).toEqual([409, 'answer_lost'])
  const credentials = { email: owner.actor.email, password: 'correct horse battery' }
  expect((await act('auth.signIn', credentials, again)).status).toBe(200)
})

test('a reseller changed meanwhile is not overwritten', async () => {
  const staff = await makeUser({ staff: true })
  const brand = await staff.call(createBrand, { name: 'Race', hostname: 'race.example.com', support_email: 'h@example.com', legal_name: 'Race Ltd', invoice_prefix: 'RACE' })
  const bearer = { token: await tokenOf(staff.actor) }
  const etag = (await api.ask('GET', `/v1/brands/${brand.id}`, bearer)).headers.etag ?? ''
  const patch = (body: object) => api.ask('PATCH', `/v1/brands/${brand.id}`, { ...bearer, body, headers: { 'if-match': etag } })
  expect([(await patch({ name: 'One' })).status, (await patch({ name: 'Two' })).status]).toEqual([200, 412])
})

test('nobody learns from a precondition what is not theirs', async () => {
  const [app, stranger] = [await makeApp(), await makeOwner()]
  const patch = async (t: string | null) => api.ask('PATCH', `/v1/apps/${app.id}`, { ...(t ? { token: t } : {}), body: { replicas: 2 } })
  expect([(await patch(null)).status, (await patch(await tokenOf(stranger.actor))).status]).toEqual([401, 404])
})

test('an operation of core called without a transport demands nothing', async () => {
  const app = await makeApp()
  expect((await call(updateApp, metaFor(owner.actor, owner.brand), { app_id: app.id, replicas: 2 })).version).toBe(2)
})

// Reads

test('what the caller has already is not sent again', async () => {
  const app = await makeApp()
  for (const url of [`/v1/apps/${app.id}`, '/v1/users/me', '/v1/apps?limit=1']) {
    const { etag } = (await ask('GET', url)).headers
    for (const known of [etag ?? '', `W/${etag}`, `"other", ${etag}`, '*']) {
      const again = await ask('GET', url, { headers: { 'if-none-match': known } })
      expect([url, again.status, again.text, again.headers.etag]).toEqual([url, 304, '', etag])
    }
    expect((await ask('GET', url, { headers: { 'if-none-match': '"other"' } })).status).toBe(200)
  }
})

test('HEAD answers as GET without a body; OPTIONS tells the methods and nothing about origins', async () => {
  const [get, head] = [await ask('GET', '/v1/users/me'), await ask('HEAD', '/v1/users/me')]
  expect([head.status, head.text, head.headers.etag]).toEqual([200, '', get.headers.etag])
  expect((await api.ask('HEAD', '/v1/apps')).status).toBe(401)
  const options = await api.ask('OPTIONS', '/v1/apps', { headers: { origin: 'https://evil.example.com', 'access-control-request-method': 'POST' } })
  expect([options.status, options.headers.allow]).toEqual([204, 'POST, GET, HEAD, OPTIONS'])
  expect(Object.keys(options.headers).filter((h) => h.startsWith('access-control'))).toEqual([])
})

test('a well-formed request id is taken over, another is replaced', async () => {
  const idOf = async (given: string) => (await ask('GET', '/v1/brand', { headers: { 'x-request-id': given } })).headers['x-request-id']
  expect(await idOf('my-trace.0123')).toBe('my-trace.0123')
  for (const bad of ['short', 'a'.repeat(65), 'with space in it', '<script>alert(1)</script>', '../../etc/passwd']) expect(await idOf(bad)).toMatch(/^req_/)
  expect((await ask('GET', '/v1/nothing', { headers: { 'x-request-id': 'my-trace.0123' } })).body.request_id).toBe('my-trace.0123')
})

test('the same name in path and body must say the same', async () => {
  const app = await makeApp()
  const scale = (body: object) => ask('POST', `/v1/apps/${app.id}/scale`, { body })
  expect((await scale({ replicas: 2, app_id: app.id })).status).toBe(202)
  expect((await scale({ replicas: 2, app_id: 'app_other' })).body).toMatchObject({ status: 400, errors: [{ pointer: '/app_id', code: 'conflicts_with_path' }] })
})

// C4, C5, C21

test('fields nobody may set are refused by name, all of them, and change nothing', async () => {
  const app = await makeApp()
  const raw = '{"tenantId":"x","role":"owner","price":1,"balance":1,"verifiedAt":"2026-01-01","__proto__":{"admin":true},"constructor":{"prototype":{}},"resources":{"__proto__":{"gpu":1},"gpu":2}}'
  const answer = await ask('PATCH', `/v1/apps/${app.id}`, { raw, headers: { 'if-match': '"1"' } })
  expect(answer.status).toBe(400)
  expect((answer.body.errors as { pointer: string; code: string }[]).map((e) => `${e.pointer} ${e.code}`).sort()).toEqual([
    '/__proto__ unknown_field', '/balance unknown_field', '/constructor unknown_field', '/price unknown_field', '/resources/__proto__ unknown_field', '/resources/gpu unknown_field',
    '/role unknown_field', '/tenantId unknown_field', '/verifiedAt unknown_field'])
  const inMap = await ask('PATCH', `/v1/apps/${app.id}`, { raw: '{"env":{"__proto__":"x","A":"b"}}', headers: { 'if-match': '"1"' } })
  expect(inMap.body).toMatchObject({ status: 400, errors: [{ pointer: '/env/__proto__', code: 'unknown_field' }] })
  expect((await ask('GET', `/v1/apps/${app.id}`)).body).toMatchObject({ version: 1, env: {} })
})

test.each([
  '/v1/apps/', '/v1//apps', '/v1/%61pps', '/v1/apps%2f', '/v1/apps/..%2fapps', '/v1/apps%00', '/v1/APPS', '/v1/apps;x=1', '/v1/apps.json', '/v1/en/apps', '/v1/apps.rsc', '/v1/_next/data/x/apps.json',
])('the variant %s of a route is no way in', async (path) => {
  for (const headers of [{}, { 'x-middleware-subrequest': 'middleware:middleware:middleware', 'x-middleware-next': '1' }, { rsc: '1', 'next-router-segment-prefetch': '/_tree' }]) {
    const anonymous = await api.ask('GET', path, { headers })
    expect([path, [400, 401, 404].includes(anonymous.status)]).toEqual([path, true])
    expect(anonymous.body.type).toBeDefined()
  }
})

test('headers that name a user or skip middleware give nobody anything', async () => {
  const headers = { 'x-user-id': owner.actor.userId, 'x-middleware-subrequest': 'middleware', 'x-forwarded-user': owner.actor.email, 'x-original-url': '/v1/brand', 'x-rewrite-url': '/v1/brand' }
  expect((await api.ask('GET', '/v1/apps', { headers })).status).toBe(401)
  expect((await api.ask('GET', '/v1/apps', { headers: { ...headers, authorization: 'Basic b3duZXI6eA==' } })).status).toBe(401)
})

test.each([
  ['application/x-www-form-urlencoded', 'name=evil&image=builtin/hello:v1'], ['text/plain', '{"name":"evil","image":"builtin/hello:v1"}'],
  ['multipart/form-data; boundary=x', '--x\r\nContent-Disposition: form-data; name="name"\r\n\r\nevil\r\n--x--'], ['application/json', '{"name":"evil","image":"builtin/hello:v1"}'],
])('a page elsewhere that posts %s with the visitor\'s cookie changes nothing', async (type, raw) => {
  const count = async () => ((await ask('GET', '/v1/apps?limit=100')).body.data as unknown[]).length
  const before = await count()
  for (const origin of ['https://evil.example.com', 'https://app.apps.localhost', 'null', 'https://console.localhost.evil.com']) {
    for (const cookie of [`authjs.session-token=${token}`]) {
      const answer = await api.ask('POST', '/v1/apps', { raw, headers: { 'content-type': type, cookie, origin, host: 'console.localhost', 'sec-fetch-site': 'cross-site' } })
      expect([answer.status, answer.body.code]).toEqual([403, 'csrf_refused'])
      expect((await api.ask('POST', '/api/trpc/apps.create', { raw, headers: { 'content-type': type, cookie, origin, host: 'console.localhost' } })).status).toBe(403)
    }
  }
  expect(await count()).toBe(before)
})

// Rate limits

const asProduction = async <T>(run: () => Promise<T>): Promise<T> => {
  const { env } = runtime()
  const mode = env.SHELLWEGO_MODE
  env.SHELLWEGO_MODE = 'production'
  // A clock that stands still: nothing is filled up while the test runs.
  setRateLimiter(createRateLimiter({ now: () => 0 }))
  try { return await run() } finally {
    env.SHELLWEGO_MODE = mode
    setRateLimiter(null)
  }
}

test('every answer says what is left, in both forms', async () => {
  const { headers } = await ask('GET', '/v1/users/me')
  expect(headers).toMatchObject({ 'x-ratelimit-limit': '50000', 'ratelimit-policy': '"sustained";q=50000;w=60, "burst";q=500;w=1' })
  expect(Number(headers['x-ratelimit-remaining'])).toBeLessThan(50_000)
  expect(Math.abs(Number(headers['x-ratelimit-reset']) - Date.now() / 1000 - 60)).toBeLessThan(62)
  expect(headers.ratelimit).toMatch(/^"sustained";r=\d+;t=\d+, "burst";r=\d+;t=\d+$/)
})

const flood = (n: number, question: Question, path = '/v1/users/me') => Promise.all(Array.from({ length: n }, () => api.ask('GET', path, question)))

test('a token of a starter plan has 50 at once, then 429 with Retry-After; another token goes on; the organization has three times that', () => asProduction(async () => {
  const customer = await makeOwner()
  await runtime().databases.asSystem('job', async (db) => {
    await seedPriceLists(db, customer.brand.id)
    await startSubscription(db, await db.organization.findUniqueOrThrow({ where: { id: customer.organization.id } }), new Date())
  })
  const tokens = await Promise.all(Array.from({ length: 4 }, () => tokenOf(customer.actor)))
  const first = await flood(70, { token: tokens[0] ?? '' })
  const refused = first.filter((a) => a.status === 429)
  expect(refused).toHaveLength(20)
  expect(refused[0]?.body).toMatchObject({ code: 'rate_limited', status: 429, type: expect.any(String) })
  expect(refused[0]?.headers).toMatchObject({ 'retry-after': '1', 'x-ratelimit-retry-after': '1', 'content-type': 'application/problem+json', 'x-ratelimit-limit': '1000' })
  expect((await api.ask('GET', '/v1/users/me', { token: tokens[1] ?? '' })).status).toBe(200)
  const all = (await Promise.all(tokens.slice(1).map((t) => flood(49, { token: t }, '/v1/apps')))).flat()
  expect(all.map((a) => a.status)).toEqual(all.map(() => 200))
  const more = await flood(10, { token: await tokenOf(customer.actor) }, '/v1/apps')
  expect(more.filter((a) => a.status === 429 && /organization/.test(String(a.body.detail)))).toHaveLength(10 - (150 - 147))
}), 30_000)

test('who has no token is counted by address, guessed tokens included; the operator has the highest tier', () => asProduction(async () => {
  const from = (ip: string, headers: Record<string, string> = {}) => flood(30, { headers: { 'x-forwarded-for': `1.2.3.4, ${ip}`, ...headers } }, '/v1/brand')
  const anonymous = await from('198.51.100.7')
  expect(anonymous.filter((a) => a.status === 429)).toHaveLength(10)
  expect((await from('198.51.100.8', { authorization: 'Bearer pat_guessedguessedguessed' })).filter((a) => a.status === 429)).toHaveLength(10)
  expect((await api.ask('GET', '/v1/brand', { headers: { 'x-forwarded-for': '198.51.100.9' } })).headers['x-ratelimit-limit']).toBe('100')
  const staff: UserActor = (await makeUser({ staff: true })).actor
  expect((await api.ask('GET', '/v1/users/me', { token: await tokenOf(staff) })).headers['x-ratelimit-limit']).toBe('50000')
}), 30_000)

test('webhooks are held back while their signatures are wrong, and never where one was right', () => asProduction(async () => {
  const server = http.createServer((req, res) => void handleHook(req, res)).listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  const post = (ip: string, signature: string) => fetch(`http://127.0.0.1:${port}/hooks/fake`, { method: 'POST', body: '{}', headers: { 'x-forwarded-for': ip, signature } }).then((r) => r.status)
  const many = (ip: string, signature: string) => Promise.all(Array.from({ length: 30 }, () => post(ip, signature)))
  const event = { kind: 'other', type: 'ping', providerRef: null, paymentRef: null, attemptId: null } as const
  setProviders([{ name: 'fake', parseWebhook: (_body: Buffer, { signature }: IncomingHttpHeaders) =>
    Promise.resolve(signature === 'good' ? { ok: true, event: { ...event, dedupeKey: newId('event') } } : { ok: false, reason: 'signature_invalid' }) } as unknown as PaymentProvider])
  expect(new Set(await many('203.0.113.2', 'good'))).toEqual(new Set([200]))
  expect(new Set(await many('203.0.113.2', 'bad'))).toEqual(new Set([400]))
  await many('203.0.113.1', 'bad')
  expect([await post('203.0.113.1', 'bad'), await post('203.0.113.1', 'good'), await post('203.0.113.3', 'good')]).toEqual([429, 429, 200])
  await new Promise((resolve) => server.close(resolve))
}))
