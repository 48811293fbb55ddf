import { newToken, sha256 } from '../../core/crypto.ts'
import type { SystemDb } from '../../core/db.ts'
import { DomainError } from '../../core/error.ts'

type Purpose = 'second_factor' | 'passkey_sign_in' | 'passkey_registration' | 'reauthentication'
const LIFETIME_MS = 10 * 60_000

interface Question { brandId: string; purpose: Purpose; userId?: string; method?: string; challenge?: string }

/** Opens a question; its token goes to the one who must answer it. */
export const openChallenge = async (db: SystemDb, question: Question): Promise<{ token: string; expiresAt: Date }> => {
  const token = newToken('step')
  const expiresAt = new Date(Date.now() + LIFETIME_MS)
  await db.authChallenge.create({ data: { tokenHash: sha256(token), expiresAt, ...question } })
  return { token, expiresAt }
}

const tooOld = (): DomainError => new DomainError('token_invalid', 'This step took too long or was made already. Start again.')

/** The open question, still open afterwards. */
export const readChallenge = async (db: SystemDb, token: string, purpose: Purpose, brandId: string) => {
  const row = await db.authChallenge.findFirst({ where: { tokenHash: sha256(token), purpose, brandId, expiresAt: { gt: new Date() } } })
  if (!row) throw tooOld()
  return row
}

/** Closes the question: whoever comes second with the same token is refused. A refused answer rolls this back. */
export const takeChallenge = async (db: SystemDb, token: string, purpose: Purpose, brandId: string) => {
  const row = await readChallenge(db, token, purpose, brandId)
  const { count } = await db.authChallenge.deleteMany({ where: { tokenHash: row.tokenHash } })
  if (count === 0) throw tooOld()
  return row
}
