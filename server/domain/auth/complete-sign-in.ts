import { z } from 'zod'
import type { SystemContext } from '../../core/context.ts'
import { DomainError } from '../../core/error.ts'
import { command } from '../../core/operation.ts'
import { CeremonyOptions, PasskeyAssertion, SecondFactorCode } from '../../contract/sign-in.ts'
import { User } from '../../contract/user.ts'
import { readChallenge, takeChallenge } from './challenges.ts'
import { finishSignIn } from './finish-sign-in.ts'
import { proveByCode } from './prove-by-code.ts'
import { throttle } from './throttle.ts'
import { assertionOptions, redeemAssertion, rpOf } from './webauthn.ts'

const Token = z.string().max(100).describe('secret')

export const secondFactorPasskeyOptions = command({
  name: 'auth.second_factor_passkey_options', summary: 'What the browser needs to use a passkey as the second step', scope: 'public', repeatable: true, answersSecret: true,
  quiet: 'a question changes nothing',
  input: z.strictObject({ token: Token }), output: z.object({ options: CeremonyOptions }),
  run: async (ctx, input) => {
    const step = await readChallenge(ctx.db, input.token, 'second_factor', ctx.brand.id)
    const keys = await ctx.db.passkey.findMany({ where: { userId: step.userId ?? '', rpId: rpOf(ctx.brand) } })
    if (keys.length === 0) throw new DomainError('state_conflict', 'No passkey of this account works under this address. Use another way.')
    const options = await assertionOptions(ctx.brand, keys)
    await ctx.db.authChallenge.update({ where: { tokenHash: step.tokenHash }, data: { challenge: options.challenge } })
    return { options: { ...options } }
  },
})

const Proofs = z.strictObject({ token: Token, code: SecondFactorCode.optional(), passkey: PasskeyAssertion.optional() })
type Step = Awaited<ReturnType<typeof takeChallenge>>

const prove = async (ctx: SystemContext, step: Step, input: z.output<typeof Proofs>): Promise<void> => {
  if (input.passkey) {
    await throttle(`second-factor:${step.userId}`, 10, 300)
    await redeemAssertion(ctx.db, ctx.brand, step, input.passkey)
  } else if (input.code !== undefined) {
    await proveByCode(ctx, await ctx.db.user.findUniqueOrThrow({ where: { id: step.userId ?? '' } }), input.code, '/code')
  } else {
    throw new DomainError('mfa_code_required', 'Send a code or a passkey.')
  }
}

export const completeSignIn = command({
  name: 'auth.complete_sign_in', summary: 'The second step of a sign-in: a code of the authenticator app, a recovery code, or a passkey', scope: 'public',
  answersSecret: true,
  input: Proofs, output: User,
  run: async (ctx, input) => {
    const step = await takeChallenge(ctx.db, input.token, 'second_factor', ctx.brand.id)
    await prove(ctx, step, input)
    const user = await ctx.db.user.findUniqueOrThrow({ where: { id: step.userId ?? '' } })
    return finishSignIn(ctx, user, { method: step.method === 'magic_link' ? 'magic_link' : 'password', mfa: true })
  },
})
