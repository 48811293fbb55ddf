import { expect, test } from 'vitest'
import type { Role } from '../contract/permission.ts'
import { createApp, getApp, getDeployment, listApps, scaleApp, stopApp, updateApp } from '../domain/apps/index.ts'
import { createSecret } from '../domain/secrets/index.ts'
import { createInstall } from '../domain/installs/index.ts'
import { getOrganization, listMembers, listOrganizations } from '../domain/orgs/index.ts'
import { listEvents } from '../domain/logs/index.ts'
import { getMe, listSessions, signOutEverywhere } from '../domain/auth/index.ts'
import { as, makeOwner, makeUser } from '../testing/actors.ts'
import { withRuntime } from '../testing/runtime.ts'
import { command } from './operation.ts'
import type { TokenLimits, UserActor } from './context.ts'
import { newId } from './id.ts'
import { runtime } from './runtime.ts'
import { z } from 'zod'

withRuntime()

const sql = (text: string, values: unknown[] = []) => runtime().databases.systemPool.query(text, values)
const image = { image: 'builtin/hello:v1' }
const setUp = async () => {
  const owner = await makeOwner()
  const [a, b] = [await owner.call(createApp, { name: 'alpha', ...image }), await owner.call(createApp, { name: 'beta', ...image })]
  return { owner, orgId: owner.organization.id, a, b }
}
interface Given { appIds?: string[]; grants?: Record<string, string[]>; roleId?: string; role?: Role | 'custom' }
const member = async (orgId: string, { role = 'developer', appIds = [], grants = {}, roleId }: Given) => {
  const person = await makeUser()
  await sql('INSERT INTO membership (org_id, user_id, role, role_id, app_ids) VALUES ($1, $2, $3, $4, $5)', [orgId, person.actor.userId, role, roleId ?? null, appIds])
  for (const [appId, permissions] of Object.entries(grants)) {
    await sql('INSERT INTO "grant" (org_id, user_id, app_id, permissions) VALUES ($1, $2, $3, $4)', [orgId, person.actor.userId, appId, permissions])
  }
  return person
}
const withToken = (person: { actor: UserActor; brand: Parameters<typeof as>[1] }, limits: Partial<TokenLimits>) =>
  as({ ...person.actor, token: { tokenId: 'tok_x', kind: 'pat', scopes: [], appIds: [], orgId: null, ...limits } }, person.brand)
const code = (run: Promise<unknown>): Promise<string> => run.then(() => 'ok', (error: { code?: string }) => error.code ?? (error as Error).message)

test('a member restricted to one app sees and changes that one; the other does not exist', async () => {
  const { orgId, a, b } = await setUp()
  const person = await member(orgId, { appIds: [a.id] })
  expect((await person.call(listApps, {})).data.map((x) => x.id)).toEqual([a.id])
  expect(await code(person.call(scaleApp, { app_id: a.id, replicas: 2 }))).toBe('ok')
  expect(await code(person.call(getApp, { app_id: 'alpha' }))).toBe('ok')
  for (const app_id of [b.id, 'beta']) {
    const answer = await person.call(getApp, { app_id }).catch((error: Error) => error)
    expect(answer).toMatchObject({ code: 'not_found', message: 'No such app.' })
    expect(await code(person.call(stopApp, { app_id }))).toBe('not_found')
  }
  expect(await code(person.call(getDeployment, { deployment_id: b.deployment_id ?? '' }))).toBe('not_found')
  expect(await code(person.call(getDeployment, { deployment_id: a.deployment_id ?? '' }))).toBe('ok')
})

test('such a member can make no new app, not even by an install, and sees no event of others', async () => {
  const { orgId, a, b } = await setUp()
  const person = await member(orgId, { appIds: [a.id] })
  expect(await code(person.call(createApp, { name: 'gamma', ...image }))).toBe('forbidden')
  expect(await code(person.call(createInstall, { catalog_id: 'hello', name: 'gamma', parameters: { name: 'x' } }))).toBe('forbidden')
  const events = JSON.stringify(await person.call(listEvents, { limit: 100 }))
  expect([events.includes(a.id), events.includes(b.id)]).toEqual([true, false])
})

