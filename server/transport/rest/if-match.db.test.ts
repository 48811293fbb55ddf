import { beforeAll, describe, expect, test } from 'vitest'
import { operations, composites } from '../../compose.ts'
import { runtime } from '../../core/runtime.ts'
import { makeUser } from '../../testing/actors.ts'
import { tokenOf, withApi, type Answer } from '../../testing/api.ts'
import { makeEstate } from '../../testing/estate.ts'
import { withRuntime } from '../../testing/runtime.ts'

withRuntime({ SHELLWEGO_SANDBOX_PORT: 21_060, PORT: 21_061 })
const api = withApi()

interface Case { read: string; write?: string; method?: 'PATCH' | 'PUT'; body: object; next: object; staff?: boolean; refusedLater?: string }
/** What each operation changes, twice in two ways. Apps, brands, organizations and webhooks have tests of their own. */
const CASES: Record<string, Case> = {
  'admin.set_quotas': { read: '/admin/organizations/{organization_id}/quotas', body: { apps: 50 }, next: { apps: 51 }, staff: true },
  'admin.trust_organization': { read: '/admin/organizations/{organization_id}/trust', method: 'PUT', body: { trusted: true }, next: { trusted: false }, staff: true },
  'autoscaling.set': { read: '/apps/{app_id}/autoscaling', method: 'PUT', body: { max: 3, targets: { cpu_percent: 60 } }, next: { max: 4, targets: { requests_per_second: 10 } } },
  'auth.rename_passkey': { read: '/users/me/passkeys/{passkey_id}', body: { name: 'One' }, next: { name: 'Two' } },
  'domains.update': { read: '/domains/{own_domain_id}', write: '/domains/{own_domain_id}', body: { request_headers: { set: { 'X-A': '1' } } }, next: { redirect: null, paths: [] } },
  'members.update': { read: '/organizations/{organization_id}/members/{user_id}', body: { role: 'developer' }, next: { role: 'admin' } },
  'networks.set_of_app': { read: '/apps/{app_id}/network', method: 'PUT', body: { egress: 'restricted' }, next: { egress: 'open', bandwidth_mbit: 10 } },
  'nodes.update': { read: '/nodes/{node_id}', body: { zone: 'one' }, next: { zone: 'two' }, staff: true },
  'organizations.update': { read: '/organizations/{organization_id}', body: { name: 'One' }, next: { name: 'Two' } },
  'log_drains.update': { read: '/log-drains/{drain_id}', body: { name: 'one' }, next: { level: 'warn' } },
  'organizations.update_settings': {
    read: '/organizations/{organization_id}', write: '/organizations/{organization_id}/settings', body: { audit_retention_days: 40 }, next: { audit_retention_days: 50 },
  },
  // No method is the default one: what comes after the version is refused.
  'payments.set_settings': { read: '/billing/payment-settings', body: { auto_pay: true }, next: {}, refusedLater: 'method' },
  'roles.update': { read: '/organizations/{organization_id}/roles/{role_id}', body: { description: 'one' }, next: { permissions: ['org:read'] } },
  'secrets.set': { read: '/apps/{app_id}/secrets/KEY', method: 'PUT', body: { value: 'one' }, next: { value: 'two' } },
  'secrets.update': { read: '/secrets/{secret_id}', body: { expires_at: '2031-01-01T00:00:00.000Z' }, next: { expires_at: null } },
  'service_accounts.rename_token': {
    read: '/organizations/{organization_id}/service-accounts/{service_account_id}/tokens/{machine_token_id}', body: { name: 'one' }, next: { name: 'two' },
  },
  'service_accounts.update': { read: '/organizations/{organization_id}/service-accounts/{service_account_id}', body: { disabled: true }, next: { name: 'two' } },
  // The provider is asked last: it does not exist.
  'sso.save': {
    read: '/organizations/{organization_id}/sso', method: 'PUT', body: { issuer: 'https://one.invalid', client_id: 'one', client_secret: 's' }, next: {}, refusedLater: 'provider',
  },
  'tokens.update': { read: '/tokens/{token_id}', body: { name: 'one' }, next: { name: 'two' } },
  'users.update_me': { read: '/users/me', body: { name: 'One' }, next: { name: 'Two' } },
}
const OWN_TESTS = /^(apps|brands|webhooks|plans|prices|meters|admin\.(?!set_quotas|trust)|billing|credits|coupons|taxes|subscriptions?|usage|payment_accounts)\b/

