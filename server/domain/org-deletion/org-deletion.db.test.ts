import { setTimeout as sleep } from 'node:timers/promises'
import { beforeAll, expect, test } from 'vitest'
import { runtime } from '../../core/runtime.ts'
import { newId } from '../../core/id.ts'
import { jobs } from '../../compose.ts'
import { as, makeUser } from '../../testing/actors.ts'
import { tokenOf, withApi } from '../../testing/api.ts'
import { makeMember } from '../../testing/estate.ts'
import { drainJobs, withRuntime } from '../../testing/runtime.ts'
import { moveClock } from '../../sandbox/test-clock.ts'
import { createApp, getApp, listApps, startApp } from '../apps/index.ts'
import { listAllInvoices, readAnyInvoice } from '../billing/index.ts'
import { addSegment, invoicesOf, makeCustomer, setPlainMail } from '../billing/testing/books.ts'
import { createInstall } from '../installs/index.ts'
import { createInvitation, getOrganization, updateOrganization } from '../orgs/index.ts'
import { eventTypes } from '../orgs/testing/traces.ts'
import { createSecret } from '../secrets/index.ts'
import { createWebhook } from '../webhooks/index.ts'
import { deleteDueOrganizations, deleteOrganization, restoreOrganization } from './index.ts'

withRuntime({ SHELLWEGO_SANDBOX_PORT: 21_208, PORT: 21_209 })
const api = withApi()
beforeAll(() => { setPlainMail() })
const HOUR_MS = 3_600_000
const sql = async (text: string, values: unknown[]) => (await runtime().databases.systemPool.query<Record<string, unknown>>(text, values)).rows
const inHours = (hours: number): Date => new Date(runtime().clock.now().getTime() + hours * HOUR_MS)

/** The clock waits until the queue is empty, so somebody has to work it meanwhile. */
const moveTo = async (target: Date): Promise<void> => {
  let done = false
  const moving = moveClock(target).finally(() => { done = true })
  while (!done) {
    await drainJobs()
    await sleep(20)
  }
  await moving
}

const withApps = async () => {
  const owner = await makeCustomer({ timezone: 'UTC' })
  const [hello, idle] = [await owner.call(createApp, { name: 'hello', image: 'builtin/hello:v1' }), await owner.call(createApp, { name: 'idle', image: 'builtin/hello:v1' })]
  await sql('UPDATE app SET desired = \'stopped\' WHERE id = $1', [idle.id])
  return { owner, orgId: owner.organization.id, name: owner.organization.name, hello, idle }
}

test('deleting asks for the name and a fresh proof, stops what runs, tells the owners and refuses changes but not reading', async () => {
  const { owner, orgId, name, hello } = await withApps()
  await expect(owner.call(deleteOrganization, { name: 'Another' })).rejects.toMatchObject({ code: 'rule_violated', errors: [{ pointer: '/name' }] })
  await expect(as({ ...owner.actor, provenAt: new Date(0) }, owner.brand).call(deleteOrganization, { name })).rejects.toMatchObject({ code: 'reauthentication_required' })
  const admin = await makeMember(orgId, 'admin')
  await expect(admin.call(deleteOrganization, { name })).rejects.toMatchObject({ code: 'forbidden' })
  const answer = await owner.call(deleteOrganization, { name })
  expect(answer.stopped_apps).toBe(1)
  expect(new Date(answer.delete_after).getTime() - runtime().clock.now().getTime()).toBeGreaterThan(71.9 * HOUR_MS)
  expect(await sql('SELECT desired FROM app WHERE id = $1', [hello.id])).toEqual([{ desired: 'stopped' }])
  for (const change of [
    () => owner.call(startApp, { app_id: 'hello' }), () => owner.call(createApp, { name: 'more', image: 'builtin/hello:v1' }), () => owner.call(deleteOrganization, { name }),
    () => owner.call(updateOrganization, { name: 'Other' }), () => admin.call(createInvitation, { email: 'x@example.com', role: 'viewer' }),
  ]) await expect(change()).rejects.toMatchObject({ code: 'organization_deleting' })
  expect((await owner.call(getOrganization, {})).delete_after).toBe(answer.delete_after)
  await owner.call(getApp, { app_id: 'hello' })
  await drainJobs()
  const [mail] = await sql('SELECT text FROM mail WHERE "to" = $1', [owner.actor.email])
  expect(mail?.text).toContain(`/${owner.organization.slug}/settings`)
})

