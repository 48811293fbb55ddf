/** What happened to an account, told to its owner. */
export type SecurityNotice =
  | 'new_sign_in' | 'second_factor_added' | 'second_factor_removed' | 'second_factor_reset' | 'recovery_codes_replaced' | 'recovery_code_used' | 'password_changed' | 'email_change_asked'

/** Every mail the product sends and what its template needs; values are plain, so that a job can carry them. */
export interface MailProps {
  'verify-email': { name: string; url: string }
  'reset-password': { name: string; url: string }
  'sign-in-link': { url: string; device: string; address: string }
  'confirm-new-address': { url: string }
  'address-changed': { new_email: string; until: string; url: string }
  'security-notice': { notice: SecurityNotice; device: string; address: string; at: string; url: string }
  'invitation': { organization: string; inviter: string; role: string; expires_on: string; url: string }
  'organization-deletion': { organization: string; asked_by: string; delete_on: string; url: string }
  'domain-trouble': { organization: string; domain: string; trouble: 'failing' | 'lost' | 'certificate_expiring' | 'certificate_expired' | 'certificate_failed'; url: string }
  'drain-trouble': { organization: string; drain: string; address: string; trouble: 'failing' | 'disabled'; url: string }
  'backup-trouble': { organization: string; volume: string; trouble: 'backup' | 'drill'; detail: string; url: string }
  'portal-backup-trouble': { trouble: 'failed' | 'overdue' | 'damaged'; detail: string; url: string }
  'webhook-trouble': { organization: string; endpoint: string; trouble: 'failing' | 'gone' | 'disabled'; url: string }
  'invoice-finalised': {
    organization: string; number: string; period_start: string; period_end: string; total: string; due_date: string; url: string; pdf_url: string
    pay_url: string
  }
  'credit-note-issued': {
    organization: string; number: string; invoice_number: string; total: string; reason: string; settlement: string; url: string; pdf_url: string
  }
  'invoice-reminder': {
    organization: string; number: string; total: string; due_date: string; stage: 'soon' | 'overdue' | 'last'; suspends_on: string; url: string; pdf_url: string
    pay_url: string
  }
  /** `owed` and `on` are empty where there is nothing to say. */
  'standing-notice': { organization: string; notice: 'suspended' | 'recovered' | 'last_notice' | 'terminated'; owed: string; on: string; url: string }
  'budget-alert': { organization: string; threshold: string; spent: string; budget: string; cap: 'none' | 'refuse' | 'stop'; url: string }
  'secret-expiring': { organization: string; name: string; app: string; expires_on: string; state: string; url: string }
  'credits-expiring': { organization: string; amount: string; expires_on: string; url: string }
  'books-broken': { rules: string; count: string; first: string; url: string }
  /** Sums and counts as they are written; `none` where there is nothing. */
  'reconciliation-report': {
    day: string; open: string; open_count: string; opened: string; closed: string; received: string; suspense: string; payouts: string;
    compared: string; down: string; url: string
  }
  'payment-received': {
    organization: string; number: string; amount: string; paid_at: string; provider: string; reference: string; url: string; pdf_url: string;
    receipt_url: string
  }
  'payment-failed': { organization: string; number: string; amount: string; method: string; reason: string; advice: string; url: string }
  'payment-action': { organization: string; number: string; amount: string; method: string; url: string }
  'payment-refunded': { organization: string; number: string; amount: string; method: string; reason: string; url: string }
  'payment-disputed': { organization: string; number: string; amount: string; url: string }
  'card-expiring': { organization: string; method: string; expires: string; auto_pay: 'yes' | 'no'; url: string }
  'credit-topped-up': { organization: string; number: string; amount: string; method: string; threshold: string; url: string }
  'auto-pay-off': { organization: string; reason: string; url: string }
}
export type MailTemplate = keyof MailProps

export const MAIL_TEMPLATES = [
  'verify-email', 'reset-password', 'sign-in-link', 'confirm-new-address', 'address-changed', 'security-notice', 'invitation', 'organization-deletion',
  'secret-expiring', 'invoice-finalised', 'payment-received', 'webhook-trouble', 'backup-trouble', 'portal-backup-trouble', 'domain-trouble', 'drain-trouble', 'credits-expiring', 'books-broken', 'reconciliation-report',
  'credit-note-issued', 'invoice-reminder', 'standing-notice', 'budget-alert', 'payment-failed', 'payment-action', 'payment-refunded', 'payment-disputed', 'card-expiring', 'credit-topped-up',
  'auto-pay-off',
] as const satisfies readonly MailTemplate[]
