import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { runtime } from '../../core/runtime.ts'
import { brandContext, makeUser } from '../../testing/actors.ts'
import { withRuntime } from '../../testing/runtime.ts'
import { actorOfToken, signIn } from '../auth/index.ts'
import { setPlainMail } from '../billing/testing/books.ts'
import { createBrand } from '../branding/index.ts'
import { discoverSso, finishSso, saveSso, startSso } from './index.ts'
import { followToCallback, startIdentityProvider, type IdentityProvider } from './testing/identity-provider.ts'
import { codeOf, handle, makeSsoOrg, signInBySso, testConnection, visitorOf, type SsoOrg } from './testing/scene.ts'

withRuntime({ SHELLWEGO_WEBHOOK_ALLOW: '127.0.0.1/32' })
const redirectUri = 'https://console.localhost/sso/callback'
const sql = async <T extends object>(text: string, values: unknown[] = []): Promise<T[]> => (await runtime().databases.systemPool.query<T>(text, values)).rows
let idp: IdentityProvider
let org: SsoOrg
let email = ''
beforeAll(async () => {
  setPlainMail()
  idp = await startIdentityProvider({ redirectUri })
})
afterAll(() => idp.stop())
beforeEach(async () => {
  org = await makeSsoOrg(idp)
  email = `ada@${org.domain}`
  idp.consents = true
  idp.person = { sub: `sub-${org.domain}`, email, email_verified: true, name: 'Ada Lovelace', amr: ['pwd'] }
})
const memberships = () => sql<{ role: string; email: string; name: string }>(
  'SELECT m.role, u.email, u.name FROM membership m JOIN "user" u ON u.id = m.user_id WHERE m.org_id = $1 AND m.role <> \'owner\'', [org.orgId])

test('somebody new comes in, becomes a member with the default role, and the next time is the same person', async () => {
  const first = await signInBySso(org, idp, email)
  expect(first).toMatchObject({ next: '/somewhere', test: null, user: { email, name: 'Ada Lovelace', email_verified: true } })
  expect(await memberships()).toEqual([{ role: 'developer', email, name: 'Ada Lovelace' }])
  expect(await actorOfToken(first.session, org.brand.id)).toMatchObject({ email, mfa: false, verified: true })
  const told = await sql('SELECT type, actor->>\'id\' AS actor FROM event WHERE org_id = $1 AND type IN (\'member.added\', \'sso.signed_in\') ORDER BY seq', [org.orgId])
  expect(told).toEqual([{ type: 'member.added', actor: first.user?.id }, { type: 'sso.signed_in', actor: first.user?.id }])
  const second = await signInBySso(org, idp, email)
  expect(second.user?.id).toBe(first.user?.id)
  expect(await memberships()).toHaveLength(1)
})

test('the identity stays that person\'s when the address changes at the provider', async () => {
  const first = await signInBySso(org, idp, email)
  idp.person = { ...idp.person, email: `countess@${org.domain}` }
  expect((await signInBySso(org, idp, email)).user?.id).toBe(first.user?.id)
})

test('an address that went to somebody else at the provider does not open the account of the one before', async () => {
  await signInBySso(org, idp, email)
  idp.person = { ...idp.person, sub: 'a newcomer' }
  expect(await codeOf(signInBySso(org, idp, email))).toBe('sso_refused')
})

test('the session counts as proven by a second factor when the provider says so, and only then', async () => {
  idp.person = { ...idp.person, amr: ['pwd', 'mfa'] }
  expect(await actorOfToken((await signInBySso(org, idp, email)).session, org.brand.id)).toMatchObject({ mfa: true })
})

test('claims that come only from the userinfo endpoint do as well, and a client that posts its secret', async () => {
  const thin = await startIdentityProvider({ redirectUri, claimsInIdToken: false, authMethod: 'client_secret_post' })
  const there = await makeSsoOrg(thin)
  thin.person = { sub: 'x', email: `x@${there.domain}`, email_verified: true }
  expect((await signInBySso(there, thin, `x@${there.domain}`)).user).toMatchObject({ email: `x@${there.domain}`, name: 'x' })
  await thin.stop()
})

test.each([
  ['is not verified', { email_verified: false }], ['has a verification that is no yes', { email_verified: 'false' }], ['has none', { email_verified: undefined }],
  ['is missing', { email: undefined }], ['lies outside the proven domains', { email: 'ada@elsewhere.example' }], ['lies below a proven domain', { email: 'ada@sub.DOMAIN' }],
  ['looks like one of the domain', { email: 'ada@DOMAIN.evil.example' }], ['is two in one', { email: 'ada@evil.example,x@DOMAIN' }],
  ['uses look-alike letters', { email: 'ａda@DOMAIN' }],
])('nobody comes in whose address %s', async (_what, over: { email?: string | undefined; email_verified?: unknown }) => {
  const changed = 'email' in over ? { email: over.email?.replace('DOMAIN', org.domain) } : {}
  Object.assign(idp.person, over, changed)
  for (const [name, value] of Object.entries(idp.person)) if (value === undefined) Reflect.deleteProperty(idp.person, name)
  expect(await codeOf(signInBySso(org, idp, email))).toBe('sso_refused')
  expect(await memberships()).toEqual([])
})

