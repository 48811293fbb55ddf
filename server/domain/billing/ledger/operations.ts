/** The books, as the outside sees them. */
import { checkInvariants } from './check-invariants.ts'
import { getLedgerTransaction, listLedgerChecks, listLedgerEntries } from './read-ledger.ts'
import { rebuildLedger } from './rebuild-balances.ts'
import { trialBalance } from './trial-balance.ts'
import { watchBooks } from './watch-books.ts'

export { checkInvariants, getLedgerTransaction, listLedgerChecks, listLedgerEntries, rebuildLedger, trialBalance }
export const ledgerOperations = [trialBalance, checkInvariants, listLedgerEntries, getLedgerTransaction, listLedgerChecks, rebuildLedger]
export const ledgerJobs = [watchBooks]
