import { expect, test } from 'vitest'
import { forgetAccess } from '../../core/access-cache.ts'
import { runtime } from '../../core/runtime.ts'
import { makeOwner } from '../../testing/actors.ts'
import { tokenOf, withApi } from '../../testing/api.ts'
import { makeMember } from '../../testing/estate.ts'
import { withRuntime } from '../../testing/runtime.ts'
import { createApp } from '../apps/index.ts'
import { newTokenText } from './format.ts'

withRuntime({ SHELLWEGO_SANDBOX_PORT: 21_010, PORT: 21_011 })
const api = withApi()

const elsewhere = (text: string, values: unknown[] = []) => runtime().databases.systemPool.query<Record<string, unknown>>(text, values)
const sql = (text: string, values: unknown[] = []) => elsewhere(text, values).finally(forgetAccess)
const setUp = async () => {
  const owner = await makeOwner()
  const session = await tokenOf(owner.actor)
  const app = await owner.call(createApp, { name: 'alpha', image: 'builtin/hello:v1' })
  return { owner, session, app, orgId: owner.organization.id }
}
const make = async (session: string, body: Record<string, unknown> = {}) => {
  const answer = await api.ask('POST', '/v1/tokens', { token: session, body: { name: 'mine', ...body } })
  if (answer.status !== 201) throw new Error(answer.text)
  return answer.body as { id: string; token: string; hint: string }
}
const makeAccount = async (session: string, orgId: string, over: Record<string, unknown> = {}, token: Record<string, unknown> = {}) => {
  const path = `/v1/organizations/${orgId}/service-accounts`
  const account = await api.ask('POST', path, { token: session, body: { name: 'ci', ...over } })
  if (account.status !== 201) throw new Error(account.text)
  const id = String(account.body.id)
  const made = await api.ask('POST', `${path}/${id}/tokens`, { token: session, body: { name: 'main', ...token } })
  if (made.status !== 201) throw new Error(made.text)
  return { path: `${path}/${id}`, id, tokenId: String(made.body.id), token: String(made.body.token) }
}
const apps = (token: string, headers: Record<string, string> = {}) => api.ask('GET', '/v1/apps', { token, headers })

test('a token is shown once and stored as a hash; lists show how it ends', async () => {
  const { session } = await setUp()
  const made = await make(session, { scopes: ['apps:read'] })
  expect(made.token).toMatch(/^pat_shellwego_/)
  const stored = JSON.stringify((await sql('SELECT * FROM api_token WHERE id = $1', [made.id])).rows)
  expect(stored).not.toContain(made.token)
  expect(stored).not.toContain(made.token.slice(14, 44))
  const list = await api.ask('GET', '/v1/tokens', { token: session })
  expect(list.text).not.toContain(made.token.slice(14, 44))
  expect(list.body.data).toMatchObject([{ id: made.id, hint: made.token.slice(-4), scopes: ['apps:read'], status: 'active', last_used_at: null }])
})

test('it works until it is revoked, and not one request longer', async () => {
  const { session } = await setUp()
  const made = await make(session)
  expect((await apps(made.token)).status).toBe(200)
  expect((await api.ask('DELETE', `/v1/tokens/${made.id}`, { token: session })).status).toBe(200)
  const answer = await apps(made.token)
  expect([answer.status, answer.body.code]).toEqual([401, 'unauthenticated'])
  expect((await api.ask('DELETE', `/v1/auth/token/${made.id}`, { token: session })).status).toBe(404)
})

test('an expired token, one of another brand and a malformed one are alike unknown', async () => {
  const { session } = await setUp()
  const [expired, foreign] = [await make(session), await make(session)]
  await sql('UPDATE api_token SET expires_at = now() WHERE id = $1', [expired.id])
  await sql('UPDATE api_token SET brand_id = \'brand_other00000000\' WHERE id = $1', [foreign.id])
  const answers = await Promise.all([expired.token, foreign.token, newTokenText('pat'), 'pat_shellwego_short', `${expired.token}x`].map((t) => apps(t)))
  expect(answers.map((a) => [a.status, a.body.detail])).toEqual(answers.map(() => [401, 'The token is unknown, expired or of another console.']))
})