test('an account of that address with a confirmed mail is the same person; one that never confirmed it loses what opened it', async () => {
  const known = await makeUser({ email })
  expect((await signInBySso(org, idp, email)).user?.id).toBe(known.actor.userId)
  expect(await sql('SELECT 1 FROM password WHERE user_id = $1', [known.actor.userId])).toHaveLength(1)
  const squatter = await makeUser({ email: `bob@${org.domain}` })
  await sql('UPDATE "user" SET email_verified_at = NULL WHERE id = $1', [squatter.actor.userId])
  idp.person = { sub: 'bob', email: `bob@${org.domain}`, email_verified: true }
  expect((await signInBySso(org, idp, `bob@${org.domain}`)).user?.id).toBe(squatter.actor.userId)
  expect(await sql('SELECT 1 FROM password WHERE user_id = $1', [squatter.actor.userId])).toEqual([])
  const again = visitorOf(org)
  expect(await codeOf(again.caller.call(signIn, { email: `bob@${org.domain}`, password: 'correct horse battery' }, again.meta))).toBe('invalid_credentials')
})

test('an operator\'s account is never opened by a customer\'s provider', async () => {
  await makeUser({ email, staff: true })
  expect(await codeOf(signInBySso(org, idp, email))).toBe('sso_refused')
})

test('a suspended member stays out, and a full organization takes nobody new', async () => {
  const { user } = await signInBySso(org, idp, email)
  await sql('UPDATE membership SET suspended_at = now() WHERE user_id = $1', [user?.id])
  expect(await codeOf(signInBySso(org, idp, email))).toBe('sso_refused')
  await sql('UPDATE organization SET quotas = \'{"members": 1}\' WHERE id = $1', [org.orgId])
  idp.person = { sub: 'late', email: `late@${org.domain}`, email_verified: true }
  expect(await codeOf(signInBySso(org, idp, `late@${org.domain}`))).toBe('quota_exceeded')
  expect(await sql('SELECT 1 FROM "user" WHERE email = $1', [`late@${org.domain}`])).toEqual([])
})

test('a callback counts once, in the browser it began in, under its own brand and in time', async () => {
  const { caller, meta } = visitorOf(org)
  const { authorization_url: url, browser_key: key } = await handle(caller, startSso, { email }, meta)
  const query = await followToCallback(url, idp.issuer)
  const other = await handle(caller, startSso, { email }, meta)
  expect(await codeOf(handle(caller, finishSso, { query, browser_key: other.browser_key }))).toBe('sso_refused')
  const staff = await makeUser({ staff: true })
  const host = `${org.domain.split('.')[0]}.brand.example`
  const brand = await staff.call(createBrand, { name: 'B', hostname: host, support_email: `h@${host}`, legal_name: 'B', invoice_prefix: `B${org.domain.replaceAll(/\D/g, '')}` })
  const elsewhere = visitorOf({ brand: { ...await brandContext(brand.id), origin: `https://${host}` } })
  expect(await codeOf(handle(elsewhere.caller, finishSso, { query, browser_key: key }))).toBe('sso_refused')
  expect(await codeOf(handle(elsewhere.caller, startSso, { email }))).toBe('not_found')
  const results = await Promise.all([1, 2, 3].map(() => codeOf(handle(caller, finishSso, { query, browser_key: key }, visitorOf(org).meta))))
  expect(results.sort()).toEqual(['ok', 'sso_refused', 'sso_refused'])
  const late = await handle(caller, startSso, { email }, meta)
  await sql('UPDATE sso_flow SET expires_at = now() - interval \'1 second\'')
  expect(await codeOf(handle(caller, finishSso, { query: await followToCallback(late.authorization_url, idp.issuer), browser_key: late.browser_key }))).toBe('sso_refused')
})

test('an answer made for another nonce, another verifier or another state is refused', async () => {
  expect(await codeOf(signInBySso(org, idp, email, async (q) => (await sql('UPDATE sso_flow SET nonce = \'another\' WHERE used_at IS NULL'), q)))).toBe('sso_refused')
  expect(await codeOf(signInBySso(org, idp, email, (q) => q.replace(/state=[^&]+/, 'state=another')))).toBe('sso_refused')
  const stolen = await (async () => {
    const { caller, meta } = visitorOf(org)
    return followToCallback((await handle(caller, startSso, { email }, meta)).authorization_url, idp.issuer)
  })()
  const code = new URLSearchParams(stolen).get('code') ?? ''
  expect(await codeOf(signInBySso(org, idp, email, (q) => q.replace(/code=[^&]+/, `code=${code}`)))).toBe('sso_refused')
  expect(await memberships()).toEqual([])
})

