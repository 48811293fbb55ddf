import {
  accessOf, appsWith, isAppPermission, may, mayAnywhere, MEMBER_ROLES, PERMISSIONS, ROLE_GRANTS, rolesWith,
  type Holding, type Permission, type Standing,
} from '../contract/permission.ts'
import { remembered } from './access-cache.ts'
import type { Actor, RequestMeta, ServiceAccountActor, TokenLimits, UserActor } from './context.ts'
import type { TenantScope } from './db.ts'
import { DomainError, notFound } from './error.ts'
import { runtime } from './runtime.ts'

/** What an operation says about its callers. */
export interface Requirements {
  kind: string
  permission?: Permission | undefined
  unverified?: boolean | undefined
  sensitive?: boolean | undefined
  sessionOnly?: boolean | undefined
  whileDeleting?: boolean | undefined
  limitedTokens?: boolean | undefined
  hidden?: boolean | undefined
}

const PROOF_MS = 15 * 60_000
const signInFirst = (): DomainError => new DomainError('unauthenticated', 'Sign in, or send a valid token.')

const requireVerified = (actor: UserActor, unverifiedToo: boolean): UserActor => {
  if (!actor.verified && !unverifiedToo) {
    throw new DomainError('email_not_verified', 'Open the link in the mail we sent you, then try again.')
  }
  return actor
}

/** Acts that need a person in front of us, and those that need a proof of who it is from the last minutes. Real time. */
export const requirePresence = (actor: UserActor | ServiceAccountActor, needs: Requirements): void => {
  if (needs.sessionOnly && (actor.type !== 'user' || actor.token || actor.impersonator)) {
    throw new DomainError('session_required', 'Only the person may do this, signed in to the console; no token and nobody in their place.')
  }
  if (needs.sensitive && actor.type === 'user' && actor.impersonator) throw notInTheirPlace()
  const provenLongAgo = actor.type === 'user' && !actor.token && Date.now() - actor.provenAt.getTime() > PROOF_MS
  if (needs.sensitive && provenLongAgo) throw new DomainError('reauthentication_required', 'Confirm with your password, passkey or code that it is you, then try again.')
}

const notInTheirPlace = (): DomainError =>
  new DomainError('impersonation_refused', 'The operator works in this account for an hour. What concerns its security is left to its owner.')

const isLimited = (token: TokenLimits | null): boolean =>
  token !== null && (token.scopes.length > 0 || token.appIds.length > 0 || token.orgId !== null)

/** The signed-in person, for what concerns the account itself: nothing a limited token was made for, unless the operation says so. */
export const requireUser = (actor: Actor, needs: Requirements): UserActor => {
  if (actor.type === 'service_account') throw new DomainError('session_required', 'A service account has no account of a person. Use a personal token.')
  if (actor.type !== 'user') throw signInFirst()
  requireVerified(actor, needs.unverified ?? false)
  requirePresence(actor, needs)
  if (actor.impersonator && needs.kind !== 'query') throw notInTheirPlace()
  if (isLimited(actor.token) && !needs.limitedTokens) throw new DomainError('session_required', 'This token is limited to organizations or scopes. Use an unlimited personal token, or sign in.')
  return actor
}

export const requireStaff = (actor: Actor): void => {
  if (actor.type !== 'user' || !actor.staff) throw new DomainError('forbidden', 'Only the operator may do this.')
  if (isLimited(actor.token)) throw new DomainError('forbidden', 'This token is limited. The operator\'s acts need an unlimited one.')
}

export interface OrgMember extends TenantScope { userId: string; principal: string; standing: Standing }

interface MembershipRow {
  org_id: string; brand_id: string; role: string; role_id: string | null; custom_role: { name: string; permissions: string[] } | null; app_ids: string[]
  grants: Array<{ appId: string; permissions: string[] }>; mfa_required: boolean; deleting: boolean
}

const COLUMNS = `o.id AS org_id, o.brand_id, p.role, p.role_id, o.delete_after IS NOT NULL AS deleting,
    CASE WHEN r.id IS NULL THEN NULL ELSE json_build_object('name', r.name, 'permissions', r.permissions) END AS custom_role`
