import { ROLE_GRANTS, type Permission } from '../../server/contract/permission.ts'
import type { Member, Role, RoleInfo } from './wire.ts'

export const roleWords: Record<Role, string> = { owner: 'Owner', admin: 'Admin', developer: 'Developer', viewer: 'Viewer', billing: 'Billing' }

type Held = Pick<Member, 'role' | 'role_name'>
export const roleTitle = ({ role, role_name: name }: Held): string => (role === 'custom' ? (name ?? 'Custom role') : roleWords[role])

export const roleInfoTitle = (role: RoleInfo): string => (role.built_in ? (roleWords[role.id as Role] ?? role.name) : role.name)

/** Without what is granted on single apps. */
export const permissionsOf = (held: Pick<Member, 'role' | 'role_id'>, roles: readonly RoleInfo[]): readonly Permission[] =>
  held.role === 'custom' ? (roles.find((role) => role.id === held.role_id)?.permissions ?? []) : ROLE_GRANTS[held.role]

/** What a form calls a role: the name of a built-in one, or the id of an own one. */
export const roleKey = (held: Pick<Member, 'role' | 'role_id'>): string => held.role_id ?? held.role

export const roleInput = <R extends string>(key: string, builtIn: readonly R[]): { role: R } | { role_id: string } => {
  const role = builtIn.find((one) => one === key)
  return role === undefined ? { role_id: key } : { role }
}
