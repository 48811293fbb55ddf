import { expect, test } from 'vitest'
import { Problem } from '../../contract/problem.ts'
import { createApp, listApps } from '../../domain/apps/index.ts'
import { createBrand } from '../../domain/branding/index.ts'
import { makeOwner, makeUser } from '../../testing/actors.ts'
import { tokenOf, withApi, type Answer } from '../../testing/api.ts'
import { withRuntime } from '../../testing/runtime.ts'

withRuntime({ SHELLWEGO_SANDBOX_PORT: 24_720, PORT: 24_721 })
const api = withApi()
const HELLO = { name: 'hello', image: 'builtin/hello:v1' }
const withOwner = async () => {
  const owner = await makeOwner()
  return { owner, token: await tokenOf(owner.actor) }
}
const problemOf = (answer: Answer): Problem => {
  expect(answer.headers['content-type']).toBe('application/problem+json')
  const problem = Problem.parse(answer.body)
  expect(problem.status).toBe(answer.status)
  expect(problem.request_id).toBe(answer.headers['x-request-id'])
  return problem
}

test.each([
  ['GET', '/v1/apps', {}, 401, 'unauthenticated'],
  ['GET', '/v1/apps', { headers: { authorization: 'Bearer sess_unknownunknownunknown' } }, 401, 'unauthenticated'],
  ['GET', '/v1/nothing', {}, 404, 'not_found'],
  ['PUT', '/v1/apps', {}, 405, 'method_not_allowed'],
  ['GET', '/v1/brand', { headers: { host: 'elsewhere.example.com' } }, 421, 'unknown_host'],
  ['POST', '/v1/auth/token', { raw: '{"email":' }, 400, 'invalid_json'],
  ['POST', '/v1/auth/token', { raw: '[]' }, 400, 'invalid_request'],
  ['POST', '/v1/auth/token', { raw: 'email=a&password=b', headers: { 'content-type': 'application/x-www-form-urlencoded' } }, 415, 'unsupported_media_type'],
] as const)('%s %s %j is refused with %i %s', async (method, path, question, status, code) => {
  const problem = problemOf(await api.ask(method, path, question))
  expect([problem.status, problem.code, problem.instance]).toEqual([status, code, path])
})

test('a wrong method says which ones there are', async () => {
  expect((await api.ask('PUT', '/v1/apps')).headers.allow?.split(', ').sort()).toEqual(['GET', 'HEAD', 'OPTIONS', 'POST'])
})

test('a role that may not, a thing that is not there, a rule that is broken and a state that forbids', async () => {
  const { owner, token } = await withOwner()
  expect(problemOf(await api.ask('GET', '/v1/brands', { token }))).toMatchObject({ status: 403, code: 'forbidden' })
  expect(problemOf(await api.ask('GET', '/v1/apps/app_none', { token }))).toMatchObject({ status: 404, code: 'not_found' })
  expect(problemOf(await api.ask('POST', '/v1/apps', { token, body: { ...HELLO, resources: { memory: '1m' } } })))
    .toMatchObject({ status: 422, code: 'rule_violated', errors: [{ pointer: '/resources/memory' }] })
  await owner.call(createApp, HELLO)
  expect(problemOf(await api.ask('POST', '/v1/apps', { token, body: HELLO }))).toMatchObject({ status: 409, code: 'name_taken', errors: [{ pointer: '/name' }] })
})

test('unknown fields are named, in the body and in the query', async () => {
  const { token } = await withOwner()
  const body = problemOf(await api.ask('POST', '/v1/apps', { token, body: { ...HELLO, colour: 'red', resources: { gpu: 1 } } }))
  expect(body.errors?.map((e) => [e.pointer, e.code]).sort()).toEqual([['/colour', 'unknown_field'], ['/resources/gpu', 'unknown_field']])
  const query = problemOf(await api.ask('GET', '/v1/apps?colour=red&filter[shape]=round', { token }))
  expect(query.errors?.map((e) => e.pointer).sort()).toEqual(['/colour', '/filter/shape'])
})

test('every answer has a request id of its own and is not cached', async () => {
  const [a, b] = [await api.ask('GET', '/v1/brand'), await api.ask('GET', '/v1/brand')]
  expect(a.headers['x-request-id']).toMatch(/^req_/)
  expect(a.headers['x-request-id']).not.toBe(b.headers['x-request-id'])
  expect(a.headers['cache-control']).toBe('no-store')
})

