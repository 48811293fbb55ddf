import { getPayLinkCheckout } from '../links/open-link.ts'
import { createAttemptByLink, payByLink } from '../links/pay-by-link.ts'
import { checkByLink, checkPayments } from './check-payments.ts'
import { checkSetup, listMethodProviders } from './method-setups.ts'
import { getCheckout, getPayLink } from './read-checkout.ts'
import { linkedInvoicePdf, linkedReceipt, paymentReceipt } from './receipt.ts'

export { checkByLink, checkPayments, checkSetup, createAttemptByLink, getCheckout, getPayLink, getPayLinkCheckout, listMethodProviders, payByLink }
export const readOperations = [getCheckout, getPayLink, getPayLinkCheckout, listMethodProviders]
export const readComposites = [checkPayments, checkByLink, payByLink, checkSetup]
export const readFiles = [paymentReceipt, linkedReceipt, linkedInvoicePdf]
