import { z } from 'zod'
import { DomainError } from '../../core/error.ts'
import { command } from '../../core/operation.ts'
import { startUnlessSuspended } from '../dunning/index.ts'
import { lockOrganization } from '../quotas/index.ts'

export const restoreOrganization = command({
  name: 'organizations.restore', summary: 'Undo a deletion that is under way; the apps it stopped start again', scope: 'org', permission: 'org:delete', whileDeleting: true,
  input: z.strictObject({}), output: z.object({ started_apps: z.number().int() }),
  rest: { method: 'POST', path: '/organizations/{organization_id}/actions/restore', tag: 'Organizations' },
  run: async (ctx) => {
    await lockOrganization(ctx.db, ctx.orgId)
    const deletion = await ctx.db.organizationDeletion.findFirst({ where: { undoneAt: null, completedAt: null } })
    if (!deletion) throw new DomainError('state_conflict', 'The organization is not being deleted.')
    await ctx.db.organizationDeletion.updateMany({ where: { id: deletion.id }, data: { undoneAt: ctx.now, undoneBy: ctx.userId } })
    await ctx.db.organization.update({ where: { id: ctx.orgId }, data: { deleteAfter: null } })
    const started = await startUnlessSuspended(ctx, deletion.stoppedAppIds)
    await ctx.emit('organization.deletion_undone', { type: 'organization', id: ctx.orgId }, { apps: started })
    return { started_apps: started }
  },
})
