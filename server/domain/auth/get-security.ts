import { z } from 'zod'
import { query } from '../../core/operation.ts'
import { AccountSecurity } from '../../contract/sign-in.ts'
import { toInstant } from '../../contract/time.ts'
import { toPasskey } from './wire.ts'
import { rpOf } from './webauthn.ts'

export const getSecurity = query({
  name: 'users.security', summary: 'How the signed-in account is protected', scope: 'user', unverified: true,
  input: z.strictObject({}), output: AccountSecurity,
  rest: { method: 'GET', path: '/users/me/security', tag: 'Accounts' },
  run: async (ctx) => {
    const { userId } = ctx.user
    const password = await ctx.db.password.findUnique({ where: { userId }, select: { changedAt: true } })
    const totp = await ctx.db.totpFactor.findFirst({ where: { userId, confirmedAt: { not: null } }, select: { confirmedAt: true } })
    const passkeys = await ctx.db.passkey.findMany({ where: { userId }, orderBy: { createdAt: 'asc' } })
    const change = await ctx.db.emailChange.findFirst({ where: { userId, confirmedAt: null, closedAt: null, expiresAt: { gt: new Date() } } })
    return {
      password: { set: password !== null, changed_at: password && toInstant(password.changedAt) },
      totp: { enabled: totp !== null, since: totp?.confirmedAt ? toInstant(totp.confirmedAt) : null },
      passkeys: passkeys.map((row) => toPasskey(row, rpOf(ctx.brand))),
      recovery_codes_left: await ctx.db.recoveryCode.count({ where: { userId, usedAt: null } }),
      session: { mfa: ctx.user.mfa },
      email_change: change && { new_email: change.newEmail, expires_at: toInstant(change.expiresAt) },
    }
  },
})
