import { subscribe } from '../../core/event.ts'
import { grantPurchasedCredit } from './credits/purchase-credits.ts'
import { mailCreditNote } from './invoice-mails.ts'
import { mailInvoice } from './mails.ts'
import { applyPaidChange } from './subscriptions/paid-change.ts'
import { followTimezone, priceBrand, subscribeOrganization } from './start-billing.ts'

export const subscribeBilling = (): void => {
  subscribe('organization.created', subscribeOrganization)
  subscribe('organization.timezone_changed', followTimezone)
  subscribe('brand.created', priceBrand)
  subscribe('invoice.finalised', mailInvoice)
  subscribe('invoice.clearance_cleared', mailInvoice)
  subscribe('credit_note.issued', mailCreditNote)
  subscribe('invoice.paid', grantPurchasedCredit, { when: ({ data }) => data?.['kind'] === 'credit_purchase' })
  subscribe('invoice.paid', applyPaidChange, { when: ({ data }) => data?.['kind'] === 'one_off' })
}
