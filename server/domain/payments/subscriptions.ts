import { subscribe } from '../../core/event.ts'
import { subscribePaymentMails } from './mails/jobs.ts'
import { autoPayInvoice, chargeOpenInvoices, takeBackDisputed, topUpWallet } from './operations.ts'

export const subscribePayments = (): void => {
  subscribe('invoice.finalised', autoPayInvoice)
  subscribe('invoice.finalised', topUpWallet)
  subscribe('credit.expired', topUpWallet)
  subscribe('dispute.closed', takeBackDisputed, { when: ({ data }) => data?.['outcome'] === 'lost' })
  subscribe('payment_method.added', chargeOpenInvoices)
  subscribe('payment_method.added', topUpWallet)
  subscribePaymentMails()
}
