import type { EmailBrand } from '../../../emails/props.ts'
import type { MailBrand, MailRenderer, MailTransport } from '../../domain/mail/ports.ts'
import type { MailProps } from '../../domain/mail/templates.ts'
import { renderEmail } from './render-email.ts'
import { createSmtpMailer } from './smtp-mailer.ts'

const VERIFY_HOURS = 24
const RESET_MINUTES = 60

const brandOf = (b: MailBrand): EmailBrand => ({ name: b.name, color: b.accent, support_email: b.supportEmail, console_url: b.origin })

/** The domain's mails over the react-email templates. */
export const emailRenderer: MailRenderer = (template, mailBrand, props) => {
  const brand = brandOf(mailBrand)
  switch (template) {
    case 'verify-email': return renderEmail('verify_address', { brand, url: (props as MailProps['verify-email']).url, valid_hours: VERIFY_HOURS })
    case 'reset-password': return renderEmail('reset_password', { brand, url: (props as MailProps['reset-password']).url, valid_minutes: RESET_MINUTES })
    case 'invoice-finalised': {
      const p = props as MailProps['invoice-finalised']
      return renderEmail('invoice_issued', {
        brand, number: p.number, organization: p.organization, amount: p.total, due_on: p.due_date, period: `${p.period_start} – ${p.period_end}`, url: p.url,
      })
    }
    case 'payment-received': {
      const p = props as MailProps['payment-received']
      return renderEmail('receipt', { brand, number: p.number, organization: p.organization, amount: p.amount, paid_on: p.paid_at, method: p.provider, url: p.url })
    }
    default: throw new Error(`no e-mail template for ${String(template)}`)
  }
}

export const smtpTransport = (url: string, domain: string): MailTransport => {
  const mailer = createSmtpMailer({ url, messageIdDomain: domain })
  return {
    send: (mail) => mailer.send({ key: mail.messageId, from: mail.from, replyTo: null, to: mail.to, subject: mail.subject,
      html: mail.html, text: mail.text, attachments: [] }),
  }
}
