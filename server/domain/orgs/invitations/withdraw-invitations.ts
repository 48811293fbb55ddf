import type { OrgContext } from '../../../core/context.ts'

/** Who may no longer invite leaves no open doors behind. */
export const withdrawInvitationsOf = async (ctx: OrgContext, userId: string): Promise<void> => {
  const open = await ctx.db.invitation.findMany({ where: { invitedBy: userId, acceptedAt: null, revokedAt: null }, select: { id: true } })
  if (open.length === 0) return
  await ctx.db.invitation.updateMany({ where: { id: { in: open.map((i) => i.id) } }, data: { revokedAt: new Date() } })
  for (const { id } of open) await ctx.emit('invitation.revoked', { type: 'invitation', id })
}