test('undoing starts again what the deletion stopped, nothing else', async () => {
  const { owner, name, idle, hello, orgId } = await withApps()
  await owner.call(deleteOrganization, { name })
  const admin = await makeMember(orgId, 'admin')
  await expect(admin.call(restoreOrganization, {})).rejects.toMatchObject({ code: 'forbidden' })
  expect(await owner.call(restoreOrganization, {})).toEqual({ started_apps: 1 })
  expect(await sql('SELECT id, desired FROM app WHERE org_id = $1 ORDER BY name', [orgId])).toEqual([{ id: hello.id, desired: 'running' }, { id: idle.id, desired: 'stopped' }])
  await expect(owner.call(restoreOrganization, {})).rejects.toMatchObject({ code: 'state_conflict' })
  await owner.call(updateOrganization, { name: `${name} 2` })
  await deleteDueOrganizations(inHours(100))
  expect((await owner.call(getOrganization, {})).delete_after).toBeNull()
})

test('after 72 hours of business time access ends, apps go, and the last usage is billed when its month closes', async () => {
  const { owner, orgId, name } = await withApps()
  await addSegment(orgId, { startedAt: new Date(runtime().clock.now().getTime() - HOUR_MS).toISOString(), endedAt: runtime().clock.now().toISOString() })
  await owner.call(createInvitation, { email: `${newId('user')}@example.com`, role: 'viewer' })
  await owner.call(deleteOrganization, { name })
  expect(await deleteDueOrganizations(inHours(71.9))).toBe(0)
  await moveTo(inHours(72.1))
  expect(runtime().clock.now().getTime()).toBeGreaterThan(Date.now() + 72 * HOUR_MS)
  await expect(owner.call(getOrganization, { organization_id: orgId })).rejects.toMatchObject({ code: 'not_found' })
  await expect(owner.call(listApps, { organization_id: orgId })).rejects.toMatchObject({ code: 'not_found' })
  expect(await sql(`SELECT (SELECT count(*)::int FROM app WHERE org_id = $1 AND deleted_at IS NULL) AS apps, (SELECT count(*)::int FROM membership WHERE org_id = $1) AS members,
    (SELECT count(*)::int FROM invitation WHERE org_id = $1 AND revoked_at IS NULL) AS invitations, (SELECT ended_at IS NOT NULL FROM subscription WHERE org_id = $1) AS ended`, [orgId]))
    .toEqual([{ apps: 0, members: 0, invitations: 0, ended: true }])
  expect(await eventTypes(orgId)).toEqual(expect.arrayContaining(['organization.deletion_scheduled', 'organization.deleted']))
  expect(await invoicesOf(orgId)).toHaveLength(0)
  await moveTo(inHours(24 * 40))
  const invoices = await invoicesOf(orgId)
  expect(invoices).toHaveLength(1)
  await moveTo(inHours(24 * 40))
  expect(await invoicesOf(orgId)).toHaveLength(1)
  expect(await deleteDueOrganizations(inHours(24 * 40))).toBe(0)
}, 60_000)

test('tokens of an organization end with it', async () => {
  const { owner, orgId, name } = await withApps()
  const svc = newId('serviceAccount')
  await sql('INSERT INTO service_account (id, org_id, name, role, created_by) VALUES ($1, $2, \'ci\', \'developer\', \'x\')', [svc, orgId])
  await sql(`INSERT INTO api_token (id, token_hash, kind, name, hint, brand_id, service_account_id, org_id, scopes, app_ids, ip_allow, created_by, expires_at)
    VALUES ($1, $1, 'sat', 'x', 'x', $2, $3, $4, '{}', '{}', '{}', 'x', now() + interval '1 day')`, [newId('token'), owner.brand.id, svc, orgId])
  await owner.call(deleteOrganization, { name })
  await deleteDueOrganizations(inHours(72.1))
  expect(await sql('SELECT (SELECT revoked_at FROM api_token WHERE service_account_id = $1) IS NULL AS alive, disabled_at IS NULL AS enabled FROM service_account WHERE id = $1', [svc]))
    .toEqual([{ alive: false, enabled: false }])
})

