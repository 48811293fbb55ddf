import { z } from 'zod'
import type { UserContext } from '../../../core/context.ts'
import { notFound, ruleViolated } from '../../../core/error.ts'
import { recordEvent } from '../../../core/event.ts'
import { defineJob } from '../../../core/job.ts'
import { command, query } from '../../../core/operation.ts'
import { runtime } from '../../../core/runtime.ts'
import { Money, toMoney } from '../../../contract/money.ts'
import { Instant, toInstant } from '../../../contract/time.ts'
import type { PriceListRow } from '../prices/current-price-list.ts'
import { recurringPlan } from '../prices/recurring-plan.ts'
import { feeOf } from '../rules/subscription-change.ts'
import { lockOrganization } from '../../quotas/index.ts'
import { performChange } from '../subscriptions/perform-change.ts'
import { prepareChange, presentTerms } from '../subscriptions/prepare-change.ts'
import { takeState, withPlan } from '../subscriptions/state.ts'

const tag = 'Catalogue'
const ACTOR = { type: 'job', name: 'migrate-subscription' } as const
const SHOWN = 100

const Input = z.strictObject({
  price_id: z.string().max(60).describe('Version they are to have'),
  from_price_id: z.string().max(60).optional().describe('Only those that have this version'),
  when: z.enum(['now', 'period_end']).default('period_end'),
})

/** Those who have another version of the same plan in the same market. */
const affected = async ({ db }: UserContext, input: z.output<typeof Input>) => {
  const to = await db.priceList.findUnique({ where: { id: input.price_id } })
  if (!to) throw notFound('price')
  const market = { brandId: to.brandId, planKey: to.planKey, currency: to.currency, region: to.region }
  if (input.from_price_id !== undefined) {
    const from = await db.priceList.findFirst({ where: { id: input.from_price_id, ...market } })
    if (!from) throw ruleViolated('/from_price_id', 'other_market', 'Name a version of the same plan, currency and region.')
  }
  const versions = await db.priceList.findMany({ where: { ...market, id: { not: to.id, ...(input.from_price_id ? { equals: input.from_price_id } : {}) } } })
  const where = { priceListId: { in: versions.map((row) => row.id) }, endedAt: null }
  return { to, where, versions: new Map(versions.map((row) => [row.id, row])) }
}

const Affected = z.object({
  count: z.number().int(), when: z.enum(['now', 'period_end']),
  data: z.array(z.object({
    organization_id: z.string(), organization: z.string(), version: z.number().int(), quantity: z.number().int(), fee_before: Money, fee_after: Money,
    effective_at: Instant,
  })).describe(`The first ${SHOWN}`),
})

const fee = (row: PriceListRow, quantity: number): Money => {
  const plan = recurringPlan(row)
  const terms = { priceListId: row.id, quantity, paused: false, trial: false, anchor: { mode: 'calendar', date: '2000-01-01' } } as const
  return toMoney(feeOf(terms, () => plan), row.currency)
}

export const previewMigration = query({
  name: 'prices.preview_migration', summary: 'Whose price would change by a migration, and how', scope: 'staff', input: Input, output: Affected,
  rest: { method: 'POST', path: '/admin/subscriptions/migrate/preview', tag },
  run: async (ctx, input) => {
    const { to, where, versions } = await affected(ctx, input)
    const rows = await ctx.db.subscription.findMany({ where, include: { org: { select: { name: true } } }, orderBy: { orgId: 'asc' }, take: SHOWN })
    return {
      count: await ctx.db.subscription.count({ where }), when: input.when,
      data: rows.flatMap((row) => {
        const from = versions.get(row.priceListId)
        return from ? [{
          organization_id: row.orgId, organization: row.org.name, version: from.version, quantity: row.quantity, fee_before: fee(from, row.quantity),
          fee_after: fee(to, row.quantity),
          effective_at: toInstant(input.when === 'now' ? ctx.now : row.periodEnd),
        }] : []
      }),
    }
  },
})

const MigrateOne = z.object({ org_id: z.string(), price_id: z.string(), when: z.enum(['now', 'period_end']), requested_by: z.string() })

/** One organization; one that has the version already, or ended meanwhile, is left alone. */
export const migrateSubscription = defineJob({
  name: 'migrate-subscription', payload: MigrateOne,
  run: ({ org_id: orgId, price_id: priceId, when, requested_by: requestedBy }) => runtime().databases.asSystem('job', async (db) => {
    const now = runtime().clock.now()
    await lockOrganization(db, orgId)
    const state = await takeState(db, orgId, now)
    // Who is about to leave this price anyway keeps what they asked for.
    if (state.row.priceListId === priceId || state.row.endedAt || (state.open && state.open.kind !== 'migration') || state.open?.priceListId === priceId) return
    const price = await db.priceList.findUniqueOrThrow({ where: { id: priceId } })
    const known = withPlan(state, price)
    const prepared = await prepareChange(db, known, { kind: 'migration', when, now, after: { ...presentTerms(known), priceListId: priceId } })
    await performChange({
      db, now, requestedBy, emit: (type, subject, data) => recordEvent(db, { orgId, type, subject, actor: ACTOR, requestId: null, ...(data ? { data } : {}) }),
    }, prepared)
  }),
})

export const migrateSubscriptions = command({
  name: 'prices.migrate', summary: 'Give subscriptions of a market another version of their price, at the end of their period or now', scope: 'staff',
  input: Input, output: z.object({ count: z.number().int() }), rest: { method: 'POST', path: '/admin/subscriptions/migrate', status: 202, tag },
  run: async (ctx, input) => {
    const { to, where } = await affected(ctx, input)
    const rows = await ctx.db.subscription.findMany({ where, select: { orgId: true } })
    for (const { orgId } of rows) {
      await ctx.enqueue(migrateSubscription, { org_id: orgId, price_id: to.id, when: input.when, requested_by: ctx.user.userId }, { key: `migrate:${orgId}` })
    }
    await ctx.emit('price.migration_started', { type: 'price_list', id: to.id }, { count: rows.length, when: input.when })
    return { count: rows.length }
  },
})