const ITS_ORGANIZATION = `JOIN organization o ON o.id = p.org_id LEFT JOIN custom_role r ON r.org_id = p.org_id AND r.id = p.role_id
  WHERE o.deleted_at IS NULL AND ($2::text IS NULL OR p.org_id = $2) AND ($3::text IS NULL OR p.org_id = $3)`
const OF_USER = `SELECT ${COLUMNS}, p.app_ids, o.mfa_required,
    coalesce((SELECT json_agg(json_build_object('appId', g.app_id, 'permissions', g.permissions)) FROM "grant" g WHERE g.org_id = p.org_id AND g.user_id = p.user_id), '[]') AS grants
  FROM membership p ${ITS_ORGANIZATION} AND p.user_id = $1 AND p.suspended_at IS NULL LIMIT 2`
const OF_SERVICE_ACCOUNT = `SELECT ${COLUMNS}, '{}'::text[] AS app_ids, false AS mfa_required, '[]'::json AS grants
  FROM service_account p ${ITS_ORGANIZATION} AND p.id = $1 AND p.disabled_at IS NULL LIMIT 2`

const knownPermissions = (names: readonly string[]): Permission[] => PERMISSIONS.filter((p) => names.includes(p))

interface MembershipFacts {
  role: string
  roleId: string | null
  customRole: { name: string; permissions: readonly string[] } | null
  appIds: readonly string[]
  grants: ReadonlyArray<{ appId: string; permissions: readonly string[] }>
}
/** Relations of a membership that {@link standingOf} reads. */
export const MEMBER_PARTS = { customRole: true, grants: true } as const
/** `where` of the memberships that count for this person and token. */
export const ownMemberships = (user: UserActor) => {
  const orgId = boundTo(user)
  return { userId: user.userId, suspendedAt: null, org: { deletedAt: null }, ...(orgId ? { orgId } : {}) }
}

/** What role, grants and token come to together. */
export const standingOf = (row: MembershipFacts, token: Holding['token']): Standing => {
  const role = MEMBER_ROLES.find((r) => r === row.role)
  if (!role) throw notFound('organization')
  const permissions = role === 'custom' ? knownPermissions(row.customRole?.permissions ?? []) : ROLE_GRANTS[role]
  const grants = row.grants.map((g) => ({ appId: g.appId, permissions: knownPermissions(g.permissions) }))
  return { role, role_id: row.roleId, role_name: row.customRole?.name ?? null, ...accessOf({ permissions, appIds: row.appIds, grants, token }) }
}

/** The one organization in which a token, a service account or the operator at work in an account may act. */
const boundTo = (actor: UserActor | ServiceAccountActor): string | null =>
  (actor.type === 'service_account' ? actor.orgId : actor.impersonator?.orgId ?? actor.token?.orgId ?? null)

const SSO_SINCE = `SELECT 1 FROM sso_connection c JOIN sso_domain d ON d.org_id = c.org_id
  WHERE c.org_id = $1 AND c.enforced_at > $2 AND d.brand_id = $3 AND d.domain = split_part($4, '@', 2) AND d.verified_at IS NOT NULL LIMIT 1`

/** Where single sign-on is demanded of this person, a token counts only if it was made since: sessions of before ended then, so it came from one. */
export const refuseOlderThanSso = async ({ token, brandId, email }: UserActor, orgId: string): Promise<void> => {
  if (!token?.madeAt) return
  const { rows } = await runtime().databases.systemPool.query({ name: 'sso-since', text: SSO_SINCE, values: [orgId, token.madeAt, brandId, email] })
  if (rows.length > 0) throw new DomainError('sso_required', 'This token is older than the single sign-on its organization demands. Sign in by it and make a new token.')
}

const membershipOf = async (meta: RequestMeta, actor: UserActor | ServiceAccountActor, wanted: string | null): Promise<MembershipRow> => {
  const [statement, id] = actor.type === 'user'
    ? [{ name: 'member-of', text: OF_USER }, actor.userId] : [{ name: 'service-account-of', text: OF_SERVICE_ACCOUNT }, actor.serviceAccountId]
  const values = [id, wanted, boundTo(actor)]
  const rows = await remembered([statement.name, ...values], async () => {
    const found = await runtime().databases.systemPool.query<MembershipRow>({ ...statement, values })
    return found.rows.length > 0 ? found.rows : null
  }) ?? []
  if (rows.length > 1) throw new DomainError('organization_required', 'You belong to several organizations: send organization_id or the header ShellWeGo-Organization.')
  const row = rows[0]
  if (!row) throw wanted || boundTo(actor) ? notFound('organization') : new DomainError('organization_required', 'Create an organization first.')
  return row
}

