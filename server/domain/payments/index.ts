import { createPaymentAttempt } from './create-payment-attempt.ts'
import { getInvoice } from './get-invoice.ts'
import { getPayment, listPayments } from './list-payments.ts'
import { mailReceipt } from './mails.ts'
import { payInvoice } from './pay-invoice.ts'
import { processProviderEvent } from './process-provider-event.ts'
import { reconcilePayments } from './reconcile-payments.ts'

export { receiveEvent } from './receive-event.ts'
export { findProvider, provider, providerNames, setProviders } from './registry.ts'
export { reconcileOpenPayments } from './reconcile-payments.ts'
export { subscribePayments } from './subscriptions.ts'

export { getInvoice, getPayment, listPayments, payInvoice }
/** Without a route or a page of its own: the first step of paying. */
export const internalOperations = [createPaymentAttempt]
export const operations = [getInvoice, listPayments, getPayment]
export const composites = [payInvoice]
export const jobs = [processProviderEvent, reconcilePayments, mailReceipt]
/** Lines for the queue's crontab. */
export const crontab = ['* * * * * reconcile-payments']
