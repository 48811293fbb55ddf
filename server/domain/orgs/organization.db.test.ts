import { expect, test } from 'vitest'
import { runtime } from '../../core/runtime.ts'
import { as, makeOwner } from '../../testing/actors.ts'
import { tokenOf, withApi } from '../../testing/api.ts'
import { makeMember } from '../../testing/estate.ts'
import { drainJobs, withRuntime } from '../../testing/runtime.ts'
import { insertNode } from '../nodes/testing.ts'
import { createOrganization, getOrganization, listRegions, updateOrganization, updateOrganizationSettings } from './index.ts'

withRuntime({ SHELLWEGO_SANDBOX_PORT: 21_206, PORT: 21_207 })
const api = withApi()
const sql = async (text: string, values: unknown[]) => (await runtime().databases.systemPool.query<Record<string, unknown>>(text, values)).rows

test('details change one by one and the rest stays', async () => {
  const owner = await makeOwner()
  await owner.call(updateOrganization, { name: 'New name', billing_email: 'Bills@Example.com' })
  expect(await owner.call(updateOrganization, { country: 'GH', billing_address: '1 Road' })).toMatchObject({
    name: 'New name', billing_email: 'bills@example.com', country: 'GH', billing_address: '1 Road', currency: owner.organization.currency, slug: owner.organization.slug,
  })
})

test.each([
  [{ name: 'x' }, '/name'], [{ name: 'a\u202Eb' }, '/name'], [{ name: '<b>' }, '/name'], [{ country: 'Nigeria' }, '/country'], [{ timezone: 'Mars/Base' }, '/timezone'],
  [{ billing_email: 'nobody' }, '/billing_email'], [{ slug: 'x' }, '/slug'],
])('%j is refused at its field', async (input, pointer) => {
  const owner = await makeOwner()
  await expect(owner.call(updateOrganization, input as never)).rejects.toMatchObject({ code: 'invalid_request', errors: [{ pointer }] })
})

test('an organization is billed in a currency that is sold here, and in no other', async () => {
  const owner = await makeOwner()
  await drainJobs()
  const named = (currency: string) => owner.call(createOrganization, { name: `In ${currency}`, currency })
  expect(await named('NGN')).toMatchObject({ currency: 'NGN' })
  await expect(named('JPY')).rejects.toMatchObject({ code: 'rule_violated', errors: [{ pointer: '/currency', code: 'not_sold' }] })
  await expect(named('XXZ')).rejects.toMatchObject({ code: 'invalid_request', errors: [{ pointer: '/currency' }] })
})

test('the first billing period follows the time zone; once a period was closed the zone stays', async () => {
  const owner = await makeOwner({ timezone: 'UTC' })
  await drainJobs()
  await owner.call(updateOrganization, { timezone: 'Pacific/Auckland' })
  await drainJobs()
  const orgId = owner.organization.id
  const [cut] = await sql('SELECT to_char(period_start AT TIME ZONE \'Pacific/Auckland\', \'DD HH24:MI\') AS starts FROM subscription WHERE org_id = $1', [orgId])
  expect(cut).toEqual({ starts: '01 00:00' })
  await sql('UPDATE subscription SET period_start = period_end, period_end = period_end + interval \'1 month\' WHERE org_id = $1', [orgId])
  await expect(owner.call(updateOrganization, { timezone: 'UTC' })).rejects.toMatchObject({ code: 'rule_violated', errors: [{ pointer: '/timezone' }] })
  await owner.call(updateOrganization, { timezone: 'Pacific/Auckland', name: 'Same zone' })
})

test('a second factor is asked of everybody only by one who has it, and then of everybody', async () => {
  const owner = await makeOwner()
  const viewer = await makeMember(owner.organization.id, 'viewer')
  await expect(owner.call(updateOrganizationSettings, { mfa_required: true })).rejects.toMatchObject({ code: 'mfa_required' })
  const strong = as({ ...owner.actor, mfa: true }, owner.brand)
  expect((await strong.call(updateOrganizationSettings, { mfa_required: true })).settings.mfa_required).toBe(true)
  await expect(viewer.call(getOrganization, {})).rejects.toMatchObject({ code: 'mfa_required' })
  await expect(owner.call(getOrganization, {})).rejects.toMatchObject({ code: 'mfa_required' })
  await strong.call(updateOrganizationSettings, { mfa_required: false })
  await viewer.call(getOrganization, {})
})

test('settings are sensitive, regions must exist, retention has bounds', async () => {
  const owner = await makeOwner()
  await insertNode()
  const [region] = (await owner.call(listRegions, {})).data
  const stale = as({ ...owner.actor, provenAt: new Date(0) }, owner.brand)
  await expect(stale.call(updateOrganizationSettings, { audit_retention_days: 90 })).rejects.toMatchObject({ code: 'reauthentication_required' })
  expect((await owner.call(updateOrganizationSettings, { regions: [region?.name ?? ''], audit_retention_days: 90 })).settings).toEqual({ regions: [region?.name], mfa_required: false, audit_retention_days: 90 })
  await expect(owner.call(updateOrganizationSettings, { regions: ['moon'] })).rejects.toMatchObject({ code: 'rule_violated', errors: [{ pointer: '/regions/0' }] })
  for (const days of [29, 3651]) await expect(owner.call(updateOrganizationSettings, { audit_retention_days: days })).rejects.toMatchObject({ code: 'invalid_request' })
})

test('twenty organizations of one name made at once have twenty slugs', async () => {
  const owner = await makeOwner()
  const made = await Promise.all(Array.from({ length: 20 }, () => owner.call(createOrganization, { name: 'Same name' })))
  expect(new Set(made.map((o) => o.slug)).size).toBe(20)
})

test('over REST the path names the organization, whatever header says, and a foreign one is not found', async () => {
  const [owner, stranger] = [await makeOwner(), await makeOwner()]
  await owner.call(createOrganization, { name: 'Second' })
  const [token, theirs] = [await tokenOf(owner.actor), await tokenOf(stranger.actor)]
  const path = `/v1/organizations/${owner.organization.id}`
  const header = { 'shellwego-organization': stranger.organization.id }
  expect((await api.ask('GET', path, { token, headers: header })).body).toMatchObject({ id: owner.organization.id, settings: { mfa_required: false } })
  expect((await api.ask('GET', path, { token: theirs })).status).toBe(404)
  expect((await api.ask('GET', `${path}/members`, { token })).body).toMatchObject({ data: [{ role: 'owner' }] })
  expect((await api.ask('GET', `${path}/members`, { token: theirs })).status).toBe(404)
})
