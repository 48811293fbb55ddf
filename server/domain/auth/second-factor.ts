import type { BaseContext } from '../../core/context.ts'
import type { SystemDb } from '../../core/db.ts'
import type { SecondFactorMethod } from '../../contract/sign-in.ts'
import { rpOf } from './webauthn.ts'

export interface SecondFactors {
  /** Something besides the password is asked for. */
  required: boolean
  /** What this person can use on this host. */
  methods: SecondFactorMethod[]
}

/** A passkey made under another host name still protects the account, it only cannot be used here. */
export const secondFactorsOf = async (ctx: BaseContext & { db: SystemDb }, userId: string): Promise<SecondFactors> => {
  const totp = await ctx.db.totpFactor.findFirst({ where: { userId, confirmedAt: { not: null } }, select: { userId: true } })
  const passkeys = await ctx.db.passkey.findMany({ where: { userId }, select: { rpId: true } })
  const codes = await ctx.db.recoveryCode.count({ where: { userId, usedAt: null } })
  const required = totp !== null || passkeys.length > 0
  const usable = [totp && 'totp' as const, passkeys.some((p) => p.rpId === rpOf(ctx.brand)) && 'passkey' as const, codes > 0 && 'recovery_code' as const]
  return { required, methods: required ? usable.filter((m) => m !== null && m !== false) : [] }
}