test('a grant adds on its app only; what may be seen but not done is forbidden, what may not be seen is not found', async () => {
  const { orgId, a, b } = await setUp()
  const viewer = await member(orgId, { role: 'viewer', grants: { [a.id]: ['apps:write'] } })
  expect(await code(viewer.call(scaleApp, { app_id: a.id, replicas: 2 }))).toBe('ok')
  expect(await code(viewer.call(scaleApp, { app_id: b.id, replicas: 2 }))).toBe('forbidden')
  expect((await viewer.call(listApps, {})).data).toHaveLength(2)
  const accountant = await member(orgId, { role: 'billing', grants: { [a.id]: ['apps:write'] } })
  expect((await accountant.call(listApps, {})).data.map((x) => x.id)).toEqual([a.id])
  expect(await code(accountant.call(scaleApp, { app_id: b.id, replicas: 2 }))).toBe('not_found')
  expect((await accountant.call(listOrganizations, {})).data[0]).toMatchObject({ role: 'billing', app_ids: null, grants: [{ app_id: a.id, permissions: ['apps:read', 'apps:write'] }] })
})

test('a role of the organization\'s own gives what it lists', async () => {
  const { orgId, a } = await setUp()
  const roleId = newId('role')
  await sql('INSERT INTO custom_role (id, org_id, name, permissions) VALUES ($1, $2, \'Deployers\', $3)', [roleId, orgId, ['org:read', 'apps:read', 'apps:write', 'no:such']])
  const person = await member(orgId, { role: 'custom', roleId })
  expect(await code(person.call(scaleApp, { app_id: a.id, replicas: 2 }))).toBe('ok')
  expect(await code(person.call(listMembers, {}))).toBe('forbidden')
  expect(await person.call(getOrganization, {})).toMatchObject({ role: 'custom', role_id: roleId, role_name: 'Deployers', permissions: ['org:read', 'apps:read', 'apps:write'] })
})

test('a suspended member gets what a stranger gets, also from the list of organizations', async () => {
  const { orgId } = await setUp()
  const [person, stranger] = [await member(orgId, {}), await makeUser()]
  await sql('UPDATE membership SET suspended_at = now() WHERE user_id = $1', [person.actor.userId])
  const ask = (who: typeof person) => who.call(listApps, { organization_id: orgId }).catch((error: Error & { code: string }) => [error.code, error.message])
  expect(await ask(person)).toEqual(await ask(stranger))
  expect(await ask(person)).toEqual(['not_found', 'No such organization.'])
  expect((await person.call(listOrganizations, {})).data).toEqual([])
  expect((await person.call(getMe, {})).organizations).toEqual([])
})

test('a token takes away: scopes, apps and organizations', async () => {
  const { owner, a, b } = await setUp()
  const reader = withToken(owner, { scopes: ['apps:read'] })
  expect(await code(reader.call(getApp, { app_id: a.id }))).toBe('ok')
  expect(await reader.call(scaleApp, { app_id: a.id, replicas: 2 }).catch((e: Error) => e)).toMatchObject({ code: 'forbidden', message: 'This token lacks the scope apps:write. Use one that has it.' })
  const single = withToken(owner, { appIds: [a.id] })
  expect(await code(single.call(scaleApp, { app_id: a.id, replicas: 2 }))).toBe('ok')
  expect(await code(single.call(scaleApp, { app_id: b.id, replicas: 2 }))).toBe('not_found')
  const elsewhere = withToken(owner, { orgId: 'org_other00000000' })
  expect(await code(elsewhere.call(listApps, {}))).toBe('not_found')
  expect(await code(elsewhere.call(listApps, { organization_id: owner.organization.id }))).toBe('not_found')
  expect((await elsewhere.call(listOrganizations, {})).data).toEqual([])
  expect(await code(single.call(signOutEverywhere, {}))).toBe('session_required')
  expect(await code(single.call(listSessions, {}))).toBe('session_required')
  expect((await single.call(getMe, {})).organizations).toHaveLength(1)
})

test('an organization that asks for a second factor is closed without one, tokens included', async () => {
  const { owner, orgId } = await setUp()
  await sql('UPDATE organization SET mfa_required = true WHERE id = $1', [orgId])
  expect(await code(owner.call(listApps, {}))).toBe('mfa_required')
  expect(await code(withToken(owner, {}).call(listApps, {}))).toBe('mfa_required')
  expect(await code(as({ ...owner.actor, mfa: true }, owner.brand).call(listApps, {}))).toBe('ok')
})

