import { z } from 'zod'
import { DomainError } from '../../../core/error.ts'
import { command } from '../../../core/operation.ts'
import { Member } from '../../../contract/member.ts'
import { withdrawInvitationsOf } from '../invitations/withdraw-invitations.ts'
import { allow, lockMember } from './load-member.ts'
import { toMember } from './member-wire.ts'

const Input = z.strictObject({ user_id: z.string().max(60) })

export const suspendMember = command({
  name: 'members.suspend', summary: 'Shut a member out without removing them; their tokens stop working here', scope: 'org', permission: 'members:write',
  input: Input, output: Member,
  rest: { method: 'POST', path: '/organizations/{organization_id}/members/{user_id}/actions/suspend', tag: 'Members' },
  run: async (ctx, input) => {
    const locked = await lockMember(ctx, input.user_id)
    if (locked.before.suspended) throw new DomainError('state_conflict', 'The member is suspended already.')
    allow(locked, { ...locked.before, suspended: true })
    const { userId } = locked.row
    await ctx.db.membership.updateMany({ where: { userId }, data: { suspendedAt: new Date() } })
    await withdrawInvitationsOf(ctx, userId)
    await ctx.emit('member.suspended', { type: 'user', id: userId })
    return toMember((await lockMember(ctx, userId)).row)
  },
})

export const unsuspendMember = command({
  name: 'members.unsuspend', summary: 'Let a suspended member in again', scope: 'org', permission: 'members:write',
  input: Input, output: Member,
  rest: { method: 'POST', path: '/organizations/{organization_id}/members/{user_id}/actions/unsuspend', tag: 'Members' },
  run: async (ctx, input) => {
    const locked = await lockMember(ctx, input.user_id)
    if (!locked.before.suspended) throw new DomainError('state_conflict', 'The member is not suspended.')
    allow(locked, { ...locked.before, suspended: false })
    const { userId } = locked.row
    await ctx.db.membership.updateMany({ where: { userId }, data: { suspendedAt: null } })
    await ctx.emit('member.unsuspended', { type: 'user', id: userId })
    return toMember((await lockMember(ctx, userId)).row)
  },
})
