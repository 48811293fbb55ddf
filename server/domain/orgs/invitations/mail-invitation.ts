import type { OrgContext } from '../../../core/context.ts'
import { newToken, sha256 } from '../../../core/crypto.ts'
import { queueMail } from '../../mail/index.ts'

const HOUR_MS = 3_600_000

/** Real time: an invitation is a token. */
export const expiryAfter = (hours: number): Date => new Date(Date.now() + hours * HOUR_MS)

export const newInvitationToken = (): { token: string; tokenHash: string } => {
  const token = newToken('invite')
  return { token, tokenHash: sha256(token) }
}

const ROLE_WORDS: Readonly<Record<string, string>> = { owner: 'an owner', admin: 'an admin', developer: 'a developer', viewer: 'a viewer', billing: 'a billing contact' }

interface Invited { id: string; email: string; role: string; roleId: string | null; expiresAt: Date }

/** The link is told to the invited address alone, so opening it proves the address. */
export const mailInvitation = async (ctx: OrgContext, token: string, invitation: Invited): Promise<void> => {
  const org = await ctx.db.organization.findFirstOrThrow({ select: { name: true } })
  const custom = invitation.roleId ? await ctx.db.customRole.findFirst({ where: { id: invitation.roleId }, select: { name: true } }) : null
  await queueMail(ctx.db, {
    brandId: ctx.brand.id, to: invitation.email, template: 'invitation', dedupeKey: `invitation:${invitation.id}:${ctx.requestId}`,
    props: {
      organization: org.name, inviter: ctx.actor.type === 'user' ? ctx.actor.name : `An administrator of ${org.name}`,
      role: custom ? `a member (${custom.name})` : ROLE_WORDS[invitation.role] ?? 'a member',
      expires_on: invitation.expiresAt.toISOString().slice(0, 10), url: `${ctx.brand.origin}/accept-invitation?token=${token}`,
    },
  })
}
