import { billingPreview } from './billing-preview.ts'
import { creditComposites, creditJobs, creditOperations } from './credits/operations.ts'
import { getSpend } from './get-spend.ts'
import { getUsage } from './get-usage.ts'
import { invoiceFiles, invoiceJobs, invoiceOperations } from './invoices/operations.ts'
import { listAllInvoices, listInvoices } from './invoices/list-invoices.ts'
import { ledgerJobs, ledgerOperations } from './ledger/operations.ts'
import { mailInvoice } from './mails.ts'
import { catalogueJobs, catalogueOperations } from './catalogue/operations.ts'
import { closePeriods } from './periods/close-due-periods.ts'
import { estimateAppPrice } from './prices/estimate-app-price.ts'
import { getPrices, getPublicPrices } from './prices/get-prices.ts'
import { listCurrencies } from './prices/list-currencies.ts'
import { listPrices } from './prices/list-prices.ts'
import { setPrice } from './prices/set-price.ts'
import { reportFiles, reportOperations } from './reports/operations.ts'
import { followTimezone, priceBrand, subscribeOrganization } from './start-billing.ts'
import { subscriptionCrontab, subscriptionJobs, subscriptionOperations } from './subscriptions/operations.ts'
import { exportUsage } from './usage/export-usage.ts'

export { expireDueCredits, nextExpiryAt } from './credits/expire-credits.ts'
export { addPaidGrant, type PaidGrant } from './credits/grants.ts'
export { takeBackCredit } from './credits/take-back-credit.ts'
export { exactAmount } from './credits/exact-amount.ts'
export { issueCreditPurchase } from './credits/purchase-credits.ts'
export {
  archiveCoupon, createCoupon, getCreditBalance, grantCredits, listAllCredits, listCoupons, listCreditHistory, listCredits, listRedemptions, redeemCoupon,
  purchaseCredits, removeCoupon, revokeCredits,
} from './credits/operations.ts'
export { InvoiceDetail, InvoiceExtras, snapshotIn, statusOf, toInvoice, type InvoiceRow } from './invoices/invoice-wire.ts'
export { localDateOf } from './rules/period.ts'
export {
  addItem, addTaxRate, applyPreset, createEntity, createInvoice, decideAdjustment, endTaxRate, finaliseInvoice, getCreditNote, getEntity, getOrgTaxProfile,
  getSettings,
  getStatement, getTaxProfile, getTaxRate, issueCreditNote, listAdjustments, listAllCreditNotes, listCreditNotes, listEntities, listInvoiceItems,
  listTaxRates, previewCreditNote,
  previewInvoice, readAnyInvoice, removeItem, requestAdjustment, retryClearance, setOrgTaxProfile, setSettings, setTaxProfile, taxAffected,
  updateEntity, voidInvoice,
  writeOffInvoice,
} from './invoices/operations.ts'
export { renderStoredInvoice } from './invoices/invoice-pdf.ts'
export { readInvoiceExtras } from './invoices/read-extras.ts'
export { setVatChecker } from './taxes/ports.ts'
export { setClearanceProvider } from './clearance/ports.ts'
export { outstandingOf } from './invoices/outstanding.ts'
export { namedLike, organizationNames } from './invoices/organization-names.ts'
export { setGatewayMinimum } from './periods/gateway-minimum.ts'
export { findViolations } from './ledger/check-invariants.ts'
export { checkInvariants, getLedgerTransaction, listLedgerChecks, listLedgerEntries, rebuildLedger, trialBalance } from './ledger/operations.ts'
export { bookOnce, postTransaction, type Posting } from './ledger/post-transaction.ts'
export { invoiceLinks } from './mails.ts'
export { openPayToken, payLink } from './pay-links/pay-link.ts'
export { renderReceiptPdf, type ReceiptDocument } from './pdf/receipt-pdf.ts'
export { closeDuePeriods, nextDueAt } from './periods/close-due-periods.ts'
export { subscribedPriceList } from './prices/subscribed-price-list.ts'
export { outlookOf } from './spend/outlook.ts'
export { readRunningLines } from './spend/running-period.ts'
export { hourlyRate } from './usage/running-rate.ts'
export { estimateMonthly } from './prices/estimate-monthly.ts'
export { mrrReport, revenueReport, taxReport } from './reports/operations.ts'
export { seedPriceLists } from './prices/seed-price-lists.ts'
export { endSubscription, startSubscription } from './subscription.ts'
export {
  archiveMeter, archivePlan, createMeter, createPlan, getMeter, getPlan, listMeters, listOfferedPlans, listPlans, migrateSubscriptions, previewMigration,
  publishPrice, restoreMeter,
  restorePlan, updatePlan,
} from './catalogue/operations.ts'
export {
  cancelSubscription, changePlan, getSubscription, listChanges, pauseSubscription, previewChange, resumeSubscription, undoChange,
} from './subscriptions/operations.ts'
export { nextSettlementAt, settleSubscriptions } from './subscriptions/settle-due.ts'
export { subscribeBilling } from './subscriptions.ts'
export { paymentReceived, payoutReceived, providerFee, refundFailed, refundPaid } from './rules/ledger.ts'
export {
  disputeLost, disputeOpened, disputeWon, moneySuspended, suspenseHandedOver, suspenseReturned, suspenseTakenOver,
} from './rules/held-money.ts'
export { connectedPayout, partOf, platformFee, platformFeeReturned, sellerFeeKept, sellerFeeReturned, sharedRefundFailed } from './rules/shared-money.ts'

export { billingPreview, estimateAppPrice, getPrices, getPublicPrices, getSpend, getUsage, listAllInvoices, listCurrencies, listInvoices, listPrices, setPrice }
export const operations = [
  billingPreview, getSpend, getUsage, listInvoices, listAllInvoices,
  listPrices, setPrice, getPrices, getPublicPrices, listCurrencies, estimateAppPrice, ...creditOperations, ...ledgerOperations, ...reportOperations,
  ...catalogueOperations, ...subscriptionOperations, ...invoiceOperations,
]
export const files = [...invoiceFiles, exportUsage, ...reportFiles]
export const composites = [...creditComposites]
export const jobs = [
  closePeriods, mailInvoice, subscribeOrganization, followTimezone, priceBrand, ...creditJobs, ...ledgerJobs,
  ...catalogueJobs, ...subscriptionJobs, ...invoiceJobs,
]
/** Lines for the queue's crontab. */
export const crontab = ['* * * * * close-periods', '*/5 * * * * expire-credits', '23 * * * * watch-books', ...subscriptionCrontab]
