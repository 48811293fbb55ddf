/** What each e-mail needs to be told; checked before rendering, so that no template sees a foreign address or colour. */
import { z } from 'zod'

const Text = z.string().min(1).max(500)
const WebAddress = z.url({ protocol: /^https?$/ }).max(2000)

export const EmailBrand = z.strictObject({
  name: Text,
  color: z.string().regex(/^#[0-9a-f]{6}$/i),
  support_email: z.email(),
  /** Host of the console: the only address the footer shows. */
  console_url: WebAddress,
})
export type EmailBrand = z.infer<typeof EmailBrand>

export const SECURITY_NOTICES = [
  'new_sign_in', 'second_factor_added', 'second_factor_removed', 'second_factor_reset', 'recovery_codes_replaced', 'recovery_code_used', 'password_changed', 'email_change_asked',
] as const
export type SecurityNotice = (typeof SECURITY_NOTICES)[number]

const branded = <S extends z.ZodRawShape>(shape: S) => z.strictObject({ brand: EmailBrand, ...shape })

/** `method` is what the payer knows it by: `Visa ending in 4242`. */
const payment = { number: Text, organization: Text, amount: Text, method: Text }

export const EMAIL_PROPS = {
  verify_address: branded({ url: WebAddress, valid_hours: z.int().positive() }),
  reset_password: branded({ url: WebAddress, valid_minutes: z.int().positive() }),
  sign_in_link: branded({ url: WebAddress, valid_minutes: z.int().positive(), device: Text, address: Text }),
  confirm_new_address: branded({ url: WebAddress, valid_hours: z.int().positive() }),
  address_changed: branded({ url: WebAddress, new_email: Text, until: Text }),
  security_notice: branded({ notice: z.enum(SECURITY_NOTICES), device: Text, address: Text, at: Text, url: WebAddress }),
  invitation: branded({ organization: Text, inviter: Text, role: Text, expires_on: Text, url: WebAddress }),
  organization_deletion: branded({ organization: Text, asked_by: Text, delete_on: Text, url: WebAddress }),
  secret_expiring: branded({ organization: Text, name: Text, app: Text.nullable(), expires_on: Text, expired: z.boolean(), url: WebAddress }),
  domain_trouble: branded({
    organization: Text, domain: Text, trouble: z.enum(['failing', 'lost', 'certificate_expiring', 'certificate_expired', 'certificate_failed']), url: WebAddress,
  }),
  drain_trouble: branded({ organization: Text, drain: Text, address: Text, trouble: z.enum(['failing', 'disabled']), url: WebAddress }),
  portal_backup_trouble: branded({ trouble: z.enum(['failed', 'overdue', 'damaged']), detail: Text, url: WebAddress }),
  backup_trouble: branded({ organization: Text, volume: Text, trouble: z.enum(['backup', 'drill']), detail: Text, url: WebAddress }),
  webhook_trouble: branded({ organization: Text, endpoint: Text, trouble: z.enum(['failing', 'gone', 'disabled']), url: WebAddress }),
  welcome: branded({ name: Text }),
  invoice_issued: branded({ number: Text, organization: Text, amount: Text, due_on: Text.nullable(), period: Text, url: WebAddress, pay_url: WebAddress }),
  credit_note: branded({ number: Text, invoice_number: Text, organization: Text, amount: Text, reason: Text, settlement: Text, url: WebAddress }),
  invoice_reminder: branded({
    number: Text, organization: Text, amount: Text, due_on: Text, stage: z.enum(['soon', 'overdue', 'last']), suspends_on: Text, url: WebAddress,
    pay_url: WebAddress,
  }),
  standing_notice: branded({
    organization: Text, notice: z.enum(['suspended', 'recovered', 'last_notice', 'terminated']), owed: Text.nullable(), on: Text.nullable(), url: WebAddress,
  }),
  budget_alert: branded({
    organization: Text, threshold: z.int().positive(), spent: Text, budget: Text, hard_cap: z.boolean(), stop_apps: z.boolean(), url: WebAddress,
  }),
  credits_expiring: branded({ organization: Text, amount: Text, expires_on: Text, url: WebAddress }),
  reconciliation_report: branded({
    day: Text, open: Text, open_count: z.int().min(0), opened: Text, closed: Text, received: Text, suspense: Text, payouts: Text, compared: Text,
    down: Text, url: WebAddress,
  }),
  books_broken: branded({ rules: Text, count: z.int().positive(), first: Text, url: WebAddress }),
  receipt: branded({ number: Text, organization: Text, amount: Text, paid_on: Text, method: Text, url: WebAddress, receipt_url: WebAddress }),
  payment_failed: branded({ ...payment, reason: Text, advice: Text, url: WebAddress }),
  payment_action: branded({ ...payment, url: WebAddress }),
  payment_refunded: branded({ ...payment, reason: Text, url: WebAddress }),
  payment_disputed: branded({ number: Text, organization: Text, amount: Text, url: WebAddress }),
  card_expiring: branded({ organization: Text, method: Text, expires: Text, auto_pay: z.boolean(), url: WebAddress }),
  top_up: branded({ ...payment, threshold: Text, url: WebAddress }),
  auto_pay_off: branded({ organization: Text, reason: Text, url: WebAddress }),
  deployment_failed: branded({ app: Text, release: z.int().positive(), step: Text, error_line: z.string().max(2000), url: WebAddress }),
} as const

export type EmailName = keyof typeof EMAIL_PROPS
export type EmailProps<N extends EmailName> = z.infer<(typeof EMAIL_PROPS)[N]>