test('an organization that waits for its deletion can be read and not changed', async () => {
  const { owner, orgId, a } = await setUp()
  await sql('UPDATE organization SET delete_after = now() + interval \'1 day\' WHERE id = $1', [orgId])
  expect(await code(owner.call(getApp, { app_id: a.id }))).toBe('ok')
  expect(await code(owner.call(scaleApp, { app_id: a.id, replicas: 2 }))).toBe('organization_deleting')
})

const strict = command({
  name: 'test.strict', summary: '', scope: 'user', sensitive: true, sessionOnly: true, quiet: 'test', input: z.strictObject({}), output: z.object({}),
  run: () => Promise.resolve({}),
})

test('a sensitive act asks for a proof of the last 15 minutes, and no token nor operator in an account can give it', async () => {
  const person = await makeUser()
  const proven = (minutesAgo: number, over: Partial<UserActor> = {}) =>
    code(as({ ...person.actor, provenAt: new Date(Date.now() - minutesAgo * 60_000), ...over }, person.brand).call(strict, {}))
  expect(await proven(14)).toBe('ok')
  expect(await proven(16)).toBe('reauthentication_required')
  expect(await proven(0, { token: { tokenId: 't', kind: 'pat', scopes: [], appIds: [], orgId: null } })).toBe('session_required')
  expect(await proven(0, { impersonator: { impersonationId: 'i', userId: 'u', name: 'Op', orgId: 'o', reason: 'r', until: new Date() } })).toBe('session_required')
})

test('a service account acts in its organization by its role, and has no account of a person', async () => {
  const { owner, orgId, a, b } = await setUp()
  const other = await makeOwner()
  const id = newId('serviceAccount')
  await sql('INSERT INTO service_account (id, org_id, name, role, created_by) VALUES ($1, $2, \'ci\', \'developer\', $3)', [id, orgId, owner.actor.userId])
  const machine = (token: Partial<TokenLimits> = {}) => as({
    type: 'service_account', serviceAccountId: id, orgId, brandId: owner.brand.id, name: 'ci',
    token: { tokenId: 'tok_s', kind: 'sat', scopes: [], appIds: [], orgId, ...token },
  }, owner.brand)
  expect(await code(machine().call(scaleApp, { app_id: a.id, replicas: 2 }))).toBe('ok')
  expect(await code(machine({ appIds: [b.id] }).call(scaleApp, { app_id: a.id, replicas: 2 }))).toBe('not_found')
  expect(await code(machine().call(listApps, { organization_id: other.organization.id }))).toBe('not_found')
  expect(await code(machine().call(getMe, {}))).toBe('session_required')
  const { rows } = await sql('SELECT actor FROM event WHERE type = \'app.scaled\' AND subject_id = $1', [a.id])
  expect(rows[0]).toMatchObject({ actor: { type: 'service_account', id } })
  await sql('UPDATE service_account SET disabled_at = now() WHERE id = $1', [id])
  expect(await code(machine().call(listApps, {}))).toBe('not_found')
})

test('an app keeps the organization\'s secret it refers to when somebody restricted to it deploys', async () => {
  const { owner, orgId, a } = await setUp()
  await owner.call(createSecret, { name: 'SHARED', value: 'a value', scope: 'organization' })
  await owner.call(updateApp, { app_id: a.id, env: { KEY: { from_secret: 'SHARED' } } })
  const person = await member(orgId, { appIds: [a.id] })
  expect(await code(person.call(updateApp, { app_id: a.id, env: { PLAIN: 'x' } }))).toBe('ok')
  const held = await sql(`SELECT count(*)::int AS n FROM release_secret r JOIN release e ON e.id = r.release_id
    WHERE e.app_id = $1 AND r.name = 'KEY' AND e.number = (SELECT max(number) FROM release WHERE app_id = $1)`, [a.id])
  expect(held.rows[0]).toEqual({ n: 1 })
})

test('sums over the whole organization see every app, and the caller is restricted again afterwards', async () => {
  const { orgId, a } = await setUp()
  const person = await member(orgId, { appIds: [a.id] })
  const counting = command({
    name: 'test.counting', summary: '', scope: 'org', permission: 'apps:read', quiet: 'test', input: z.strictObject({}), output: z.array(z.number()),
    run: async (ctx) => [await ctx.db.app.count(), await ctx.acrossApps(() => ctx.db.app.count()), await ctx.db.app.count()],
  })
  await expect(person.call(counting, {})).rejects.toMatchObject({ code: 'forbidden' })
  const reading = { ...counting, kind: 'query' as const }
  expect(await person.call(reading, {})).toEqual([1, 2, 1])
})
