import { z } from 'zod'
import { query } from '../../core/operation.ts'
import { ROLES } from '../../contract/permission.ts'
import { Member, Organization } from '../../contract/organization.ts'
import { toInstant } from '../../contract/time.ts'
import { toOrganization } from './wire.ts'

const roleOf = (text: string) => ROLES.find((r) => r === text) ?? 'viewer'

export const listOrganizations = query({
  name: 'organizations.list', summary: 'Organizations of the signed-in account', scope: 'user',
  input: z.strictObject({}), output: z.object({ data: z.array(Organization) }),
  rest: { method: 'GET', path: '/organizations', tag: 'Organizations' },
  run: async (ctx) => {
    const rows = await ctx.db.membership.findMany({ where: { userId: ctx.user.userId, org: { deletedAt: null } }, include: { org: true }, orderBy: { createdAt: 'asc' } })
    return { data: rows.map((m) => toOrganization(m.org, roleOf(m.role))) }
  },
})

export const getOrganization = query({
  name: 'organizations.get', summary: 'One organization', scope: 'org', permission: 'org:read',
  input: z.strictObject({}), output: Organization,
  rest: { method: 'GET', path: '/organizations/{organization_id}', tag: 'Organizations' },
  run: async (ctx) => toOrganization(await ctx.db.organization.findFirstOrThrow(), ctx.role),
})

export const listMembers = query({
  name: 'organizations.members', summary: 'People of the organization and their roles', scope: 'org', permission: 'members:read',
  input: z.strictObject({}), output: z.object({ data: z.array(Member) }),
  rest: { method: 'GET', path: '/organizations/{organization_id}/members', tag: 'Organizations' },
  run: async (ctx) => {
    const rows = await ctx.db.membership.findMany({
      include: { user: { select: { email: true, name: true } } }, orderBy: { createdAt: 'asc' }, take: 500,
    })
    return { data: rows.map((m) => ({ user_id: m.userId, email: m.user.email, name: m.user.name, role: roleOf(m.role), joined_at: toInstant(m.createdAt) })) }
  },
})

export const listAllOrganizations = query({
  name: 'admin.organizations', summary: 'Every organization of the installation', scope: 'staff',
  input: z.strictObject({}),
  output: z.object({ data: z.array(z.object({ id: z.string(), name: z.string(), slug: z.string(), brand: z.string(), currency: z.string(),
    apps: z.number().int(), created_at: z.string() })) }),
  rest: { method: 'GET', path: '/admin/organizations', tag: 'Staff' },
  run: async (ctx) => {
    const rows = await ctx.db.organization.findMany({
      include: { brand: { select: { name: true } }, _count: { select: { apps: { where: { deletedAt: null } } } } }, orderBy: { createdAt: 'desc' }, take: 500,
    })
    return { data: rows.map((o) => ({ id: o.id, name: o.name, slug: o.slug, brand: o.brand.name, currency: o.currency,
      apps: o._count.apps, created_at: toInstant(o.createdAt) })) }
  },
})
