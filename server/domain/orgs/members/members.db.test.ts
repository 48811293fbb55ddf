import { setTimeout as sleep } from 'node:timers/promises'
import { expect, test } from 'vitest'
import type { UserActor } from '../../../core/context.ts'
import { newId } from '../../../core/id.ts'
import { runtime } from '../../../core/runtime.ts'
import type { Permission, Role } from '../../../contract/permission.ts'
import { as, makeOwner, makeUser, type Caller } from '../../../testing/actors.ts'
import { makeMember } from '../../../testing/estate.ts'
import { drainJobs, withRuntime } from '../../../testing/runtime.ts'
import { createApp, getApp, listApps } from '../../apps/index.ts'
import {
  createInvitation, getOrganization, leaveOrganization, listInvitations, listMembers, removeMember, suspendMember, transferOwnership, unsuspendMember,
  updateMember,
} from '../index.ts'
import { eventTypes } from '../testing/traces.ts'

withRuntime({ SHELLWEGO_SANDBOX_PORT: 21_202, PORT: 21_203 })
const sql = async (text: string, values: unknown[]) => (await runtime().databases.systemPool.query<Record<string, unknown>>(text, values)).rows
const idOf = (who: Caller): string => (who.actor.type === 'user' ? who.actor.userId : '')
const userActor = (who: Caller): UserActor => {
  if (who.actor.type !== 'user') throw new Error('not a person')
  return who.actor
}
const team = async (...roles: Role[]) => {
  const owner = await makeOwner()
  const organization_id = owner.organization.id
  return { owner, organization_id, members: await Promise.all(roles.map((role) => makeMember(organization_id, role))) as [Caller, Caller, Caller] }
}
const makeRole = async (orgId: string, permissions: Permission[]): Promise<string> => {
  const id = newId('role')
  await runtime().databases.asSystem('job', (db) => db.customRole.create({ data: { id, orgId, name: id, permissions } }))
  return id
}
const roleOf = async (orgId: string, who: Caller) => (await sql('SELECT role FROM membership WHERE org_id = $1 AND user_id = $2', [orgId, idOf(who)]))[0]?.role

test('the list says role, restriction, grants, second factor and last seen, page by page', async () => {
  const { owner, organization_id, members: [dev] } = await team('developer')
  const app = await owner.call(createApp, { name: 'hello', image: 'builtin/hello:v1' })
  await sql(`INSERT INTO passkey (id, user_id, credential_id, public_key, counter, transports, rp_id, name, backed_up) VALUES ($1, $2, $1, '', 0, '{}', 'x', 'key', false)`, [newId('passkey'), idOf(dev)])
  await sql(`INSERT INTO session (id, token_hash, user_id, kind, expires_at, last_seen_at) VALUES ($1, $1, $2, 'web', now() + interval '1 day', '2026-02-03T04:05:06Z')`, [newId('session'), idOf(dev)])
  await owner.call(updateMember, { user_id: idOf(dev), app_ids: [app.id], grants: [{ app_id: app.id, permissions: ['apps:write'] }] })
  const first = await owner.call(listMembers, { limit: 1 })
  expect(first).toMatchObject({ data: [{ role: 'owner', mfa: false, last_seen_at: null, app_ids: [] }], pagination: { has_more: true } })
  const second = await owner.call(listMembers, { limit: 1, cursor: first.pagination.next_cursor ?? '' })
  expect(second.data).toMatchObject([{
    user_id: idOf(dev), role: 'developer', mfa: true, last_seen_at: '2026-02-03T04:05:06.000Z', app_ids: [app.id],
    grants: [{ app_id: app.id, permissions: ['apps:write'] }], suspended_at: null,
  }])
  expect((await owner.call(listMembers, { filter: { status: 'suspended' } })).data).toEqual([])
  expect((await owner.call(listMembers, { filter: { role: 'developer' } })).data).toHaveLength(1)
  await expect((await makeOwner()).call(listMembers, { organization_id })).rejects.toMatchObject({ code: 'not_found' })
})

