import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { totpFor } from './testing/second-factor.ts'
import { createSystemResolver } from '../../adapters/dns/system-resolver.ts'
import { setDnsResolver } from '../../core/dns.ts'
import { newId } from '../../core/id.ts'
import { runtime } from '../../core/runtime.ts'
import { brandContext, makeOwner, makeUser, metaFor } from '../../testing/actors.ts'
import { makeMember } from '../../testing/estate.ts'
import { drainJobs, withRuntime } from '../../testing/runtime.ts'
import { actorOfToken, createToken, createUser, requestSignInLink, signIn, startSession } from '../auth/index.ts'
import { setPlainMail } from '../billing/testing/books.ts'
import { createBrand } from '../branding/index.ts'
import { addSsoDomain, discoverSso, enforceSso, getSso, listSsoDomains, removeSso, removeSsoDomain, saveSso, verifySsoDomain } from './index.ts'
import { recheckDomains } from './recheck-domains.ts'
import { startIdentityProvider, type IdentityProvider } from './testing/identity-provider.ts'
import { startNameServer, type NameServer } from './testing/name-server.ts'
import { codeOf, handle, makeSsoOrg, signInBySso, visitorOf, type SsoOrg } from './testing/scene.ts'

withRuntime({ SHELLWEGO_WEBHOOK_ALLOW: '127.0.0.1/32' })
const PASSWORD = 'correct horse battery'
const sql = async <T extends object>(text: string, values: unknown[] = []): Promise<T[]> => (await runtime().databases.systemPool.query<T>(text, values)).rows
let idp: IdentityProvider
let dns: NameServer
let org: SsoOrg
beforeAll(async () => {
  setPlainMail()
  idp = await startIdentityProvider({ redirectUri: 'https://console.localhost/sso/callback' })
  dns = await startNameServer()
  setDnsResolver(createSystemResolver(() => dns.address))
})
afterAll(() => Promise.all([idp.stop(), dns.stop()]))
beforeEach(async () => {
  org = await makeSsoOrg(idp)
  org.owner.actor.mfa = true
})
const as = () => ({ organization_id: org.orgId })
const enforce = (enforced = true) => org.owner.call(enforceSso, { ...as(), enforced })
const newDomain = () => `${newId('ssoDomain').replace('_', '-')}.example`

test('a domain is proven by its TXT record, and the page sees what the resolver said on the way', async () => {
  const domain = newDomain()
  const claimed = await org.owner.call(addSsoDomain, { ...as(), domain: ` ${domain.toUpperCase()} ` })
  expect(claimed).toMatchObject({ domain, verified: false, check: null, record: { type: 'TXT', name: `_shellwego-challenge.${domain}` } })
  const look = () => handle(org.owner, verifySsoDomain, { ...as(), domain_id: claimed.id })
  expect((await look()).check).toMatchObject({ answer: [], fault: expect.stringContaining('no such record') as string })
  dns.records.set(claimed.record.name, ['v=spf1 -all'])
  expect((await look()).check).toMatchObject({ answer: ['v=spf1 -all'], fault: expect.stringContaining('another value') as string })
  dns.records.set(claimed.record.name, null)
  expect((await look()).check).toMatchObject({ answer: [], fault: expect.stringContaining('did not answer') as string })
  dns.records.set(claimed.record.name, ['v=spf1 -all', claimed.record.value])
  expect(await look()).toMatchObject({ verified: true, check: { answer: ['v=spf1 -all', claimed.record.value], fault: null } })
  expect((await org.owner.call(listSsoDomains, as())).data.find((d) => d.id === claimed.id)).toMatchObject({ verified: true })
  expect(await visitorOf(org).caller.call(discoverSso, { email: `a@${domain}` })).toMatchObject({ available: true })
})

