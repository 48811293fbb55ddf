import { beforeAll, beforeEach, expect, test } from 'vitest'
import type { RequestMeta } from '../../core/context.ts'
import { setDnsResolver } from '../../core/dns.ts'
import { randomText } from '../../core/id.ts'
import { runtime } from '../../core/runtime.ts'
import { makeOwner, makeUser, metaFor, type Caller } from '../../testing/actors.ts'
import { createFakeResolver } from '../../testing/dns.ts'
import { makeMember } from '../../testing/estate.ts'
import { drainJobs, withRuntime } from '../../testing/runtime.ts'
import { createApp, deleteApp } from '../apps/index.ts'
import { setPlainMail } from '../billing/testing/books.ts'
import { createBrand } from '../branding/index.ts'
import { insertNode } from '../nodes/testing.ts'
import { addDomain, getDomain, listDomains, removeDomain, updateDomain, verifyDomain } from './index.ts'
import { recheckDomains } from './recheck-domains.ts'

withRuntime()
const dns = createFakeResolver()
const sql = async (text: string, values: unknown[] = []) => (await runtime().databases.systemPool.query<Record<string, unknown>>(text, values)).rows
const meta = (caller: Caller, over: Partial<RequestMeta> = {}) => metaFor(caller.actor, caller.brand, over)
const verify = (caller: Caller, id: string) => verifyDomain.handle(meta(caller), { domain_id: id })
const code = (work: Promise<unknown>): Promise<unknown> => work.then(() => 'ok', (error: { code: string; errors?: { code: string }[] }) => error.errors?.[0]?.code ?? error.code)
const newName = (): string => `d${randomText(8)}.com`

let node: string
let mine: Awaited<ReturnType<typeof tenant>>
const tenant = async () => {
  const owner = await makeOwner()
  const app = await owner.call(createApp, { name: `web-${randomText(6)}`, image: 'builtin/hello:v1' })
  return { owner, app, orgId: owner.organization.id }
}
const claim = async ({ owner, app }: typeof mine, hostname = newName()) => owner.call(addDomain, { hostname, app_id: app.id })
/** Claimed, its record set, looked at. */
const prove = async (who: typeof mine, hostname = newName()) => {
  const claimed = await claim(who, hostname)
  dns.set(claimed.record.name, 'TXT', [claimed.record.value])
  await verify(who.owner, claimed.id)
  await drainJobs()
  return claimed
}
const routeOf = async (hostname: string) => (await sql("SELECT desired, spec FROM node_object WHERE kind = 'route' AND id = $1 AND node_id = $2", [hostname, node]))[0]
const events = async (id: string) => (await sql('SELECT type FROM event WHERE subject_id = $1 ORDER BY seq', [id])).map((row) => row.type)

beforeAll(async () => {
  setPlainMail()
  setDnsResolver(dns.resolver)
  node = await insertNode()
})
beforeEach(async () => { mine = await tenant() })

test('a domain is served once its record proves it, and the page sees what the resolver said on the way', async () => {
  const hostname = newName()
  const claimed = await claim(mine, ` ${hostname.toUpperCase()}. `)
  expect(claimed).toMatchObject({ hostname, status: 'pending', check: null, tls_status: 'waiting', record: { type: 'TXT', name: `_shellwego-challenge.${hostname}` } })
  expect((await verify(mine.owner, claimed.id)).check).toMatchObject({ answer: [], fault: expect.stringContaining('no such record') as string })
  dns.set(claimed.record.name, 'TXT', ['v=spf1 -all'])
  expect((await verify(mine.owner, claimed.id)).check).toMatchObject({ answer: ['v=spf1 -all'], fault: expect.stringContaining('another value') as string })
  dns.set(claimed.record.name, 'TXT', null)
  expect((await verify(mine.owner, claimed.id)).check).toMatchObject({ answer: [], fault: expect.stringContaining('did not answer') as string })
  await drainJobs()
  expect(await routeOf(hostname)).toBeUndefined()
  dns.set(claimed.record.name, 'TXT', ['v=spf1 -all', claimed.record.value])
  expect(await verify(mine.owner, claimed.id)).toMatchObject({ status: 'active', tls_status: 'automatic', check: { fault: null } })
  await drainJobs()
  expect(await routeOf(hostname)).toEqual({ desired: 'present', spec: { host: hostname, target: { instances: [] }, app_id: expect.any(String) as string } })
  expect(await events(claimed.id)).toEqual(['domain.added', 'domain.verified'])
  expect((await mine.owner.call(listDomains, { filter: { status: 'active' } })).data.map((d) => d.hostname)).toContain(hostname)
})

