import { PermissionName, type Permission } from '../../contract/permission.ts'
import type { TokenKind } from '../../contract/token.ts'
import { remembered } from '../../core/access-cache.ts'
import type { ServiceAccountActor, TokenLimits, UserActor } from '../../core/context.ts'
import { sha256 } from '../../core/crypto.ts'
import { DomainError } from '../../core/error.ts'
import { runtime } from '../../core/runtime.ts'
import { actorOfToken } from '../auth/index.ts'
import { addressAllowed } from './address.ts'
import { kindOfToken } from './format.ts'

interface Row {
  id: string; kind: TokenKind; user_id: string | null; org_id: string | null; scopes: string[]; app_ids: string[]; ip_allow: string[]; stale: boolean
  created_at: Date
  brand_id: string; email: string | null; user_name: string; staff: boolean; verified: boolean; mfa: boolean
  service_account_id: string | null; account_name: string
}

// A person's token counts as proven by a second factor while its holder has one.
const BY_HASH = `SELECT t.id, t.kind, t.user_id, t.org_id, t.scopes, t.app_ids, t.ip_allow, t.brand_id, t.created_at,
    t.last_used_at IS NULL OR t.last_used_at < now() - interval '1 minute' AS stale,
    u.email, u.name AS user_name, u.staff, u.email_verified_at IS NOT NULL AS verified,
    EXISTS (SELECT 1 FROM totp_factor f WHERE f.user_id = t.user_id AND f.confirmed_at IS NOT NULL) OR EXISTS (SELECT 1 FROM passkey k WHERE k.user_id = t.user_id) AS mfa,
    t.service_account_id, s.name AS account_name
  FROM api_token t LEFT JOIN "user" u ON u.id = t.user_id LEFT JOIN service_account s ON s.id = t.service_account_id AND s.disabled_at IS NULL
  WHERE t.token_hash = $1 AND t.brand_id = $2 AND t.expires_at > now() AND t.revoked_at IS NULL AND (u.id IS NOT NULL OR s.id IS NOT NULL)`

/**
 * Who holds this bearer token, whatever its kind. Null for malformed, unknown, expired, revoked or another brand's. A revocation holds
 * from the next request on where it was made, within a second in other portals.
 */
export const resolveToken = async (text: string, brandId: string, ip: string | null): Promise<UserActor | ServiceAccountActor | null> => {
  if (text.startsWith('sess_')) return actorOfToken(text, brandId)
  if (kindOfToken(text) === null) return null
  const hash = sha256(text)
  const row = await remembered(['token', hash, brandId, ip], () => useToken(hash, brandId, ip))
  return row && actorOf(row)
}

const useToken = async (hash: string, brandId: string, ip: string | null): Promise<Row | null> => {
  const { rows: [row] } = await runtime().databases.systemPool.query<Row>({ name: 'token-by-hash', text: BY_HASH, values: [hash, brandId] })
  if (!row) return null
  if (!addressAllowed(row.ip_allow, ip)) throw new DomainError('address_refused', 'This token may not be used from your address. Use it from an address on its list.')
  if (row.stale) await runtime().databases.systemPool.query('UPDATE api_token SET last_used_at = now(), last_used_ip = $2 WHERE id = $1', [row.id, ip])
  return row
}

const actorOf = (row: Row): UserActor | ServiceAccountActor | null => {
  const token: TokenLimits = { tokenId: row.id, kind: row.kind, scopes: scopesOf(row.scopes), appIds: row.app_ids, orgId: row.org_id, madeAt: row.created_at }
  if (row.user_id !== null && row.email !== null) {
    return {
      type: 'user', userId: row.user_id, sessionId: row.id, email: row.email, name: row.user_name, staff: row.staff, verified: row.verified,
      brandId: row.brand_id, mfa: row.mfa, provenAt: new Date(0), token,
    }
  }
  if (row.service_account_id === null || row.org_id === null) return null
  return { type: 'service_account', serviceAccountId: row.service_account_id, orgId: row.org_id, brandId: row.brand_id, name: row.account_name, token }
}

/** A scope we do not know makes the token unusable: dropping the last one would make it unlimited. */
const scopesOf = (names: string[]): Permission[] => PermissionName.array().parse(names)
