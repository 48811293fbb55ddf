import { DomainError } from '../../../core/error.ts'
import { command, query } from '../../../core/operation.ts'
import { InvitationPreview, InvitationSignUp, InvitationToken, Joined } from '../../../contract/member.ts'
import { toInstant } from '../../../contract/time.ts'
import { insertUser, refuseElsewhere, startSession, throttle } from '../../auth/index.ts'
import { roleName } from '../roles.ts'
import { join, openInvitation, type OpenInvitation } from './open-invitation.ts'

const TRIES = { limit: 100, windowS: 3600 }
const throttleAddress = (ip: string | null) => throttle(`invitation:address:${ip}`, TRIES.limit, TRIES.windowS)

const joined = ({ org }: OpenInvitation) => ({ organization: { id: org.id, name: org.name, slug: org.slug } })

export const previewInvitation = query({
  name: 'invitations.preview', summary: 'What an invitation offers, for whoever holds its link', scope: 'public',
  input: InvitationToken, output: InvitationPreview,
  rest: { method: 'POST', path: '/invitations/preview', tag: 'Members' },
  run: async (ctx, input) => {
    await throttleAddress(ctx.meta.ip)
    const invitation = await openInvitation(ctx, input.token)
    const { org, email } = invitation
    const inviter = await ctx.db.user.findUnique({ where: { id: invitation.invitedBy }, select: { name: true } })
    const account = await ctx.db.user.findUnique({ where: { brandId_email: { brandId: org.brandId, email } }, select: { id: true } })
    return {
      organization: org.name, inviter: inviter?.name ?? `An administrator of ${org.name}`, email, role: roleName(invitation.role), role_name: invitation.roleName,
      restricted: invitation.appIds.length > 0, account_exists: account !== null, expires_at: toInstant(invitation.expiresAt),
    }
  },
})

export const acceptInvitation = command({
  name: 'invitations.accept', summary: 'Join by the link of an invitation to your own address, which counts as confirmed by it', scope: 'user', unverified: true,
  input: InvitationToken, output: Joined,
  rest: { method: 'POST', path: '/invitations/accept', tag: 'Members' },
  run: async (ctx, input) => {
    await throttleAddress(ctx.meta.ip)
    const invitation = await openInvitation(ctx, input.token)
    if (invitation.email !== ctx.user.email) {
      throw new DomainError('wrong_account', 'This invitation is for another address than the one you are signed in with. Sign out, and sign in or up with the invited one.')
    }
    await ctx.db.user.updateMany({ where: { id: ctx.user.userId, emailVerifiedAt: null }, data: { emailVerifiedAt: new Date() } })
    await join(ctx, invitation, ctx.user.userId)
    return joined(invitation)
  },
})

export const signUpByInvitation = command({
  name: 'invitations.sign_up', summary: 'Create the account of the invited address and join; the link has confirmed the address', scope: 'public',
  input: InvitationSignUp, output: Joined,
  rest: { method: 'POST', path: '/invitations/sign-up', status: 201, tag: 'Members' },
  run: async (ctx, input) => {
    await throttleAddress(ctx.meta.ip)
    const invitation = await openInvitation(ctx, input.token)
    const { email } = invitation
    await refuseElsewhere({ email, brandId: ctx.brand.id, userId: null, method: 'sign_up' })
    const user = await insertUser(ctx.db, { brandId: ctx.brand.id, email, name: input.name, password: input.password, staff: false, verified: true })
    await ctx.emit('user.created', { type: 'user', id: user.id })
    await join(ctx, invitation, user.id)
    ctx.meta.cookie.session = (await startSession(ctx.db, user.id, 'web', { ip: ctx.meta.ip, userAgent: ctx.meta.userAgent })).token
    return joined(invitation)
  },
})
