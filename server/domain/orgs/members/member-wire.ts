import { versionOf } from '../../../core/etag.ts'
import { runtime } from '../../../core/runtime.ts'
import type { Member } from '../../../contract/member.ts'
import { APP_PERMISSIONS } from '../../../contract/permission.ts'
import { toInstant, toInstantOrNull } from '../../../contract/time.ts'
import { roleName } from '../roles.ts'

interface SignInFacts { user_id: string; last_seen_at: Date | null; mfa: boolean }

/** What lies outside the tenant's own tables, only of people already known to be its members. */
const signInFactsOf = async (userIds: readonly string[]): Promise<Map<string, SignInFacts>> => {
  const { rows } = await runtime().databases.systemPool.query<SignInFacts>(
    `SELECT u.id AS user_id, (SELECT max(s.last_seen_at) FROM session s WHERE s.user_id = u.id) AS last_seen_at,
       EXISTS (SELECT 1 FROM totp_factor f WHERE f.user_id = u.id AND f.confirmed_at IS NOT NULL) OR EXISTS (SELECT 1 FROM passkey k WHERE k.user_id = u.id) AS mfa
     FROM "user" u WHERE u.id = ANY($1)`, [userIds])
  return new Map(rows.map((row) => [row.user_id, row]))
}

interface Row {
  userId: string; role: string; roleId: string | null; customRole: { name: string } | null; appIds: string[]; suspendedAt: Date | null; createdAt: Date
  grants: ReadonlyArray<{ appId: string; permissions: string[] }>; user: { email: string; name: string }
}

/** Of what PATCH changes. */
export const memberVersion = (row: Omit<Row, 'user'>): string =>
  versionOf([row.role, row.roleId, row.appIds, row.grants.map((g) => [g.appId, g.permissions]).sort()])

export const toMembers = async (rows: readonly Row[]): Promise<Member[]> => {
  const facts = await signInFactsOf(rows.map((row) => row.userId))
  return rows.map((row) => ({
    user_id: row.userId, email: row.user.email, name: row.user.name, role: roleName(row.role), role_id: row.roleId, role_name: row.customRole?.name ?? null,
    app_ids: row.appIds, grants: row.grants.map((g) => ({ app_id: g.appId, permissions: APP_PERMISSIONS.filter((p) => g.permissions.includes(p)) })),
    suspended_at: toInstantOrNull(row.suspendedAt), mfa: facts.get(row.userId)?.mfa ?? false,
    last_seen_at: toInstantOrNull(facts.get(row.userId)?.last_seen_at ?? null), joined_at: toInstant(row.createdAt), etag: memberVersion(row),
  }))
}

export const toMember = async (row: Row): Promise<Member> => {
  const [member] = await toMembers([row])
  if (!member) throw new Error('one row gives one member')
  return member
}
