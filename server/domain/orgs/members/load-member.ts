import { MEMBER_PARTS, standingOf } from '../../../core/authorize.ts'
import type { OrgContext } from '../../../core/context.ts'
import { DomainError, notFound } from '../../../core/error.ts'
import { PERMISSIONS, type Permission } from '../../../contract/permission.ts'
import { lockOrganization } from '../../quotas/index.ts'
import { heldRole } from '../roles.ts'
import { memberRefusal, type MemberChange, type MemberRefusal, type Place } from '../../../contract/member-rule.ts'

const PERSON = { user: { select: { email: true, name: true, emailVerifiedAt: true } }, ...MEMBER_PARTS } as const

const rowOf = (ctx: OrgContext, userId: string) => ctx.db.membership.findFirst({ where: { userId }, include: PERSON })
type MemberRow = NonNullable<Awaited<ReturnType<typeof rowOf>>>

export interface LockedMember { row: MemberRow; before: Place; activeOwners: number; actor: MemberChange['actor'] }

/** One change of members at a time per organization; the caller's own rights are read again, they may just have been taken away. */
export const lockMember = async (ctx: OrgContext, userId: string): Promise<LockedMember> => {
  await lockOrganization(ctx.db, ctx.orgId)
  const permissions = await currentPermissions(ctx)
  const row = await rowOf(ctx, userId)
  if (!row) throw notFound('member')
  const activeOwners = await ctx.db.membership.count({ where: { role: 'owner', suspendedAt: null } })
  return { row, before: placeOf(row), activeOwners, actor: { isTarget: row.userId === ctx.userId, permissions } }
}

export const currentPermissions = async (ctx: OrgContext): Promise<readonly Permission[]> => {
  if (ctx.actor.type !== 'user') return ctx.standing.permissions
  const own = await rowOf(ctx, ctx.userId)
  if (!own || own.suspendedAt) throw notFound('organization')
  return standingOf(own, ctx.actor.token).permissions
}

/** The role's own permissions, whatever apps it is restricted to: a restriction may be lifted later. */
const placeOf = (row: MemberRow): Place => {
  const { role, permissions } = heldRole(row)
  return { role, permissions: withGrants(permissions, row.grants), suspended: row.suspendedAt !== null }
}

export const withGrants = (own: readonly Permission[], grants: ReadonlyArray<{ permissions: readonly string[] }>): Permission[] =>
  PERMISSIONS.filter((p) => own.includes(p) || grants.some((g) => g.permissions.includes(p)))

const REFUSALS: Readonly<Record<MemberRefusal, () => DomainError>> = {
  yourself: () => new DomainError('state_conflict', 'You cannot suspend or remove yourself. Leave the organization instead, or ask another member.'),
  stronger_member: () => new DomainError('forbidden', 'This member may do more than you. Ask somebody whose role allows at least as much.'),
  stronger_role: () => new DomainError('forbidden', 'You cannot give more than you may do yourself. Choose a role that allows less.'),
  last_owner: () => new DomainError('last_owner', 'This is the only owner who can act. Make somebody else an owner first.'),
}

export const allow = (locked: LockedMember, after: Place | null, leaving = false): void => {
  const refusal = memberRefusal({ ...locked, leaving, after })
  if (refusal) throw REFUSALS[refusal]()
}
