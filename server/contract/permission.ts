/** One typed table of what each role may do; server, console and token forms ask the same one. */
export const ROLES = ['owner', 'admin', 'developer', 'viewer', 'billing'] as const
export type Role = (typeof ROLES)[number]

export const PERMISSIONS = [
  'org:read', 'org:write', 'org:delete', 'members:read', 'members:write', 'tokens:read', 'tokens:write', 'audit:read',
  'apps:read', 'apps:write', 'secrets:read', 'secrets:write', 'webhooks:read', 'webhooks:write', 'billing:read', 'billing:pay', 'usage:read',
] as const
export type Permission = (typeof PERMISSIONS)[number]

const reader: Permission[] = ['org:read', 'members:read', 'apps:read', 'secrets:read', 'webhooks:read', 'usage:read']
export const ROLE_GRANTS: Record<Role, readonly Permission[]> = {
  owner: PERMISSIONS,
  admin: PERMISSIONS.filter((p) => p !== 'org:delete'),
  developer: [...reader, 'apps:write', 'secrets:write', 'webhooks:write'],
  viewer: reader,
  billing: ['org:read', 'members:read', 'billing:read', 'billing:pay', 'usage:read'],
}

export const can = (role: Role, permission: Permission): boolean => ROLE_GRANTS[role].includes(permission)
export const rolesWith = (permission: Permission): Role[] => ROLES.filter((r) => can(r, permission))
