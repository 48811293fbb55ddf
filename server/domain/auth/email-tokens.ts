import type { SystemDb } from '../../core/db.ts'
import { newToken, sha256 } from '../../core/crypto.ts'
import { DomainError } from '../../core/error.ts'

type Purpose = 'verify' | 'reset' | 'sign_in'
const LIFETIME_MS: Record<Purpose, number> = { verify: 24 * 3_600_000, reset: 3_600_000, sign_in: 15 * 60_000 }

export const issueEmailToken = async (db: SystemDb, userId: string, purpose: Purpose): Promise<string> => {
  const token = newToken(purpose === 'sign_in' ? 'link' : purpose)
  await db.emailToken.create({ data: { tokenHash: sha256(token), userId, purpose, expiresAt: new Date(Date.now() + LIFETIME_MS[purpose]) } })
  return token
}

/** Uses the token up; the second use, an expired or a foreign one is refused. */
export const redeemEmailToken = async (db: SystemDb, token: string, purpose: Purpose, brandId: string): Promise<string> => {
  const used = await db.emailToken.updateManyAndReturn({
    where: { tokenHash: sha256(token), purpose, usedAt: null, expiresAt: { gt: new Date() }, user: { brandId } },
    data: { usedAt: new Date() },
  })
  const row = used[0]
  if (!row) throw new DomainError('token_invalid', 'This link was used already or is too old. Ask for a new one.')
  return row.userId
}

/** The other links of this kind in the person's mailbox stop working. */
export const voidEmailTokens = async (db: SystemDb, userId: string, purposes: readonly Purpose[]): Promise<void> => {
  await db.emailToken.updateMany({ where: { userId, purpose: { in: [...purposes] }, usedAt: null }, data: { usedAt: new Date() } })
}
