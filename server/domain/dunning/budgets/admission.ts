import { DomainError } from '../../../core/error.ts'
import { runtime } from '../../../core/runtime.ts'
import { formatMoney } from '../../../contract/money.ts'
import { hourlyRate, readRunningLines } from '../../billing/index.ts'
import type { Admission } from '../../quotas/index.ts'
import { fitsBudget } from './rule.ts'

/**
 * The hard cap: asked under the organization's lock with what would run after the change, so that fifty at once are counted one after
 * the other. What it lets in may run an hour within the budget.
 */
export const refuseBeyondBudget = async ({ db, orgId, after, acrossApps }: Admission): Promise<void> => {
  const row = await db.budget.findUnique({ where: { orgId } })
  if (!row?.hardCap) return
  const read = () => readRunningLines({ db, orgId, now: runtime().clock.now() })
  const { lines, price } = await (acrossApps ? acrossApps(read) : read())
  const spent = lines.reduce((sum, line) => sum + line.amount, 0n)
  if (fitsBudget(spent, hourlyRate(price, { vcpu: after.vcpu, memoryMib: after.memory_mib }), row.amount)) return
  const [used, budget] = [formatMoney(spent, row.currency), formatMoney(row.amount, row.currency)]
  throw new DomainError('budget_reached', `${used} of this period's budget of ${budget} is spent, and this would not fit for an hour. Raise the budget under Billing, or wait for the next period.`)
}