test('a malformed token costs no question to the database', async () => {
  const { session } = await setUp()
  const { token } = await make(session)
  const pool = runtime().databases.systemPool
  const original = pool.query.bind(pool)
  const asked: string[] = []
  pool.query = ((...args: Parameters<typeof original>) => {
    asked.push(JSON.stringify(args[0]))
    return original(...args)
  }) as typeof pool.query
  try {
    await apps(`${token.slice(0, -1)}${token.endsWith('0') ? '1' : '0'}`)
    expect(asked.filter((q) => q.includes('api_token'))).toEqual([])
    await apps(token)
    expect(asked.filter((q) => q.includes('api_token')).length).toBeGreaterThan(0)
  } finally {
    pool.query = original
  }
})

test('a revocation made by another portal holds within a second', async () => {
  const { session } = await setUp()
  const made = await make(session)
  expect((await apps(made.token)).status).toBe(200)
  await elsewhere('UPDATE api_token SET revoked_at = now() WHERE id = $1', [made.id])
  await new Promise((resolve) => setTimeout(resolve, 1_000))
  expect((await apps(made.token)).status).toBe(401)
})

test('last use is written, at most once a minute', async () => {
  const { session } = await setUp()
  const made = await make(session)
  const used = async () => (await sql('SELECT last_used_at, last_used_ip FROM api_token WHERE id = $1', [made.id])).rows[0]
  await apps(made.token, { 'x-forwarded-for': '203.0.113.9' })
  const first = await used()
  expect(first).toMatchObject({ last_used_ip: '203.0.113.9' })
  await apps(made.token, { 'x-forwarded-for': '203.0.113.10' })
  expect(await used()).toEqual(first)
  await sql('UPDATE api_token SET last_used_at = now() - interval \'2 minutes\' WHERE id = $1', [made.id])
  await apps(made.token, { 'x-forwarded-for': '203.0.113.10' })
  expect(await used()).toMatchObject({ last_used_ip: '203.0.113.10' })
})

test('an allow list of addresses holds', async () => {
  const { session } = await setUp()
  const made = await make(session, { ip_allow: ['203.0.113.0/24', '2001:db8::1'] })
  expect((await apps(made.token, { 'x-forwarded-for': '203.0.113.200' })).status).toBe(200)
  const refused = await apps(made.token, { 'x-forwarded-for': '198.51.100.1' })
  expect([refused.status, refused.body.code]).toEqual([403, 'address_refused'])
})

test.each([
  [{ name: '' }, '/name'], [{ name: 'a\u0000b' }, '/name'], [{ name: 'x'.repeat(61) }, '/name'], [{ scopes: ['apps:fly'] }, '/scopes/0'], [{ scopes: 'apps:read' }, '/scopes'],
  [{ scopes: ['apps:read', 'apps:read'] }, '/scopes'], [{ ip_allow: ['10.0.0.0/33'] }, '/ip_allow/0'], [{ ip_allow: ['localhost'] }, '/ip_allow/0'],
  [{ expires_in_days: 0 }, '/expires_in_days'], [{ expires_in_days: 366 }, '/expires_in_days'], [{ expires_in_days: 1.5 }, '/expires_in_days'],
  [{ owner: true }, '/owner'], [{ app_ids: Array.from({ length: 51 }, (_, i) => `app_${i}`) }, '/app_ids'],
])('%j is refused at its place', async (body, pointer) => {
  const { session } = await setUp()
  const answer = await api.ask('POST', '/v1/tokens', { token: session, body: { name: 'mine', ...body } })
  expect([answer.status, (answer.body.errors as { pointer: string }[])[0]?.pointer]).toEqual([400, pointer])
})

