import { z } from 'zod'
import { MEMBER_PARTS, ownMemberships, standingOf } from '../../core/authorize.ts'
import { etagOf } from '../../core/etag.ts'
import { query } from '../../core/operation.ts'
import { Organization } from '../../contract/organization.ts'
import { toInstant } from '../../contract/time.ts'
import { toOrganization } from './wire.ts'

export const listOrganizations = query({
  name: 'organizations.list', summary: 'Organizations of the signed-in account', scope: 'user', limitedTokens: true,
  input: z.strictObject({}), output: z.object({ data: z.array(Organization) }),
  rest: { method: 'GET', path: '/organizations', tag: 'Organizations' },
  run: async (ctx) => {
    const rows = await ctx.db.membership.findMany({ where: ownMemberships(ctx.user), include: { org: true, ...MEMBER_PARTS }, orderBy: { createdAt: 'asc' } })
    return { data: rows.map((m) => toOrganization(m.org, standingOf(m, ctx.user.token))) }
  },
})

export const getOrganization = query({
  name: 'organizations.get', summary: 'One organization', scope: 'org', permission: 'org:read',
  input: z.strictObject({}), output: Organization,
  rest: { method: 'GET', path: '/organizations/{organization_id}', tag: 'Organizations' }, etag: etagOf,
  run: async (ctx) => toOrganization(await ctx.db.organization.findFirstOrThrow(), ctx.standing),
})

export const listAllOrganizations = query({
  name: 'admin.organizations', summary: 'Every organization of the installation', scope: 'staff',
  input: z.strictObject({}),
  output: z.object({ data: z.array(z.object({ id: z.string(), name: z.string(), slug: z.string(), brand: z.string(), currency: z.string(),
    apps: z.number().int(), trusted: z.boolean(), created_at: z.string() })) }),
  rest: { method: 'GET', path: '/admin/organizations', tag: 'Staff' },
  run: async (ctx) => {
    const rows = await ctx.db.organization.findMany({
      include: { brand: { select: { name: true } }, _count: { select: { apps: { where: { deletedAt: null } } } } }, orderBy: { createdAt: 'desc' }, take: 500,
    })
    return { data: rows.map((o) => ({ id: o.id, name: o.name, slug: o.slug, brand: o.brand.name, currency: o.currency,
      apps: o._count.apps, trusted: o.trusted, created_at: toInstant(o.createdAt) })) }
  },
})
