/** Every mail the product sends and what its template needs; values are plain, so that a job can carry them. */
export interface MailProps {
  'verify-email': { name: string; url: string }
  'reset-password': { name: string; url: string }
  'invoice-finalised': {
    organization: string; number: string; period_start: string; period_end: string; total: string; due_date: string; url: string; pdf_url: string
  }
  'payment-received': {
    organization: string; number: string; amount: string; paid_at: string; provider: string; reference: string; url: string; pdf_url: string
  }
}
export type MailTemplate = keyof MailProps

export const MAIL_TEMPLATES = ['verify-email', 'reset-password', 'invoice-finalised', 'payment-received'] as const satisfies readonly MailTemplate[]
