import { z } from 'zod'
import type { SystemDb } from '../../core/db.ts'
import { command } from '../../core/operation.ts'
import { SignInOutcome } from '../../contract/sign-in.ts'
import { Email } from '../../contract/user.ts'
import { queueMail } from '../mail/index.ts'
import { issueEmailToken, redeemEmailToken, voidEmailTokens } from './email-tokens.ts'
import { afterFirstProof } from './finish-sign-in.ts'
import { placeOf } from './notices.ts'
import { redirectOf } from './sign-in-policy.ts'
import { throttle } from './throttle.ts'

export const requestSignInLink = command({
  name: 'auth.request_sign_in_link', summary: 'Mail a link to sign in without a password; the answer is the same for an unknown address', scope: 'public', repeatable: true,
  quiet: 'an event would tell whether the account exists',
  input: z.strictObject({ email: Email }), output: z.object({ ok: z.literal(true), redirect: z.string().nullable() }),
  run: async (ctx, input) => {
    await throttle(`link:${ctx.brand.id}:${input.email}`, 5, 3600)
    await throttle(`link:address:${ctx.meta.ip}`, 50, 3600)
    const redirect = await redirectOf({ email: input.email, brandId: ctx.brand.id, userId: null, method: 'magic_link' })
    if (redirect) return { ok: true as const, redirect }
    const user = await ctx.db.user.findUnique({ where: { brandId_email: { brandId: ctx.brand.id, email: input.email } } })
    if (user) {
      const token = await issueEmailToken(ctx.db, user.id, 'sign_in')
      await queueMail(ctx.db, {
        brandId: ctx.brand.id, to: user.email, template: 'sign-in-link', dedupeKey: `link:${ctx.requestId}`,
        props: { url: `${ctx.brand.origin}/sign-in/link?token=${token}`, ...placeOf(ctx) },
      })
    }
    return { ok: true as const, redirect: null }
  },
})

export const signInWithLink = command({
  name: 'auth.sign_in_with_link', summary: 'Sign in to the console with the token of a mailed link; a second factor is still asked for', scope: 'public',
  answersSecret: true, quiet: 'half a sign-in tells nobody; a whole one emits its event',
  input: z.strictObject({ token: z.string().max(100).describe('secret') }), output: SignInOutcome,
  run: async (ctx, input) => {
    await throttle(`link-use:address:${ctx.meta.ip}`, 100, 300)
    const userId = await redeemEmailToken(ctx.db, input.token, 'sign_in', ctx.brand.id)
    await voidEmailTokens(ctx.db, userId, ['sign_in'])
    const user = await ctx.db.user.findUniqueOrThrow({ where: { id: userId } })
    return afterFirstProof(ctx, user.emailVerifiedAt ? user : await claimAddress(ctx.db, userId), 'magic_link')
  },
})

/** Whoever signed up with somebody else's address waits for its owner to come: their password and sessions end here. */
const claimAddress = async (db: SystemDb, userId: string) => {
  await db.session.deleteMany({ where: { userId } })
  await db.password.deleteMany({ where: { userId } })
  await voidEmailTokens(db, userId, ['verify', 'reset'])
  return db.user.update({ where: { id: userId }, data: { emailVerifiedAt: new Date() } })
}
