import type { Permission } from '../../server/contract/permission.ts'

export const permissionWords: Record<Permission, string> = {
  'org:read': 'See the organization',
  'org:write': 'Change its details and settings',
  'org:delete': 'Delete it, give ownership away',
  'members:read': 'See members and roles',
  'members:write': 'Invite, change and remove members',
  'tokens:read': 'See tokens of service accounts',
  'tokens:write': 'Make and revoke tokens',
  'audit:read': 'Read the audit log',
  'apps:read': 'See apps, logs and metrics',
  'apps:write': 'Create, change and deploy apps',
  'apps:exec': 'Run commands and open terminals in apps',
  'secrets:read': 'See names of secrets',
  'secrets:write': 'Set and rotate secrets',
  'webhooks:read': 'See webhooks and deliveries',
  'webhooks:write': 'Change webhooks',
  'billing:read': 'See invoices and prices',
  'billing:pay': 'Pay invoices',
  'billing:write': 'Change the plan, coupons and tax details',
  'usage:read': 'See usage',
  'usage:write': 'Send usage events',
}

export const permissionGroups: ReadonlyArray<{ title: string; permissions: readonly Permission[] }> = [
  { title: 'Apps', permissions: ['apps:read', 'apps:write', 'apps:exec', 'secrets:read', 'secrets:write', 'usage:read'] },
  { title: 'Integrations', permissions: ['webhooks:read', 'webhooks:write', 'tokens:read', 'tokens:write', 'usage:write'] },
  { title: 'Money', permissions: ['billing:read', 'billing:pay', 'billing:write'] },
  { title: 'Organization', permissions: ['org:read', 'org:write', 'org:delete', 'members:read', 'members:write', 'audit:read'] },
]
