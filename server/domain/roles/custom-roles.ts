import { z } from 'zod'
import { PERMISSIONS, ROLE_GRANTS, ROLES, type Permission, type Role } from '../../contract/permission.ts'
import { toInstant } from '../../contract/time.ts'
import { CustomRole, RoleSettings } from '../../contract/token.ts'
import type { OrgContext } from '../../core/context.ts'
import { violatedUnique } from '../../core/db.ts'
import { DomainError, notFound, ruleViolated } from '../../core/error.ts'
import { etagOf, versionOf } from '../../core/etag.ts'
import { newId } from '../../core/id.ts'
import { command, query } from '../../core/operation.ts'

const TAG = 'Roles'
const PATH = '/organizations/{organization_id}/roles'
const MOST = 50
const RoleId = { role_id: z.string().max(60) }

const descriptions: Record<Role, string> = {
  owner: 'Everything, also the deletion of the organization', admin: 'Everything but deleting the organization', developer: 'Apps, secrets and webhooks',
  viewer: 'Reads apps and usage', billing: 'Invoices, payments and usage',
}

export const listRoles = query({
  name: 'roles.list', summary: 'Built-in roles and those of the organization', scope: 'org', permission: 'members:read',
  input: z.strictObject({}), output: z.object({ data: z.array(CustomRole) }),
  rest: { method: 'GET', path: PATH, tag: TAG },
  run: async (ctx) => {
    const rows = await ctx.db.customRole.findMany({ orderBy: { name: 'asc' }, take: MOST })
    const held = await holders(ctx)
    return { data: [...ROLES.map((role) => builtIn(role, held.get(role) ?? 0)), ...rows.map((row) => toRole(row, held.get(row.id) ?? 0))] }
  },
})

export const getRole = query({
  name: 'roles.get', summary: 'One role of the organization\'s own', scope: 'org', permission: 'members:read',
  input: z.strictObject(RoleId), output: CustomRole,
  rest: { method: 'GET', path: `${PATH}/{role_id}`, tag: TAG }, etag: etagOf,
  run: async (ctx, { role_id: id }) => toRole(await find(ctx, id), await holdersOf(ctx, id)),
})

export const createRole = command({
  name: 'roles.create', summary: 'Make a role out of permissions', scope: 'org', permission: 'members:write',
  input: z.strictObject({ ...RoleSettings, description: RoleSettings.description.default('') }), output: CustomRole,
  rest: { method: 'POST', path: PATH, status: 201, tag: TAG },
  run: async (ctx, input) => {
    refuseMorePower(ctx, input.permissions, '/permissions')
    await ctx.db.$executeRaw`SELECT pg_advisory_xact_lock(hashtextextended(${`roles of ${ctx.orgId}`}, 0))`
    if (await ctx.db.customRole.count() >= MOST) throw new DomainError('quota_exceeded', `An organization may have ${MOST} roles of its own. Delete some that you no longer use.`)
    const row = await named(input.name, () => ctx.db.customRole.create({ data: { ...input, id: newId('role'), orgId: ctx.orgId } }))
    await ctx.emit('role.created', { type: 'role', id: row.id }, { name: row.name, permissions: row.permissions.join(' ') })
    return toRole(row, 0)
  },
})

export const updateRole = command({
  name: 'roles.update', summary: 'Change a role; it holds for its members at once', scope: 'org', permission: 'members:write',
  input: z.strictObject({ ...RoleId, ...z.object(RoleSettings).partial().shape }), output: CustomRole,
  rest: { method: 'PATCH', path: `${PATH}/{role_id}`, tag: TAG }, ifMatch: true, etag: etagOf,
  run: async (ctx, { role_id: id, ...changes }) => {
    const before = await load(ctx, id)
    ctx.expectVersion(versionOfRole(before))
    refuseMorePower(ctx, known(before.permissions), '/role_id')
    refuseMorePower(ctx, changes.permissions ?? [], '/permissions')
    const data = Object.fromEntries(Object.entries(changes).filter(([, value]) => value !== undefined))
    await named(changes.name ?? before.name, () => ctx.db.customRole.updateMany({ where: { id }, data: { ...data, updatedAt: new Date() } }))
    const row = await load(ctx, id)
    await ctx.emit('role.updated', { type: 'role', id }, { name: row.name, permissions: row.permissions.join(' ') })
    return toRole(row, await holdersOf(ctx, id))
  },
})

