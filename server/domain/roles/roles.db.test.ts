import { expect, test } from 'vitest'
import type { Permission } from '../../contract/permission.ts'
import { runtime } from '../../core/runtime.ts'
import { makeOwner, makeUser } from '../../testing/actors.ts'
import { makeMember } from '../../testing/estate.ts'
import { withRuntime } from '../../testing/runtime.ts'
import { listApps } from '../apps/index.ts'
import { createRole, deleteRole, listRoles, updateRole } from './index.ts'

withRuntime()

const sql = (text: string, values: unknown[] = []) => runtime().databases.systemPool.query(text, values)
const code = (run: Promise<unknown>): Promise<string> =>
  run.then(() => 'ok', (error: { code?: string; errors?: { code: string }[] }) => error.errors?.[0]?.code ?? error.code ?? (error as Error).message)
const holderOf = async (orgId: string, roleId: string) => {
  const person = await makeUser()
  await sql('INSERT INTO membership (org_id, user_id, role, role_id) VALUES ($1, $2, \'custom\', $3)', [orgId, person.actor.userId, roleId])
  return person
}
const READ: Permission[] = ['org:read', 'members:read', 'apps:read']

test('a role is made, listed beside the built-in ones with its holders, and holds at once when changed', async () => {
  const owner = await makeOwner()
  const role = await owner.call(createRole, { name: 'Auditor', description: 'Looks on', permissions: ['org:read', 'audit:read', 'members:read'] })
  const person = await holderOf(owner.organization.id, role.id)
  expect(await code(person.call(listApps, {}))).toBe('forbidden')
  expect(await owner.call(updateRole, { role_id: role.id, permissions: READ })).toMatchObject({ name: 'Auditor', description: 'Looks on', permissions: READ, holders: 1 })
  expect(await code(person.call(listApps, {}))).toBe('ok')
  const { data } = await person.call(listRoles, {})
  expect(data.map((r) => [r.name, r.built_in, r.holders])).toEqual([
    ['owner', true, 1], ['admin', true, 0], ['developer', true, 0], ['viewer', true, 0], ['billing', true, 0], ['Auditor', false, 1],
  ])
})

test('nobody makes, widens, narrows or deletes a role that may more than they do', async () => {
  const owner = await makeOwner()
  const orgId = owner.organization.id
  const admin = await makeMember(orgId, 'admin')
  const strong = await owner.call(createRole, { name: 'Closer', permissions: ['org:read', 'org:delete'] })
  expect(await code(admin.call(createRole, { name: 'x', permissions: ['org:delete'] }))).toBe('exceeds_yours')
  expect(await code(admin.call(updateRole, { role_id: strong.id, permissions: ['org:read'] }))).toBe('exceeds_yours')
  expect(await code(admin.call(deleteRole, { role_id: strong.id }))).toBe('exceeds_yours')
  const keeperRole = await owner.call(createRole, { name: 'Keeper', permissions: [...READ, 'members:write'] })
  const keeper = await holderOf(orgId, keeperRole.id)
  expect(await code(keeper.call(updateRole, { role_id: keeperRole.id, permissions: [...READ, 'members:write', 'apps:write'] }))).toBe('exceeds_yours')
  expect(await code(keeper.call(createRole, { name: 'Reader', permissions: READ }))).toBe('ok')
})

test('a role somebody has, or is invited to, stays', async () => {
  const owner = await makeOwner()
  const orgId = owner.organization.id
  const [held, invited, free] = await Promise.all(['held', 'invited', 'free'].map((name) => owner.call(createRole, { name, permissions: READ })))
  await holderOf(orgId, held?.id ?? '')
  await sql(`INSERT INTO invitation (id, org_id, email, role, role_id, token_hash, invited_by, expires_at)
    VALUES ('inv_x', $1, 'a@example.com', 'custom', $2, 'h', 'u', now() + interval '1 day')`, [orgId, invited?.id])
  expect(await Promise.all([held, invited, free].map((r) => code(owner.call(deleteRole, { role_id: r?.id ?? '' }))))).toEqual(['role_in_use', 'role_in_use', 'ok'])
  expect(await code(owner.call(deleteRole, { role_id: free?.id ?? '' }))).toBe('not_found')
})

test('names are the organization\'s own and not those of built-in roles', async () => {
  const [owner, other] = [await makeOwner(), await makeOwner()]
  await owner.call(createRole, { name: 'Deployer', permissions: READ })
  expect(await code(owner.call(createRole, { name: 'Deployer', permissions: READ }))).toBe('taken')
  expect(await code(owner.call(createRole, { name: 'Owner', permissions: READ }))).toBe('taken')
  expect(await code(other.call(createRole, { name: 'Deployer', permissions: READ }))).toBe('ok')
})

test('another organization\'s role does not exist', async () => {
  const [owner, other] = [await makeOwner(), await makeOwner()]
  const role = await owner.call(createRole, { name: 'Deployer', permissions: READ })
  expect(await code(other.call(updateRole, { role_id: role.id, name: 'Mine' }))).toBe('not_found')
  expect(await code(other.call(deleteRole, { role_id: role.id }))).toBe('not_found')
})