test('an answer of another issuer is refused, by its name and by its code', async () => {
  const other = await startIdentityProvider({ redirectUri })
  const theirs = await makeSsoOrg(other)
  other.person = { sub: 'mallory', email, email_verified: true }
  const { caller, meta } = visitorOf(theirs)
  const foreign = new URLSearchParams(await followToCallback((await handle(caller, startSso, { email: `m@${theirs.domain}` }, meta)).authorization_url, other.issuer))
  const swap = (names: string[]) => (q: string) => {
    const own = new URLSearchParams(q)
    for (const name of names) own.set(name, foreign.get(name) ?? '')
    return own.toString()
  }
  expect(await codeOf(signInBySso(org, idp, email, swap(['iss'])))).toBe('sso_refused')
  expect(await codeOf(signInBySso(org, idp, email, swap(['iss', 'code'])))).toBe('sso_refused')
  expect(await codeOf(signInBySso(org, idp, email, swap(['code'])))).toBe('sso_refused')
  await other.stop()
})

test('another organization\'s provider opens no account of this organization\'s domain', async () => {
  const other = await startIdentityProvider({ redirectUri })
  const theirs = await makeSsoOrg(other)
  other.person = { sub: 'mallory', email, email_verified: true }
  expect(await codeOf(signInBySso(theirs, other, `m@${theirs.domain}`))).toBe('sso_refused')
  await other.stop()
})

test('a code that is too old, a refusal and a provider that is away are told apart', async () => {
  const slow = await startIdentityProvider({ redirectUri, codeTtlS: 1 })
  const there = await makeSsoOrg(slow)
  slow.person = { sub: 's', email: `s@${there.domain}`, email_verified: true }
  const message = (run: Promise<unknown>) => run.then(() => 'ok', (e: { code: string; message: string }) => `${e.code}: ${e.message}`)
  const wait = async (q: string) => { await new Promise((resolve) => setTimeout(resolve, 2_100)); return q }
  expect(await message(signInBySso(there, slow, `s@${there.domain}`, wait))).toContain('sso_refused: The sign-in took too long')
  slow.consents = false
  const refusal = await message(signInBySso(there, slow, `s@${there.domain}`))
  expect(refusal).toContain('sso_refused: The identity provider refused the sign-in: Not on')
  expect(refusal).not.toContain('<b>')
  slow.consents = true
  expect(await message(signInBySso(there, slow, `s@${there.domain}`, async (q) => { await slow.stop(); return q }))).toContain('identity_provider_failed')
  expect(await message(signInBySso(there, slow, `s@${there.domain}`))).toContain('identity_provider_failed')
})

test('a wrong client secret is named as what it is', async () => {
  await handle(org.owner, saveSso, { organization_id: org.orgId, issuer: idp.issuer, client_id: idp.clientId, client_secret: 'wrong' })
  await expect(signInBySso(org, idp, email)).rejects.toMatchObject({ code: 'sso_refused', message: expect.stringContaining('client id or secret') as string })
})

test('the page learns by domain whether to lead to the provider; an untested connection leads nobody anywhere', async () => {
  const { caller } = visitorOf(org)
  expect(await caller.call(discoverSso, { email: `nobody@${org.domain}` })).toEqual({ available: true, required: false })
  expect(await caller.call(discoverSso, { email: 'a@unknown.example' })).toEqual({ available: false, required: false })
  const fresh = await makeSsoOrg(idp, { tested: false })
  expect(await caller.call(discoverSso, { email: `a@${fresh.domain}` })).toEqual({ available: false, required: false })
  idp.person = { sub: 't', email: 'ada@elsewhere.example', email_verified: true, amr: ['mfa'] }
  expect(await testConnection(fresh, idp)).toMatchObject({ user: null, next: '/settings', test: { ok: false, mfa: true, faults: ['elsewhere.example is not a proven domain of this organization.'] } })
  expect(await caller.call(discoverSso, { email: `a@${fresh.domain}` })).toMatchObject({ available: false })
  idp.person = { sub: 't', email: `ada@${fresh.domain}`, email_verified: true }
  expect(await testConnection(fresh, idp)).toMatchObject({ user: null, test: { ok: true, email: `ada@${fresh.domain}` } })
  expect(await caller.call(discoverSso, { email: `a@${fresh.domain}` })).toMatchObject({ available: true })
  expect(await sql('SELECT 1 FROM "user" WHERE email = $1', [`ada@${fresh.domain}`])).toEqual([])
})

test('neither secret, verifier, state nor browser key rests in clear', async () => {
  const { caller, meta } = visitorOf(org)
  const started = await handle(caller, startSso, { email }, meta)
  const state = new URL(started.authorization_url).searchParams.get('state') ?? ''
  const text = JSON.stringify(await sql('SELECT to_json(c) AS a FROM sso_connection c UNION ALL SELECT to_json(f) FROM sso_flow f'))
  for (const secret of [idp.clientSecret, state, started.browser_key]) expect(text).not.toContain(secret)
  expect(new URL(started.authorization_url).searchParams.get('code_challenge_method')).toBe('S256')
})
