import { z } from 'zod'
import { command } from '../../core/operation.ts'
import { sendVerification } from './create-user.ts'
import { redeemEmailToken } from './email-tokens.ts'
import { throttle } from './throttle.ts'

const Done = z.object({ ok: z.literal(true) })

export const verifyEmail = command({
  name: 'auth.verify_email', summary: 'Confirm an e-mail address with the token from the mail', scope: 'public',
  input: z.strictObject({ token: z.string().max(100).describe('secret') }), output: Done,
  rest: { method: 'POST', path: '/auth/verify', status: 200, tag: 'Accounts' },
  run: async (ctx, input) => {
    const userId = await redeemEmailToken(ctx.db, input.token, 'verify', ctx.brand.id)
    await ctx.db.user.update({ where: { id: userId }, data: { emailVerifiedAt: new Date() } })
    await ctx.emit('user.email_verified', { type: 'user', id: userId })
    return { ok: true as const }
  },
})

export const resendVerification = command({
  name: 'auth.resend_verification', summary: 'Mail the verification link again', scope: 'user', unverified: true,
  quiet: 'a repeated mail changes nothing',
  input: z.strictObject({}), output: Done,
  run: async (ctx) => {
    await throttle(`verify:${ctx.user.userId}`, 5, 3600)
    if (!ctx.user.verified) await sendVerification(ctx, ctx.db, { id: ctx.user.userId, email: ctx.user.email, name: ctx.user.name })
    return { ok: true as const }
  },
})
