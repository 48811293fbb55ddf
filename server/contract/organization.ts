import { z } from 'zod'
import { PaymentStanding } from './dunning.ts'
import { Etag } from './etag.ts'
import { Currency } from './money.ts'
import { Standing } from './permission.ts'
import { Instant } from './time.ts'
import { Email } from './user.ts'

const OrganizationSettings = z.object({
  regions: z.array(z.string()).describe('Where its apps may run; empty = everywhere'), mfa_required: z.boolean(), audit_retention_days: z.number().int(),
})

export const Organization = z.object({
  id: z.string(), name: z.string(), slug: z.string(), currency: z.string(), timezone: z.string(), country: z.string(),
  billing_email: z.string(), billing_address: z.string(), settings: OrganizationSettings,
  delete_after: Instant.nullable().describe('Set while a deletion can still be undone'),
  payment_standing: PaymentStanding.describe('past_due: an invoice is overdue; suspended: apps are stopped until it is paid'), ...Standing.shape, created_at: Instant, etag: Etag,
})
export type Organization = z.infer<typeof Organization>

const isTimezone = (zone: string): boolean => {
  try { return Intl.DateTimeFormat('en', { timeZone: zone }).resolvedOptions().timeZone.length > 0 } catch { return false }
}
export const Timezone = z.string().max(64).refine(isTimezone, 'Use an IANA time zone like Africa/Lagos.')

const OrganizationName = z.string().trim().min(2, 'Use at least two characters.').max(60)
  .regex(/^[^\p{Cc}\p{Bidi_Control}<>]*$/u, 'Leave out control characters and angle brackets.')
const Country = z.string().regex(/^[A-Z]{2}$/, 'Two capital letters, ISO 3166.')
const BillingAddress = z.string().trim().max(300).regex(/^[^\p{Bidi_Control}<>]*$/u, 'Leave out angle brackets and marks that turn the direction of text.')

export const CreateOrganization = z.strictObject({
  name: OrganizationName,
  currency: Currency.optional().describe('One the console sells in; its default where left out'),
  timezone: Timezone.default('UTC'),
  country: Country.default('NG'),
  billing_address: BillingAddress.default(''),
})

export const UpdateOrganization = z.strictObject({
  name: OrganizationName.optional(), billing_email: Email.optional(), billing_address: BillingAddress.optional(), timezone: Timezone.optional(),
  country: Country.optional(),
})

const RegionName = z.string().min(1).max(60)
export const UpdateOrganizationSettings = z.strictObject({
  regions: z.array(RegionName).max(50).optional(),
  mfa_required: z.boolean().optional(),
  audit_retention_days: z.number().int('Use whole days.').min(30, 'Keep at least 30 days.').max(3650, 'Keep at most 3,650 days.').optional(),
})
