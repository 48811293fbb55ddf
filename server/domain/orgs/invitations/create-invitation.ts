import type { OrgContext } from '../../../core/context.ts'
import { DomainError, ruleViolated } from '../../../core/error.ts'
import { newId } from '../../../core/id.ts'
import { command } from '../../../core/operation.ts'
import { CreateInvitation, Invitation } from '../../../contract/member.ts'
import { throttle } from '../../auth/index.ts'
import { lockOrganization, placeFor } from '../../quotas/index.ts'
import { covers } from '../../../contract/member-rule.ts'
import { currentPermissions } from '../members/load-member.ts'
import { checkApps, chosenRole, type HeldRole } from '../roles.ts'
import { expiryAfter, mailInvitation, newInvitationToken } from './mail-invitation.ts'
import { toInvitation } from './invitation-wire.ts'

const LONGEST_HOURS = 30 * 24

const hoursOf = (text: string): number => {
  const hours = Number.parseInt(text, 10) * (text.endsWith('d') ? 24 : 1)
  if (hours > LONGEST_HOURS) throw ruleViolated('/expires_in', 'out_of_range', 'An invitation may stay open for 30 days at most.')
  return hours
}

export const createInvitation = command({
  name: 'invitations.create', summary: 'Invite somebody by mail; the link works once and only for that address', scope: 'org', permission: 'members:write',
  input: CreateInvitation, output: Invitation,
  rest: { method: 'POST', path: '/organizations/{organization_id}/invitations', status: 201, tag: 'Members' },
  run: async (ctx, input) => {
    await throttle(`invite:${ctx.orgId}`, 100, 3600)
    await throttle(`invite:to:${ctx.brand.id}:${input.email}`, 20, 86_400)
    await lockOrganization(ctx.db, ctx.orgId)
    const held = await mayBeGiven(ctx, await chosenRole(ctx, input))
    await checkApps(ctx, input.app_ids, '/app_ids')
    await checkAddress(ctx, input.email)
    await placeFor(ctx, 'members', await ctx.db.invitation.count({ where: { acceptedAt: null, revokedAt: null, expiresAt: { gt: new Date() } } }) + 1)
    const { token, tokenHash } = newInvitationToken()
    const row = await ctx.db.invitation.create({
      data: {
        id: newId('invitation'), orgId: ctx.orgId, email: input.email, role: held.role, roleId: held.roleId, appIds: [...new Set(input.app_ids)],
        tokenHash, invitedBy: ctx.userId, expiresAt: expiryAfter(hoursOf(input.expires_in)),
      },
    })
    await mailInvitation(ctx, token, row)
    await ctx.emit('invitation.created', { type: 'invitation', id: row.id }, { role: held.role, apps: row.appIds.length })
    return toInvitation(ctx.db, row)
  },
})

const mayBeGiven = async (ctx: OrgContext, held: HeldRole | null): Promise<HeldRole> => {
  if (!held) throw ruleViolated('/role', 'required', 'Choose a role.')
  if (!covers(await currentPermissions(ctx), held.permissions)) throw new DomainError('forbidden', 'You cannot give more than you may do yourself. Choose a role that allows less.')
  return held
}

/** One open invitation per address; one that ran out gives way. */
const checkAddress = async (ctx: OrgContext, email: string): Promise<void> => {
  const refuse = (message: string): DomainError => new DomainError('state_conflict', message, { errors: [{ pointer: '/email', code: 'taken', message }] })
  if (await ctx.db.membership.findFirst({ where: { user: { email } }, select: { userId: true } })) throw refuse('This person is a member already.')
  await ctx.db.invitation.updateMany({ where: { email, acceptedAt: null, revokedAt: null, expiresAt: { lte: new Date() } }, data: { revokedAt: new Date() } })
  const open = await ctx.db.invitation.findFirst({ where: { email, acceptedAt: null, revokedAt: null }, select: { id: true } })
  if (open) throw refuse('This address has an open invitation. Send it again, or withdraw it first.')
}
