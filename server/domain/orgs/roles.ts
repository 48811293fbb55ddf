import type { OrgContext } from '../../core/context.ts'
import type { SystemDb, TenantDb } from '../../core/db.ts'
import { ruleViolated } from '../../core/error.ts'
import { MEMBER_ROLES, PERMISSIONS, ROLE_GRANTS, type MemberRole, type Permission, type Role } from '../../contract/permission.ts'

/** A role as a member or an invitation holds it. */
export interface HeldRole { role: MemberRole; roleId: string | null; permissions: readonly Permission[] }

interface RoleRow { role: string; roleId: string | null; customRole: { permissions: string[] } | null }

export const roleName = (text: string): MemberRole => {
  const role = MEMBER_ROLES.find((r) => r === text)
  if (!role) throw new Error(`unknown role ${text}`)
  return role
}

export const heldRole = (row: RoleRow): HeldRole => {
  const role = roleName(row.role)
  const own = row.customRole?.permissions ?? []
  return { role, roleId: row.roleId, permissions: role === 'custom' ? PERMISSIONS.filter((p) => own.includes(p)) : ROLE_GRANTS[role] }
}

/** The built-in or custom role a request names; null when it names none. */
export const chosenRole = async (ctx: Pick<OrgContext, 'db' | 'orgId'>, input: { role?: Role | undefined; role_id?: string | undefined }): Promise<HeldRole | null> => {
  if (input.role && input.role_id) throw ruleViolated('/role_id', 'one_role', 'Send role or role_id, not both.')
  if (input.role) return heldRole({ role: input.role, roleId: null, customRole: null })
  if (!input.role_id) return null
  const customRole = await customRoleOf(ctx.db, ctx.orgId, input.role_id)
  if (!customRole) throw ruleViolated('/role_id', 'unknown_role', 'The organization has no such role.')
  return heldRole({ role: 'custom', roleId: customRole.id, customRole })
}

/** Locked, so that it cannot be deleted before it is given. */
export const customRoleOf = async (db: SystemDb | TenantDb, orgId: string, id: string) => {
  await db.$executeRaw`SELECT 1 FROM custom_role WHERE org_id = ${orgId} AND id = ${id} FOR SHARE`
  return db.customRole.findFirst({ where: { orgId, id } })
}

/** Every app named must be one of the organization's. */
export const checkApps = async (ctx: Pick<OrgContext, 'db'>, appIds: readonly string[], pointer: string): Promise<void> => {
  if (appIds.length === 0) return
  const found = new Set((await ctx.db.app.findMany({ where: { id: { in: [...appIds] }, deletedAt: null }, select: { id: true } })).map((a) => a.id))
  const unknown = appIds.findIndex((id) => !found.has(id))
  if (unknown >= 0) throw ruleViolated(`${pointer}/${unknown}`, 'unknown_app', 'The organization has no such app.')
}
