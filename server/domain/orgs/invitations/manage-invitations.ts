import { z } from 'zod'
import type { OrgContext } from '../../../core/context.ts'
import { DomainError, notFound } from '../../../core/error.ts'
import { defineList } from '../../../core/listing.ts'
import { command, query } from '../../../core/operation.ts'
import { Invitation } from '../../../contract/member.ts'
import { pageOf } from '../../../contract/page.ts'
import { throttle } from '../../auth/index.ts'
import { covers } from '../../../contract/member-rule.ts'
import { currentPermissions } from '../members/load-member.ts'
import { customRoleOf, heldRole } from '../roles.ts'
import { expiryAfter, mailInvitation, newInvitationToken } from './mail-invitation.ts'
import { toInvitation, toInvitations } from './invitation-wire.ts'

const RENEWED_HOURS = 7 * 24
const Input = z.strictObject({ invitation_id: z.string().max(60) })
const OPEN = { acceptedAt: null, revokedAt: null } as const

const list = defineList({
  name: 'invitations',
  fields: {
    email: { kind: 'text', column: 'email', filter: true, sort: true },
    expires_at: { kind: 'time', column: 'expiresAt', range: true, sort: true },
    created_at: { kind: 'time', column: 'createdAt', range: true, sort: true },
  },
  search: ['email'],
})

export const listInvitations = query({
  name: 'invitations.list', summary: 'Invitations that are neither accepted nor withdrawn', scope: 'org', permission: 'members:read',
  input: z.strictObject(list.input), output: pageOf(Invitation),
  rest: { method: 'GET', path: '/organizations/{organization_id}/invitations', tag: 'Members' },
  run: async (ctx, input) => {
    const page = list.page(ctx, input)
    const rows = await ctx.db.invitation.findMany({ where: { AND: [OPEN, page.where] }, orderBy: page.orderBy, take: page.take })
    const { data, pagination } = page.of(rows, (row) => row)
    return { data: await toInvitations(ctx.db, data), pagination }
  },
})

const loadOpen = async (ctx: OrgContext, id: string) => {
  await ctx.db.$executeRaw`SELECT 1 FROM invitation WHERE id = ${id} FOR UPDATE`
  const row = await ctx.db.invitation.findFirst({ where: { id, ...OPEN } })
  if (!row) throw notFound('open invitation')
  return row
}

export const resendInvitation = command({
  name: 'invitations.resend', summary: 'Mail a new link, good for seven more days; the one before stops working', scope: 'org', permission: 'members:write',
  input: Input, output: Invitation,
  rest: { method: 'POST', path: '/organizations/{organization_id}/invitations/{invitation_id}/actions/resend', tag: 'Members' },
  run: async (ctx, input) => {
    const row = await loadOpen(ctx, input.invitation_id)
    await throttle(`invite:again:${row.id}`, 5, 3600)
    const customRole = row.roleId ? await customRoleOf(ctx.db, ctx.orgId, row.roleId) : null
    if (!covers(await currentPermissions(ctx), heldRole({ ...row, customRole }).permissions)) {
      throw new DomainError('forbidden', 'This invitation gives more than you may do yourself. Ask somebody whose role allows at least as much.')
    }
    const { token, tokenHash } = newInvitationToken()
    const renewed = await ctx.db.invitation.update({ where: { id: row.id }, data: { tokenHash, expiresAt: expiryAfter(RENEWED_HOURS), invitedBy: ctx.userId } })
    await mailInvitation(ctx, token, renewed)
    await ctx.emit('invitation.resent', { type: 'invitation', id: row.id })
    return toInvitation(ctx.db, renewed)
  },
})

export const revokeInvitation = command({
  name: 'invitations.revoke', summary: 'Withdraw an invitation; its link stops working', scope: 'org', permission: 'members:write',
  input: Input, output: z.object({ ok: z.literal(true) }),
  rest: { method: 'DELETE', path: '/organizations/{organization_id}/invitations/{invitation_id}', tag: 'Members', status: 204 },
  run: async (ctx, input) => {
    const row = await loadOpen(ctx, input.invitation_id)
    await ctx.db.invitation.update({ where: { id: row.id }, data: { revokedAt: new Date() } })
    await ctx.emit('invitation.revoked', { type: 'invitation', id: row.id })
    return { ok: true as const }
  },
})
