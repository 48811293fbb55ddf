import { z } from 'zod'
import { sha256 } from '../../core/crypto.ts'
import type { SystemDb } from '../../core/db.ts'
import { DomainError } from '../../core/error.ts'
import { randomText } from '../../core/id.ts'
import { command } from '../../core/operation.ts'
import { notifyOwner } from './notices.ts'

const COUNT = 10
export const RecoveryCodes = z.array(z.string()).describe('Shown once; each works once in place of the second factor')

const hashOf = (userId: string, code: string): string => sha256(`${userId}:${code}`)

/** Ten new codes of 80 random bits; the old ones are void. */
export const replaceRecoveryCodes = async (db: SystemDb, userId: string): Promise<string[]> => {
  const codes = Array.from({ length: COUNT }, () => randomText(16))
  await db.recoveryCode.deleteMany({ where: { userId } })
  await db.recoveryCode.createMany({ data: codes.map((code) => ({ userId, codeHash: hashOf(userId, code) })) })
  return codes.map((code) => code.replace(/(.{4})(?=.)/g, '$1-'))
}

/** Codes for somebody's first second factor; with the next ones those they have stay good. */
export const firstRecoveryCodes = async (db: SystemDb, userId: string): Promise<string[] | null> =>
  await db.recoveryCode.count({ where: { userId } }) > 0 ? null : replaceRecoveryCodes(db, userId)

/** `code` without blanks and hyphens, in lower case. True once per code. */
export const redeemRecoveryCode = async (db: SystemDb, userId: string, code: string): Promise<boolean> => {
  const { count } = await db.recoveryCode.updateMany({ where: { userId, codeHash: hashOf(userId, code), usedAt: null }, data: { usedAt: new Date() } })
  return count === 1
}

export const regenerateRecoveryCodes = command({
  name: 'auth.regenerate_recovery_codes', summary: 'Replace the recovery codes; the old ones stop working', scope: 'user', sensitive: true, sessionOnly: true,
  answersSecret: true,
  input: z.strictObject({}), output: z.object({ recovery_codes: RecoveryCodes }),
  rest: { method: 'POST', path: '/users/me/recovery-codes', status: 201, tag: 'Accounts' },
  run: async (ctx) => {
    const { userId } = ctx.user
    const factor = await ctx.db.totpFactor.findFirst({ where: { userId, confirmedAt: { not: null } } }) ?? await ctx.db.passkey.findFirst({ where: { userId } })
    if (!factor) throw new DomainError('state_conflict', 'Recovery codes stand in for a second factor. Set one up first.')
    const codes = await replaceRecoveryCodes(ctx.db, userId)
    await ctx.emit('user.recovery_codes_replaced', { type: 'user', id: userId })
    await notifyOwner(ctx, userId, 'recovery_codes_replaced')
    return { recovery_codes: codes }
  },
})