test('pages joined by Link and by cursor are the whole list, each app once', async () => {
  const { owner, token } = await withOwner()
  for (let i = 0; i < 7; i++) await owner.call(createApp, { ...HELLO, name: `app-${i}` })
  const seen: string[] = []
  let next: string | undefined = '/v1/apps?limit=3'
  while (next) {
    const page = await api.ask('GET', next, { token })
    seen.push(...(page.body.data as { name: string }[]).map((a) => a.name))
    const { next_cursor: cursor } = page.body.pagination as { next_cursor: string | null }
    next = /^<(\/v1\/apps\?[^>]+)>; rel="next"$/.exec(String(page.headers.link))?.[1]
    expect(next === undefined).toBe(cursor === null)
    if (next && cursor) expect(new URL(next, 'http://x').searchParams.get('cursor')).toBe(cursor)
  }
  expect(seen).toEqual((await owner.call(listApps, { limit: 100 })).data.map((a) => a.name))
  expect(seen).toHaveLength(7)
})

test('an Idempotency-Key replays the answer and refuses another body', async () => {
  const { token } = await withOwner()
  const headers = { 'idempotency-key': 'key-1' }
  const [a, b] = [await api.ask('POST', '/v1/apps', { token, headers, body: HELLO }), await api.ask('POST', '/v1/apps', { token, headers, body: HELLO })]
  expect([a.status, b.status]).toEqual([201, 201])
  expect(b.body).toEqual(a.body)
  expect(problemOf(await api.ask('POST', '/v1/apps', { token, headers, body: { ...HELLO, name: 'other' } }))).toMatchObject({ status: 422, code: 'idempotency_key_reused' })
})

test('a token answered once is not kept for a second asking', async () => {
  const person = await makeUser()
  const ask = () => api.ask('POST', '/v1/auth/token', { headers: { 'idempotency-key': 'k' }, body: { email: person.actor.email, password: 'correct horse battery' } })
  const [a, b] = [await ask(), await ask()]
  expect([a.status, b.status]).toEqual([201, 201])
  expect(a.body.token).not.toBe(b.body.token)
})

test('a change by cookie needs our header and our origin', async () => {
  const { token } = await withOwner()
  const cookie = `authjs.session-token=${token}`
  const post = (headers: Record<string, string>, name: string) => api.ask('POST', '/v1/apps', { headers: { cookie, host: 'console.localhost', ...headers }, body: { ...HELLO, name } })
  expect((await api.ask('GET', '/v1/apps', { headers: { cookie, host: 'console.localhost' } })).status).toBe(200)
  for (const headers of [{}, { origin: 'https://evil.example.com', 'x-shellwego-csrf': '1' }, { origin: 'null', 'x-shellwego-csrf': '1' }, { origin: 'https://console.localhost' }]) {
    expect(problemOf(await post(headers, 'refused'))).toMatchObject({ status: 403, code: 'csrf_refused' })
  }
  expect((await post({ origin: 'https://console.localhost', 'x-shellwego-csrf': '1' }, 'taken')).status).toBe(201)
})

test('a tRPC change needs our header even with a bearer, and a foreign caller sees nothing', async () => {
  const [{ token }, stranger] = [await withOwner(), await withOwner()]
  expect((await api.ask('POST', '/api/trpc/apps.create', { token, body: HELLO })).status).toBe(403)
  const made = await api.ask('POST', '/api/trpc/apps.create', { token, headers: { 'x-shellwego-csrf': '1' }, body: HELLO })
  const { id } = (made.body as { result: { data: { id: string } } }).result.data
  const read = (t: string) => api.ask('GET', `/api/trpc/apps.get?input=${encodeURIComponent(JSON.stringify({ app_id: id }))}`, { token: t })
  expect((await read(token)).status).toBe(200)
  expect((await read(stranger.token)).status).toBe(404)
})

test('a person of one brand is nobody under another brand\'s host', async () => {
  const staff = await makeUser({ staff: true })
  await staff.call(createBrand, { name: 'Cloud', hostname: 'cloud.example.com', support_email: 'help@example.com', legal_name: 'Cloud Ltd', invoice_prefix: 'CLD' })
  const { token } = await withOwner()
  const under = (host: string) => api.ask('GET', '/v1/users/me', { token, headers: { host } })
  expect((await under('console.localhost')).status).toBe(200)
  expect(problemOf(await under('cloud.example.com'))).toMatchObject({ status: 401, code: 'unauthenticated' })
  expect((await api.ask('GET', '/v1/brand', { headers: { host: 'cloud.example.com' } })).body.name).toBe('Cloud')
})

test('an ended session is refused at the next request', async () => {
  const { token } = await withOwner()
  expect((await api.ask('GET', '/v1/users/me', { token })).status).toBe(200)
  expect((await api.ask('DELETE', '/v1/auth/sessions', { token })).status).toBe(200)
  expect((await api.ask('GET', '/v1/users/me', { token })).status).toBe(401)
})