test('it says where the name leads, beside where it should', async () => {
  const claimed = await claim(mine)
  const { target } = claimed.pointing
  expect(target).toBe(mine.app.hostnames[0])
  expect((await verify(mine.owner, claimed.id)).pointing).toEqual({ target, here: false, answer: [] })
  dns.set(claimed.hostname, 'A', ['203.0.113.9'])
  expect((await verify(mine.owner, claimed.id)).pointing).toEqual({ target, here: null, answer: ['203.0.113.9'] })
  dns.set(target, 'A', ['198.51.100.1'])
  expect((await verify(mine.owner, claimed.id)).pointing).toMatchObject({ here: false })
  dns.set(claimed.hostname, 'A', ['198.51.100.1'])
  expect((await verify(mine.owner, claimed.id)).pointing).toMatchObject({ here: true })
  dns.clear(claimed.hostname, 'A')
  dns.set(claimed.hostname, 'CNAME', [`${target}.`])
  expect((await verify(mine.owner, claimed.id)).pointing).toEqual({ target, here: true, answer: [target] })
})

test('several domains lead to one app, and one can be moved to another', async () => {
  const [first, second] = [await prove(mine), await prove(mine)]
  const other = await mine.owner.call(createApp, { name: `api-${randomText(6)}`, image: 'builtin/hello:v1' })
  const moved = await mine.owner.call(updateDomain, { domain_id: second.id, app_id: other.name })
  expect(moved).toMatchObject({ app_id: other.id, app_name: other.name, status: 'active' })
  expect((await sql('SELECT hostname, app_id FROM hostname WHERE hostname = ANY($1) ORDER BY app_id = $2', [[first.hostname, second.hostname], other.id])))
    .toEqual([{ hostname: first.hostname, app_id: mine.app.id }, { hostname: second.hostname, app_id: other.id }])
})

test('C25: without its own TXT record nobody gets a domain, and the record of another organization proves nothing', async () => {
  const rival = await tenant()
  const hostname = newName()
  const [ours, theirs] = [await claim(mine, hostname), await claim(rival, hostname)]
  expect(theirs.record.value).not.toBe(ours.record.value)
  dns.set(ours.record.name, 'TXT', [ours.record.value])
  expect(await verify(rival.owner, theirs.id)).toMatchObject({ status: 'pending' })
  expect(await verify(mine.owner, ours.id)).toMatchObject({ status: 'active' })
  dns.set(ours.record.name, 'TXT', [ours.record.value, theirs.record.value])
  expect(await code(verify(rival.owner, theirs.id))).toBe('taken')
  expect(await code(claim(await tenant(), hostname))).toBe('taken')
  expect(await code(verify(rival.owner, ours.id))).toBe('not_found')
  for (const operation of [getDomain, removeDomain]) expect(await code(rival.owner.call(operation as typeof getDomain, { domain_id: ours.id }))).toBe('not_found')
})

test('C25: a name given up, or left behind by a deleted app, stays its owner\'s for 30 days', async () => {
  const rival = await tenant()
  const left = await prove(mine)
  const dangling = await prove(mine)
  await mine.owner.call(removeDomain, { domain_id: left.id })
  await mine.owner.call(deleteApp, { app_id: mine.app.id })
  await drainJobs()
  for (const { hostname } of [left, dangling]) {
    expect((await routeOf(hostname))?.desired ?? 'gone').not.toBe('present')
    expect(await code(claim(rival, hostname))).toBe('held')
  }
  expect(await mine.owner.call(listDomains, {})).toMatchObject({ data: [] })
  const again = await mine.owner.call(createApp, { name: `new-${randomText(6)}`, image: 'builtin/hello:v1' })
  expect(await prove({ ...mine, app: again }, left.hostname)).toMatchObject({ hostname: left.hostname })
  await sql("UPDATE hostname SET held_until = now() - interval '1 second' WHERE hostname = $1", [dangling.hostname])
  await prove(rival, dangling.hostname)
  expect((await sql('SELECT org_id, released_at FROM hostname WHERE hostname = $1', [dangling.hostname]))[0]).toEqual({ org_id: rival.orgId, released_at: null })
})

test('C25: a wildcard over another\'s host and a host under another\'s wildcard are refused, also when both are taken at once', async () => {
  const rival = await tenant()
  const base = newName()
  await prove(mine, `shop.${base}`)
  expect(await code(claim(rival, `*.${base}`))).toBe('taken')
  const zone = newName()
  await prove(mine, `*.${zone}`)
  expect(await code(claim(rival, `www.${zone}`))).toBe('taken')
  await prove(mine, `www.${zone}`)
  const race = newName()
  const [wild, host] = [await claim(mine, `*.${race}`), await claim(rival, `a.${race}`)]
  for (const { record } of [wild, host]) dns.set(record.name, 'TXT', [record.value])
  const outcomes = await Promise.all([code(verify(mine.owner, wild.id)), code(verify(rival.owner, host.id))])
  expect(outcomes.sort()).toEqual(['ok', 'taken'])
})

