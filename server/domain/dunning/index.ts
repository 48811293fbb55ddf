import { ageingCsv, getAgeing } from './ageing.ts'
import { getBudget } from './budgets/read-budget.ts'
import { removeBudget, setBudget } from './budgets/set-budget.ts'
import { watchAllBudgets, watchBudget } from './budgets/watch-budgets.ts'
import { chargeAgain } from './charge.ts'
import { getDunningAccount, listDunningAccounts } from './list-accounts.ts'
import { pauseDunning, resumeDunning, suspendOrganization, unsuspendOrganization } from './operator-acts.ts'
import { getDunningPolicy, setDunningPolicy } from './policy-operations.ts'
import { getStanding, getStandingExport } from './read-standing.ts'
import { advanceOne, followPayment, sweepDunning } from './sweep.ts'

export { nextBudgetLook, watchBudgets } from './budgets/watch-budgets.ts'
export { nextStepAt as nextDunningAt } from './sweep-query.ts'
export { advanceDunning } from './sweep.ts'
export { subscribeDunning } from './subscriptions.ts'
export { startUnlessSuspended } from './suspension.ts'

export {
  getAgeing, getBudget, getDunningAccount, getDunningPolicy, getStanding, listDunningAccounts, pauseDunning, removeBudget, resumeDunning, setBudget,
  setDunningPolicy, suspendOrganization, unsuspendOrganization,
}
export const operations = [
  getStanding, getStandingExport, getBudget, setBudget, removeBudget, getDunningPolicy, setDunningPolicy, listDunningAccounts,
  getDunningAccount, pauseDunning, resumeDunning, suspendOrganization, unsuspendOrganization, getAgeing,
]
export const files = [ageingCsv]
export const jobs = [advanceOne, followPayment, sweepDunning, chargeAgain, watchBudget, watchAllBudgets]
/** Lines for the queue's crontab. */
export const crontab = ['* * * * * dunning.sweep', '* * * * * budgets.watch']
