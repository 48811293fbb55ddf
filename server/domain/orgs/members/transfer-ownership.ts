import { z } from 'zod'
import { DomainError } from '../../../core/error.ts'
import { command } from '../../../core/operation.ts'
import { Member } from '../../../contract/member.ts'
import { ROLE_GRANTS } from '../../../contract/permission.ts'
import { allow, lockMember } from './load-member.ts'
import { toMember } from './member-wire.ts'

export const transferOwnership = command({
  name: 'organizations.transfer', summary: 'Make another member the owner in your place; you become an admin', scope: 'org', permission: 'org:delete',
  sensitive: true,
  input: z.strictObject({ user_id: z.string().max(60) }), output: Member,
  rest: { method: 'POST', path: '/organizations/{organization_id}/actions/transfer', tag: 'Organizations' },
  run: async (ctx, input) => {
    const locked = await lockMember(ctx, input.user_id)
    const { row, before, actor } = locked
    if (ctx.standing.role !== 'owner') throw new DomainError('forbidden', 'Only an owner can give the ownership away.')
    if (actor.isTarget) throw new DomainError('state_conflict', 'You are an owner already. Choose another member.')
    if (before.suspended) throw new DomainError('state_conflict', 'The member is suspended. Lift that first.')
    if (!row.user.emailVerifiedAt) throw new DomainError('state_conflict', 'An owner needs a confirmed e-mail address. Ask them to open the link in their mail.')
    allow(locked, { role: 'owner', permissions: ROLE_GRANTS.owner, suspended: false })
    const { userId } = row
    await ctx.db.grant.deleteMany({ where: { userId } })
    await ctx.db.membership.updateMany({ where: { userId }, data: { role: 'owner', roleId: null, appIds: [] } })
    await ctx.db.membership.updateMany({ where: { userId: ctx.userId }, data: { role: 'admin' } })
    await ctx.emit('organization.ownership_transferred', { type: 'organization', id: ctx.orgId }, { from: ctx.userId, to: userId })
    return toMember((await lockMember(ctx, userId)).row)
  },
})
