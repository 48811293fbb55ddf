import { z } from 'zod'
import type { Budget as BudgetRow } from '../../../../prisma/generated/client.ts'
import { etagOf, versionOf } from '../../../core/etag.ts'
import { query } from '../../../core/operation.ts'
import type { OrgContext } from '../../../core/context.ts'
import { Budget } from '../../../contract/dunning.ts'
import { toMoney, toWireAmount } from '../../../contract/money.ts'
import { toInstant } from '../../../contract/time.ts'
import { outlookOf, readRunningLines } from '../../billing/index.ts'

export const budgetVersion = (row: BudgetRow | null): string => versionOf(row ? [row.amount.toString(), row.hardCap, row.stopApps] : null)

const daily = (cells: readonly { day: string; amount: bigint }[]): z.input<typeof Budget>['daily'] =>
  [...Map.groupBy(cells, (cell) => cell.day)].map(([date, of]) => ({ date, amount: toWireAmount(of.reduce((sum, cell) => sum + cell.amount, 0n)) }))
    .sort((a, b) => (a.date < b.date ? -1 : 1))

export const readBudget = async (ctx: OrgContext): Promise<z.input<typeof Budget>> => {
  const { running, outlook } = await ctx.acrossApps(async () => {
    const period = await readRunningLines(ctx)
    return { running: period, outlook: await outlookOf(ctx, period) }
  })
  const row = await ctx.db.budget.findUnique({ where: { orgId: ctx.orgId } })
  const alerts = await ctx.db.budgetAlert.findMany({ where: { periodFrom: running.period.start }, orderBy: { threshold: 'asc' } })
  return {
    amount: row && toMoney(row.amount, row.currency), hard_cap: row?.hardCap ?? false, stop_apps: row?.stopApps ?? false,
    spent: toMoney(outlook.spend, running.currency), forecast: toMoney(outlook.whole.expected, running.currency),
    period: { start: toInstant(running.periodStart), end: toInstant(running.periodEnd) },
    reached: row?.reachedIn === running.period.start, stopped_apps: row?.stoppedAppIds.length ?? 0,
    alerts: alerts.map((alert) => ({
      threshold: alert.threshold, spent: toMoney(alert.spent, alert.currency), amount: toMoney(alert.amount, alert.currency), at: toInstant(alert.at),
    })),
    daily: daily(outlook.cells), etag: budgetVersion(row),
  }
}

export const getBudget = query({
  name: 'billing.get_budget', summary: 'The budget of a billing period, and what of it is spent', scope: 'org', permission: 'billing:read',
  input: z.strictObject({}), output: Budget, rest: { method: 'GET', path: '/billing/budget', tag: 'Billing' }, etag: etagOf,
  run: readBudget,
})
