import { z } from 'zod'
import { toInstant, Instant } from '../../contract/time.ts'
import { newToken, sha256 } from '../../core/crypto.ts'
import { DomainError, notFound, ruleViolated } from '../../core/error.ts'
import { recordEvent } from '../../core/event.ts'
import { newId } from '../../core/id.ts'
import { command } from '../../core/operation.ts'
import { startSession, throttle } from '../auth/index.ts'
import { consoleOrigin } from '../mail/index.ts'

const HOUR_MS = 3_600_000
const TICKET_MS = 5 * 60_000

const Reason = z.string().trim().min(10, 'Say why, in a sentence: the customer reads it.').max(300)
  .regex(/^[^\p{Cc}\p{Cf}<>]*$/u, 'Leave out control characters and angle brackets.')

export const impersonate = command({
  name: 'admin.impersonate',
  summary: 'Open a customer\'s account for an hour, with a reason the customer can read; the answer is a link, good for five minutes',
  scope: 'staff', sensitive: true, sessionOnly: true, answersSecret: true,
  input: z.strictObject({
    organization_id: z.string().max(60), user_id: z.string().max(60).optional().describe('Whose account; absent = the first owner\'s'), reason: Reason,
  }),
  output: z.object({ id: z.string(), url: z.string(), expires_at: Instant }),
  rest: { method: 'POST', path: '/admin/organizations/{organization_id}/impersonate', status: 201, tag: 'Staff' },
  run: async (ctx, { organization_id: orgId, user_id: userId, reason }) => {
    const member = await ctx.db.membership.findFirst({
      where: { orgId, suspendedAt: null, org: { deletedAt: null }, ...(userId ? { userId } : { role: 'owner' }) },
      include: { user: true, org: true }, orderBy: { createdAt: 'asc' },
    })
    if (!member) throw notFound(userId ? 'member' : 'organization')
    if (member.user.staff) throw ruleViolated('/user_id', 'operator', 'Nobody works in an operator\'s account but its owner.')
    if (member.org.mfaRequired && !ctx.user.mfa) throw new DomainError('mfa_required', 'This organization asks for a second factor. Sign in with yours first.')
    const [id, ticket, expiresAt] = [newId('impersonation'), newToken('visit'), new Date(Date.now() + HOUR_MS)]
    await ctx.db.impersonation.create({
      data: {
        id, orgId, userId: member.userId, staffUserId: ctx.user.userId, staffName: ctx.user.name, reason,
        mfa: ctx.user.mfa, ticketHash: sha256(ticket), expiresAt,
      },
    })
    await ctx.emit('impersonation.granted', { type: 'impersonation', id }, { operator: ctx.user.name, user_id: member.userId, reason }, orgId)
    return { id, url: `${await consoleOrigin(ctx.db, member.org.brandId)}/sso/visit#${ticket}`, expires_at: toInstant(expiresAt) }
  },
})

export const openImpersonation = command({
  name: 'impersonation.open',
  summary: 'Use the link of an operator\'s visit up: this browser is in the account until the hour is over',
  scope: 'public', answersSecret: true,
  input: z.strictObject({ ticket: z.string().max(100).describe('secret') }), output: z.object({ organization: z.string() }),
  run: async (ctx, { ticket }) => {
    await throttle(`visit:${ctx.meta.ip}`, 30, 300)
    const row = await ctx.db.impersonation.findUnique({ where: { ticketHash: sha256(ticket) } })
    const user = row && await ctx.db.user.findUnique({ where: { id: row.userId } })
    if (!row || !user || row.sessionId || row.createdAt.getTime() + TICKET_MS < Date.now() || user.brandId !== ctx.brand.id) {
      throw new DomainError('token_invalid', 'This link was used already or is too old. Begin the visit again.')
    }
    const { token } = await startSession(ctx.db, row.userId, 'web', ctx.meta, { mfa: row.mfa })
    const session = await ctx.db.session.update({ where: { tokenHash: sha256(token) }, data: { expiresAt: row.expiresAt } })
    const { count } = await ctx.db.impersonation.updateMany({ where: { id: row.id, sessionId: null }, data: { sessionId: session.id, ticketHash: null } })
    if (count === 0) throw new DomainError('token_invalid', 'This link was used already.')
    const by = { impersonationId: row.id, userId: row.staffUserId, name: row.staffName, orgId: row.orgId, reason: row.reason, until: row.expiresAt }
    const actor = {
      type: 'user' as const, userId: user.id, sessionId: session.id, email: user.email, name: user.name, staff: false, verified: true, brandId: user.brandId,
      mfa: row.mfa, provenAt: new Date(0), token: null, impersonator: by,
    }
    await recordEvent(ctx.db, {
      orgId: row.orgId, type: 'impersonation.started', subject: { type: 'impersonation', id: row.id }, data: { reason: row.reason }, actor,
      requestId: ctx.requestId, from: ctx.meta,
    })
    ctx.meta.cookie.session = token
    const org = await ctx.db.organization.findUniqueOrThrow({ where: { id: row.orgId } })
    return { organization: org.slug }
  },
  quiet: 'told in the name of the person whose account it is',
})

export const endImpersonation = command({
  name: 'impersonation.end', summary: 'Leave the account the operator is visiting', scope: 'public',
  input: z.strictObject({}), output: z.object({ ok: z.literal(true) }),
  run: async (ctx) => {
    if (ctx.actor.type !== 'user' || !ctx.actor.impersonator) throw new DomainError('state_conflict', 'No visit is under way in this browser.')
    const { impersonationId: id, orgId } = ctx.actor.impersonator
    await ctx.emit('impersonation.ended', { type: 'impersonation', id }, {}, orgId)
    await ctx.db.impersonation.updateMany({ where: { id, endedAt: null }, data: { endedAt: new Date() } })
    await ctx.db.session.deleteMany({ where: { id: ctx.actor.sessionId } })
    ctx.meta.cookie.session = null
    return { ok: true as const }
  },
})
