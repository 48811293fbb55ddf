import { subscribe } from '../../../core/event.ts'
import { mailAutoPayOff, mailMethodLost, mailTopUp, warnExpiringCards } from './methods.ts'
import { mailReceipt } from './receipt.ts'
import { mailRefunded } from './refunded.ts'
import { mailActionRequired, mailDisputed, mailPaymentFailed } from './trouble.ts'

export const mailJobs = [mailReceipt, mailPaymentFailed, mailActionRequired, mailRefunded, mailDisputed, mailTopUp, mailAutoPayOff, mailMethodLost,
  warnExpiringCards,
]
export const mailCrontab = ['17 * * * * warn-expiring-cards']

export const subscribePaymentMails = (): void => {
  subscribe('invoice.paid', mailReceipt)
  subscribe('payment.failed', mailPaymentFailed)
  subscribe('payment.requires_action', mailActionRequired)
  subscribe('payment.refunded', mailRefunded)
  subscribe('dispute.opened', mailDisputed)
  subscribe('payment.succeeded', mailTopUp, { when: ({ data }) => data?.['reason'] === 'top_up' })
  subscribe('payment_method.broken', mailMethodLost)
  subscribe('payment_method.removed', mailMethodLost)
  subscribe('organization.payment_settings_changed', mailAutoPayOff)
}
