import { z } from 'zod'
import { notFound } from '../../core/error.ts'
import { etagOf } from '../../core/etag.ts'
import { command } from '../../core/operation.ts'
import { QUOTA_NAMES, QuotaList, QuotaOverrides } from '../../contract/quota.ts'
import { limitsOf, limitsVersion, toQuotaList } from './limits.ts'
import { lockOrganization, measureUsage, readLimits } from './measure.ts'

export const setQuotas = command({
  name: 'admin.set_quotas', summary: 'Set limits of one organization; null goes back to its plan\'s, what is left out stays', scope: 'staff',
  input: z.strictObject({ organization_id: z.string().max(60), ...QuotaOverrides.shape }), output: QuotaList,
  rest: { method: 'PATCH', path: '/admin/organizations/{organization_id}/quotas', tag: 'Staff' }, ifMatch: true, etag: etagOf,
  run: async (ctx, { organization_id: id, ...changes }) => {
    await lockOrganization(ctx.db, id)
    const org = await ctx.db.organization.findUnique({ where: { id, deletedAt: null }, select: { quotas: true } })
    if (!org) throw notFound('organization')
    const present = await readLimits(ctx.db, id)
    ctx.expectVersion(limitsVersion(present))
    const merged = { ...present.overrides, ...changes }
    const stored = Object.fromEntries(QUOTA_NAMES.flatMap((name) => (typeof merged[name] === 'number' ? [[name, merged[name]]] : [])))
    await ctx.db.organization.update({ where: { id }, data: { quotas: stored } })
    const told = Object.fromEntries(QUOTA_NAMES.flatMap((name) => (changes[name] === undefined ? [] : [[name, changes[name]]])))
    await ctx.emit('organization.quotas_changed', { type: 'organization', id }, told, id)
    return toQuotaList(limitsOf(present.plan, stored), await measureUsage(ctx.db, id))
  },
})