test('a changed role counts at the next call, and the event says from which to which', async () => {
  const { owner, organization_id, members: [dev] } = await team('developer')
  await expect(dev.call(updateMember, { user_id: idOf(dev), role: 'admin' })).rejects.toMatchObject({ code: 'forbidden' })
  expect(await owner.call(updateMember, { user_id: idOf(dev), role: 'viewer' })).toMatchObject({ role: 'viewer' })
  await expect(dev.call(createApp, { name: 'hello', image: 'builtin/hello:v1' })).rejects.toMatchObject({ code: 'forbidden' })
  expect(await sql(`SELECT data FROM event WHERE org_id = $1 AND type = 'member.updated'`, [organization_id])).toMatchObject([{ data: { role: 'viewer', previous_role: 'developer' } }])
})

test('a member restricted to one app sees only that one; the restriction is lifted by an empty list', async () => {
  const { owner, members: [dev] } = await team('developer')
  const apps = await Promise.all(['one', 'two'].map((name) => owner.call(createApp, { name, image: 'builtin/hello:v1' })))
  const [mine, other] = [apps[0]?.id ?? '', apps[1]?.id ?? '']
  await owner.call(updateMember, { user_id: idOf(dev), app_ids: [mine] })
  expect((await dev.call(listApps, {})).data.map((a) => a.id)).toEqual([mine])
  await expect(dev.call(getApp, { app_id: other })).rejects.toMatchObject({ code: 'not_found' })
  await owner.call(updateMember, { user_id: idOf(dev), app_ids: [] })
  expect((await dev.call(listApps, {})).data).toHaveLength(2)
})

test('nobody gives more than they may do themselves, or changes somebody who may do more', async () => {
  const { owner, organization_id, members: [admin, viewer, billing] } = await team('admin', 'viewer', 'billing')
  const strong = await makeRole(organization_id, ['org:delete', 'members:write'])
  const hr = await makeRole(organization_id, ['org:read', 'members:read', 'members:write', 'apps:read'])
  const tries: Array<[Caller, Parameters<typeof updateMember.run>[1]]> = [
    [admin, { user_id: idOf(viewer), role: 'owner' }], [admin, { user_id: idOf(viewer), role_id: strong }], [admin, { user_id: idOf(owner), role: 'viewer' }],
  ]
  for (const [who, input] of tries) await expect(who.call(updateMember, input)).rejects.toMatchObject({ code: 'forbidden' })
  await expect(admin.call(suspendMember, { user_id: idOf(owner) })).rejects.toMatchObject({ code: 'forbidden' })
  await expect(admin.call(removeMember, { user_id: idOf(owner) })).rejects.toMatchObject({ code: 'forbidden' })
  await owner.call(updateMember, { user_id: idOf(billing), role_id: hr })
  await expect(billing.call(updateMember, { user_id: idOf(viewer), role: 'developer' })).rejects.toMatchObject({ code: 'forbidden' })
  await expect(billing.call(createInvitation, { email: 'x@example.com', role: 'viewer' })).rejects.toMatchObject({ code: 'forbidden' })
  expect(await roleOf(organization_id, viewer)).toBe('viewer')
})

test('a token gives no more than its scopes, whatever its holder may', async () => {
  const { owner, members: [viewer] } = await team('viewer')
  const limited = as({ ...owner.actor, token: { tokenId: 'tok_x', kind: 'pat', scopes: ['members:write', 'members:read'], appIds: [], orgId: null } }, owner.brand)
  await expect(limited.call(updateMember, { user_id: idOf(viewer), role: 'admin' })).rejects.toMatchObject({ code: 'forbidden' })
})