/** Which organization is meant (settled: body, header, the only one) and whether the caller may do this in it. Not ours = 404. */
export const authorizeOrg = async (meta: RequestMeta, organizationId: string | null, needs: Requirements): Promise<OrgMember> => {
  const { actor } = meta
  if (actor.type !== 'user' && actor.type !== 'service_account') throw signInFirst()
  if (actor.type === 'user') requireVerified(actor, needs.unverified ?? false)
  const row = await membershipOf(meta, actor, organizationId ?? meta.organizationHeader)
  if (actor.type === 'user') await refuseOlderThanSso(actor, row.org_id)
  const standing = standingOf({ role: row.role, roleId: row.role_id, customRole: row.custom_role, appIds: row.app_ids, grants: row.grants }, actor.token)
  if (row.mfa_required && actor.type === 'user' && !actor.mfa) {
    throw new DomainError('mfa_required', 'Set up a second factor under Account, Security, sign in with it, then try again.')
  }
  const { permission } = needs
  if (!permission || !mayAnywhere(standing, permission)) throw needs.hidden ? notFound('app') : refusal(standing, permission, actor.token)
  if (row.deleting && needs.kind !== 'query' && needs.kind !== 'file' && !needs.whileDeleting) {
    throw new DomainError('organization_deleting', 'The organization will be deleted soon and takes no more changes. Undo the deletion first.')
  }
  requirePresence(actor, needs)
  const userId = actor.type === 'user' ? actor.userId : actor.serviceAccountId
  return {
    orgId: row.org_id, brandId: row.brand_id, userId, principal: actor.token ? `${userId}:${actor.token.tokenId}` : userId,
    standing, appIds: appsWith(standing, permission),
  }
}

const refusal = (standing: Standing, permission: Permission | undefined, token: TokenLimits | null): DomainError => {
  if (permission && token && token.scopes.length > 0 && !token.scopes.includes(permission)) {
    return new DomainError('forbidden', `This token lacks the scope ${permission}. Use one that has it.`)
  }
  if (standing.app_ids !== null) return onlySomeApps()
  const allowed = permission ? rolesWith(permission).join(', ') : 'nobody'
  return new DomainError('forbidden', `Your role ${standing.role === 'custom' ? 'of this organization' : standing.role} does not allow this. These roles do: ${allowed}.`)
}

/**
 * For callers who may do this on some apps only: is the app named one of them? An app they cannot see is not found, one they can see is
 * forbidden. What names no app, but something else, is left to row-level security; what makes something new is refused.
 */
export const authorizeApp = async (member: OrgMember, needs: Requirements, input: Record<string, unknown>, fields: readonly string[]): Promise<void> => {
  const { permission } = needs
  if (!permission || member.appIds === null || !isAppPermission(permission)) return
  const named = input.app_id
  if (typeof named === 'string') {
    const appId = await appIdOf(member.orgId, named)
    if (appId !== null && may(member.standing, permission, appId)) return
    throw !needs.hidden && appId !== null && may(member.standing, 'apps:read', appId)
      ? new DomainError('forbidden', `You may see this app, but not do this with it. Ask for ${permission} on it.`) : notFound('app')
  }
  if (needs.kind !== 'query' && !fields.some((field) => field.endsWith('_id'))) throw onlySomeApps()
}

export const onlySomeApps = (): DomainError =>
  new DomainError('forbidden', 'You may do this only with the apps you were given. Ask an admin of the organization.')

const appIdOf = async (orgId: string, idOrName: string): Promise<string | null> => {
  const { rows } = await runtime().databases.systemPool.query<{ id: string }>(
    'SELECT id FROM app WHERE org_id = $1 AND (id = $2 OR name = $2) ORDER BY deleted_at IS NULL DESC, created_at DESC LIMIT 1', [orgId, idOrName])
  return rows[0]?.id ?? null
}
