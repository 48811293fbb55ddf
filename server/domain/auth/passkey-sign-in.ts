import { z } from 'zod'
import { command } from '../../core/operation.ts'
import { CeremonyOptions, PasskeyAssertion, SignInOutcome } from '../../contract/sign-in.ts'
import { openChallenge, takeChallenge } from './challenges.ts'
import { elsewhere, finishSignIn } from './finish-sign-in.ts'
import { redirectOf } from './sign-in-policy.ts'
import { throttle } from './throttle.ts'
import { assertionOptions, redeemAssertion } from './webauthn.ts'

export const passkeySignInOptions = command({
  name: 'auth.passkey_sign_in_options', summary: 'What the browser needs to sign in with a passkey alone', scope: 'public', repeatable: true, answersSecret: true,
  quiet: 'a question changes nothing',
  input: z.strictObject({}), output: z.object({ token: z.string(), options: CeremonyOptions }),
  run: async (ctx) => {
    await throttle(`passkey:address:${ctx.meta.ip}`, 100, 300)
    const options = await assertionOptions(ctx.brand)
    const { token } = await openChallenge(ctx.db, { brandId: ctx.brand.id, purpose: 'passkey_sign_in', challenge: options.challenge })
    return { token, options: { ...options } }
  },
})

/** The authenticator checked its owner (user verification), so a passkey is two factors at once. */
export const signInWithPasskey = command({
  name: 'auth.sign_in_with_passkey', summary: 'Sign in to the console with a passkey, no password and no second step', scope: 'public', answersSecret: true,
  quiet: 'a redirect tells nobody; a sign-in emits its event',
  input: z.strictObject({ token: z.string().max(100).describe('secret'), passkey: PasskeyAssertion }), output: SignInOutcome,
  run: async (ctx, input) => {
    await throttle(`passkey:address:${ctx.meta.ip}`, 100, 300)
    const step = await takeChallenge(ctx.db, input.token, 'passkey_sign_in', ctx.brand.id)
    const user = await redeemAssertion(ctx.db, ctx.brand, { challenge: step.challenge }, input.passkey)
    const redirect = await redirectOf({ email: user.email, brandId: ctx.brand.id, userId: user.id, method: 'passkey' })
    if (redirect) return elsewhere(redirect)
    return { user: await finishSignIn(ctx, user, { method: 'passkey', mfa: true }), second_factor: null, redirect: null }
  },
})
