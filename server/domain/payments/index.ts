import { addAccount, getAccount, listAccounts, recordAccount, removeAccount, updateAccount } from './accounts/manage-accounts.ts'
import { getInvoice } from './get-invoice.ts'
import { getPayment, listPayments } from './list-payments.ts'
import { mailCrontab, mailJobs } from './mails/jobs.ts'
import { moneyComposites, moneyJobs, moneyOperations } from './operations.ts'
import { payingOperations, payInvoice } from './pay-invoice.ts'
import { readComposites, readFiles, readOperations, createAttemptByLink } from './reads/operations.ts'
import { processProviderEvent } from './process-provider-event.ts'
import { reconcilePayments } from './reconcile-payments.ts'
import { setupOperations } from './methods/setup-method.ts'
import { transferOperations } from './transfers/transfer-accounts.ts'

export { chargeInvoice, type ChargeOutcome, type ChargeReason, type ChargeRequest } from './charges/charge-invoice.ts'
export { platformFeeId } from './accounts/book-share.ts'
export { platformSeller } from './accounts/platform-seller.ts'
export { openInvoicesOf } from './charges/open-invoices.ts'
export {
  getPaymentSettings, listAllPayments, listAllRefunds, listDisputes, listMethods, listRefunds, listSuspense, matchSuspense, recordPayment,
  refundPayment, removeMethod,
  returnSuspense, setDefaultMethod, setPaymentSettings, startSetup, submitEvidence,
} from './operations.ts'
export type { PaymentAttempt } from './payment-wire.ts'
export type { FailureCode, PaymentProvider, ProviderPayment, ProviderPayout } from './ports.ts'
export { settleDispute } from './disputes/settle-dispute.ts'
export { receiveEvent } from './receive-event.ts'
export { receiveMoney, type Received, type ReceivedMoney } from './suspense/receive-money.ts'
export { allProviders, findProvider, provider, providerNames, setProviders } from './registry.ts'
export { reconcileOpenPayments } from './reconcile-payments.ts'
export { checkByLink, checkPayments, checkSetup, getCheckout, getPayLink, getPayLinkCheckout, listMethodProviders, payByLink } from './reads/operations.ts'
export { settleAttempt } from './settle-attempt.ts'
export { suspend } from './suspense/suspend.ts'
export { keepPayment } from './suspense/unknown-payment.ts'
export { subscribePayments } from './subscriptions.ts'
export { transferTarget } from './transfers/instructions.ts'
export { createTransferAccount, deleteTransferAccount, listTransferAccounts, updateTransferAccount } from './transfers/transfer-accounts.ts'

export { addAccount, getInvoice, getPayment, listAccounts, listPayments, payInvoice, removeAccount, updateAccount }
const accountOperations = [listAccounts, getAccount, updateAccount, removeAccount]
/** Without a route or a page of its own: the first step of paying. */
export const internalOperations = [...payingOperations, ...setupOperations, createAttemptByLink, recordAccount]
export const operations = [getInvoice, listPayments, getPayment, ...moneyOperations, ...readOperations, ...transferOperations, ...accountOperations]
export const composites = [payInvoice, addAccount, ...moneyComposites, ...readComposites]
export const files = [...readFiles]
export const jobs = [processProviderEvent, reconcilePayments, ...moneyJobs, ...mailJobs]
/** Lines for the queue's crontab. */
export const crontab = ['* * * * * reconcile-payments', ...mailCrontab]
