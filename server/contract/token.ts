import { z } from 'zod'
import { Etag } from './etag.ts'
import { MEMBER_ROLES, PermissionName, ROLES } from './permission.ts'
import { Instant } from './time.ts'

export const TOKEN_KINDS = { pat: 'personal', sat: 'service_account', temp: 'temporary' } as const
export type TokenKind = keyof typeof TOKEN_KINDS

const Label = z.string().trim().min(1, 'Enter a name.').max(60).regex(/^[^\p{Cc}<>]*$/u, 'Leave out control characters and angle brackets.')
const unique = (list: string[]): boolean => new Set(list).size === list.length

/** An address, or a block like 203.0.113.0/24 or 2001:db8::/32. */
export const IpBlock = z.union([z.ipv4(), z.ipv6(), z.cidrv4(), z.cidrv6()], { error: 'Use an address or a block like 203.0.113.0/24.' })

export const TokenSettings = {
  scopes: z.array(PermissionName).max(30).refine(unique, 'Name each scope once.').default([]).describe('Permissions it has; empty = everything its holder may do'),
  app_ids: z.array(z.string().max(60)).max(50).refine(unique, 'Name each app once.').default([]).describe('Apps it may touch; empty = all'),
  ip_allow: z.array(IpBlock).max(50).default([]).describe('Addresses or CIDR blocks it may be used from; empty = anywhere'),
}
export const TokenName = { name: Label }

export const Token = z.object({
  id: z.string(), kind: z.enum(['personal', 'service_account', 'temporary']), name: z.string(), hint: z.string().describe('How it ends'),
  organization_id: z.string().nullable(), service_account_id: z.string().nullable(), scopes: z.array(PermissionName), app_ids: z.array(z.string()),
  ip_allow: z.array(z.string()), status: z.enum(['active', 'expired', 'revoked']), created_by: z.string(), created_at: Instant, expires_at: Instant,
  last_used_at: Instant.nullable(), last_used_ip: z.string().nullable(), etag: Etag,
})
export type Token = z.infer<typeof Token>

/** The only answer that ever holds the token itself. */
export const CreatedToken = Token.extend({ token: z.string().describe('secret') })

export const ServiceAccount = z.object({
  id: z.string(), name: z.string(), role: z.enum(MEMBER_ROLES), role_id: z.string().nullable(), role_name: z.string().nullable(),
  disabled: z.boolean(), tokens: z.number().int(), last_used_at: Instant.nullable(), created_by: z.string(), created_at: Instant, etag: Etag,
})
export type ServiceAccount = z.infer<typeof ServiceAccount>

export const RoleChoice = {
  role: z.enum(ROLES).optional().describe('A built-in role; or give role_id'),
  role_id: z.string().max(60).optional().describe('A role of the organization'),
}

export const CustomRole = z.object({
  id: z.string(), name: z.string(), description: z.string(), built_in: z.boolean(), permissions: z.array(PermissionName),
  holders: z.number().int().describe('Members and service accounts that have it'), created_at: Instant.nullable(), updated_at: Instant.nullable(),
  etag: Etag,
})
export type CustomRole = z.infer<typeof CustomRole>

export const RoleSettings = {
  name: Label,
  description: z.string().trim().max(200).regex(/^[^\p{Cc}<>]*$/u, 'Leave out control characters and angle brackets.'),
  permissions: z.array(PermissionName).min(1, 'Choose at least one permission.').refine(unique, 'Name each permission once.'),
}