test('a person gives no scope they have not, in no organization they are not in, on no app they do not see', async () => {
  const { owner, orgId, app } = await setUp()
  const other = await setUp()
  const viewer = await makeMember(orgId, 'viewer')
  const session = await tokenOf(viewer.actor)
  const ask = async (body: object) => {
    const answer = await api.ask('POST', '/v1/tokens', { token: session, body: { name: 'x', ...body } })
    return [answer.status, (answer.body.errors as { pointer: string }[] | undefined)?.[0]?.pointer ?? answer.body.detail]
  }
  expect(await ask({ scopes: ['apps:read', 'apps:write'] })).toEqual([422, '/scopes/1'])
  expect(await ask({ organization_id: other.orgId })).toEqual([404, 'No such organization.'])
  expect(await ask({ organization_id: orgId, app_ids: [other.app.id] })).toEqual([404, 'No such app.'])
  expect(await ask({ app_ids: [app.id] })).toEqual([422, '/app_ids'])
  expect(await ask({ organization_id: orgId, app_ids: [app.id], scopes: ['members:read'] })).toEqual([422, '/scopes'])
  expect(await ask({ organization_id: orgId, app_ids: [app.id], scopes: ['apps:read'] })).toEqual([201, undefined])
  expect(owner.actor.userId).not.toBe(viewer.actor)
})

test('a token can make no other, change no account and outlive no membership', async () => {
  const { session, orgId, owner } = await setUp()
  const { token } = await make(session)
  expect((await api.ask('POST', '/v1/tokens', { token, body: { name: 'child' } })).body.code).toBe('session_required')
  const limited = await make(session, { scopes: ['apps:read'] })
  expect((await api.ask('DELETE', `/v1/tokens/${limited.id}`, { token: limited.token })).body.code).toBe('session_required')
  await sql('UPDATE membership SET suspended_at = now() WHERE org_id = $1 AND user_id = $2', [orgId, owner.actor.userId])
  expect((await api.ask('GET', `/v1/apps?organization_id=${orgId}`, { token })).status).toBe(404)
})

test('rotation keeps the limits, and the old one works for the overlap only', async () => {
  const { session } = await setUp()
  const [first, second] = [await make(session, { scopes: ['apps:read'], expires_in_days: 30 }), await make(session)]
  const rotated = await api.ask('POST', `/v1/tokens/${first.id}/rotate`, { token: session, body: {} })
  expect(rotated.body).toMatchObject({ name: 'mine', scopes: ['apps:read'] })
  expect([(await apps(String(rotated.body.token))).status, (await apps(first.token)).status]).toEqual([200, 401])
  await api.ask('POST', `/v1/tokens/${second.id}/rotate`, { token: session, body: { overlap_minutes: 5 } })
  expect((await apps(second.token)).status).toBe(200)
  const { rows } = await sql('SELECT extract(epoch FROM expires_at - now())::int AS left FROM api_token WHERE id = $1', [second.id])
  expect(Number(rows[0]?.left)).toBeLessThanOrEqual(300)
})

test('a temporary token has one permission, on one app if wanted, for 15 minutes', async () => {
  const { session, orgId, app } = await setUp()
  const made = await api.ask('POST', '/v1/tokens/temporary', { token: session, body: { organization_id: orgId, scope: 'apps:read', app_id: app.id } })
  expect(made.status).toBe(201)
  const token = String(made.body.token)
  expect(new Date(String(made.body.expires_at)).getTime() - Date.now()).toBeLessThanOrEqual(15 * 60_000)
  expect((await api.ask('GET', `/v1/apps/${app.id}`, { token })).status).toBe(200)
  expect((await api.ask('POST', `/v1/apps/${app.id}/scale`, { token, body: { replicas: 2 } })).body.code).toBe('forbidden')
  expect((await api.ask('POST', '/v1/tokens/temporary', { token, body: { organization_id: orgId, scope: 'apps:read' } })).body.code).toBe('session_required')
})

