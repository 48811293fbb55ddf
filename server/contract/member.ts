import { z } from 'zod'
import { Etag } from './etag.ts'
import { APP_PERMISSIONS, MEMBER_ROLES, ROLES } from './permission.ts'
import { Instant } from './time.ts'
import { Email, Password, PersonName } from './user.ts'

const AppId = z.string().max(60)
const AppIds = z.array(AppId).max(100).describe('Restricts to these apps; empty = all')
const AppGrant = z.strictObject({ app_id: AppId, permissions: z.array(z.enum(APP_PERMISSIONS)).min(1, 'Choose at least one.').max(APP_PERMISSIONS.length) })

const RoleFields = { role: z.enum(MEMBER_ROLES), role_id: z.string().nullable(), role_name: z.string().nullable().describe('Of a custom role') }

export const Member = z.object({
  user_id: z.string(), email: z.string(), name: z.string(), ...RoleFields, app_ids: z.array(z.string()),
  grants: z.array(z.object({ app_id: z.string(), permissions: z.array(z.enum(APP_PERMISSIONS)) })),
  suspended_at: Instant.nullable(), mfa: z.boolean().describe('Has a second factor'), last_seen_at: Instant.nullable(), joined_at: Instant, etag: Etag,
})
export type Member = z.infer<typeof Member>

export const UpdateMember = z.strictObject({
  user_id: z.string().max(60), role: z.enum(ROLES).optional(), role_id: z.string().max(60).optional().describe('A custom role, instead of `role`'),
  app_ids: AppIds.optional(), grants: z.array(AppGrant).max(100).optional().describe('Permissions on single apps besides the role; replaces what was granted before'),
})

/** Ownership is not given to somebody who is not there yet. */
export const INVITABLE_ROLES = ['admin', 'developer', 'viewer', 'billing'] as const
/** How long an invitation may stay open. */
const Duration = z.string().regex(/^[1-9]\d{0,2}[hd]$/, 'Enter hours or days, like 24h or 7d.')
export const CreateInvitation = z.strictObject({
  email: Email, role: z.enum(INVITABLE_ROLES).optional(), role_id: z.string().max(60).optional().describe('A custom role, instead of `role`'),
  app_ids: AppIds.default([]), expires_in: Duration.default('7d'),
})

export const Invitation = z.object({
  id: z.string(), email: z.string(), ...RoleFields, app_ids: z.array(z.string()), invited_by: z.string(), expires_at: Instant,
  expired: z.boolean(), created_at: Instant,
})
export type Invitation = z.infer<typeof Invitation>

const Token = z.string().max(100).describe('secret')
export const InvitationToken = z.strictObject({ token: Token })
export const InvitationSignUp = z.strictObject({ token: Token, name: PersonName, password: Password })

/** What the holder of the link may know before joining. */
export const InvitationPreview = z.object({
  organization: z.string(), inviter: z.string(), email: z.string(), role: z.enum(MEMBER_ROLES), role_name: z.string().nullable(),
  restricted: z.boolean().describe('To some apps'), account_exists: z.boolean(), expires_at: Instant,
})

export const Joined = z.object({ organization: z.object({ id: z.string(), name: z.string(), slug: z.string() }) })