test('nothing of it is told, readable or held any more: webhooks, secrets with their key, single sign-on; what staff must keep stays', async () => {
  const { owner, orgId, name, hello } = await withApps()
  const webhook = await owner.call(createWebhook, { url: 'https://hooks.example.com/in', events: ['*'] })
  await owner.call(createSecret, { name: 'KEY', value: 'open sesame', app_id: hello.id, scope: 'app' })
  await sql(`INSERT INTO sso_domain (id, org_id, brand_id, domain, token, verified_at, answer) VALUES ($1, $2, $3, 'gone.example', 't', now(), '{}')`, [newId('ssoDomain'), orgId, owner.brand.id])
  await sql(`INSERT INTO sso_connection (id, org_id, brand_id, issuer, client_id, client_secret, default_role) VALUES ($1, $2, $3, 'https://x.example', 'x', 'x', 'viewer')`,
    [newId('ssoConnection'), orgId, owner.brand.id])
  const [version] = await sql('SELECT ciphertext, key_id FROM secret_version WHERE org_id = $1', [orgId])
  const held = () => sql(`SELECT (SELECT count(*)::int FROM webhook_endpoint WHERE org_id = $1) AS endpoints, (SELECT count(*)::int FROM webhook_delivery WHERE org_id = $1) AS deliveries,
    (SELECT count(*)::int FROM secret_version WHERE org_id = $1) AS versions, (SELECT count(*)::int FROM data_key WHERE owner = $1) AS keys,
    (SELECT count(*)::int FROM sso_domain WHERE org_id = $1) + (SELECT count(*)::int FROM sso_connection WHERE org_id = $1) AS sso`, [orgId])
  await addSegment(orgId, { startedAt: new Date(runtime().clock.now().getTime() - HOUR_MS).toISOString(), endedAt: runtime().clock.now().toISOString() })
  await owner.call(deleteOrganization, { name })
  await drainJobs()
  expect(await held()).toMatchObject([{ endpoints: 1, versions: 1, keys: 1, sso: 2 }])
  expect((await held())[0]?.deliveries).toBeGreaterThan(0)
  await deleteDueOrganizations(inHours(72.1))
  await drainJobs()
  expect(await sql('SELECT task_identifier, last_error FROM graphile_worker.jobs WHERE last_error IS NOT NULL', [])).toEqual([])
  expect(await held()).toEqual([{ endpoints: 0, deliveries: 0, versions: 0, keys: 0, sso: 0 }])
  await expect(runtime().keys.open(orgId, String(version?.ciphertext), 'anywhere')).rejects.toThrow()
  expect(await eventTypes(orgId)).toContain('keys.data_key_destroyed')
  expect(webhook.id).toMatch(/^wh/)
  await moveTo(inHours(24 * 40))
  const staff = await makeUser({ staff: true })
  const invoices = (await staff.call(listAllInvoices, { limit: 100 })).data.filter((one) => one.organization_id === orgId)
  expect(invoices).toHaveLength(1)
  expect(await staff.call(readAnyInvoice, { invoice_id: invoices[0]?.id ?? '' })).toMatchObject({ organization_id: orgId, buyer: { name } })
}, 60_000)

test('what is only to be deleted loses nothing: the jobs of a final deletion leave a living organization alone', async () => {
  const { owner, orgId, hello } = await withApps()
  await owner.call(createWebhook, { url: 'https://hooks.example.com/in', events: ['*'] })
  await owner.call(createSecret, { name: 'KEY', value: 'open sesame', app_id: hello.id, scope: 'app' })
  for (const job of jobs.filter((one) => one.name.endsWith('.forget_organization'))) await job.run({ subject_id: orgId, org_id: orgId })
  expect(await sql('SELECT (SELECT count(*)::int FROM webhook_endpoint WHERE org_id = $1) AS endpoints, (SELECT count(*)::int FROM data_key WHERE owner = $1) AS keys', [orgId]))
    .toEqual([{ endpoints: 1, keys: 1 }])
})

test('undoing and finishing at the same moment: one of them wins, wholly', async () => {
  for (let round = 0; round < 5; round++) {
    const { owner, orgId, name } = await withApps()
    await owner.call(deleteOrganization, { name })
    const [undone, finished] = await Promise.allSettled([owner.call(restoreOrganization, {}), deleteDueOrganizations(inHours(73))])
    const [org] = await sql('SELECT delete_after IS NULL AS kept, deleted_at IS NULL AS alive, (SELECT count(*)::int FROM membership WHERE org_id = $1) AS members FROM organization WHERE id = $1', [orgId])
    const kept = { kept: true, alive: true, members: 1 }
    const gone = { kept: false, alive: false, members: 0 }
    expect(finished.status).toBe('fulfilled')
    expect(org).toEqual(undone.status === 'fulfilled' ? kept : gone)
  }
})

test('an install under way starts nothing while the organization is being deleted, and goes on when it is undone', async () => {
  const { owner, orgId, name } = await withApps()
  await owner.call(createInstall, { catalog_id: 'guestbook', name: 'book' })
  await owner.call(deleteOrganization, { name })
  await drainJobs()
  expect(await sql('SELECT 1 FROM app WHERE org_id = $1 AND desired = \'running\'', [orgId])).toEqual([])
})

test('over REST: DELETE with the name in the body, 202', async () => {
  const { owner, orgId, name } = await withApps()
  const token = await tokenOf(owner.actor)
  const answer = await api.ask('DELETE', `/v1/organizations/${orgId}`, { token, body: { name }, headers: { 'content-length': String(Buffer.byteLength(JSON.stringify({ name }))) } })
  expect([answer.status, Object.keys(answer.body).sort()]).toEqual([202, ['delete_after', 'stopped_apps']])
  expect((await api.ask('POST', '/v1/apps', { token, body: { name: 'x1', image: 'builtin/hello:v1' } })).status).toBe(409)
  expect((await api.ask('POST', `/v1/organizations/${orgId}/actions/restore`, { token, body: {} })).body).toEqual({ started_apps: 1 })
})
