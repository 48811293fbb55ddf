import { z } from 'zod'
import { seal, unseal } from '../../core/crypto.ts'
import type { SystemDb } from '../../core/db.ts'
import { DomainError, notFound, ruleViolated } from '../../core/error.ts'
import { command } from '../../core/operation.ts'
import { runtime } from '../../core/runtime.ts'
import { SecondFactorCode } from '../../contract/sign-in.ts'
import { notifyOwner } from './notices.ts'
import { firstRecoveryCodes, RecoveryCodes } from './recovery-codes.ts'
import { throttle } from './throttle.ts'
import { newTotpSecret, stepOfCode, totpUri } from './totp-code.ts'
import { markMfa } from './sessions.ts'

const placeOf = (userId: string): string => `totp:${userId}`

/** Uses the code's time step up; false for a wrong code and for one used before. */
export const redeemTotpCode = async (db: SystemDb, userId: string, code: string, state: 'confirmed' | 'pending' = 'confirmed'): Promise<boolean> => {
  const factor = await db.totpFactor.findUnique({ where: { userId } })
  if (!factor || (factor.confirmedAt !== null) !== (state === 'confirmed')) return false
  const step = stepOfCode(unseal(runtime().env.masterKey, factor.secret, placeOf(userId)), code, factor.lastStep, Date.now())
  if (step === null) return false
  const { count } = await db.totpFactor.updateMany({ where: { userId, lastStep: { lt: step } }, data: { lastStep: step } })
  return count === 1
}

export const startTotp = command({
  name: 'auth.start_totp', summary: 'Begin to set up an authenticator app; it counts once a code of it was confirmed', scope: 'user', sensitive: true,
  sessionOnly: true, answersSecret: true, quiet: 'nothing changes until it is confirmed',
  input: z.strictObject({}), output: z.object({ secret: z.string(), uri: z.string().describe('For a QR code') }),
  rest: { method: 'POST', path: '/users/me/totp', status: 201, tag: 'Accounts' },
  run: async (ctx) => {
    const { userId, email } = ctx.user
    const factor = await ctx.db.totpFactor.findUnique({ where: { userId } })
    if (factor?.confirmedAt) throw new DomainError('state_conflict', 'An authenticator app is set up already. Remove it first.')
    const secret = newTotpSecret()
    const data = { secret: seal(runtime().env.masterKey, secret, placeOf(userId)), lastStep: 0, createdAt: new Date() }
    await ctx.db.totpFactor.upsert({ where: { userId }, create: { userId, ...data }, update: data })
    return { secret, uri: totpUri(secret, ctx.brand.name, email) }
  },
})

export const confirmTotp = command({
  name: 'auth.confirm_totp', summary: 'Turn the authenticator app on with a code of it', scope: 'user', sensitive: true, sessionOnly: true, answersSecret: true,
  input: z.strictObject({ code: SecondFactorCode }), output: z.object({ recovery_codes: RecoveryCodes.nullable() }),
  rest: { method: 'POST', path: '/users/me/totp/confirm', status: 200, tag: 'Accounts' },
  run: async (ctx, input) => {
    const { userId, sessionId } = ctx.user
    await throttle(`second-factor:${userId}`, 10, 300)
    if (!(await redeemTotpCode(ctx.db, userId, input.code, 'pending'))) {
      throw ruleViolated('/code', 'wrong_code', 'That is not the code your app shows now. Check the clock of your phone, or scan the picture again.')
    }
    await ctx.db.totpFactor.update({ where: { userId }, data: { confirmedAt: new Date() } })
    await markMfa(ctx.db, sessionId)
    const codes = await firstRecoveryCodes(ctx.db, userId)
    await ctx.emit('user.second_factor_added', { type: 'user', id: userId }, { method: 'totp' })
    await notifyOwner(ctx, userId, 'second_factor_added')
    return { recovery_codes: codes }
  },
})

export const removeTotp = command({
  name: 'auth.remove_totp', summary: 'Remove the authenticator app', scope: 'user', sensitive: true, sessionOnly: true,
  input: z.strictObject({}), output: z.object({ ok: z.literal(true) }),
  rest: { method: 'DELETE', path: '/users/me/totp', status: 200, tag: 'Accounts' },
  run: async (ctx) => {
    const { userId } = ctx.user
    const { count } = await ctx.db.totpFactor.deleteMany({ where: { userId, confirmedAt: { not: null } } })
    if (count === 0) throw notFound('authenticator app')
    await dropCodesOfLastFactor(ctx.db, userId)
    await ctx.emit('user.second_factor_removed', { type: 'user', id: userId }, { method: 'totp' })
    await notifyOwner(ctx, userId, 'second_factor_removed')
    return { ok: true as const }
  },
})

/** Without any factor there is nothing recovery codes could stand in for, and no session has one. */
export const dropCodesOfLastFactor = async (db: SystemDb, userId: string): Promise<void> => {
  const left = await db.totpFactor.count({ where: { userId, confirmedAt: { not: null } } }) + await db.passkey.count({ where: { userId } })
  if (left > 0) return
  await db.recoveryCode.deleteMany({ where: { userId } })
  await db.session.updateMany({ where: { userId }, data: { mfaAt: null } })
}
