import { expect, test } from 'vitest'
import { runtime } from '../../core/runtime.ts'
import { QUOTA_NAMES, type QuotaOverrides } from '../../contract/quota.ts'
import { makeOwner, makeUser } from '../../testing/actors.ts'
import { tokenOf, withApi } from '../../testing/api.ts'
import { makeMember } from '../../testing/estate.ts'
import { withRuntime } from '../../testing/runtime.ts'
import { createApp, deleteApp, deployApp, scaleApp, startApp, stopApp, updateApp } from '../apps/index.ts'
import { createInstall } from '../installs/index.ts'
import { getQuotas, getQuotasOf, setQuotas } from './index.ts'

withRuntime({ SHELLWEGO_SANDBOX_PORT: 21_200, PORT: 21_201 })
const api = withApi()
const HELLO = { name: 'hello', image: 'builtin/hello:v1' }

/** An owner whose organization has these limits. */
const withLimits = async (limits: QuotaOverrides) => {
  const [owner, staff] = [await makeOwner(), await makeUser({ staff: true })]
  await staff.call(setQuotas, { organization_id: owner.organization.id, ...limits })
  return owner
}
const usedOf = async (owner: Awaited<ReturnType<typeof makeOwner>>) =>
  Object.fromEntries((await owner.call(getQuotas, {})).data.map((q) => [q.name, q.used]))
const count = async (orgId: string): Promise<number> =>
  Number((await runtime().databases.systemPool.query<{ n: string }>('SELECT count(*) AS n FROM app WHERE org_id = $1 AND deleted_at IS NULL', [orgId])).rows[0]?.n)

test('of 100 creations at once with room for one, exactly one succeeds and the others say which limit and how to get more', async () => {
  const owner = await withLimits({ apps: 1 })
  const results = await Promise.allSettled(Array.from({ length: 100 }, (_, i) => owner.call(createApp, { ...HELLO, name: `app-${i}` })))
  expect(results.filter((r) => r.status === 'fulfilled')).toHaveLength(1)
  const refusals = results.flatMap((r) => (r.status === 'rejected' ? [r.reason as { code: string; message: string; quotas: unknown }] : []))
  expect(new Set(refusals.map((r) => r.code))).toEqual(new Set(['quota_exceeded']))
  expect(refusals[0]).toMatchObject({ quotas: [{ name: 'apps', used: 1, requested: 2, limit: 1 }], message: expect.stringContaining(owner.brand.supportEmail) })
  expect(await count(owner.organization.id)).toBe(1)
}, 60_000)

test('a refused creation leaves nothing behind: no app, no host name, no event, no job', async () => {
  const owner = await withLimits({ memory_mib: 127 })
  const traces = async () => (await runtime().databases.systemPool.query<{ n: string }>(
    `SELECT (SELECT count(*) FROM app WHERE org_id = $1) + (SELECT count(*) FROM hostname WHERE org_id = $1) + (SELECT count(*) FROM release WHERE org_id = $1)
       + (SELECT count(*) FROM event WHERE org_id = $1 AND type LIKE 'app.%') AS n`, [owner.organization.id])).rows[0]?.n
  await expect(owner.call(createApp, HELLO)).rejects.toMatchObject({ code: 'quota_exceeded', quotas: [{ name: 'memory_mib', requested: 128 }] })
  expect(await traces()).toBe('0')
})

test.each([
  ['instances', { instances: 2 }, { replicas: 3 }], ['vcpu', { vcpu: 3 }, { replicas: 2, resources: { cpu: '2' } }],
  ['memory_mib', { memory_mib: 300 }, { resources: { memory: '301m' } }], ['disk_mib', { disk_mib: 1500 }, { resources: { disk: '2g' } }],
  ['databases', { databases: 0 }, { image: 'docker.io/library/postgres:17' }],
] as const)('%s are counted', async (name, limits, change) => {
  const owner = await withLimits(limits)
  await expect(owner.call(createApp, { ...HELLO, ...change })).rejects.toMatchObject({ code: 'quota_exceeded', quotas: [{ name }] })
  await owner.call(createApp, HELLO)
  const app_id = 'hello'
  if ('replicas' in change) await expect(owner.call(scaleApp, { app_id, replicas: 4 })).rejects.toMatchObject({ code: 'quota_exceeded' })
  else if ('image' in change) await expect(owner.call(deployApp, { app_id, image: change.image })).rejects.toMatchObject({ code: 'quota_exceeded' })
  await expect(owner.call(updateApp, { app_id, ...change })).rejects.toMatchObject({ code: 'quota_exceeded' })
})

