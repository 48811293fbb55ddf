import { z } from 'zod'
import { PaymentStanding } from './dunning.ts'
import { Etag } from './etag.ts'
import { Standing } from './permission.ts'
import { Instant } from './time.ts'

const EMAIL_HINT = 'Enter an e-mail address like name@example.com.'
/** Compared and stored in lower case. ASCII before anything is folded: `K` (U+212A) in lower case is a plain k, and somebody else's address. */
export const Email = z.string().trim().max(254).regex(/^[\x21-\x7e]*$/, EMAIL_HINT).toLowerCase().pipe(z.email(EMAIL_HINT))
export const Password = z.string().min(10, 'Use at least 10 characters.').max(128, 'Use at most 128 characters.').describe('secret')
/** No control characters, none that turns the direction of the text around it, no markup. */
const PLAIN_LINE = /^[^\p{Cc}<>\u202a-\u202e\u2066-\u2069]*$/u
export const plainLine = (max: number, missing: string) => z.string().trim().min(1, missing).max(max).regex(PLAIN_LINE, 'Leave out control characters and angle brackets.')
export const PersonName = plainLine(80, 'Enter your name.')

export const User = z.object({
  id: z.string(), email: z.string(), name: z.string(), staff: z.boolean(), email_verified: z.boolean(), created_at: Instant, etag: Etag,
})
export type User = z.infer<typeof User>

export const SessionInfo = z.object({
  id: z.string(), kind: z.enum(['web', 'api']), current: z.boolean(), device: z.string().describe('Browser and system, or the program'),
  ip: z.string().nullable(), user_agent: z.string().nullable(), mfa: z.boolean().describe('A second factor was proven in it'),
  created_at: Instant, last_seen_at: Instant, expires_at: Instant,
})

export const Me = z.object({
  user: User.extend({ mfa_enabled: z.boolean().describe('A second factor is asked for at sign-in') }),
  organizations: z.array(z.object({
    id: z.string(), name: z.string(), slug: z.string(), currency: z.string(), delete_after: Instant.nullable(), payment_standing: PaymentStanding,
    ...Standing.shape,
  })),
  impersonation: z.object({ by: z.string(), reason: z.string(), until: Instant }).nullable().describe('The operator at work in this account'),
})
export type Me = z.infer<typeof Me>
