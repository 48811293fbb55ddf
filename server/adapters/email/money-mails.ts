import type { EmailBrand } from '../../../emails/props.ts'
import type { RenderedMail } from '../../domain/mail/ports.ts'
import type { MailProps, MailTemplate } from '../../domain/mail/templates.ts'
import type { renderEmail } from './render-email.ts'

const LONG = new Intl.DateTimeFormat('en-GB', { dateStyle: 'long', timeZone: 'UTC' })
/** `2026-11-03`, or an instant of that day, as people write it: 3 November 2026. */
const written = (value: string): string => (value === '' ? '' : LONG.format(new Date(value)))

/** Mails about invoices, payments and what follows from them; null for any other. */
export const moneyMail = (
  render: typeof renderEmail, template: MailTemplate, brand: EmailBrand, props: MailProps[MailTemplate],
): Promise<RenderedMail> | null => {
  switch (template) {
    case 'invoice-finalised': {
      const p = props as MailProps['invoice-finalised']
      return render('invoice_issued', {
        brand, number: p.number, organization: p.organization, amount: p.total, due_on: written(p.due_date),
        period: `${written(p.period_start)} – ${written(p.period_end)}`,
        url: p.url, pay_url: p.pay_url,
      })
    }
    case 'credit-note-issued': {
      const { total, pdf_url: _pdf, ...p } = props as MailProps['credit-note-issued']
      return render('credit_note', { brand, ...p, amount: total })
    }
    case 'invoice-reminder': {
      const { total, due_date: dueOn, pdf_url: _pdf, ...p } = props as MailProps['invoice-reminder']
      return render('invoice_reminder', { brand, ...p, amount: total, due_on: written(dueOn), suspends_on: written(p.suspends_on) })
    }
    case 'standing-notice': {
      const { owed, on, ...p } = props as MailProps['standing-notice']
      return render('standing_notice', { brand, ...p, owed: owed === '' ? null : owed, on: on === '' ? null : written(on) })
    }
    case 'budget-alert': {
      const { threshold, cap, ...p } = props as MailProps['budget-alert']
      return render('budget_alert', { brand, ...p, threshold: Number(threshold), hard_cap: cap !== 'none', stop_apps: cap === 'stop' })
    }
    case 'payment-received': {
      const p = props as MailProps['payment-received']
      return render('receipt', {
        brand, number: p.number, organization: p.organization, amount: p.amount, paid_on: written(p.paid_at), method: p.provider,
        url: p.url, receipt_url: p.receipt_url,
      })
    }
    case 'payment-failed': return render('payment_failed', { brand, ...(props as MailProps['payment-failed']) })
    case 'payment-action': return render('payment_action', { brand, ...(props as MailProps['payment-action']) })
    case 'payment-refunded': return render('payment_refunded', { brand, ...(props as MailProps['payment-refunded']) })
    case 'payment-disputed': return render('payment_disputed', { brand, ...(props as MailProps['payment-disputed']) })
    case 'card-expiring': {
      const { auto_pay: autoPay, ...p } = props as MailProps['card-expiring']
      return render('card_expiring', { brand, ...p, auto_pay: autoPay === 'yes' })
    }
    case 'credit-topped-up': return render('top_up', { brand, ...(props as MailProps['credit-topped-up']) })
    case 'auto-pay-off': return render('auto_pay_off', { brand, ...(props as MailProps['auto-pay-off']) })
    default: return null
  }
}