test('nobody makes more than 50 tokens, not even at once', async () => {
  const { session } = await setUp()
  const answers = await Promise.all(Array.from({ length: 56 }, () => api.ask('POST', '/v1/tokens', { token: session, body: { name: 'many' } })))
  expect(answers.filter((a) => a.status === 201)).toHaveLength(50)
  expect(answers.filter((a) => a.body.code === 'quota_exceeded')).toHaveLength(6)
})

test('a service account acts by its role, its token may be narrower, and 90 days are the default', async () => {
  const { session, orgId, app } = await setUp()
  const machine = await makeAccount(session, orgId, { role: 'developer' }, { scopes: ['apps:read'] })
  expect(machine.token).toMatch(/^sat_shellwego_/)
  expect((await api.ask('GET', `/v1/apps/${app.id}`, { token: machine.token })).status).toBe(200)
  expect((await api.ask('POST', `/v1/apps/${app.id}/scale`, { token: machine.token, body: { replicas: 2 } })).body.code).toBe('forbidden')
  const list = await api.ask('GET', `${machine.path}/tokens`, { token: session })
  const [row] = list.body.data as { expires_at: string; last_used_at: string | null }[]
  expect(Math.round((new Date(row?.expires_at ?? 0).getTime() - Date.now()) / 86_400_000)).toBe(90)
  expect(row?.last_used_at).not.toBeNull()
  expect(list.text).not.toContain(machine.token.slice(14, 44))
})

test('disabling or deleting the account, or revoking its token, ends it at once', async () => {
  const { session, orgId } = await setUp()
  const [a, b, c] = [await makeAccount(session, orgId, { name: 'a' }), await makeAccount(session, orgId, { name: 'b' }), await makeAccount(session, orgId, { name: 'c' })]
  expect(await Promise.all([a, b, c].map(async (m) => (await apps(m.token)).status))).toEqual([200, 200, 200])
  await api.ask('PATCH', a.path, { token: session, body: { disabled: true }, headers: { 'if-match': '*' } })
  expect((await api.ask('DELETE', b.path, { token: session })).status).toBe(200)
  await api.ask('DELETE', `${c.path}/tokens/${c.tokenId}`, { token: session })
  expect(await Promise.all([a, b, c].map(async (m) => (await apps(m.token)).status))).toEqual([401, 401, 401])
  expect((await sql('SELECT 1 FROM api_token WHERE id = $1', [b.tokenId])).rows).toEqual([])
})

test('nobody gets by a machine what they may not do themselves', async () => {
  const { session, orgId, owner } = await setUp()
  const boss = await makeAccount(session, orgId, { name: 'boss', role: 'admin' })
  const roleId = 'role_keeper0000000000'
  await sql('INSERT INTO custom_role (id, org_id, name, permissions) VALUES ($1, $2, \'Token keeper\', $3)', [roleId, orgId, ['org:read', 'tokens:read', 'tokens:write', 'apps:read']])
  const keeper = await makeMember(orgId, 'viewer')
  if (keeper.actor.type !== 'user') throw new Error('not a person')
  await sql('UPDATE membership SET role = \'custom\', role_id = $3 WHERE org_id = $1 AND user_id = $2', [orgId, keeper.actor.userId, roleId])
  const theirs = await tokenOf(keeper.actor)
  const path = `/v1/organizations/${orgId}/service-accounts`
  const ask = async (method: string, url: string, body: object) => {
    const answer = await api.ask(method, url, { token: theirs, body, headers: { 'if-match': '*' } })
    return [answer.status, (answer.body.errors as { code: string }[] | undefined)?.[0]?.code ?? null]
  }
  expect(await ask('POST', path, { name: 'x', role: 'admin' })).toEqual([422, 'exceeds_yours'])
  expect(await ask('POST', `${boss.path}/tokens`, { name: 'x' })).toEqual([422, 'exceeds_yours'])
  expect(await ask('POST', `${boss.path}/tokens`, { name: 'x', scopes: ['members:write'] })).toEqual([422, 'exceeds_yours'])
  expect(await ask('POST', `${boss.path}/tokens/${boss.tokenId}/rotate`, {})).toEqual([422, 'exceeds_yours'])
  expect(await ask('PATCH', boss.path, { disabled: true })).toEqual([200, null])
  expect(await ask('PATCH', boss.path, { disabled: false })).toEqual([422, 'exceeds_yours'])
  expect(await ask('POST', path, { name: 'y', role_id: roleId })).toEqual([201, null])
  expect(owner.actor.userId).not.toBe(keeper.actor.userId)
})