test('a proven domain is one organization\'s within its brand; a look-up elsewhere proves nothing; another brand has its own', async () => {
  const [domain, rival] = [newDomain(), await makeSsoOrg(idp)]
  const mine = await org.owner.call(addSsoDomain, { ...as(), domain })
  const theirs = await rival.owner.call(addSsoDomain, { organization_id: rival.orgId, domain })
  expect(theirs.record.value).not.toBe(mine.record.value)
  dns.records.set(mine.record.name, [mine.record.value])
  expect(await handle(rival.owner, verifySsoDomain, { organization_id: rival.orgId, domain_id: theirs.id })).toMatchObject({ verified: false })
  expect(await handle(org.owner, verifySsoDomain, { ...as(), domain_id: mine.id })).toMatchObject({ verified: true })
  dns.records.set(mine.record.name, [mine.record.value, theirs.record.value])
  expect(await codeOf(handle(rival.owner, verifySsoDomain, { organization_id: rival.orgId, domain_id: theirs.id }))).toBe('domain_taken')
  expect(await codeOf(handle(rival.owner, verifySsoDomain, { organization_id: rival.orgId, domain_id: mine.id }))).toBe('not_found')
  const staff = await makeUser({ staff: true })
  const brand = await staff.call(createBrand, { name: 'R', hostname: 'r.brand.example', support_email: 'h@r.brand.example', legal_name: 'R', invoice_prefix: 'RSS' })
  const elsewhere = await makeOwner({ brandId: brand.id })
  const third = await elsewhere.call(addSsoDomain, { organization_id: elsewhere.organization.id, domain })
  dns.records.set(mine.record.name, [third.record.value])
  expect(await handle(elsewhere, verifySsoDomain, { organization_id: elsewhere.organization.id, domain_id: third.id })).toMatchObject({ verified: true })
  expect((await brandContext(brand.id)).id).not.toBe(org.brand.id)
})

test.each(['gmail.com', 'GMail.com', 'mail.gmail.com', 'proton.me'])('a public mail domain is refused: %s', async (domain) => {
  await expect(org.owner.call(addSsoDomain, { ...as(), domain })).rejects.toMatchObject({ code: 'rule_violated', errors: [{ pointer: '/domain', code: 'public_mail_domain' }] })
})

test.each(['localhost', '10.0.0.1', 'a..example', '-a.example', 'ex ample.com', 'exämple.com', 'gmаil.com', 'a.example.', '@a.example', `${'a'.repeat(64)}.example`, '*.example.com', ''])(
  'what is no domain is refused at its field: %s', async (domain) => {
    await expect(org.owner.call(addSsoDomain, { ...as(), domain })).rejects.toMatchObject({ code: 'invalid_request', errors: [{ pointer: '/domain' }] })
  })

test('a domain whose record stays away for three days is nobody\'s again; a silent resolver proves nothing', async () => {
  const domain = newDomain()
  const { id, record } = await org.owner.call(addSsoDomain, { ...as(), domain })
  dns.records.set(record.name, [record.value])
  await handle(org.owner, verifySsoDomain, { ...as(), domain_id: id })
  await sql('DELETE FROM sso_domain WHERE id <> $1', [id])
  const verified = async () => (await sql<{ v: boolean }>('SELECT verified_at IS NOT NULL AS v FROM sso_domain WHERE id = $1', [id]))[0]?.v
  const age = () => sql('UPDATE sso_domain SET missing_since = missing_since - interval \'73 hours\' WHERE id = $1', [id])
  dns.records.delete(record.name)
  await recheckDomains.run({})
  expect(await verified()).toBe(true)
  dns.records.set(record.name, [record.value])
  await recheckDomains.run({})
  dns.records.delete(record.name)
  await recheckDomains.run({})
  await age()
  dns.records.set(record.name, null)
  await recheckDomains.run({})
  expect(await verified()).toBe(true)
  dns.records.delete(record.name)
  await recheckDomains.run({})
  expect(await verified()).toBe(false)
})

