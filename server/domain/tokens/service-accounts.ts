import { z } from 'zod'
import { pageOf } from '../../contract/page.ts'
import { MEMBER_ROLES } from '../../contract/permission.ts'
import { RoleChoice, ServiceAccount, TokenName } from '../../contract/token.ts'
import { toInstant, toInstantOrNull } from '../../contract/time.ts'
import { violatedUnique, type TenantDb } from '../../core/db.ts'
import type { OrgContext } from '../../core/context.ts'
import { DomainError, notFound } from '../../core/error.ts'
import { etagOf, versionOf } from '../../core/etag.ts'
import { newId } from '../../core/id.ts'
import { defineList } from '../../core/listing.ts'
import { command, query } from '../../core/operation.ts'
import { chosenRole, heldRole } from '../orgs/index.ts'
import { refuseMorePower } from './may-give.ts'

const TAG = 'Service accounts'
const PATH = '/organizations/{organization_id}/service-accounts'
const MOST = 100
const AccountId = { service_account_id: z.string().max(60) }
/** Apart, because a join asks for whole rows, and the tenants' role may not read a token's hash. */
const PARTS = {
  relationLoadStrategy: 'query', include: { customRole: true, tokens: { where: { revokedAt: null }, select: { lastUsedAt: true, expiresAt: true } } },
} as const

const list = defineList({
  name: 'service_accounts',
  fields: {
    name: { kind: 'text', column: 'name', filter: true, sort: true },
    role: { kind: 'enum', column: 'role', values: MEMBER_ROLES, filter: true },
    created_at: { kind: 'time', column: 'createdAt', range: true, sort: true },
  },
  search: ['name'],
})

export const listServiceAccounts = query({
  name: 'service_accounts.list', summary: 'Machines that act in the organization', scope: 'org', permission: 'tokens:read',
  input: z.strictObject(list.input), output: pageOf(ServiceAccount),
  rest: { method: 'GET', path: PATH, tag: TAG },
  run: async (ctx, input) => {
    const page = list.page(ctx, input)
    return page.of(await ctx.db.serviceAccount.findMany({ where: page.where, ...PARTS, orderBy: page.orderBy, take: page.take }), toServiceAccount)
  },
})

export const getServiceAccount = query({
  name: 'service_accounts.get', summary: 'One service account', scope: 'org', permission: 'tokens:read',
  input: z.strictObject(AccountId), output: ServiceAccount,
  rest: { method: 'GET', path: `${PATH}/{service_account_id}`, tag: TAG }, etag: etagOf,
  run: async (ctx, input) => toServiceAccount(await loadServiceAccount(ctx.db, input.service_account_id)),
})

export const createServiceAccount = command({
  name: 'service_accounts.create', summary: 'Make an account for a machine; tokens are made for it apart', scope: 'org', permission: 'tokens:write',
  input: z.strictObject({ ...TokenName, ...RoleChoice }), output: ServiceAccount,
  rest: { method: 'POST', path: PATH, status: 201, tag: TAG },
  run: async (ctx, input) => {
    const role = await chosenRole(ctx, input.role || input.role_id ? input : { role: 'developer' })
    if (!role) throw notFound('role')
    refuseMorePower(ctx, role.permissions, input.role_id ? '/role_id' : '/role')
    await refuseTooMany(ctx)
    const id = newId('serviceAccount')
    const data = { id, orgId: ctx.orgId, name: input.name, role: role.role, roleId: role.roleId, createdBy: ctx.userId }
    await named(() => ctx.db.serviceAccount.create({ data }))
    await ctx.emit('service_account.created', { type: 'service_account', id }, { name: input.name, role: role.role })
    return toServiceAccount(await loadServiceAccount(ctx.db, id))
  },
})

const refuseTooMany = async (ctx: OrgContext): Promise<void> => {
  await ctx.db.$executeRaw`SELECT pg_advisory_xact_lock(hashtextextended(${`service accounts of ${ctx.orgId}`}, 0))`
  if (await ctx.db.serviceAccount.count() >= MOST) throw new DomainError('quota_exceeded', `An organization may have ${MOST} service accounts. Delete some that you no longer use.`)
}

