import type { BaseContext } from '../../core/context.ts'
import type { SystemDb } from '../../core/db.ts'
import { DomainError } from '../../core/error.ts'
import { notify } from './notices.ts'
import { redeemRecoveryCode } from './recovery-codes.ts'
import { throttle } from './throttle.ts'
import { redeemTotpCode } from './totp.ts'

interface Owner { id: string; email: string; emailVerifiedAt: Date | null }

/** A code of the authenticator app or a recovery code, used up. Ten tries in five minutes. `code` holds no blanks or hyphens. */
export const proveByCode = async (ctx: BaseContext & { db: SystemDb }, user: Owner, code: string, pointer: string): Promise<void> => {
  await throttle(`second-factor:${user.id}`, 10, 300)
  if (/^\d{6}$/.test(code) && await redeemTotpCode(ctx.db, user.id, code)) return
  if (await redeemRecoveryCode(ctx.db, user.id, code)) {
    await ctx.emit('user.recovery_code_used', { type: 'user', id: user.id })
    return notify(ctx, user, 'recovery_code_used')
  }
  throw new DomainError('invalid_mfa_code', 'The code is wrong or was used already. Wait for the next one and try again.', {
    errors: [{ pointer, code: 'wrong_code', message: 'The code is wrong or was used already.' }],
  })
}