test('a connection is stored only when a provider answers under that very issuer, and its secret is never given back', async () => {
  const settings = { ...as(), client_id: 'shellwego', client_secret: 'hush-hush-secret' }
  for (const issuer of [`${idp.issuer}/`, 'http://127.0.0.1:9', 'http://10.1.2.3:8080', 'http://[::ffff:127.0.0.1]:8080', 'http://169.254.169.254']) {
    await expect(handle(org.owner, saveSso, { ...settings, issuer }), issuer).rejects.toMatchObject({ code: 'identity_provider_failed', errors: [{ pointer: '/issuer' }] })
  }
  for (const issuer of ['ftp://a.example', 'not a url', `${idp.issuer}?x=1`, 'https://user:pass@a.example']) {
    expect(await codeOf(handle(org.owner, saveSso, { ...settings, issuer })), issuer).toBe('invalid_request')
  }
  expect(await codeOf(handle(org.owner, saveSso, { ...settings, issuer: idp.issuer, default_role: 'owner' }))).toBe('invalid_request')
  await handle(org.owner, saveSso, { ...settings, issuer: idp.issuer })
  const answer = await org.owner.call(getSso, as())
  expect(answer).toMatchObject({ redirect_uri: 'https://console.localhost/sso/callback', connection: { issuer: idp.issuer, client_id: 'shellwego', tested_at: expect.any(String) as string } })
  expect(JSON.stringify(answer)).not.toContain('hush')
})

test('a secret stays when it is left out, a new client needs a new one and a new test', async () => {
  const base = { ...as(), issuer: idp.issuer }
  expect(await handle(org.owner, saveSso, { ...base, client_id: idp.clientId, default_role: 'viewer' })).toMatchObject({ default_role: 'viewer', tested_at: expect.any(String) as string })
  idp.person = { sub: `s-${org.domain}`, email: `s@${org.domain}`, email_verified: true }
  expect((await signInBySso(org, idp, `s@${org.domain}`)).user).not.toBeNull()
  await expect(handle(org.owner, saveSso, { ...base, client_id: 'another' })).rejects.toMatchObject({ errors: [{ pointer: '/client_secret' }] })
  expect(await handle(org.owner, saveSso, { ...base, client_id: 'another', client_secret: 'x' })).toMatchObject({ tested_at: null })
})

test('a new issuer is a new connection: who was who at the old one is forgotten', async () => {
  idp.person = { sub: `n-${org.domain}`, email: `n@${org.domain}`, email_verified: true }
  await signInBySso(org, idp, `n@${org.domain}`)
  const other = await startIdentityProvider({ redirectUri: 'https://console.localhost/sso/callback' })
  const before = await org.owner.call(getSso, as())
  const after = await handle(org.owner, saveSso, { ...as(), issuer: other.issuer, client_id: other.clientId, client_secret: other.clientSecret })
  expect(after.id).not.toBe(before.connection?.id)
  expect(await sql('SELECT 1 FROM sso_identity WHERE connection_id = $1', [before.connection?.id])).toEqual([])
  await other.stop()
})

test('it is enforced only after a test, with a proven domain, by an owner who has a second factor', async () => {
  await sql('UPDATE sso_connection SET tested_at = NULL WHERE org_id = $1', [org.orgId])
  expect(await codeOf(enforce())).toBe('state_conflict')
  await sql('UPDATE sso_connection SET tested_at = now() WHERE org_id = $1', [org.orgId])
  org.owner.actor.mfa = false
  expect(await codeOf(enforce())).toBe('state_conflict')
  org.owner.actor.mfa = true
  const admin = await makeMember(org.orgId, 'admin')
  expect(await codeOf(admin.call(enforceSso, { ...as(), enforced: true }))).toBe('forbidden')
  await sql('UPDATE sso_domain SET verified_at = NULL WHERE org_id = $1', [org.orgId])
  expect(await codeOf(enforce())).toBe('state_conflict')
  await sql('UPDATE sso_domain SET verified_at = now() WHERE org_id = $1', [org.orgId])
  expect(await enforce()).toMatchObject({ enforced_at: expect.any(String) as string })
  expect(await codeOf(handle(org.owner, saveSso, { ...as(), issuer: idp.issuer, client_id: 'another', client_secret: 'x' }))).toBe('state_conflict')
  expect(await enforce(false)).toMatchObject({ enforced_at: null })
})

