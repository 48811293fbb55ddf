import type { BaseContext } from '../../../core/context.ts'
import { sha256 } from '../../../core/crypto.ts'
import type { SystemDb } from '../../../core/db.ts'
import { DomainError } from '../../../core/error.ts'
import { withinQuotas } from '../../quotas/index.ts'
import { customRoleOf } from '../roles.ts'

type Opening = BaseContext & { db: SystemDb }

const gone = (): DomainError => new DomainError('token_invalid', 'This invitation was used, withdrawn or is too old. Ask for a new one.')

/** The open invitation behind a link, on the host of its organization's brand. Every other one looks the same: gone. */
export const openInvitation = async (ctx: Opening, token: string) => {
  const row = await ctx.db.invitation.findUnique({ where: { tokenHash: sha256(token) }, include: { org: true } })
  if (!row || row.acceptedAt || row.revokedAt || row.expiresAt <= new Date() || row.org.brandId !== ctx.brand.id || row.org.deletedAt) throw gone()
  const role = row.roleId ? await customRoleOf(ctx.db, row.orgId, row.roleId) : null
  if (row.roleId && !role) throw gone()
  return { ...row, roleName: role?.name ?? null }
}
export type OpenInvitation = Awaited<ReturnType<typeof openInvitation>>

/** Uses the invitation up and makes the person a member, if there is room. Two at once: one wins. */
export const join = (ctx: Opening, invitation: OpenInvitation, userId: string): Promise<void> =>
  withinQuotas({ db: ctx.db, orgId: invitation.orgId, brand: ctx.brand }, async () => {
    const { id, orgId, role, roleId, appIds } = invitation
    const { count } = await ctx.db.invitation.updateMany({
      where: { id, tokenHash: invitation.tokenHash, acceptedAt: null, revokedAt: null, expiresAt: { gt: new Date() } },
      data: { acceptedAt: new Date(), acceptedBy: userId },
    })
    if (count === 0) throw gone()
    const org = await ctx.db.organization.findUniqueOrThrow({ where: { id: orgId }, select: { deleteAfter: true } })
    if (org.deleteAfter) throw new DomainError('organization_deleting', 'The organization will be deleted soon and takes no new members.')
    // Somebody who came in another way keeps what they have.
    const added = await ctx.db.membership.createMany({ data: { orgId, userId, role, roleId, appIds }, skipDuplicates: true })
    await ctx.emit('invitation.accepted', { type: 'invitation', id }, { user_id: userId }, orgId)
    if (added.count > 0) await ctx.emit('member.added', { type: 'user', id: userId }, { role, apps: appIds.length }, orgId)
  })
