import type { EmailBrand } from '../../../emails/props.ts'
import type { MailBrand, MailRenderer, MailTransport } from '../../domain/mail/ports.ts'
import type { MailProps } from '../../domain/mail/templates.ts'
import { moneyMail } from './money-mails.ts'
import type { renderEmail as RenderEmail } from './render-email.ts'
import { createSmtpMailer } from './smtp-mailer.ts'

/** Templates are loaded with the first mail: 17 MB of memory. */
const renderEmail: typeof RenderEmail = async (name, props) => (await import('./render-email.ts')).renderEmail(name, props)

const VERIFY_HOURS = 24
const RESET_MINUTES = 60
const SIGN_IN_LINK_MINUTES = 15

const brandOf = (b: MailBrand): EmailBrand => ({ name: b.name, color: b.accent, support_email: b.supportEmail, console_url: b.origin })

/** The domain's mails over the react-email templates. */
export const emailRenderer: MailRenderer = (template, mailBrand, props) => {
  const brand = brandOf(mailBrand)
  switch (template) {
    case 'verify-email': return renderEmail('verify_address', { brand, url: (props as MailProps['verify-email']).url, valid_hours: VERIFY_HOURS })
    case 'reset-password': return renderEmail('reset_password', { brand, url: (props as MailProps['reset-password']).url, valid_minutes: RESET_MINUTES })
    case 'sign-in-link': return renderEmail('sign_in_link', { brand, ...(props as MailProps['sign-in-link']), valid_minutes: SIGN_IN_LINK_MINUTES })
    case 'confirm-new-address': return renderEmail('confirm_new_address', { brand, ...props, valid_hours: VERIFY_HOURS })
    case 'address-changed': return renderEmail('address_changed', { brand, ...(props as MailProps['address-changed']) })
    case 'security-notice': return renderEmail('security_notice', { brand, ...(props as MailProps['security-notice']) })
    case 'invitation': return renderEmail('invitation', { brand, ...(props as MailProps['invitation']) })
    case 'organization-deletion': return renderEmail('organization_deletion', { brand, ...(props as MailProps['organization-deletion']) })
    case 'credits-expiring': return renderEmail('credits_expiring', { brand, ...(props as MailProps['credits-expiring']) })
    case 'reconciliation-report': {
      const p = props as MailProps['reconciliation-report']
      return renderEmail('reconciliation_report', { brand, ...p, open_count: Number(p.open_count) })
    }
    case 'books-broken': {
      const p = props as MailProps['books-broken']
      return renderEmail('books_broken', { brand, ...p, count: Number(p.count) })
    }
    case 'secret-expiring': {
      const { app, state, ...p } = props as MailProps['secret-expiring']
      return renderEmail('secret_expiring', { brand, ...p, app: app === '' ? null : app, expired: state === 'expired' })
    }
    case 'domain-trouble': return renderEmail('domain_trouble', { brand, ...(props as MailProps['domain-trouble']) })
    case 'drain-trouble': return renderEmail('drain_trouble', { brand, ...(props as MailProps['drain-trouble']) })
    case 'backup-trouble': return renderEmail('backup_trouble', { brand, ...(props as MailProps['backup-trouble']) })
    case 'portal-backup-trouble': return renderEmail('portal_backup_trouble', { brand, ...(props as MailProps['portal-backup-trouble']) })
    case 'webhook-trouble': return renderEmail('webhook_trouble', { brand, ...(props as MailProps['webhook-trouble']) })
    default: {
      const mail = moneyMail(renderEmail, template, brand, props)
      if (!mail) throw new Error(`no e-mail template for ${String(template)}`)
      return mail
    }
  }
}

export const smtpTransport = (url: string, domain: string): MailTransport => {
  const mailer = createSmtpMailer({ url, messageIdDomain: domain })
  return {
    send: (mail) => mailer.send({ key: mail.messageId, from: mail.from, replyTo: null, to: mail.to, subject: mail.subject,
      html: mail.html, text: mail.text, attachments: [] }),
  }
}
