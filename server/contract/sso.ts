import { z } from 'zod'
import { Etag } from './etag.ts'
import type { Role } from './permission.ts'
import { Instant } from './time.ts'

/** Never owner: whoever the identity provider lets in must not be able to take the organization. */
export const SSO_ROLES = ['admin', 'developer', 'viewer', 'billing'] as const satisfies Role[]

/** A registrable or deeper DNS name in lower-case ASCII; international names in their xn-- form. */
export const EmailDomain = z.string().trim().toLowerCase().max(253)
  .regex(/^(?=.*[a-z])([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z][a-z0-9-]{0,61}[a-z0-9]$/, 'Enter a domain like example.com.')

export const SsoDomain = z.object({
  id: z.string(), domain: z.string(), verified: z.boolean(), verified_at: Instant.nullable(),
  record: z.object({ type: z.literal('TXT'), name: z.string(), value: z.string() }).describe('What to put into the DNS'),
  check: z.object({
    at: Instant, answer: z.array(z.string()).describe('The TXT values the resolver gave'), fault: z.string().nullable().describe('Why that does not do'),
  }).nullable(),
  created_at: Instant,
})
export type SsoDomain = z.infer<typeof SsoDomain>

export const SsoConnection = z.object({
  id: z.string(), issuer: z.string(), client_id: z.string(), default_role: z.enum(SSO_ROLES), tested_at: Instant.nullable(), enforced_at: Instant.nullable(),
  created_at: Instant, updated_at: Instant, etag: Etag,
})
export type SsoConnection = z.infer<typeof SsoConnection>

/** What a test sign-in found; nothing was opened. */
export const SsoTest = z.object({
  ok: z.boolean(), email: z.string().nullable(), email_verified: z.boolean(), name: z.string().nullable(), subject: z.string(), mfa: z.boolean(),
  faults: z.array(z.string()),
})
export type SsoTest = z.infer<typeof SsoTest>