test('C25: of six organizations that prove one name at once exactly one gets it', async () => {
  const hostname = newName()
  const rivals = await Promise.all(Array.from({ length: 6 }, tenant))
  const claims = await Promise.all(rivals.map((rival) => claim(rival, hostname)))
  dns.set(claims[0]?.record.name ?? '', 'TXT', claims.map((c) => c.record.value))
  const outcomes = await Promise.all(claims.map((c, at) => code(verify(rivals[at]?.owner ?? mine.owner, c.id))))
  expect(outcomes.filter((o) => o === 'ok')).toHaveLength(1)
  expect(outcomes.filter((o) => o === 'taken')).toHaveLength(5)
}, 60_000)

test('C25: names of others cannot be imitated; public suffixes and names of the platform are nobody\'s', async () => {
  const rival = await tenant()
  const plain = `bucher${randomText(4).replace(/[^a-z]/g, 'x')}.com`
  await prove(mine, plain)
  expect(await code(claim(rival, plain.replace('u', 'ü')))).toBe('look_alike')
  await prove(mine, plain.replace('u', 'ü'))
  const staff = await makeUser({ staff: true })
  const brand = `panel.${newName()}`
  await staff.call(createBrand, { name: 'R', hostname: brand, support_email: `h@${brand}`, legal_name: 'R', invoice_prefix: `R${randomText(5)}`.toUpperCase() })
  await new Promise((resolve) => setTimeout(resolve, 2_100))
  for (const [hostname, fault] of [[brand, 'platform_name'], [`x.${brand}`, 'platform_name'], [brand.replace('panel', '*'), 'platform_name'], ['web.apps.localhost', 'special_name'],
    ['co.uk', 'public_suffix'], ['*.github.io', 'public_suffix'], ['аррӏе.com', 'look_alike'], ['10.0.0.1', 'ip_address'], ['https://a.com/', 'invalid_hostname']] as const) {
    expect([hostname, await code(claim(rival, hostname))]).toEqual([hostname, fault])
  }
})

test('C25: a record that stays away for a day ends the routing; owners are told twice, a silent resolver proves nothing', async () => {
  const domain = await prove(mine)
  const ago = (column: string, hours: number) => sql(`UPDATE domain SET ${column} = now() - interval '${hours} hours' WHERE id = $1`, [domain.id])
  const recheck = async () => {
    await recheckDomains.run({})
    await drainJobs()
    return mine.owner.call(getDomain, { domain_id: domain.id })
  }
  dns.set(domain.record.name, 'TXT', null)
  await ago('checked_at', 24)
  expect(await recheck()).toMatchObject({ status: 'active' })
  dns.set(domain.record.name, 'TXT', ['something else'])
  expect(await recheck()).toMatchObject({ status: 'failing', given_up_at: expect.any(String) as string, check: { answer: ['something else'] } })
  dns.set(domain.record.name, 'TXT', [domain.record.value])
  expect(await recheck()).toMatchObject({ status: 'active', missing_since: null })
  dns.clear(domain.record.name, 'TXT')
  await ago('checked_at', 24)
  await recheck()
  await ago('missing_since', 22)
  expect(await recheck()).toMatchObject({ status: 'failing' })
  expect((await routeOf(domain.hostname))?.desired).toBe('present')
  await ago('missing_since', 23)
  expect(await recheck()).toMatchObject({ status: 'lost', verified_at: null })
  expect((await routeOf(domain.hostname))?.desired ?? 'absent').toBe('absent')
  expect(await code(claim(await tenant(), domain.hostname))).toBe('held')
  expect(await events(domain.id)).toEqual(['domain.added', 'domain.verified', 'domain.failing', 'domain.recovered', 'domain.failing', 'domain.lost'])
  const mails = await sql(`SELECT dedupe_key FROM mail WHERE "to" = $1 AND dedupe_key LIKE 'domain-trouble:%' ORDER BY created_at`, [mine.owner.actor.email])
  expect(mails.map((m) => String(m.dedupe_key).split(':')[1])).toEqual(['failing', 'failing', 'lost'])
  dns.set(domain.record.name, 'TXT', [domain.record.value])
  expect(await verify(mine.owner, domain.id)).toMatchObject({ status: 'active' })
})

test('who may only read sees domains and changes none; an unserved app takes none', async () => {
  const domain = await prove(mine)
  const viewer = await makeMember(mine.orgId, 'viewer')
  expect((await viewer.call(listDomains, { organization_id: mine.orgId })).data).toHaveLength(1)
  expect(await code(viewer.call(removeDomain, { organization_id: mine.orgId, domain_id: domain.id }))).toBe('forbidden')
  expect(await code(verifyDomain.handle(meta(viewer), { organization_id: mine.orgId, domain_id: domain.id }))).toBe('forbidden')
  const hidden = await mine.owner.call(createApp, { name: `job-${randomText(6)}`, image: 'builtin/hello:v1', port: null })
  expect(await code(mine.owner.call(addDomain, { hostname: newName(), app_id: hidden.id }))).toBe('not_served')
})