test('the only owner cannot be demoted, suspended or removed, and cannot leave', async () => {
  const { owner, organization_id, members: [admin] } = await team('admin')
  const me = idOf(owner)
  await expect(owner.call(updateMember, { user_id: me, role: 'admin' })).rejects.toMatchObject({ code: 'last_owner' })
  await expect(owner.call(leaveOrganization, { name: owner.organization.name })).rejects.toMatchObject({ code: 'last_owner' })
  await expect(owner.call(suspendMember, { user_id: me })).rejects.toMatchObject({ code: 'state_conflict' })
  await expect(owner.call(removeMember, { user_id: me })).rejects.toMatchObject({ code: 'state_conflict' })
  await owner.call(updateMember, { user_id: idOf(admin), role: 'owner' })
  await owner.call(leaveOrganization, { name: owner.organization.name })
  expect(await roleOf(organization_id, owner)).toBeUndefined()
})

test('two owners who demote, suspend, remove or leave at the same moment leave one owner', async () => {
  for (const round of ['demote', 'suspend', 'remove', 'leave'] as const) {
    const { owner, organization_id, members: [second] } = await team('owner')
    const act = (who: Caller, other: Caller) => {
      if (round === 'demote') return who.call(updateMember, { user_id: idOf(other), role: 'viewer' })
      if (round === 'suspend') return who.call(suspendMember, { user_id: idOf(other) })
      return round === 'remove' ? who.call(removeMember, { user_id: idOf(other) }) : who.call(leaveOrganization, { name: owner.organization.name })
    }
    const results = await Promise.allSettled([act(owner, second), act(second, owner)])
    expect([round, results.filter((r) => r.status === 'fulfilled').length]).toEqual([round, 1])
    expect(await sql('SELECT 1 FROM membership WHERE org_id = $1 AND role = \'owner\' AND suspended_at IS NULL', [organization_id])).toHaveLength(1)
  }
})

test('an owner is made only of a confirmed, unsuspended, unrestricted member, by one who has just proven who they are', async () => {
  const { owner, members: [viewer] } = await team('viewer')
  const user_id = idOf(viewer)
  const app = await owner.call(createApp, { name: 'hello', image: 'builtin/hello:v1' })
  await expect(owner.call(updateMember, { user_id, role: 'owner', app_ids: [app.id] })).rejects.toMatchObject({ code: 'rule_violated', errors: [{ pointer: '/app_ids' }] })
  await sql('UPDATE "user" SET email_verified_at = NULL WHERE id = $1', [user_id])
  await expect(owner.call(updateMember, { user_id, role: 'owner' })).rejects.toMatchObject({ code: 'state_conflict' })
  await expect(owner.call(transferOwnership, { user_id })).rejects.toMatchObject({ code: 'state_conflict' })
  await sql('UPDATE "user" SET email_verified_at = now() WHERE id = $1', [user_id])
  const stale = as({ ...userActor(owner), provenAt: new Date(Date.now() - 16 * 60_000) }, owner.brand)
  await expect(stale.call(updateMember, { user_id, role: 'owner' })).rejects.toMatchObject({ code: 'reauthentication_required' })
  await expect(stale.call(transferOwnership, { user_id })).rejects.toMatchObject({ code: 'reauthentication_required' })
  await stale.call(updateMember, { user_id, role: 'developer' })
  await owner.call(suspendMember, { user_id })
  await expect(owner.call(updateMember, { user_id, role: 'owner' })).rejects.toMatchObject({ code: 'state_conflict' })
})

test('a transfer makes the other the owner and oneself an admin; an admin cannot transfer', async () => {
  const { owner, organization_id, members: [admin, viewer] } = await team('admin', 'viewer')
  await expect(admin.call(transferOwnership, { user_id: idOf(admin) })).rejects.toMatchObject({ code: 'forbidden' })
  await expect(owner.call(transferOwnership, { user_id: idOf(owner) })).rejects.toMatchObject({ code: 'state_conflict' })
  await owner.call(transferOwnership, { user_id: idOf(viewer) })
  expect([await roleOf(organization_id, owner), await roleOf(organization_id, viewer)]).toEqual(['admin', 'owner'])
  expect(await eventTypes(organization_id)).toContain('organization.ownership_transferred')
})

