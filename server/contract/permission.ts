import { z } from 'zod'

/** One typed table of what each role may do, and the one rule that decides; server, console and token forms ask the same one. */
export const ROLES = ['owner', 'admin', 'developer', 'viewer', 'billing'] as const
export type Role = (typeof ROLES)[number]
/** A member has a built-in role, or one the organization made itself. */
export const MEMBER_ROLES = [...ROLES, 'custom'] as const
export type MemberRole = (typeof MEMBER_ROLES)[number]

export const PERMISSIONS = [
  'org:read', 'org:write', 'org:delete', 'members:read', 'members:write', 'tokens:read', 'tokens:write', 'audit:read',
  'apps:read', 'apps:write', 'apps:exec', 'secrets:read', 'secrets:write', 'webhooks:read', 'webhooks:write', 'billing:read', 'billing:pay', 'billing:write', 'usage:read', 'usage:write',
] as const
export type Permission = (typeof PERMISSIONS)[number]
export const PermissionName = z.enum(PERMISSIONS)

/** Those that mean something on a single app. */
export const APP_PERMISSIONS = ['apps:read', 'apps:write', 'apps:exec', 'secrets:read', 'secrets:write', 'usage:read'] as const satisfies Permission[]
/** What is left to somebody restricted to some apps: everything else reaches beyond them, or could lift the restriction. */
const RESTRICTED_KEEP: readonly Permission[] = ['org:read', 'members:read', ...APP_PERMISSIONS]

const reader: Permission[] = ['org:read', 'members:read', 'apps:read', 'secrets:read', 'webhooks:read', 'usage:read']
export const ROLE_GRANTS: Record<Role, readonly Permission[]> = {
  owner: PERMISSIONS,
  admin: PERMISSIONS.filter((p) => p !== 'org:delete'),
  developer: [...reader, 'apps:write', 'apps:exec', 'secrets:write', 'webhooks:write', 'usage:write'],
  viewer: reader,
  billing: ['org:read', 'members:read', 'billing:read', 'billing:pay', 'billing:write', 'usage:read'],
}

const includes = (list: readonly Permission[], permission: Permission): boolean => list.includes(permission)
export const isAppPermission = (permission: Permission): boolean => includes(APP_PERMISSIONS, permission)
export const rolesWith = (permission: Permission): Role[] => ROLES.filter((role) => includes(ROLE_GRANTS[role], permission))

/** What somebody was given. Empty `appIds` and empty `scopes` restrict nothing. */
export interface Holding {
  permissions: readonly Permission[]
  appIds: readonly string[]
  grants: ReadonlyArray<{ appId: string; permissions: readonly Permission[] }>
  token: { scopes: readonly Permission[]; appIds: readonly string[] } | null
}

/** What that comes to: `permissions` hold on every app of `app_ids` (null = all), each grant on its app besides. */
export const Access = z.object({
  permissions: z.array(PermissionName),
  app_ids: z.array(z.string()).nullable().describe('Apps it is restricted to; null = every app'),
  grants: z.array(z.object({ app_id: z.string(), permissions: z.array(PermissionName) })),
})
export type Access = z.infer<typeof Access>

/** What one of the caller's organizations says about the caller. */
export const Standing = Access.extend({ role: z.enum(MEMBER_ROLES), role_id: z.string().nullable(), role_name: z.string().nullable().describe('Of a custom role') })
export type Standing = z.infer<typeof Standing>

export const accessOf = ({ permissions, appIds, grants, token }: Holding): Access => {
  const scoped = (p: Permission): boolean => !token || token.scopes.length === 0 || includes(token.scopes, p)
  const tokenApps = token && token.appIds.length > 0 ? token.appIds : null
  const reachable = (appId: string): boolean => !tokenApps || tokenApps.includes(appId)
  const restricted = appIds.length > 0 || tokenApps !== null
  const memberApps = appIds.length > 0 ? appIds : null
  return {
    permissions: PERMISSIONS.filter((p) => includes(permissions, p) && scoped(p) && (!restricted || includes(RESTRICTED_KEEP, p))),
    app_ids: memberApps ? memberApps.filter(reachable) : tokenApps && [...tokenApps],
    grants: grants.filter((g) => reachable(g.appId)).map((g) => ({
      app_id: g.appId, permissions: APP_PERMISSIONS.filter((p) => (p === 'apps:read' || includes(g.permissions, p)) && scoped(p)),
    })).filter((g) => g.permissions.length > 0),
  }
}

/** The rule. Without `appId`: in the whole organization. A grant lets its holder see its app. */
export const may = (access: Access, permission: Permission, appId?: string): boolean => {
  const held = access.permissions.includes(permission)
  if (!isAppPermission(permission)) return held
  if (held && (access.app_ids === null || (appId !== undefined && access.app_ids.includes(appId)))) return true
  return appId !== undefined && access.grants.some((g) => g.app_id === appId && g.permissions.includes(permission))
}

/** The apps on which it holds; null = all. For permissions of the organization: those its holder may see at all. */
export const appsWith = (access: Access, permission: Permission): string[] | null => {
  const held = access.permissions.includes(permission)
  if (held && access.app_ids === null) return null
  const own = held ? access.app_ids ?? [] : []
  const granted = access.grants.filter((g) => !isAppPermission(permission) || g.permissions.includes(permission)).map((g) => g.app_id)
  return [...new Set([...own, ...granted])]
}

/** Whether there is anything at all the permission holds on. */
export const mayAnywhere = (access: Access, permission: Permission): boolean =>
  access.permissions.includes(permission) || (isAppPermission(permission) && access.grants.some((g) => g.permissions.includes(permission)))