test('a token made with a token reaches no farther and lives no longer', async () => {
  const { session, orgId } = await setUp()
  const maker = await makeAccount(session, orgId, { name: 'maker', role: 'admin' }, { scopes: ['tokens:write', 'tokens:read', 'apps:read'], ip_allow: ['127.0.0.0/8'], expires_in_days: 2 })
  const target = await makeAccount(session, orgId, { name: 'target', role: 'viewer' })
  const ask = (body: object) => api.ask('POST', `${target.path}/tokens`, { token: maker.token, body: { name: 'child', ...body }, headers: { 'x-forwarded-for': '127.0.0.1' } })
  expect((await ask({ scopes: ['members:read'] })).status).toBe(422)
  expect((await ask({})).status).toBe(422)
  expect((await ask({ scopes: ['apps:read'], ip_allow: ['0.0.0.0/0'] })).status).toBe(422)
  const child = await ask({ scopes: ['apps:read'] })
  expect(child.body).toMatchObject({ ip_allow: ['127.0.0.0/8'], scopes: ['apps:read'] })
  expect(new Date(String(child.body.expires_at)).getTime() - Date.now()).toBeLessThan(2 * 86_400_000 + 1000)
})

test('the organization of others does not exist for a machine, and its secret is in no event', async () => {
  const [a, b] = [await setUp(), await setUp()]
  const machine = await makeAccount(a.session, a.orgId)
  const answer = await api.ask('GET', `/v1/apps?organization_id=${b.orgId}`, { token: machine.token })
  expect([answer.status, answer.body.detail]).toEqual([404, 'No such organization.'])
  expect((await api.ask('GET', machine.path, { token: b.session })).status).toBe(404)
  const events = JSON.stringify((await sql('SELECT * FROM event WHERE org_id = $1', [a.orgId])).rows)
  expect(events).toContain('token.created')
  expect(events).not.toContain(machine.token.slice(14, 44))
})

test('a token ends no session of its person: whoever finds it must not sign them out', async () => {
  const { owner, session } = await setUp()
  const { token } = await make(session)
  const { rows: [row] } = await sql('SELECT id FROM session WHERE user_id = $1', [owner.actor.userId])
  const { id } = row as { id: string }
  for (const path of ['/v1/auth/sessions', `/v1/auth/sessions/${id}`, `/v1/auth/token/${id}`]) {
    const answer = await api.ask('DELETE', path, { token })
    expect([path, answer.status, answer.body.code]).toEqual([path, 403, 'session_required'])
  }
  expect((await api.ask('GET', '/v1/users/me', { token: session })).status).toBe(200)
  expect((await api.ask('DELETE', `/v1/auth/token/${id}`, { token: session })).status, 'it ends itself').toBe(200)
  expect((await api.ask('GET', '/v1/users/me', { token: session })).status).toBe(401)
})

test('a machine reads the marketplace and the regions', async () => {
  const { session, orgId } = await setUp()
  const machine = await makeAccount(session, orgId, { name: 'reader' })
  for (const path of ['/v1/catalog', '/v1/catalog/hello', '/v1/regions']) expect([path, (await api.ask('GET', path, { token: machine.token })).status]).toEqual([path, 200])
  expect((await api.ask('GET', '/v1/users/me', { token: machine.token })).status).toBe(403)
})
