import { can, ROLES, rolesWith, type Permission, type Role } from '../contract/permission.ts'
import type { Actor, RequestMeta } from './context.ts'
import { DomainError, notFound } from './error.ts'
import { runtime } from './runtime.ts'

type UserActor = Extract<Actor, { type: 'user' }>

export const requireUser = (actor: Actor, unverifiedToo: boolean): UserActor => {
  if (actor.type !== 'user') throw new DomainError('unauthenticated', 'Sign in, or send a valid token.')
  if (!actor.verified && !unverifiedToo) {
    throw new DomainError('email_not_verified', 'Open the link in the mail we sent you, then try again.')
  }
  return actor
}

export const requireStaff = (actor: Actor): void => {
  if (actor.type !== 'user' || !actor.staff) throw new DomainError('forbidden', 'Only the operator may do this.')
}

export interface OrgMember { orgId: string; brandId: string; userId: string; role: Role }

interface MembershipRow { org_id: string; brand_id: string; role: string }

/** Which organization is meant (settled: body, header, the only one) and whether the caller's role grants the permission. Not ours = 404. */
export const authorizeOrg = async (
  meta: RequestMeta, organizationId: string | null, permission: Permission | undefined, unverifiedToo: boolean,
): Promise<OrgMember> => {
  const user = requireUser(meta.actor, unverifiedToo)
  const wanted = organizationId ?? meta.organizationHeader
  const { rows } = await runtime().databases.systemPool.query<MembershipRow>(
    `SELECT m.org_id, o.brand_id, m.role FROM membership m JOIN organization o ON o.id = m.org_id
     WHERE m.user_id = $1 AND o.deleted_at IS NULL AND ($2::text IS NULL OR m.org_id = $2) LIMIT 2`, [user.userId, wanted])
  if (rows.length > 1) throw new DomainError('organization_required', 'You belong to several organizations: send organization_id or the header ShellWeGo-Organization.')
  const row = rows[0]
  if (!row) throw wanted ? notFound('organization') : new DomainError('organization_required', 'Create an organization first.')
  const role = ROLES.find((r) => r === row.role)
  if (!role) throw notFound('organization')
  if (!permission || !can(role, permission)) {
    const may = permission ? rolesWith(permission).join(', ') : 'nobody'
    throw new DomainError('forbidden', `Your role ${role} does not allow this. These roles do: ${may}.`)
  }
  return { orgId: row.org_id, brandId: row.brand_id, userId: user.userId, role }
}
