import { z } from 'zod'
import { MEMBER_PARTS, ownMemberships, standingOf } from '../../core/authorize.ts'
import { query } from '../../core/operation.ts'
import { STANDINGS } from '../../contract/dunning.ts'
import { Me } from '../../contract/user.ts'
import { toInstant, toInstantOrNull } from '../../contract/time.ts'
import { toUser } from './wire.ts'

export const getMe = query({
  name: 'users.me', summary: 'The signed-in account and its organizations', scope: 'user', unverified: true, limitedTokens: true,
  input: z.strictObject({}), output: Me,
  rest: { method: 'GET', path: '/users/me', tag: 'Accounts' }, etag: (me: Me) => me.user.etag,
  run: async (ctx) => {
    const user = await ctx.db.user.findUniqueOrThrow({
      where: { id: ctx.user.userId },
      include: {
        totp: { select: { confirmedAt: true } }, passkeys: { select: { id: true }, take: 1 },
        memberships: { where: ownMemberships(ctx.user), include: { org: true, ...MEMBER_PARTS }, orderBy: { createdAt: 'asc' } },
      },
    })
    const by = ctx.user.impersonator
    return {
      user: { ...toUser(user), mfa_enabled: user.passkeys.length > 0 || Boolean(user.totp?.confirmedAt) },
      organizations: user.memberships.map((m) => ({
        id: m.org.id, name: m.org.name, slug: m.org.slug, currency: m.org.currency, delete_after: toInstantOrNull(m.org.deleteAfter), payment_standing: STANDINGS.find((one) => one === m.org.standing) ?? 'good',
        ...standingOf(m, ctx.user.token),
      })),
      impersonation: by ? { by: by.name, reason: by.reason, until: toInstant(by.until) } : null,
    }
  },
})
