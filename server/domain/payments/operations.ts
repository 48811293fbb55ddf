import { autoPayInvoice, chargeOpenInvoices } from './charges/auto-pay-jobs.ts'
import { topUpWallet } from './charges/top-up.ts'
import { listDisputes, sendEvidence, submitEvidence } from './disputes/manage-disputes.ts'
import { takeBackDisputed } from './disputes/take-back.ts'
import { listAllPayments } from './list-payments.ts'
import { getPaymentSettings, setPaymentSettings } from './methods/auto-pay.ts'
import { detachMethod, listMethods, removeMethod, setDefaultMethod } from './methods/manage-methods.ts'
import { startSetup } from './methods/setup-method.ts'
import { listAllRefunds, listRefunds, refundPayment } from './refunds/manage-refunds.ts'
import { sendRefund } from './refunds/send-refund.ts'
import { listSuspense, matchSuspense, returnSuspense } from './suspense/manage-suspense.ts'
import { recordPayment } from './suspense/record-payment.ts'
import { returnMoney } from './suspense/return-money.ts'

export {
  autoPayInvoice, chargeOpenInvoices, getPaymentSettings, listAllPayments, listAllRefunds, listDisputes, listMethods, listRefunds, listSuspense, matchSuspense,
  recordPayment, refundPayment, removeMethod, returnSuspense, setDefaultMethod, setPaymentSettings, startSetup, submitEvidence, takeBackDisputed, topUpWallet,
}
export const moneyOperations = [
  listMethods, setDefaultMethod, removeMethod, getPaymentSettings, setPaymentSettings, listRefunds, listAllPayments, listAllRefunds, refundPayment,
  listDisputes, submitEvidence,
  listSuspense, matchSuspense, returnSuspense, recordPayment,
]
export const moneyComposites = [startSetup]
export const moneyJobs = [autoPayInvoice, chargeOpenInvoices, topUpWallet, detachMethod, sendEvidence, takeBackDisputed, sendRefund, returnMoney]
