import { z } from 'zod'
import { ROLES } from './permission.ts'
import { Instant } from './time.ts'

export const Organization = z.object({
  id: z.string(), name: z.string(), slug: z.string(), currency: z.string(), timezone: z.string(), country: z.string(),
  billing_email: z.string(), billing_address: z.string(), role: z.enum(ROLES), created_at: Instant,
})
export type Organization = z.infer<typeof Organization>

export const Member = z.object({ user_id: z.string(), email: z.string(), name: z.string(), role: z.enum(ROLES), joined_at: Instant })

const isTimezone = (zone: string): boolean => {
  try { return Intl.DateTimeFormat('en', { timeZone: zone }).resolvedOptions().timeZone.length > 0 } catch { return false }
}
export const Timezone = z.string().max(64).refine(isTimezone, 'Use an IANA time zone like Africa/Lagos.')

export const CreateOrganization = z.strictObject({
  name: z.string().trim().min(2, 'Use at least two characters.').max(60).regex(/^[^\p{Cc}<>]*$/u, 'Leave out control characters and angle brackets.'),
  currency: z.enum(['USD', 'NGN']).optional(),
  timezone: Timezone.default('UTC'),
  country: z.string().regex(/^[A-Z]{2}$/, 'Two capital letters, ISO 3166.').default('NG'),
  billing_address: z.string().trim().max(300).default(''),
})
