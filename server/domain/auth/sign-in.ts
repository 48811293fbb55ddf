import { z } from 'zod'
import type { SystemContext } from '../../core/context.ts'
import { DomainError } from '../../core/error.ts'
import { command } from '../../core/operation.ts'
import { PermissionName } from '../../contract/permission.ts'
import { SecondFactorCode, SignInOutcome } from '../../contract/sign-in.ts'
import { Email } from '../../contract/user.ts'
import { Instant, toInstant } from '../../contract/time.ts'
import { networkOf } from './device.ts'
import { afterFirstProof, elsewhere } from './finish-sign-in.ts'
import { noteOrigin } from './notices.ts'
import { passwordMatches } from './passwords.ts'
import { proveByCode } from './prove-by-code.ts'
import { secondFactorsOf } from './second-factor.ts'
import { startSession } from './sessions.ts'
import { redirectOf, refuseElsewhere } from './sign-in-policy.ts'
import { throttle } from './throttle.ts'

const Credentials = { email: Email, password: z.string().min(1).max(128).describe('secret') }

/**
 * Ten tries per account and a hundred per address in five minutes; the same answer and time for an unknown account. A network the account was
 * used from counts its own tries, so that strangers cannot lock the owner out.
 */
const throttleTries = async (ctx: SystemContext, email: string): Promise<void> => {
  const network = networkOf(ctx.meta.ip)
  const known = await ctx.db.signInOrigin.count({ where: { network, user: { brandId: ctx.brand.id, email } } })
  await throttle(`sign-in:account:${ctx.brand.id}:${email}${known > 0 ? `:${network}` : ''}`, 10, 300)
  await throttle(`sign-in:address:${ctx.meta.ip}`, 100, 300)
}

const checkCredentials = async (ctx: SystemContext, input: { email: string; password: string }) => {
  const user = await ctx.db.user.findUnique({ where: { brandId_email: { brandId: ctx.brand.id, email: input.email } }, include: { password: true } })
  const ok = await passwordMatches(user?.password?.hash ?? null, input.password)
  if (!user || !ok) throw new DomainError('invalid_credentials', 'E-mail or password is wrong. Try again, or reset the password.')
  return user
}

export const signIn = command({
  name: 'auth.sign_in',
  summary: 'Sign in to the console with a password; the session is a cookie. Accounts with a second factor get a token for the second step',
  scope: 'public', repeatable: true, answersSecret: true, quiet: 'half a sign-in tells nobody; a whole one emits its event',
  input: z.strictObject(Credentials),
  output: SignInOutcome,
  run: async (ctx, input) => {
    await throttleTries(ctx, input.email)
    const redirect = await redirectOf({ email: input.email, brandId: ctx.brand.id, userId: null, method: 'password' })
    if (redirect) return elsewhere(redirect)
    return afterFirstProof(ctx, await checkCredentials(ctx, input), 'password')
  },
})

export const createToken = command({
  name: 'auth.create_token',
  summary: 'Exchange e-mail, password and, where the account has a second factor, a code of it for a session token of 24 hours',
  scope: 'public', answersSecret: true,
  input: z.strictObject({
    ...Credentials, mfa_code: SecondFactorCode.optional().describe('secret'),
    scope: z.array(PermissionName).max(50).optional().describe('What the token may do; absent = everything its holder may'),
  }),
  output: z.object({ token: z.string(), type: z.literal('session_token'), expires_at: Instant, scope: z.array(PermissionName) }),
  rest: { method: 'POST', path: '/auth/token', status: 201, tag: 'Accounts' },
  run: async (ctx, input) => {
    await throttleTries(ctx, input.email)
    await refuseElsewhere({ email: input.email, brandId: ctx.brand.id, userId: null, method: 'token' })
    const user = await checkCredentials(ctx, input)
    await refuseElsewhere({ email: user.email, brandId: ctx.brand.id, userId: user.id, method: 'token' })
    const { required } = await secondFactorsOf(ctx, user.id)
    if (required) await proveMfaCode(ctx, user, input.mfa_code)
    const scopes = [...new Set(input.scope)]
    const session = await startSession(ctx.db, user.id, 'api', { ip: ctx.meta.ip, userAgent: ctx.meta.userAgent }, { mfa: required, scopes })
    await noteOrigin(ctx, user)
    await ctx.emit('user.token_created', { type: 'user', id: user.id })
    return { token: session.token, type: 'session_token' as const, expires_at: toInstant(session.expiresAt), scope: scopes }
  },
})

const proveMfaCode = async (ctx: SystemContext, user: Parameters<typeof proveByCode>[1], code: string | undefined): Promise<void> => {
  if (code === undefined) throw new DomainError('mfa_code_required', 'This account has a second factor: send mfa_code, a code of the authenticator app or a recovery code.')
  await proveByCode(ctx, user, code, '/mfa_code')
}
