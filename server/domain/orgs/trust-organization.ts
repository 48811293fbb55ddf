import { z } from 'zod'
import { notFound } from '../../core/error.ts'
import { command } from '../../core/operation.ts'

export const trustOrganization = command({
  name: 'admin.trust_organization', summary: 'Say whether an organization\'s code may run on nodes that only emulate the machine', scope: 'staff',
  input: z.strictObject({ organization_id: z.string().max(60), trusted: z.boolean() }),
  output: z.object({ id: z.string(), trusted: z.boolean() }),
  rest: { method: 'PUT', path: '/admin/organizations/{organization_id}/trust', tag: 'Staff' },
  run: async (ctx, { organization_id: id, trusted }) => {
    const { count } = await ctx.db.organization.updateMany({ where: { id, deletedAt: null }, data: { trusted } })
    if (count === 0) throw notFound('organization')
    await ctx.emit('organization.trust_changed', { type: 'organization', id }, { trusted }, id)
    return { id, trusted }
  },
})
