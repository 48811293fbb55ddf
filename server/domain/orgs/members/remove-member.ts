import { z } from 'zod'
import type { OrgContext } from '../../../core/context.ts'
import { notFound, ruleViolated } from '../../../core/error.ts'
import { command } from '../../../core/operation.ts'
import { withdrawInvitationsOf } from '../invitations/withdraw-invitations.ts'
import { revokeTokensOf } from './revoke-tokens.ts'
import { allow, lockMember } from './load-member.ts'

const Done = z.object({ ok: z.literal(true) })

const endMembership = async (ctx: OrgContext, userId: string, event: 'member.removed' | 'member.left'): Promise<void> => {
  await ctx.db.membership.deleteMany({ where: { userId } })
  await withdrawInvitationsOf(ctx, userId)
  await ctx.enqueue(revokeTokensOf, { org_id: ctx.orgId, user_id: userId })
  await ctx.emit(event, { type: 'user', id: userId })
}

export const removeMember = command({
  name: 'members.remove', summary: 'End a membership; the account itself stays', scope: 'org', permission: 'members:write',
  input: z.strictObject({ user_id: z.string().max(60) }), output: Done,
  rest: { method: 'DELETE', path: '/organizations/{organization_id}/members/{user_id}', tag: 'Members', status: 204 },
  run: async (ctx, input) => {
    const locked = await lockMember(ctx, input.user_id)
    allow(locked, null)
    await endMembership(ctx, locked.row.userId, 'member.removed')
    return { ok: true as const }
  },
})

export const leaveOrganization = command({
  name: 'members.leave', summary: 'Leave the organization; its name is asked for, so that a wrong id leaves nothing', scope: 'org', permission: 'org:read',
  whileDeleting: true,
  input: z.strictObject({ name: z.string().max(60) }), output: Done,
  rest: { method: 'POST', path: '/organizations/{organization_id}/actions/leave', tag: 'Members' },
  run: async (ctx, input) => {
    if (ctx.actor.type !== 'user') throw notFound('member')
    const org = await ctx.db.organization.findFirstOrThrow({ select: { name: true } })
    if (org.name !== input.name.trim()) throw ruleViolated('/name', 'not_the_name', 'That is not the name of this organization.')
    const locked = await lockMember(ctx, ctx.userId)
    allow(locked, null, true)
    await endMembership(ctx, ctx.userId, 'member.left')
    return { ok: true as const }
  },
})
