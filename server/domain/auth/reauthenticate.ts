import { z } from 'zod'
import type { UserContext } from '../../core/context.ts'
import { DomainError } from '../../core/error.ts'
import { command } from '../../core/operation.ts'
import { CeremonyOptions, PasskeyAssertion, SecondFactorCode } from '../../contract/sign-in.ts'
import { openChallenge, takeChallenge } from './challenges.ts'
import { passwordMatches } from './passwords.ts'
import { proveByCode } from './prove-by-code.ts'
import { secondFactorsOf } from './second-factor.ts'
import { markMfa } from './sessions.ts'
import { throttle } from './throttle.ts'
import { assertionOptions, redeemAssertion, rpOf } from './webauthn.ts'

const METHODS = ['password', 'totp', 'passkey', 'recovery_code'] as const

export const reauthenticationOptions = command({
  name: 'auth.reauthentication_options', summary: 'How this person can prove who they are before a sensitive act', scope: 'user', unverified: true,
  sessionOnly: true, answersSecret: true, quiet: 'a question changes nothing',
  input: z.strictObject({}),
  output: z.object({ methods: z.array(z.enum(METHODS)), token: z.string(), options: CeremonyOptions.nullable().describe('For the browser, where a passkey is there') }),
  run: async (ctx) => {
    const { userId } = ctx.user
    const { methods } = await secondFactorsOf(ctx, userId)
    const password = await ctx.db.password.findUnique({ where: { userId }, select: { userId: true } })
    const keys = await ctx.db.passkey.findMany({ where: { userId, rpId: rpOf(ctx.brand) } })
    const options = keys.length > 0 ? await assertionOptions(ctx.brand, keys) : null
    const { token } = await openChallenge(ctx.db, {
      brandId: ctx.brand.id, purpose: 'reauthentication', userId, ...(options ? { challenge: options.challenge } : {}),
    })
    return { methods: [...(password ? ['password' as const] : []), ...methods], token, options: options && { ...options } }
  },
})

const Proofs = z.strictObject({
  token: z.string().max(100).describe('secret'), password: z.string().min(1).max(128).optional().describe('secret'),
  code: SecondFactorCode.optional(), passkey: PasskeyAssertion.optional(),
})

/** True when the proof was a second factor. */
const prove = async (ctx: UserContext, input: z.output<typeof Proofs>): Promise<boolean> => {
  const { userId } = ctx.user
  const step = await takeChallenge(ctx.db, input.token, 'reauthentication', ctx.brand.id)
  if (step.userId !== userId) throw new DomainError('token_invalid', 'This step belongs to another account. Start again.')
  await throttle(`reauthenticate:${userId}`, 10, 300)
  if (input.passkey) {
    await redeemAssertion(ctx.db, ctx.brand, step, input.passkey)
    return true
  }
  if (input.code !== undefined) {
    await proveByCode(ctx, await ctx.db.user.findUniqueOrThrow({ where: { id: userId } }), input.code, '/code')
    return true
  }
  const stored = await ctx.db.password.findUnique({ where: { userId } })
  if (!(await passwordMatches(stored?.hash ?? null, input.password ?? ''))) {
    throw new DomainError('invalid_credentials', 'That is not your password.', { errors: [{ pointer: '/password', code: 'wrong_password', message: 'That is not your password.' }] })
  }
  return false
}

export const reauthenticate = command({
  name: 'auth.reauthenticate', summary: 'Prove again who sits in this session: for 15 minutes sensitive acts are open', scope: 'user', unverified: true,
  sessionOnly: true,
  input: Proofs, output: z.object({ ok: z.literal(true), mfa: z.boolean() }),
  run: async (ctx, input) => {
    const { sessionId } = ctx.user
    const mfa = await prove(ctx, input)
    if (mfa) await markMfa(ctx.db, sessionId)
    else await ctx.db.session.updateMany({ where: { id: sessionId }, data: { provenAt: new Date() } })
    await ctx.emit('user.reauthenticated', { type: 'user', id: ctx.user.userId }, { mfa })
    return { ok: true as const, mfa: mfa || ctx.user.mfa }
  },
})