let ids: Record<string, string>
const bearers = { owner: '', staff: '' }
beforeAll(async () => {
  const estate = await makeEstate()
  ids = estate.ids
  bearers.owner = await tokenOf(estate.owner.actor)
  bearers.staff = await tokenOf((await makeUser({ staff: true })).actor)
}, 60_000)

test('every operation that asks for If-Match is tried here or where it lives', () => {
  const asking = [...operations, ...composites].filter((o) => o.ifMatch).map((o) => o.name)
  expect(asking.filter((name) => !(name in CASES) && !OWN_TESTS.test(name))).toEqual([])
  expect(Object.keys(CASES).filter((name) => !asking.includes(name))).toEqual([])
})

const filled = (path: string): string => `/v1${path.replace(/\{(\w+)\}/g, (_, name: string) => ids[name] ?? '')}`

describe.each(Object.entries(CASES))('%s', (_name, given) => {
  const token = () => (given.staff ? bearers.staff : bearers.owner)
  const version = async (): Promise<string> => (await api.ask('GET', filled(given.read), { token: token() })).headers.etag ?? 'none'
  const write = (body: object, ifMatch?: string): Promise<Answer> =>
    api.ask(given.method ?? 'PATCH', filled(given.write ?? given.read), { token: token(), body, ...(ifMatch === undefined ? {} : { headers: { 'if-match': ifMatch } }) })

  test('refuses a change without, or with an old one; takes it with the present one; and says the new one', async () => {
    const seen = await version()
    expect(seen).toMatch(/^"[\w-]+\.\w+"$/)
    const bare = await write(given.body)
    expect([bare.status, bare.body.code]).toEqual([428, 'precondition_required'])
    expect(seen).toContain(String(bare.headers.etag).slice(1, -1))
    expect((await write(given.body, '"something-else"')).status).toBe(412)
    expect(await version(), 'a refused change changes nothing').toBe(seen)
    const first = await write(given.body, seen)
    if (given.refusedLater) return expect(first.status, first.text).not.toBe(412)
    expect(first.status, first.text).toBe(200)
    const stale = await write(given.next, seen)
    expect([stale.status, stale.headers.etag]).toEqual([412, first.headers.etag])
    expect((await version()).split('.')[0]).toBe(String(first.headers.etag).slice(0, -1))
    expect((await write(given.next, first.headers.etag)).status).toBe(200)
  })
})

test('of two who change the same at once with the same version one is refused', async () => {
  const path = filled('/organizations/{organization_id}/roles/{role_id}')
  const { etag = '' } = (await api.ask('GET', path, { token: bearers.owner })).headers
  const answers = await Promise.all(['a', 'b', 'c', 'd'].map((description) => api.ask('PATCH', path, { token: bearers.owner, body: { description }, headers: { 'if-match': etag } })))
  expect(answers.map((a) => a.status).sort()).toEqual([200, 412, 412, 412])
})

test('a secret that is not there yet is made under If-Match "new" alone, and never over one that is', async () => {
  const put = (name: string, ifMatch?: string) =>
    api.ask('PUT', filled(`/apps/{app_id}/secrets/${name}`), { token: bearers.owner, body: { value: 'x' }, ...(ifMatch ? { headers: { 'if-match': ifMatch } } : {}) })
  expect((await put('FRESH')).status).toBe(428)
  expect((await put('FRESH', '"new"')).status).toBe(200)
  expect((await put('FRESH', '"new"')).status).toBe(412)
  expect((await put('FRESH', '*')).status).toBe(200)
  const { rows } = await runtime().databases.systemPool.query<{ version: number }>('SELECT version FROM secret WHERE name = \'FRESH\'')
  expect(rows).toEqual([{ version: 2 }])
})
