import { PermissionName } from '../../contract/permission.ts'
import { remembered } from '../../core/access-cache.ts'
import type { UserActor } from '../../core/context.ts'
import type { SystemDb } from '../../core/db.ts'
import { newToken, sha256 } from '../../core/crypto.ts'
import { newId } from '../../core/id.ts'
import { runtime } from '../../core/runtime.ts'

const DAY_MS = 86_400_000
/** Console sessions end after 30 days, tokens of POST /v1/auth/token after 24 hours (settled 16). */
const LIFETIME_MS = { web: 30 * DAY_MS, api: DAY_MS } as const

/** Every session is a revocable row; only the hash of its token is stored. Real time, never the test clock. `mfa`: a second factor was proven. */
export const startSession = async (
  db: SystemDb, userId: string, kind: 'web' | 'api', from: { ip: string | null; userAgent: string | null }, proof: { mfa?: boolean; scopes?: string[] } = {},
): Promise<{ token: string; expiresAt: Date }> => {
  const token = newToken('sess')
  const expiresAt = new Date(Date.now() + LIFETIME_MS[kind])
  await db.session.create({
    data: {
      id: newId('session'), tokenHash: sha256(token), userId, kind, expiresAt, ip: from.ip, userAgent: from.userAgent?.slice(0, 300) ?? null,
      mfaAt: proof.mfa ? new Date() : null, scopes: proof.scopes ?? [],
    },
  })
  return { token, expiresAt }
}

/** This session has proven a second factor, and with it who sits there. */
export const markMfa = async (db: SystemDb, sessionId: string): Promise<void> => {
  await db.session.updateMany({ where: { id: sessionId }, data: { mfaAt: new Date(), provenAt: new Date() } })
}

interface SessionRow {
  id: string; user_id: string; email: string; name: string; staff: boolean; verified: boolean; brand_id: string; stale: boolean
  mfa: boolean; proven_at: Date; scopes: string[]
  impersonation: { id: string; staff_user_id: string; staff_name: string; org_id: string; reason: string; expires_at: string } | null
}

const useSession = async (hash: string, brandId: string): Promise<SessionRow | null> => {
  const { rows: [row] } = await runtime().databases.systemPool.query<SessionRow>({
    name: 'actor-of-token',
    text: `SELECT s.id, s.user_id, u.email, u.name, u.staff, u.email_verified_at IS NOT NULL AS verified, u.brand_id,
             s.last_seen_at < now() - interval '1 minute' AS stale, s.mfa_at IS NOT NULL AS mfa, s.proven_at, s.scopes,
             (SELECT to_json(i) FROM impersonation i WHERE i.session_id = s.id) AS impersonation
           FROM session s JOIN "user" u ON u.id = s.user_id WHERE s.token_hash = $1 AND s.expires_at > now() AND u.brand_id = $2
             AND NOT EXISTS (SELECT 1 FROM impersonation i JOIN "user" v ON v.id = i.staff_user_id WHERE i.session_id = s.id AND NOT v.staff)`,
    values: [hash, brandId],
  })
  if (!row) return null
  if (row.stale) await runtime().databases.systemPool.query('UPDATE session SET last_seen_at = now() WHERE id = $1', [row.id])
  return row
}

/** Who holds this token, on this brand's host. Null for unknown, expired or another brand's. */
export const actorOfToken = async (token: string, brandId: string): Promise<UserActor | null> => {
  const hash = sha256(token)
  const row = await remembered(['session', hash, brandId], () => useSession(hash, brandId))
  if (!row) return null
  const by = row.impersonation
  const scopes = PermissionName.array().parse(row.scopes)
  return {
    type: 'user', userId: row.user_id, sessionId: row.id, email: row.email, name: row.name, staff: row.staff, verified: row.verified, brandId: row.brand_id,
    mfa: row.mfa, provenAt: row.proven_at, token: scopes.length > 0 ? { tokenId: row.id, kind: 'sess', scopes, appIds: [], orgId: null } : null,
    ...(by ? { impersonator: impersonatorOf(by) } : {}),
  }
}

const impersonatorOf = (by: NonNullable<SessionRow['impersonation']>) => ({
  impersonationId: by.id, userId: by.staff_user_id, name: by.staff_name, orgId: by.org_id, reason: by.reason, until: new Date(by.expires_at),
})

/** What next-auth asks of its adapter. */
export const sessionOfToken = async (token: string, brandId: string): Promise<{ user_id: string; email: string; name: string; expires: Date } | null> => {
  const { rows } = await runtime().databases.systemPool.query<{ user_id: string; email: string; name: string; expires: Date }>(
    `SELECT s.user_id, u.email, u.name, s.expires_at AS expires FROM session s JOIN "user" u ON u.id = s.user_id
     WHERE s.token_hash = $1 AND s.expires_at > now() AND u.brand_id = $2`, [sha256(token), brandId])
  return rows[0] ?? null
}

export const endSessionOfToken = async (token: string, brandId: string): Promise<void> => {
  await runtime().databases.systemPool.query(
    'DELETE FROM session s USING "user" u WHERE s.user_id = u.id AND s.token_hash = $1 AND u.brand_id = $2', [sha256(token), brandId])
}
