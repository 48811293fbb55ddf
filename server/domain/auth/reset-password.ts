import { z } from 'zod'
import { command } from '../../core/operation.ts'
import { Email, Password } from '../../contract/user.ts'
import { queueMail } from '../mail/index.ts'
import { issueEmailToken, redeemEmailToken, voidEmailTokens } from './email-tokens.ts'
import { notifyOwner } from './notices.ts'
import { hashPassword } from './passwords.ts'
import { throttle } from './throttle.ts'

const Done = z.object({ ok: z.literal(true) })

export const requestPasswordReset = command({
  name: 'auth.request_password_reset', summary: 'Mail a link to choose a new password; the answer is the same for an unknown address', scope: 'public', repeatable: true,
  quiet: 'an event would tell whether the account exists',
  input: z.strictObject({ email: Email }), output: Done,
  rest: { method: 'POST', path: '/auth/password-reset', status: 202, tag: 'Accounts' },
  run: async (ctx, input) => {
    await throttle(`reset:${ctx.brand.id}:${input.email}`, 5, 3600)
    await throttle(`reset:address:${ctx.meta.ip}`, 50, 3600)
    const user = await ctx.db.user.findUnique({ where: { brandId_email: { brandId: ctx.brand.id, email: input.email } } })
    if (user) {
      const token = await issueEmailToken(ctx.db, user.id, 'reset')
      await queueMail(ctx.db, {
        brandId: ctx.brand.id, to: user.email, template: 'reset-password', dedupeKey: `reset:${ctx.requestId}`,
        props: { name: user.name, url: `${ctx.brand.origin}/reset-password?token=${token}` },
      })
    }
    return { ok: true as const }
  },
})

export const resetPassword = command({
  name: 'auth.reset_password', summary: 'Choose a new password with the token from the mail; ends every session', scope: 'public',
  input: z.strictObject({ token: z.string().max(100).describe('secret'), password: Password }), output: Done,
  rest: { method: 'POST', path: '/auth/password-reset/confirm', status: 200, tag: 'Accounts' },
  run: async (ctx, input) => {
    const userId = await redeemEmailToken(ctx.db, input.token, 'reset', ctx.brand.id)
    const hash = await hashPassword(input.password)
    await ctx.db.password.upsert({ where: { userId }, create: { userId, hash }, update: { hash, changedAt: new Date() } })
    await ctx.db.session.deleteMany({ where: { userId } })
    await voidEmailTokens(ctx.db, userId, ['reset', 'sign_in'])
    await ctx.db.user.updateMany({ where: { id: userId, emailVerifiedAt: null }, data: { emailVerifiedAt: new Date() } })
    await ctx.emit('user.password_reset', { type: 'user', id: userId })
    await notifyOwner(ctx, userId, 'password_changed')
    return { ok: true as const }
  },
})