export const updateServiceAccount = command({
  name: 'service_accounts.update', summary: 'Rename a service account, change its role, or disable it at once', scope: 'org', permission: 'tokens:write',
  input: z.strictObject({ ...AccountId, name: TokenName.name.optional(), ...RoleChoice, disabled: z.boolean().optional() }), output: ServiceAccount,
  rest: { method: 'PATCH', path: `${PATH}/{service_account_id}`, tag: TAG }, ifMatch: true, etag: etagOf,
  run: async (ctx, input) => {
    await ctx.db.$executeRaw`SELECT 1 FROM service_account WHERE id = ${input.service_account_id} FOR UPDATE`
    const row = await loadServiceAccount(ctx.db, input.service_account_id)
    ctx.expectVersion(toServiceAccount(row).etag)
    const role = await chosenRole(ctx, input)
    if (role) refuseMorePower(ctx, role.permissions, input.role_id ? '/role_id' : '/role')
    // To enable one again is to give its power.
    if (input.disabled === false) refuseMorePower(ctx, role?.permissions ?? heldRole(row).permissions, '/disabled')
    await named(() => ctx.db.serviceAccount.updateMany({
      where: { id: row.id },
      data: {
        ...(input.name === undefined ? {} : { name: input.name }), ...(role ? { role: role.role, roleId: role.roleId } : {}),
        ...(input.disabled === undefined ? {} : { disabledAt: input.disabled ? new Date() : null }),
      },
    }))
    await ctx.emit('service_account.updated', { type: 'service_account', id: row.id }, { disabled: input.disabled ?? null, role: role?.role ?? null })
    return toServiceAccount(await loadServiceAccount(ctx.db, row.id))
  },
})

export const deleteServiceAccount = command({
  name: 'service_accounts.delete', summary: 'Delete a service account and its tokens at once', scope: 'org', permission: 'tokens:write',
  input: z.strictObject(AccountId), output: z.object({ ok: z.literal(true) }),
  rest: { method: 'DELETE', path: `${PATH}/{service_account_id}`, tag: TAG },
  run: async (ctx, input) => {
    const row = await loadServiceAccount(ctx.db, input.service_account_id)
    await ctx.db.serviceAccount.deleteMany({ where: { id: row.id } })
    await ctx.emit('service_account.deleted', { type: 'service_account', id: row.id }, { name: row.name })
    return { ok: true as const }
  },
})

export const loadServiceAccount = async (db: TenantDb, id: string) => {
  const row = await db.serviceAccount.findFirst({ where: { id }, ...PARTS })
  if (!row) throw notFound('service account')
  return row
}

const named = async <T>(write: () => Promise<T>): Promise<T> => {
  try {
    return await write()
  } catch (error) {
    if (!violatedUnique(error)) throw error
    const message = 'The organization has a service account of that name.'
    throw new DomainError('name_taken', `${message} Choose another one.`, { errors: [{ pointer: '/name', code: 'taken', message }] })
  }
}

const toServiceAccount = (row: Awaited<ReturnType<typeof loadServiceAccount>>): ServiceAccount => {
  const used = row.tokens.flatMap((t) => (t.lastUsedAt ? [t.lastUsedAt.getTime()] : []))
  return {
    id: row.id, name: row.name, role: heldRole(row).role, role_id: row.roleId, role_name: row.customRole?.name ?? null, disabled: row.disabledAt !== null,
    tokens: row.tokens.filter((t) => t.expiresAt > new Date()).length, last_used_at: toInstantOrNull(used.length > 0 ? new Date(Math.max(...used)) : null),
    created_by: row.createdBy, created_at: toInstant(row.createdAt), etag: versionOf([row.name, row.role, row.roleId, row.disabledAt !== null]),
  }
}
