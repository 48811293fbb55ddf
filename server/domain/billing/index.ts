import { billingPreview } from './billing-preview.ts'
import { getSpend } from './get-spend.ts'
import { getUsage } from './get-usage.ts'
import { invoicePdf } from './invoices/invoice-pdf.ts'
import { listAllInvoices, listInvoices } from './invoices/list-invoices.ts'
import { checkInvariants } from './ledger/check-invariants.ts'
import { trialBalance } from './ledger/trial-balance.ts'
import { mailInvoice } from './mails.ts'
import { closePeriods } from './periods/close-due-periods.ts'
import { estimateAppPrice } from './prices/estimate-app-price.ts'
import { getPrices, getPublicPrices } from './prices/get-prices.ts'
import { listPrices } from './prices/list-prices.ts'
import { setPrice } from './prices/set-price.ts'
import { followTimezone, priceBrand, subscribeOrganization } from './start-billing.ts'

export { InvoiceDetail, statusOf, toInvoice, type InvoiceRow } from './invoices/invoice-wire.ts'
export { findViolations } from './ledger/check-invariants.ts'
export { postTransaction } from './ledger/post-transaction.ts'
export { invoiceLinks } from './mails.ts'
export { closeDuePeriods, nextDueAt } from './periods/close-due-periods.ts'
export { currentPriceList } from './prices/current-price-list.ts'
export { estimateMonthly } from './prices/estimate-monthly.ts'
export { seedPriceLists } from './prices/seed-price-lists.ts'
export { endSubscription, startSubscription } from './subscription.ts'
export { subscribeBilling } from './subscriptions.ts'
export { paymentReceived, providerFee, refundPaid } from './rules/ledger.ts'

export { checkInvariants, estimateAppPrice, getPrices, getPublicPrices, getSpend, getUsage, listAllInvoices, listInvoices, listPrices, setPrice, trialBalance }
export const operations = [
  billingPreview, getSpend, getUsage, listInvoices, listAllInvoices, trialBalance, checkInvariants,
  listPrices, setPrice, getPrices, getPublicPrices, estimateAppPrice,
]
export const files = [invoicePdf]
export const jobs = [closePeriods, mailInvoice, subscribeOrganization, followTimezone, priceBrand]
/** Lines for the queue's crontab. */
export const crontab = ['* * * * * close-periods']