test('when enforced, people of the domain get in by the provider alone, and were signed out', async () => {
  const email = `eve@${org.domain}`
  const eve = await makeUser({ email })
  const { token } = await runtime().databases.asSystem('identity', (db) => startSession(db, eve.actor.userId, 'web', { ip: null, userAgent: null }))
  const guest = await makeMember(org.orgId, 'developer')
  await enforce()
  await drainJobs()
  expect(await actorOfToken(token, org.brand.id)).toBeNull()
  const { caller, meta } = visitorOf(org)
  expect(await caller.call(signIn, { email, password: PASSWORD }, meta)).toEqual({ user: null, second_factor: null, redirect: `/sso?email=${encodeURIComponent(email)}` })
  expect(await codeOf(caller.call(signIn, { email, password: 'wrong password' }, meta))).toBe('invalid_credentials')
  expect(meta.cookie.session).toBeUndefined()
  expect(await codeOf(caller.call(createToken, { email, password: PASSWORD }, meta))).toBe('sso_required')
  expect(await codeOf(caller.call(createUser, { email: `new@${org.domain}`, password: PASSWORD, name: 'New' }, meta))).toBe('sso_required')
  expect(await caller.call(requestSignInLink, { email }, meta)).toMatchObject({ redirect: `/sso?email=${encodeURIComponent(email)}` })
  expect(await caller.call(discoverSso, { email })).toEqual({ available: true, required: true })
  expect(await caller.call(signIn, { email: guest.actor.type === 'user' ? guest.actor.email : '', password: PASSWORD }, meta)).toMatchObject({ redirect: null })
  idp.person = { sub: `eve-${org.domain}`, email, email_verified: true }
  expect((await signInBySso(org, idp, email)).user?.id).toBe(eve.actor.userId)
  await enforce(false)
  expect(await caller.call(signIn, { email, password: PASSWORD }, metaFor(caller.actor, org.brand))).toMatchObject({ redirect: null, user: { email } })
})

test('an owner\'s password with a second factor is the way back in; without one, or for anybody else, it is not', async () => {
  const email = `boss@${org.domain}`
  const boss = await makeUser({ email })
  await sql('INSERT INTO membership (org_id, user_id, role) VALUES ($1, $2, \'owner\')', [org.orgId, boss.actor.userId])
  await enforce()
  const attempt = () => visitorOf(org).caller.call(signIn, { email, password: PASSWORD }, visitorOf(org).meta)
  expect(await attempt()).toMatchObject({ user: null, redirect: expect.stringContaining('/sso') as string })
  await totpFor(boss.actor.userId)
  expect(await attempt()).toMatchObject({ user: null, redirect: null, second_factor: { methods: ['totp'] } })
  await sql('UPDATE membership SET role = \'admin\' WHERE user_id = $1', [boss.actor.userId])
  expect(await attempt()).toMatchObject({ second_factor: null, redirect: expect.stringContaining('/sso') as string })
})

test('removing the connection or the domain gives people their other ways back', async () => {
  const email = `ivy@${org.domain}`
  await makeUser({ email })
  await enforce()
  const required = async () => (await visitorOf(org).caller.call(discoverSso, { email })).required
  expect(await required()).toBe(true)
  const [domain] = (await org.owner.call(listSsoDomains, as())).data
  await org.owner.call(removeSsoDomain, { ...as(), domain_id: domain?.id ?? '' })
  expect(await required()).toBe(false)
  await org.owner.call(removeSso, as())
  expect((await org.owner.call(getSso, as())).connection).toBeNull()
})

test('a developer may read the settings and change none of them', async () => {
  const developer = await makeMember(org.orgId, 'developer')
  expect((await developer.call(getSso, as())).connection).not.toBeNull()
  expect(await codeOf(developer.call(addSsoDomain, { ...as(), domain: newDomain() }))).toBe('forbidden')
  expect(await codeOf(handle(developer, saveSso, { ...as(), issuer: idp.issuer, client_id: 'x', client_secret: 'y' }))).toBe('forbidden')
  expect(await codeOf(developer.call(removeSso, as()))).toBe('forbidden')
})
