import { afterAll, beforeAll, expect, test } from 'vitest'
import { runtime } from '../../core/runtime.ts'
import { makeUser } from '../../testing/actors.ts'
import { tokenOf, withApi } from '../../testing/api.ts'
import { withRuntime } from '../../testing/runtime.ts'
import { setPlainMail } from '../billing/testing/books.ts'
import { createToken } from '../tokens/index.ts'
import { startIdentityProvider, type IdentityProvider } from './testing/identity-provider.ts'
import { makeSsoOrg, type SsoOrg } from './testing/scene.ts'

withRuntime({ SHELLWEGO_WEBHOOK_ALLOW: '127.0.0.1/32', SHELLWEGO_SANDBOX_PORT: 21_090, PORT: 21_091 })
const api = withApi()
const sql = (text: string, values: unknown[]) => runtime().databases.systemPool.query(text, values)
let idp: IdentityProvider
let org: SsoOrg
beforeAll(async () => {
  setPlainMail()
  idp = await startIdentityProvider({ redirectUri: 'https://console.localhost/sso/callback' })
  org = await makeSsoOrg(idp)
})
afterAll(() => idp.stop())

const member = async (email: string) => {
  const somebody = await makeUser({ email })
  await sql('INSERT INTO membership (org_id, user_id, role) VALUES ($1, $2, \'developer\')', [org.orgId, somebody.actor.userId])
  return somebody
}
const apps = (token: string) => api.ask('GET', `/v1/apps?organization_id=${org.orgId}`, { token }).then((a) => [a.status, a.body.code ?? 'ok'])

test('where single sign-on is demanded, a personal token of before opens nothing of that organization, nor makes one that does', async () => {
  const [bound, guest] = [await member(`ada@${org.domain}`), await member('guest@elsewhere.example')]
  const [old, guests] = await Promise.all([bound, guest].map((one) => one.call(createToken, { name: 'before' })))
  if (!old || !guests) throw new Error('no tokens')
  const own = await bound.call(createToken, { name: 'bound to it', organization_id: org.orgId })
  await sql('UPDATE sso_connection SET enforced_at = NULL WHERE org_id = $1', [org.orgId])
  expect(await apps(old.token)).toEqual([200, 'ok'])
  await sql('UPDATE sso_connection SET tested_at = now(), enforced_at = now() WHERE org_id = $1', [org.orgId])
  expect(await Promise.all([old.token, own.token].map(apps))).toEqual([[403, 'sso_required'], [403, 'sso_required']])
  const temporary = await api.ask('POST', '/v1/tokens/temporary', { token: old.token, body: { organization_id: org.orgId, scope: 'apps:read' } })
  expect([temporary.status, temporary.body.code]).toEqual([403, 'sso_required'])
  expect(await apps(guests.token), 'nobody of the domain').toEqual([200, 'ok'])
  expect(await apps(await tokenOf(bound.actor)), 'a session').toEqual([200, 'ok'])
  const fresh = await bound.call(createToken, { name: 'since' })
  expect(await apps(fresh.token), 'made since').toEqual([200, 'ok'])
  expect((await api.ask('GET', '/v1/users/me', { token: old.token })).status, 'their own account').toBe(200)
  await sql('UPDATE sso_connection SET enforced_at = NULL WHERE org_id = $1', [org.orgId])
  expect(await apps(old.token)).toEqual([200, 'ok'])
})
