import { z } from 'zod'
import { DomainError, ruleViolated } from '../../../core/error.ts'
import { etagOf } from '../../../core/etag.ts'
import { command } from '../../../core/operation.ts'
import { Budget } from '../../../contract/dunning.ts'
import { DecimalString, toWireAmount } from '../../../contract/money.ts'
import { exactAmount } from '../../billing/index.ts'
import { lockOrganization } from '../../quotas/index.ts'
import { budgetVersion, readBudget } from './read-budget.ts'
import { releaseApps } from './stop-apps.ts'
import { watchBudget } from './watch-budgets.ts'

export const setBudget = command({
  name: 'billing.set_budget', summary: 'Set what a billing period may come to: alerts at 50, 75 and 100 %, and a cap if wanted', scope: 'org', permission: 'billing:write',
  input: z.strictObject({
    amount: DecimalString.describe('Major units of the organization\'s currency, before discounts and tax'),
    hard_cap: z.boolean().default(false).describe('Refuse what would use more once it is reached'), stop_apps: z.boolean().default(false).describe('Also stop what runs'),
  }),
  output: Budget, rest: { method: 'PUT', path: '/billing/budget', tag: 'Billing' }, ifMatch: true, etag: etagOf,
  run: async (ctx, input) => {
    await lockOrganization(ctx.db, ctx.orgId)
    const present = await ctx.db.budget.findUnique({ where: { orgId: ctx.orgId } })
    ctx.expectVersion(budgetVersion(present))
    const { currency } = await ctx.db.organization.findFirstOrThrow({ select: { currency: true } })
    if (input.stop_apps && !input.hard_cap) throw ruleViolated('/stop_apps', 'needs_cap', 'Stopped apps could be started again at once: turn the hard cap on as well.')
    const amount = exactAmount('/amount', input.amount, currency)
    const data = { amount, currency, hardCap: input.hard_cap, stopApps: input.stop_apps, updatedBy: ctx.userId }
    await ctx.db.budget.upsert({ where: { orgId: ctx.orgId }, create: { orgId: ctx.orgId, ...data }, update: data })
    await ctx.emit('budget.changed', { type: 'organization', id: ctx.orgId }, { amount: toWireAmount(amount), currency, hard_cap: input.hard_cap, stop_apps: input.stop_apps })
    await ctx.enqueue(watchBudget, { org_id: ctx.orgId }, { key: `budget:${ctx.orgId}` })
    return readBudget(ctx)
  },
})

export const removeBudget = command({
  name: 'billing.remove_budget', summary: 'Remove the budget; apps it had stopped start again', scope: 'org', permission: 'billing:write',
  input: z.strictObject({}), output: z.object({ started_apps: z.number().int() }), rest: { method: 'DELETE', path: '/billing/budget', tag: 'Billing' },
  run: async (ctx) => {
    await lockOrganization(ctx.db, ctx.orgId)
    const row = await ctx.db.budget.findUnique({ where: { orgId: ctx.orgId } })
    if (!row) throw new DomainError('state_conflict', 'No budget is set.')
    const started = await ctx.acrossApps(() => releaseApps(ctx, row))
    await ctx.db.budget.delete({ where: { orgId: ctx.orgId } })
    await ctx.emit('budget.removed', { type: 'organization', id: ctx.orgId })
    return { started_apps: started }
  },
})
