import { newToken, sha256 } from '../../core/crypto.ts'

const DAY_S = 86_400
/** A reply that carried a new credential may be lost: the one it replaced stays good for a while. */
const PREVIOUS_MS = 10 * 60_000
export const CREDENTIAL_TTL_S = DAY_S

export interface IssuedCredential {
  credential: string
  columns: { credentialHash: string; credentialExpiresAt: Date; previousCredentialHash: string | null; previousExpiresAt: Date | null }
}

/** A new bearer. `presentedHash` is the one the agent came with: only that one it surely still has. */
export const issueCredential = (presentedHash: string | null, nowMs = Date.now()): IssuedCredential => {
  const credential = newToken('nodecred')
  return {
    credential,
    columns: {
      credentialHash: sha256(credential), credentialExpiresAt: new Date(nowMs + CREDENTIAL_TTL_S * 1000),
      previousCredentialHash: presentedHash, previousExpiresAt: presentedHash ? new Date(nowMs + PREVIOUS_MS) : null,
    },
  }
}
