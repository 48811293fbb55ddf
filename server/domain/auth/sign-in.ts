import { z } from 'zod'
import type { SystemContext } from '../../core/context.ts'
import { DomainError } from '../../core/error.ts'
import { command } from '../../core/operation.ts'
import { Email, User } from '../../contract/user.ts'
import { Instant, toInstant } from '../../contract/time.ts'
import { passwordMatches } from './passwords.ts'
import { startSession } from './sessions.ts'
import { throttle } from './throttle.ts'
import { toUser } from './wire.ts'

const Credentials = { email: Email, password: z.string().min(1).max(128).describe('secret') }

/** Ten tries per account and a hundred per address in five minutes; the same answer and time for an unknown account. */
const checkCredentials = async (ctx: SystemContext, input: { email: string; password: string }) => {
  await throttle(`sign-in:account:${ctx.brand.id}:${input.email}`, 10, 300)
  await throttle(`sign-in:address:${ctx.meta.ip}`, 100, 300)
  const user = await ctx.db.user.findUnique({ where: { brandId_email: { brandId: ctx.brand.id, email: input.email } }, include: { password: true } })
  const ok = await passwordMatches(user?.password?.hash ?? null, input.password)
  if (!user || !ok) throw new DomainError('invalid_credentials', 'E-mail or password is wrong. Try again, or reset the password.')
  return user
}

export const signIn = command({
  name: 'auth.sign_in',
  summary: 'Sign in to the console; the session is a cookie',
  scope: 'public',
  input: z.strictObject(Credentials),
  output: User,
  run: async (ctx, input) => {
    const user = await checkCredentials(ctx, input)
    ctx.meta.cookie.session = (await startSession(ctx.db, user.id, 'web', { ip: ctx.meta.ip, userAgent: ctx.meta.userAgent })).token
    await ctx.emit('user.signed_in', { type: 'user', id: user.id })
    return toUser(user)
  },
})

export const createToken = command({
  name: 'auth.create_token',
  summary: 'Exchange e-mail and password for a session token of 24 hours',
  scope: 'public',
  input: z.strictObject(Credentials),
  output: z.object({ token: z.string(), type: z.literal('session_token'), expires_at: Instant }),
  rest: { method: 'POST', path: '/auth/token', status: 201, tag: 'Accounts' },
  run: async (ctx, input) => {
    const user = await checkCredentials(ctx, input)
    const session = await startSession(ctx.db, user.id, 'api', { ip: ctx.meta.ip, userAgent: ctx.meta.userAgent })
    await ctx.emit('user.token_created', { type: 'user', id: user.id })
    return { token: session.token, type: 'session_token' as const, expires_at: toInstant(session.expiresAt) }
  },
})
