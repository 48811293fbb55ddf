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
  'webhook-trouble': { organization: string; endpoint: string; trouble: 'failing' | 'gone' | 'disabled'; url: string }
  'invoice-finalised': {
    organization: string; number: string; period_start: string; period_end: string; total: string; due_date: string; url: string; pdf_url: string
  }
  'credit-note-issued': {
    organization: string; number: string; invoice_number: string; total: string; reason: string; settlement: string; url: string; pdf_url: string
  }
  'invoice-reminder': {
    organization: string; number: string; total: string; due_date: string; stage: 'soon' | 'overdue' | 'last'; url: string; pdf_url: string
  }
  'secret-expiring': { organization: string; name: string; app: string; expires_on: string; state: string; url: string }
  'credits-expiring': { organization: string; amount: string; expires_on: string; url: string }
  'books-broken': { rules: string; count: string; first: string; url: string }
  'payment-received': {
    organization: string; number: string; amount: string; paid_at: string; provider: string; reference: string; url: string; pdf_url: string
  }
}
export type MailTemplate = keyof MailProps

export const MAIL_TEMPLATES = [
  'verify-email', 'reset-password', 'sign-in-link', 'confirm-new-address', 'address-changed', 'security-notice', 'invitation', 'organization-deletion',
  'secret-expiring', 'invoice-finalised', 'payment-received', 'webhook-trouble', 'credits-expiring', 'books-broken',
  'credit-note-issued', 'invoice-reminder',
] as const satisfies readonly MailTemplate[]
