import { z } from 'zod'
import { pageOf } from '../../contract/page.ts'
import { Instant, toInstant, toInstantOrNull } from '../../contract/time.ts'
import { plainLine } from '../../contract/user.ts'
import type { UserContext } from '../../core/context.ts'
import { DomainError, notFound, ruleViolated } from '../../core/error.ts'
import { defineList } from '../../core/listing.ts'
import { command, query } from '../../core/operation.ts'
import { consoleOrigin, queueMail } from '../mail/index.ts'
import { mailTime } from './notices.ts'

const list = defineList({
  name: 'admin.users',
  fields: { email: { kind: 'text', column: 'email', filter: true, sort: true }, created_at: { kind: 'time', column: 'createdAt', range: true, sort: true } },
  search: ['email', 'name'],
})

const Account = z.object({
  id: z.string(), email: z.string(), name: z.string(), brand: z.string(), staff: z.boolean(), email_verified: z.boolean(), organizations: z.number().int(),
  totp: z.boolean(), passkeys: z.number().int(), recovery_codes: z.number().int(), last_seen_at: Instant.nullable(), created_at: Instant,
})

const PARTS = {
  brand: { select: { name: true } }, totp: { select: { confirmedAt: true } }, sessions: { select: { lastSeenAt: true }, orderBy: { lastSeenAt: 'desc' }, take: 1 },
  _count: { select: { memberships: true, passkeys: true, recoveryCodes: { where: { usedAt: null } } } },
} as const

export const listAccounts = query({
  name: 'admin.users', summary: 'Accounts of every brand and how they are protected', scope: 'staff',
  input: z.strictObject(list.input), output: pageOf(Account),
  rest: { method: 'GET', path: '/admin/users', tag: 'Staff' },
  run: async (ctx, input) => {
    const page = list.page(ctx, input)
    const rows = await ctx.db.user.findMany({ where: page.where, include: PARTS, orderBy: page.orderBy, take: page.take })
    return page.of(rows, (row) => ({
      id: row.id, email: row.email, name: row.name, brand: row.brand.name, staff: row.staff, email_verified: row.emailVerifiedAt !== null,
      organizations: row._count.memberships, totp: Boolean(row.totp?.confirmedAt), passkeys: row._count.passkeys, recovery_codes: row._count.recoveryCodes,
      last_seen_at: toInstantOrNull(row.sessions[0]?.lastSeenAt ?? null), created_at: toInstant(row.createdAt),
    }))
  },
})

const Reason = plainLine(300, 'Say why.').min(10, 'Say why and how you know it is them, in a sentence: their organizations read it.')

/**
 * For somebody who lost every way to prove a second factor. Nothing that opened the account stays open; the password is still asked for.
 * Only an operator who has a second factor takes one from others, and the person and their organizations are told.
 */
export const resetSecondFactor = command({
  name: 'admin.reset_second_factor', summary: 'Remove a person\'s lost second factor: authenticator app, passkeys and recovery codes; their sessions end', scope: 'staff',
  sensitive: true, sessionOnly: true,
  input: z.strictObject({ user_id: z.string().max(60), reason: Reason }), output: z.object({ ok: z.literal(true), ended_sessions: z.number().int() }),
  rest: { method: 'POST', path: '/admin/users/{user_id}/reset-second-factor', tag: 'Staff' },
  run: async (ctx, { user_id: userId, reason }) => {
    if (!ctx.user.mfa) throw new DomainError('mfa_required', 'Sign in with a second factor of your own first.')
    if (userId === ctx.user.userId) throw ruleViolated('/user_id', 'yourself', 'Your own factors are under Account, Security.')
    const user = await ctx.db.user.findUnique({ where: { id: userId }, include: { memberships: { select: { orgId: true } } } })
    if (!user) throw notFound('user')
    const ended = await removeFactors(ctx, userId)
    await ctx.emit('user.second_factor_reset', { type: 'user', id: userId }, { operator: ctx.user.name, reason })
    for (const { orgId } of user.memberships) await ctx.emit('member.second_factor_reset', { type: 'user', id: userId }, { operator: ctx.user.name, reason }, orgId)
    await queueMail(ctx.db, {
      brandId: user.brandId, to: user.email, template: 'security-notice', dedupeKey: `notice:second_factor_reset:${ctx.requestId}`,
      props: {
        notice: 'second_factor_reset', device: 'The operator', address: 'the console', at: mailTime(new Date()),
        url: `${await consoleOrigin(ctx.db, user.brandId)}/account/security`,
      },
    })
    return { ok: true as const, ended_sessions: ended }
  },
})

const removeFactors = async ({ db }: UserContext, userId: string): Promise<number> => {
  const removed = [
    await db.totpFactor.deleteMany({ where: { userId } }), await db.passkey.deleteMany({ where: { userId } }),
    await db.recoveryCode.deleteMany({ where: { userId } }),
  ]
  if (removed.every(({ count }) => count === 0)) throw new DomainError('state_conflict', 'This account has no second factor.')
  await db.authChallenge.deleteMany({ where: { userId } })
  return (await db.session.deleteMany({ where: { userId } })).count
}