test('stopping frees what ran, and starting again asks for it', async () => {
  const owner = await withLimits({ instances: 1 })
  await owner.call(createApp, HELLO)
  await owner.call(stopApp, { app_id: 'hello' })
  expect(await usedOf(owner)).toMatchObject({ apps: 1, instances: 0, memory_mib: 0 })
  await owner.call(createApp, { ...HELLO, name: 'other' })
  await expect(owner.call(startApp, { app_id: 'hello' })).rejects.toMatchObject({ code: 'quota_exceeded', quotas: [{ name: 'instances', used: 1, requested: 2, limit: 1 }] })
  await owner.call(deleteApp, { app_id: 'other' })
  await owner.call(startApp, { app_id: 'hello' })
})

test('scaling two apps at once cannot take one place twice', async () => {
  const owner = await withLimits({ instances: 3 })
  for (const name of ['one', 'two']) await owner.call(createApp, { ...HELLO, name })
  const results = await Promise.allSettled(['one', 'two'].map((app_id) => owner.call(scaleApp, { app_id, replicas: 2 })))
  expect(results.map((r) => r.status).sort()).toEqual(['fulfilled', 'rejected'])
  expect(await usedOf(owner)).toMatchObject({ instances: 3 })
})

test('an install counts all its services before the first of them runs', async () => {
  const owner = await withLimits({ instances: 1 })
  await expect(owner.call(createInstall, { catalog_id: 'guestbook', name: 'book' })).rejects.toMatchObject({ code: 'quota_exceeded', quotas: [{ name: 'instances', requested: 2 }] })
  expect(await count(owner.organization.id)).toBe(0)
  const roomy = await withLimits({ instances: 2 })
  await roomy.call(createInstall, { catalog_id: 'guestbook', name: 'book' })
  expect(await usedOf(roomy)).toMatchObject({ apps: 2, instances: 2, databases: 1 })
  await expect(roomy.call(createApp, HELLO)).rejects.toMatchObject({ code: 'quota_exceeded' })
})

test('a member restricted to one app is counted with the apps they cannot see', async () => {
  const owner = await withLimits({ instances: 2 })
  const mine = await owner.call(createApp, HELLO)
  await owner.call(createApp, { ...HELLO, name: 'hidden' })
  const member = await makeMember(owner.organization.id, 'developer')
  await runtime().databases.systemPool.query('UPDATE membership SET app_ids = $2 WHERE org_id = $1 AND role = \'developer\'', [owner.organization.id, [mine.id]])
  await expect(member.call(scaleApp, { app_id: mine.id, replicas: 2 })).rejects.toMatchObject({ code: 'quota_exceeded', quotas: [{ used: 2, requested: 3 }] })
})

test('limits are the plan\'s until the operator sets them, null goes back, and only the operator may', async () => {
  const [owner, staff] = [await makeOwner(), await makeUser({ staff: true })]
  const organization_id = owner.organization.id
  const fresh = await owner.call(getQuotas, {})
  expect(fresh.data.map((q) => q.name)).toEqual([...QUOTA_NAMES])
  expect(new Set(fresh.data.map((q) => q.source))).toEqual(new Set(['plan']))
  expect((await staff.call(setQuotas, { organization_id, apps: 7, members: 3 })).data.find((q) => q.name === 'apps')).toMatchObject({ limit: 7, source: 'operator' })
  expect((await staff.call(setQuotas, { organization_id, apps: null })).data).toEqual(expect.arrayContaining([
    expect.objectContaining({ name: 'apps', source: 'plan' }), expect.objectContaining({ name: 'members', limit: 3 })]))
  expect(await staff.call(getQuotasOf, { organization_id })).toEqual(await owner.call(getQuotas, {}))
  await expect(staff.call(getQuotasOf, { organization_id: 'org_none' })).rejects.toMatchObject({ code: 'not_found' })
  await expect(owner.call(setQuotas, { organization_id, apps: 1000 })).rejects.toMatchObject({ code: 'forbidden' })
  await expect(staff.call(setQuotas, { organization_id: 'org_none', apps: 1 })).rejects.toMatchObject({ code: 'not_found' })
  await expect(staff.call(setQuotas, { organization_id, apps: -1 })).rejects.toMatchObject({ code: 'invalid_request' })
})

test('over REST the refusal is 409 with the limits in the problem', async () => {
  const owner = await withLimits({ apps: 0 })
  const token = await tokenOf(owner.actor)
  const answer = await api.ask('POST', '/v1/apps', { token, body: HELLO })
  expect([answer.status, answer.body.code, answer.body.quotas]).toEqual([409, 'quota_exceeded', [{ name: 'apps', used: 0, requested: 1, limit: 0 }]])
  expect((await api.ask('GET', `/v1/organizations/${owner.organization.id}/quotas`, { token })).body).toMatchObject({ plan: 'starter' })
})
