import { subscribe } from '../../core/event.ts'
import { grantPurchasedCredit } from './credits/purchase-credits.ts'
import { mailInvoice } from './mails.ts'
import { followTimezone, priceBrand, subscribeOrganization } from './start-billing.ts'

export const subscribeBilling = (): void => {
  subscribe('organization.created', subscribeOrganization)
  subscribe('organization.timezone_changed', followTimezone)
  subscribe('brand.created', priceBrand)
  subscribe('invoice.finalised', mailInvoice)
  subscribe('invoice.paid', grantPurchasedCredit)
}