test('somebody suspended is nobody until the suspension is lifted', async () => {
  const { owner, organization_id, members: [viewer] } = await team('viewer')
  const user_id = idOf(viewer)
  await owner.call(suspendMember, { user_id })
  await expect(viewer.call(getOrganization, { organization_id })).rejects.toMatchObject({ code: 'not_found' })
  await expect(owner.call(suspendMember, { user_id })).rejects.toMatchObject({ code: 'state_conflict' })
  await owner.call(unsuspendMember, { user_id })
  await viewer.call(getOrganization, { organization_id })
  await expect(owner.call(unsuspendMember, { user_id })).rejects.toMatchObject({ code: 'state_conflict' })
})

test('who goes takes their open invitations and their tokens for this organization along', async () => {
  const { owner, organization_id, members: [admin] } = await team('admin')
  await admin.call(createInvitation, { email: 'friend@example.com', role: 'viewer' })
  const other = await makeOwner()
  const token = async (orgId: string) => {
    const id = newId('token')
    await sql(`INSERT INTO api_token (id, token_hash, kind, name, hint, brand_id, user_id, org_id, scopes, app_ids, ip_allow, created_by, expires_at)
      VALUES ($1, $1, 'pat', 'x', 'x', $2, $3, $4, '{}', '{}', '{}', $3, now() + interval '1 day')`, [id, owner.brand.id, idOf(admin), orgId])
    return id
  }
  const [here, there] = [await token(organization_id), await token(other.organization.id)]
  await owner.call(removeMember, { user_id: idOf(admin) })
  await drainJobs()
  expect((await owner.call(listInvitations, {})).data).toEqual([])
  expect(await sql('SELECT id FROM api_token WHERE revoked_at IS NOT NULL AND id = ANY($1)', [[here, there]])).toEqual([{ id: here }])
  await expect(owner.call(removeMember, { user_id: idOf(admin) })).rejects.toMatchObject({ code: 'not_found' })
})

test('rights taken away between asking and acting no longer count', async () => {
  const { organization_id, members: [admin, viewer] } = await team('admin', 'viewer')
  const client = await runtime().databases.systemPool.connect()
  await client.query('BEGIN')
  await client.query('SELECT 1 FROM organization WHERE id = $1 FOR UPDATE', [organization_id])
  // Authorised as an admin, it now waits for the organization.
  const asked = admin.call(updateMember, { user_id: idOf(viewer), role: 'developer' }).then(() => 'done', (error: unknown) => (error as { code: string }).code)
  await sleep(300)
  await client.query('UPDATE membership SET role = \'viewer\' WHERE org_id = $1 AND user_id = $2', [organization_id, idOf(admin)])
  await client.query('COMMIT')
  client.release()
  expect(await asked).toBe('forbidden')
  expect(await roleOf(organization_id, viewer)).toBe('viewer')
})

test.each([
  [{ role: 'viewer', role_id: 'role_x' }, '/role_id'], [{ role_id: 'role_none' }, '/role_id'], [{ app_ids: ['app_none'] }, '/app_ids/0'],
  [{ grants: [{ app_id: 'app_none', permissions: ['apps:write'] }] }, '/grants/0'],
] as const)('a change to %j is refused at its field', async (change, pointer) => {
  const { owner, members: [viewer] } = await team('viewer')
  await expect(owner.call(updateMember, { user_id: idOf(viewer), ...change } as never)).rejects.toMatchObject({ code: 'rule_violated', errors: [{ pointer }] })
})

test('leaving asks for the name, and a stranger\'s id is not found', async () => {
  const { owner, members: [viewer] } = await team('viewer')
  await expect(viewer.call(leaveOrganization, { name: 'Another' })).rejects.toMatchObject({ code: 'rule_violated', errors: [{ pointer: '/name' }] })
  const stranger = await makeUser()
  for (const op of [suspendMember, unsuspendMember, removeMember, transferOwnership]) {
    await expect(owner.call(op as typeof suspendMember, { user_id: idOf(stranger) })).rejects.toMatchObject({ code: 'not_found' })
  }
  await viewer.call(leaveOrganization, { name: owner.organization.name })
})
