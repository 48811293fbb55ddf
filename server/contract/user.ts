import { z } from 'zod'
import { ROLES } from './permission.ts'
import { Instant } from './time.ts'

/** Compared and stored in lower case; the pattern is ASCII only, so look-alike characters never reach the mail system. */
export const Email = z.string().trim().toLowerCase().max(254).pipe(z.email('Enter an e-mail address like name@example.com.'))
export const Password = z.string().min(10, 'Use at least 10 characters.').max(128, 'Use at most 128 characters.').describe('secret')
export const PersonName = z.string().trim().min(1, 'Enter your name.').max(80).regex(/^[^\p{Cc}<>]*$/u, 'Leave out control characters and angle brackets.')

export const User = z.object({
  id: z.string(), email: z.string(), name: z.string(), staff: z.boolean(), email_verified: z.boolean(), created_at: Instant,
})
export type User = z.infer<typeof User>

export const SessionInfo = z.object({
  id: z.string(), kind: z.enum(['web', 'api']), current: z.boolean(), ip: z.string().nullable(), user_agent: z.string().nullable(),
  created_at: Instant, last_seen_at: Instant, expires_at: Instant,
})

export const Me = z.object({
  user: User,
  organizations: z.array(z.object({ id: z.string(), name: z.string(), slug: z.string(), currency: z.string(), role: z.enum(ROLES) })),
})
export type Me = z.infer<typeof Me>
