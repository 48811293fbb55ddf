import type { SignInOutcome } from '../../contract/sign-in.ts'
import { toInstant } from '../../contract/time.ts'
import type { User } from '../../contract/user.ts'
import type { SystemContext } from '../../core/context.ts'
import { openChallenge } from './challenges.ts'
import { noteOrigin } from './notices.ts'
import { secondFactorsOf } from './second-factor.ts'
import { startSession } from './sessions.ts'
import { redirectOf } from './sign-in-policy.ts'
import { toUser } from './wire.ts'

interface Account { id: string; email: string; name: string; staff: boolean; emailVerifiedAt: Date | null; createdAt: Date }
type Method = 'password' | 'magic_link' | 'passkey' | 'sso'

/** Gives this browser its session. Every way to sign in ends here. */
export const finishSignIn = async (ctx: SystemContext, user: Account, proof: { method: Method; mfa: boolean }): Promise<User> => {
  const from = { ip: ctx.meta.ip, userAgent: ctx.meta.userAgent }
  ctx.meta.cookie.session = (await startSession(ctx.db, user.id, 'web', from, { mfa: proof.mfa })).token
  await noteOrigin(ctx, user)
  await ctx.emit('user.signed_in', { type: 'user', id: user.id }, { method: proof.method, mfa: proof.mfa })
  return toUser(user)
}

export const elsewhere = (redirect: string): SignInOutcome => ({ user: null, second_factor: null, redirect })

/** After the first proof: to single sign-on where the organization wants it, to the second step where the account has one, else in. */
export const afterFirstProof = async (ctx: SystemContext, user: Account, method: 'password' | 'magic_link'): Promise<SignInOutcome> => {
  const redirect = await redirectOf({ email: user.email, brandId: ctx.brand.id, userId: user.id, method })
  if (redirect) return elsewhere(redirect)
  const { required, methods } = await secondFactorsOf(ctx, user.id)
  if (!required) return { user: await finishSignIn(ctx, user, { method, mfa: false }), second_factor: null, redirect: null }
  const { token, expiresAt } = await openChallenge(ctx.db, { brandId: ctx.brand.id, purpose: 'second_factor', userId: user.id, method })
  return { user: null, second_factor: { token, methods, expires_at: toInstant(expiresAt) }, redirect: null }
}
