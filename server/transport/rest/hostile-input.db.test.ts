import { beforeAll, expect, test } from 'vitest'
import { runtime } from '../../core/runtime.ts'
import { createApp } from '../../domain/apps/index.ts'
import { makeOwner, makeUser } from '../../testing/actors.ts'
import { tokenOf, withApi } from '../../testing/api.ts'
import { withRuntime } from '../../testing/runtime.ts'

withRuntime({ SHELLWEGO_SANDBOX_PORT: 24_730, PORT: 24_731 })
const api = withApi()
const HELLO = { name: 'hello', image: 'builtin/hello:v1' }
/** Generous: the machine that runs this may be busy. */
const QUICK_MS = 5_000
let token = ''
let appId = ''
beforeAll(async () => {
  const owner = await makeOwner()
  token = await tokenOf(owner.actor)
  appId = (await owner.call(createApp, HELLO)).id
})

const nested = (depth: number): string => `${'['.repeat(depth)}${']'.repeat(depth)}`

test.each([
  ['POST', '/v1/apps', '{"name":"a\\u0000b","image":"x"}', 400],
  ['POST', '/v1/apps', '{"name":"ab","image":"builtin/hello","env":{"A":"\\ud800"}}', 400],
  ['POST', '/v1/apps', '{"name":"ab","image":"builtin/hello","command":["x\\udfff"]}', 400],
  ['POST', '/v1/organizations', '{"name":"half \\ud83d pair"}', 400],
  ['PATCH', '/v1/apps/a%00b', '{"replicas":2}', 400],
  ['GET', '/v1/apps/a%00b', undefined, 400],
  ['GET', '/v1/apps/%ff', undefined, 404],
  ['GET', '/v1/apps/%zz/logs?follow=true', undefined, 404],
  ['GET', '/v1/apps/a%00b/logs?follow=true', undefined, 400],
  ['GET', '/v1/events?follow=true&organization_id=%00', undefined, 400],
  ['GET', '/v1/apps?filter[q]=%00', undefined, 400],
  ['GET', '/v1/apps?organization_id=%00', undefined, 400],
  ['GET', '/v1/apps?organization_id[a]=b', undefined, 400],
  ['GET', '/v1/apps?cursor=WyIyMDI2LTAxLTAxVDAwOjAwOjAwWiIsImFcdTAwMDBiIl0', undefined, 400],
  ['GET', '/v1/apps?limit=1e99', undefined, 400],
  ['GET', '/v1/apps?__proto__[limit]=1', undefined, 400],
  ['GET', '/v1/apps?filter[__proto__][q]=x', undefined, 400],
  ['POST', '/v1/apps', '{"__proto__":{"name":"ab"},"constructor":{"prototype":{"admin":true}},"image":"builtin/hello"}', 400],
  ['POST', '/v1/apps', `{"name":${nested(100_000)},"image":"x"}`, 400],
  ['POST', '/v1/apps', nested(2_000_000), 400],
  ['POST', '/v1/billing/preview', `{"lines":${nested(3000)}}`, 400],
  ['POST', '/v1/apps', `{"name":"${'a'.repeat(5_000_000)}","image":"x"}`, 400],
  ['POST', '/v1/apps', '"text"', 400], ['POST', '/v1/apps', 'null', 400], ['POST', '/v1/apps', '1e999', 400], ['POST', '/v1/apps', '\u{feff}{}', 400],
] as const)('%s %s with hostile input %# is answered quickly and never by a fault of ours', async (method, path, raw, status) => {
  const start = performance.now()
  const answer = await api.ask(method, path, { token, ...(raw === undefined ? {} : { raw }) })
  expect([answer.status, answer.text.slice(0, 200)]).toEqual([status, expect.any(String)])
  expect(performance.now() - start).toBeLessThan(QUICK_MS)
  expect(({} as { admin?: boolean }).admin).toBeUndefined()
})

test('a body over 10 MB is refused with 413, announced or not', async () => {
  const big = Buffer.alloc(11 * 1024 * 1024, 'a')
  const announced = await api.ask('POST', '/v1/apps', { token, raw: big, headers: { 'content-length': String(big.length) } })
  const chunked = await api.ask('POST', '/v1/apps', { token, raw: big, headers: { 'transfer-encoding': 'chunked' } })
  expect([announced, chunked].map((a) => [a.status, a.body.code])).toEqual([[413, 'body_too_large'], [413, 'body_too_large']])
})

test.each(['text/plain', 'multipart/form-data; boundary=x', 'application/x-www-form-urlencoded', 'application/jsonx', ''])('a body sent as %j is refused with 415', async (type) => {
  expect((await api.ask('POST', '/v1/apps', { token, raw: '{}', headers: { 'content-type': type } })).status).toBe(415)
})

test.each(['%', '%zz', 'a;b=%e0%a4%a', '=', ';;;'])('a broken cookie %j is no session and no fault', async (value) => {
  expect((await api.ask('GET', '/v1/users/me', { headers: { cookie: `authjs.session-token=${value}` } })).status).toBe(401)
})

test('another host in X-Forwarded-Host or Forwarded changes neither brand nor the links in mails', async () => {
  const headers = { 'x-forwarded-host': 'evil.example.com', forwarded: 'host=evil.example.com', 'x-original-host': 'evil.example.com' }
  const person = await makeUser()
  expect((await api.ask('GET', '/v1/brand', { headers })).status).toBe(200)
  expect((await api.ask('POST', '/v1/auth/password-reset', { headers, body: { email: person.actor.email } })).status).toBe(202)
  const { rows } = await runtime().databases.systemPool.query<{ payload: { to: string; props: { url: string } } }>(
    'SELECT payload FROM graphile_worker._private_jobs j JOIN graphile_worker._private_tasks t ON t.id = j.task_id WHERE t.identifier = \'send-mail\'')
  const urls = rows.filter((r) => r.payload.to === person.actor.email).map((r) => r.payload.props.url)
  expect(urls).toEqual([expect.stringMatching(/^https:\/\/console\.localhost\/reset-password\?token=/)])
})

test('twenty people who sign in at once all get in', async () => {
  const people = await Promise.all(Array.from({ length: 20 }, () => makeUser()))
  const answers = await Promise.all(people.map((p) => api.ask('POST', '/v1/auth/token', { body: { email: p.actor.email, password: 'correct horse battery' } })))
  expect(answers.map((a) => a.status)).toEqual(people.map(() => 201))
})

test('a secret sent is in no answer', async () => {
  const answer = await api.ask('PATCH', `/v1/apps/${appId}`, { token, body: { env: { KEY: { value: 'open sesame', secret: true }, 'BAD NAME': 'open sesame' } } })
  expect([answer.status, answer.text.includes('open sesame')]).toEqual([400, false])
})