export const deleteRole = command({
  name: 'roles.delete', summary: 'Delete a role nobody has any more', scope: 'org', permission: 'members:write',
  input: z.strictObject(RoleId), output: z.object({ ok: z.literal(true) }),
  rest: { method: 'DELETE', path: `${PATH}/{role_id}`, tag: TAG },
  run: async (ctx, { role_id: id }) => {
    const row = await load(ctx, id)
    refuseMorePower(ctx, known(row.permissions), '/role_id')
    const held = await holdersOf(ctx, id)
    const invited = await ctx.db.invitation.count({ where: { roleId: id, acceptedAt: null, revokedAt: null } })
    if (held + invited > 0) {
      throw new DomainError('role_in_use', `${held} members or service accounts have this role and ${invited} invitations name it. Give them another one first.`)
    }
    await ctx.db.customRole.deleteMany({ where: { id } })
    await ctx.emit('role.deleted', { type: 'role', id }, { name: row.name })
    return { ok: true as const }
  },
})

/** Locked against members and invitations that take it meanwhile. */
const load = async (ctx: OrgContext, id: string) => {
  await ctx.db.$executeRaw`SELECT 1 FROM custom_role WHERE id = ${id} FOR UPDATE`
  return find(ctx, id)
}

const find = async (ctx: OrgContext, id: string) => {
  const row = await ctx.db.customRole.findFirst({ where: { id } })
  if (!row) throw notFound('role')
  return row
}

/** Nobody makes, changes or takes a role that may more than they do. */
const refuseMorePower = (ctx: OrgContext, permissions: readonly Permission[], pointer: string): void => {
  const beyond = permissions.filter((p) => !ctx.may(p))
  if (beyond.length > 0) throw ruleViolated(pointer, 'exceeds_yours', `The role would allow more than you may do yourself: ${beyond.join(', ')}.`)
}

const named = async <T>(name: string, write: () => Promise<T>): Promise<T> => {
  const taken = (): DomainError => new DomainError('name_taken', `There is a role named ${name}. Choose another name.`, { errors: [{ pointer: '/name', code: 'taken', message: 'There is a role of that name.' }] })
  if (ROLES.some((role) => role === name.toLowerCase())) throw taken()
  try {
    return await write()
  } catch (error) {
    throw violatedUnique(error) ? taken() : error
  }
}

/** How many members and service accounts have each role, by the name of a built-in one or the id of an own one. */
const holders = async ({ db }: OrgContext): Promise<Map<string, number>> => {
  const counts = new Map<string, number>()
  const select = { role: true, roleId: true } as const
  for (const { role, roleId } of [...await db.membership.findMany({ select }), ...await db.serviceAccount.findMany({ select })]) {
    counts.set(roleId ?? role, (counts.get(roleId ?? role) ?? 0) + 1)
  }
  return counts
}
const holdersOf = async (ctx: OrgContext, roleId: string): Promise<number> => (await holders(ctx)).get(roleId) ?? 0

const known = (names: readonly string[]): Permission[] => PERMISSIONS.filter((p) => names.includes(p))

interface RoleRow { id: string; name: string; description: string; permissions: string[]; createdAt: Date; updatedAt: Date }

const versionOfRole = (row: RoleRow): string => versionOf([row.name, row.description, known(row.permissions)])

const toRole = (row: RoleRow, holders: number): CustomRole => ({
  id: row.id, name: row.name, description: row.description, built_in: false, permissions: known(row.permissions), holders,
  created_at: toInstant(row.createdAt), updated_at: toInstant(row.updatedAt), etag: versionOfRole(row),
})

const builtIn = (role: Role, holders: number): CustomRole => ({
  id: role, name: role, description: descriptions[role], built_in: true, permissions: [...ROLE_GRANTS[role]], holders, created_at: null, updated_at: null, etag: 'built-in',
})
