import { createBankAccount, getBankAccount, listBankAccounts, updateBankAccount } from './accounts/bank-accounts.ts'
import { listPayouts, listProviderHealth, listRuns, startRun } from './compare/read-state.ts'
import { reconcileProviders } from './compare/run-reconciliation.ts'
import { acceptProposal } from './lines/accept-proposal.ts'
import { bookBankLines } from './lines/book-bank-lines.ts'
import { listLines } from './lines/list-lines.ts'
import { mailReport } from './report/mail-report.ts'
import { retryCharge, retryPayment } from './retry-payment.ts'
import { importStatement } from './statement/import-statement.ts'
import { getStatement, listStatements } from './statement/list-statements.ts'
import { previewStatement } from './statement/preview-statement.ts'
import { noteCause } from './work/watch-causes.ts'
import { closeWorkItem, listWorkItems } from './work/work-operations.ts'

export { reconcileOnce } from './compare/run-reconciliation.ts'
export { subscribeReconciliation } from './subscriptions.ts'

export {
  acceptProposal, closeWorkItem, createBankAccount, getBankAccount, getStatement, importStatement, listBankAccounts, listLines, listPayouts,
    listProviderHealth, listRuns, listStatements,
  listWorkItems, previewStatement, retryPayment, startRun, updateBankAccount,
}
export const operations = [
  listBankAccounts, getBankAccount, createBankAccount, updateBankAccount, importStatement, previewStatement, listStatements, getStatement, listLines,
    acceptProposal,
  listWorkItems, closeWorkItem, listPayouts, listProviderHealth, listRuns, startRun, retryPayment,
]
export const jobs = [bookBankLines, noteCause, reconcileProviders, mailReport, retryCharge]
/** Lines for the queue's crontab. */
export const crontab = ['37 * * * * reconcile-providers', '10 5 * * * mail-reconciliation-report']
