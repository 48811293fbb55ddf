import type { Permission } from '../../contract/permission.ts'
import { TOKEN_KINDS, type Token, type TokenKind } from '../../contract/token.ts'
import { PermissionName } from '../../contract/permission.ts'
import { toInstant, toInstantOrNull } from '../../contract/time.ts'
import { sha256 } from '../../core/crypto.ts'
import type { SystemDb, TenantDb } from '../../core/db.ts'
import { versionOf } from '../../core/etag.ts'
import { newId } from '../../core/id.ts'
import { newTokenText } from './format.ts'

export const DAY_MS = 86_400_000

export interface NewToken {
  kind: TokenKind
  name: string
  brandId: string
  holder: { userId: string } | { serviceAccountId: string }
  orgId: string | null
  scopes: readonly Permission[]
  appIds: readonly string[]
  ipAllow: readonly string[]
  createdBy: string
  expiresAt: Date
}

/** Columns anybody may read; the hash is not among them. */
export const TOKEN_COLUMNS = {
  id: true, kind: true, name: true, hint: true, serviceAccountId: true, orgId: true, scopes: true, appIds: true, ipAllow: true, createdBy: true,
  expiresAt: true, lastUsedAt: true, lastUsedIp: true, revokedAt: true, createdAt: true,
} as const

interface TokenRow {
  id: string; kind: string; name: string; hint: string; serviceAccountId: string | null; orgId: string | null; scopes: string[]; appIds: string[]
  ipAllow: string[]; createdBy: string; expiresAt: Date; lastUsedAt: Date | null; lastUsedIp: string | null; revokedAt: Date | null; createdAt: Date
}

/** Stores the hash; the text exists only in the answer. The caller has checked that its maker may give that much. */
export const issueToken = async (db: SystemDb | TenantDb, given: NewToken): Promise<Token & { token: string }> => {
  const text = newTokenText(given.kind)
  const { holder, ...rest } = given
  const row: TokenRow = {
    ...rest, id: newId('token'), hint: text.slice(-4), serviceAccountId: 'serviceAccountId' in holder ? holder.serviceAccountId : null,
    scopes: [...given.scopes], appIds: [...given.appIds], ipAllow: [...given.ipAllow],
    lastUsedAt: null, lastUsedIp: null, revokedAt: null, createdAt: new Date(),
  }
  // createMany returns no row: tenants may write a hash, never read one.
  await db.apiToken.createMany({ data: { ...row, brandId: given.brandId, tokenHash: sha256(text), userId: 'userId' in holder ? holder.userId : null } })
  return { ...toToken(row), token: text }
}

export const toToken = (row: TokenRow): Token => ({
  id: row.id, kind: TOKEN_KINDS[row.kind as TokenKind], name: row.name, hint: row.hint, organization_id: row.orgId, service_account_id: row.serviceAccountId,
  scopes: PermissionName.array().parse(row.scopes), app_ids: row.appIds, ip_allow: row.ipAllow,
  status: row.revokedAt ? 'revoked' : row.expiresAt <= new Date() ? 'expired' : 'active', created_by: row.createdBy, created_at: toInstant(row.createdAt),
  expires_at: toInstant(row.expiresAt), last_used_at: toInstantOrNull(row.lastUsedAt), last_used_ip: row.lastUsedIp, etag: versionOf(row.name),
})
