/** Wire truth of dunning: what happens to an organization that does not pay, and what it wants to spend at most. */
import { z } from 'zod'
import { Etag } from './etag.ts'
import { Money } from './money.ts'
import { Instant } from './time.ts'

export const STANDINGS = ['good', 'past_due', 'suspended', 'terminated'] as const
export const PaymentStanding = z.enum(STANDINGS)
export type PaymentStanding = z.infer<typeof PaymentStanding>
export const STEP_KINDS = ['reminder', 'overdue', 'retry', 'suspend', 'last_notice', 'terminate', 'recover'] as const

const MOST_STEPS = 12
const days = (least: number, most: number) =>
  z.array(z.number().int('Use whole days.').min(least, `Use ${least} or more.`).max(most, `Use ${most} or less.`)).max(MOST_STEPS, `At most ${MOST_STEPS} days.`)
const count = (least: number, most: number) => z.number().int('Use whole days.').min(least, `Use ${least} or more.`).max(most, `Use ${most} or less.`)

export const dunningFields = {
  reminder_days: days(-60, 180).describe('Days from the due date on which a reminder leaves; negative before it'),
  retry_days: days(0, 180).describe('Days past due on which a saved method is tried again'),
  grace_days: count(0, 180).describe('Days past due until apps stop'),
  retention_days: count(1, 730).describe('Days of suspension until apps and data are deleted'),
  last_notice_days: count(1, 365).describe('Days before the deletion on which the last notice leaves'),
  hour: z.number().int().min(0, 'Use 0 to 23.').max(23, 'Use 0 to 23.').describe('Local hour of the customer at which steps are taken'),
} as const
export const DunningPolicy = z.object({ brand_id: z.string(), ...dunningFields, etag: Etag })
export type DunningPolicy = z.infer<typeof DunningPolicy>

const OpenInvoice = z.object({ id: z.string(), number: z.string(), amount_due: Money, due_at: Instant, days_overdue: z.number().int() })

export const StandingReport = z.object({
  organization_id: z.string(), standing: PaymentStanding, suspended_at: Instant.nullable(),
  suspended_by: z.enum(['unpaid', 'operator']).nullable().describe('Why it is suspended'),
  stopped_apps: z.number().int().describe('What starts again when it is paid'),
  owed: z.array(Money).describe('What is open, one sum per currency'),
  invoices: z.array(OpenInvoice),
  next: z.array(z.object({ kind: z.enum(STEP_KINDS), at: Instant, invoice_id: z.string().nullable() })).describe('What happens if nothing is paid, soonest first'),
  paused_until: Instant.nullable().describe('The operator lets it rest until then'),
  export_available: z.boolean().describe('What the organization had when it was deleted can be downloaded'),
  support_email: z.string(),
})
export type StandingReport = z.infer<typeof StandingReport>

/** Enough to build it again, but for the secrets. */
export const OrganizationExport = z.object({
  organization: z.object({ id: z.string(), name: z.string(), slug: z.string() }), exported_at: Instant,
  apps: z.array(z.object({
    id: z.string(), name: z.string(), image: z.string(), command: z.array(z.string()), port: z.number().int().nullable(), replicas: z.number().int(),
    vcpu: z.number().int(), memory_mib: z.number().int(), disk_mib: z.number().int(), env: z.record(z.string(), z.string()),
    hostnames: z.array(z.string()), secrets: z.array(z.string()),
  })),
  members: z.array(z.object({ email: z.string(), name: z.string(), role: z.string() })),
  invoices: z.array(z.object({ id: z.string(), number: z.string(), issued_at: Instant.nullable(), currency: z.string(), total: Money, state: z.string() })),
})
export type OrganizationExport = z.infer<typeof OrganizationExport>

export const DunningAccount = z.object({
  organization_id: z.string(), organization_name: z.string(), brand_id: z.string(), standing: PaymentStanding, suspended_at: Instant.nullable(),
  held_reason: z.string().nullable().describe('Why the operator suspended it'), paused_until: Instant.nullable(), pause_reason: z.string().nullable(),
  next_at: Instant.nullable(), owed: z.array(Money),
})
export type DunningAccount = z.infer<typeof DunningAccount>

/** By days past due; `current` is not due yet. */
export const AGEING_BUCKETS = ['current', 'days_0_30', 'days_31_60', 'days_61_90', 'days_over_90'] as const
export type AgeingBucket = (typeof AGEING_BUCKETS)[number]
const Minor = z.number().int()
const Buckets = z.object({ current: Minor, days_0_30: Minor, days_31_60: Minor, days_61_90: Minor, days_over_90: Minor })
export const Ageing = z.object({
  as_of: Instant,
  totals: z.array(z.object({ currency: z.string(), ...Buckets.shape, total: z.number().int(), organizations: z.number().int() })),
  data: z.array(z.object({
    organization_id: z.string(), organization_name: z.string(), brand_id: z.string(), currency: z.string(), standing: PaymentStanding, ...Buckets.shape,
    total: z.number().int(), oldest_due_at: Instant,
  })),
})
export type Ageing = z.infer<typeof Ageing>

export const BUDGET_THRESHOLDS = [50, 75, 100] as const

export const Budget = z.object({
  amount: Money.nullable().describe('Per billing period, before discounts and tax; null = no budget is set'),
  hard_cap: z.boolean().describe('Refuses what would use more once it is reached'),
  stop_apps: z.boolean().describe('Also stops what runs, until the next period or a higher budget'),
  spent: Money.describe('This period so far, as on the spend page'), forecast: Money.describe('Expected at the end of the period'),
  period: z.object({ start: Instant, end: Instant }), reached: z.boolean(), stopped_apps: z.number().int(),
  alerts: z.array(z.object({ threshold: z.number().int(), spent: Money, amount: Money, at: Instant })).describe('Of this period'),
  daily: z.array(z.object({ date: z.string(), amount: z.number().int() })).describe('Spend of each day of the period, without the plan\'s fee'),
  etag: Etag,
})
export type Budget = z.infer<typeof Budget>
