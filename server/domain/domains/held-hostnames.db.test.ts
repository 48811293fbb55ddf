import { beforeAll, expect, test } from 'vitest'
import { setDnsResolver } from '../../core/dns.ts'
import { randomText } from '../../core/id.ts'
import { runtime } from '../../core/runtime.ts'
import { makeOwner, makeUser, metaFor, type Caller } from '../../testing/actors.ts'
import { createFakeResolver } from '../../testing/dns.ts'
import { drainJobs, withRuntime } from '../../testing/runtime.ts'
import { createApp } from '../apps/index.ts'
import { setPlainMail } from '../billing/testing/books.ts'
import { createBrand } from '../branding/index.ts'
import { insertNode } from '../nodes/testing.ts'
import { addDomain, getDomain, listHeldHostnames, releaseHeldHostname, removeDomain, verifyDomain } from './index.ts'

withRuntime()
const dns = createFakeResolver()
const code = (work: Promise<unknown>): Promise<unknown> => work.then(() => 'ok', (error: { code: string; errors?: { code: string }[] }) => error.errors?.[0]?.code ?? error.code)
const newName = (): string => `d${randomText(8)}.com`
let staff: Caller

const tenant = async () => {
  const owner = await makeOwner()
  return { owner, app: await owner.call(createApp, { name: `web-${randomText(6)}`, image: 'builtin/hello:v1' }) }
}
type Tenant = Awaited<ReturnType<typeof tenant>>
const claim = ({ owner, app }: Tenant, hostname: string) => owner.call(addDomain, { hostname, app_id: app.id })
const verify = ({ owner }: Tenant, id: string) => verifyDomain.handle(metaFor(owner.actor, owner.brand), { domain_id: id })
const prove = async (who: Tenant, hostname = newName()) => {
  const claimed = await claim(who, hostname)
  dns.set(claimed.record.name, 'TXT', [claimed.record.value])
  await verify(who, claimed.id)
  await drainJobs()
  return claimed
}
const brandAt = (hostname: string) =>
  staff.call(createBrand, { name: 'Reseller', hostname, support_email: 'help@example.net', legal_name: 'Reseller Ltd', invoice_prefix: `R${randomText(5)}`.toUpperCase() })

beforeAll(async () => {
  setPlainMail()
  setDnsResolver(dns.resolver)
  await insertNode()
  staff = await makeUser({ staff: true })
})

test('C25: the operator ends a hold, with a reason its owner can read; then whoever proves the name has it, and not before', async () => {
  const [mine, rival] = [await tenant(), await tenant()]
  const { id, hostname } = await prove(mine)
  const release = () => staff.call(releaseHeldHostname, { hostname, reason: 'Sold to another customer, ticket 4711' })
  expect(await code(release())).toBe('state_conflict')
  await mine.owner.call(removeDomain, { domain_id: id })
  await drainJobs()
  expect(await code(claim(rival, hostname))).toBe('held')
  expect((await staff.call(listHeldHostnames, {})).data).toContainEqual(expect.objectContaining({ hostname, organization_id: mine.owner.organization.id }))
  expect(await release()).toEqual({ hostname, organization_id: mine.owner.organization.id })
  expect((await staff.call(listHeldHostnames, {})).data.map((held) => held.hostname)).not.toContain(hostname)
  expect(await code(release())).toBe('not_found')
  const theirs = await claim(rival, hostname)
  expect(await verify(rival, theirs.id)).toMatchObject({ status: 'pending' })
  dns.set(theirs.record.name, 'TXT', [theirs.record.value])
  expect(await verify(rival, theirs.id)).toMatchObject({ status: 'active' })
  const { rows } = await runtime().databases.systemPool.query("SELECT org_id, data->>'reason' AS reason FROM event WHERE type = 'domain.hold_released' AND subject_id = $1", [hostname])
  expect(rows).toEqual([{ org_id: mine.owner.organization.id, reason: 'Sold to another customer, ticket 4711' }])
})

test('a name of the platform is never released: links to it must not lead to another customer\'s app', async () => {
  const { app } = await tenant()
  const [hostname = ''] = app.hostnames
  await runtime().databases.systemPool.query('UPDATE hostname SET released_at = now() WHERE hostname = $1', [hostname])
  expect(await code(staff.call(releaseHeldHostname, { hostname, reason: 'Ticket 4711' }))).toBe('state_conflict')
})

test('C25: a console is not opened under a name a customer proved, holds, or covers by a wildcard', async () => {
  const mine = await tenant()
  const [own, wild] = [await prove(mine), await prove(mine, `*.${newName()}`)]
  for (const hostname of [own.hostname, wild.hostname.replace('*', 'panel')]) expect([hostname, await code(brandAt(hostname))]).toEqual([hostname, 'taken'])
  await mine.owner.call(removeDomain, { domain_id: own.id })
  expect(await code(brandAt(own.hostname))).toBe('taken')
  await staff.call(releaseHeldHostname, { hostname: own.hostname, reason: 'The reseller bought it' })
  expect(await code(brandAt(own.hostname))).toBe('ok')
})

test('C25: a claim made before a console was opened there proves nothing after it, nor does one above or below', async () => {
  const mine = await tenant()
  const base = newName()
  const claims = await Promise.all([`panel.${base}`, `*.${base}`, `app.panel.${base}`].map((hostname) => claim(mine, hostname)))
  for (const { record } of claims) dns.set(record.name, 'TXT', claims.map((each) => each.record.value))
  await brandAt(`panel.${base}`)
  for (const { id } of claims) {
    expect(await code(verify(mine, id))).toBe('platform_name')
    expect(await mine.owner.call(getDomain, { domain_id: id })).toMatchObject({ verified_at: null })
  }
})

test('C25: of a console and a customer who take one name at once exactly one gets it', async () => {
  for (let round = 0; round < 4; round++) {
    const mine = await tenant()
    const { id, record, hostname } = await claim(mine, newName())
    dns.set(record.name, 'TXT', [record.value])
    const outcomes = await Promise.all([code(verify(mine, id)), code(brandAt(hostname))])
    expect(outcomes.filter((outcome) => outcome === 'ok')).toHaveLength(1)
  }
})
