import { z } from 'zod'
import { notFound } from '../../core/error.ts'
import { etagOf } from '../../core/etag.ts'
import { query } from '../../core/operation.ts'
import { QuotaList } from '../../contract/quota.ts'
import { toQuotaList } from './limits.ts'
import { measureUsage, readLimits } from './measure.ts'

export const getQuotas = query({
  name: 'organizations.quotas', summary: 'Limits of the organization and how much of each is in use', scope: 'org', permission: 'org:read',
  input: z.strictObject({}), output: QuotaList,
  rest: { method: 'GET', path: '/organizations/{organization_id}/quotas', tag: 'Organizations' }, etag: etagOf,
  run: async (ctx) => {
    const limits = await readLimits(ctx.db, ctx.orgId)
    return toQuotaList(limits, await ctx.acrossApps(() => measureUsage(ctx.db, ctx.orgId)))
  },
})

export const getQuotasOf = query({
  name: 'admin.get_quotas', summary: 'Limits of one organization and how much of each is in use', scope: 'staff',
  input: z.strictObject({ organization_id: z.string().max(60) }), output: QuotaList,
  rest: { method: 'GET', path: '/admin/organizations/{organization_id}/quotas', tag: 'Staff' }, etag: etagOf,
  run: async (ctx, { organization_id: id }) => {
    if (!(await ctx.db.organization.findUnique({ where: { id, deletedAt: null }, select: { id: true } }))) throw notFound('organization')
    const limits = await readLimits(ctx.db, id)
    return toQuotaList(limits, await measureUsage(ctx.db, id))
  },
})
