import { z } from 'zod'
import type { OrgContext } from '../../../core/context.ts'
import { DomainError, ruleViolated } from '../../../core/error.ts'
import { CatalogueKey, type Interval } from '../../../contract/catalogue.ts'
import { findPriceList, marketOf, type PriceListRow } from '../prices/current-price-list.ts'
import { anchorOf } from '../prices/recurring-plan.ts'
import { wholePeriodOf, type Anchor } from '../rules/period.ts'
import type { Terms } from '../rules/recurring.ts'
import { usualTime, type When } from '../rules/subscription-change.ts'
import { periodColumns, periodOf } from '../subscription.ts'
import { prepareChange, presentTerms, type PreparedChange } from './prepare-change.ts'
import { withPlan, type SubscriptionState } from './state.ts'

export const WhenInput = z.enum(['now', 'period_end']).optional().describe('Left out: an upgrade counts now, a downgrade from the end of the period')
export const PlanInput = {
  plan_key: CatalogueKey.optional(), quantity: z.number().int().min(1).max(100_000).optional(),
  anchor: z.enum(['calendar', 'anniversary']).optional().describe('Periods of the calendar, or counted from the day of the change'), when: WhenInput,
}
type PlanChange = z.output<z.ZodObject<typeof PlanInput>>

const conflict = (detail: string): DomainError => new DomainError('state_conflict', detail)

/** What the organization's market sells under that name. The present plan keeps its version. */
const priceFor = async (ctx: OrgContext, { row, org, rowOf }: SubscriptionState, key: string | undefined): Promise<PriceListRow> => {
  if (key === undefined || key === row.planKey) return rowOf(row.priceListId)
  const plan = await ctx.db.plan.findUnique({ where: { brandId_key: { brandId: org.brandId, key } } })
  if (!plan || plan.archivedAt || !plan.public) throw ruleViolated('/plan_key', 'unknown_plan', 'There is no such plan to choose.')
  const price = await findPriceList(ctx.db, marketOf(org, key), ctx.now)
  if (!price) throw ruleViolated('/plan_key', 'not_sold_here', `The plan has no price in ${org.currency} for your country yet.`)
  return price
}

const anchorAfter = (present: Anchor, asked: PlanChange['anchor'], otherInterval: boolean, day: string): Anchor => {
  const mode = asked ?? present.mode
  if (mode === present.mode && !otherInterval) return present
  return mode === 'anniversary' ? { mode, date: day } : { mode, date: '2000-01-01' }
}

/** `idle`: look at it though nothing would change. */
export const preparePlanChange = async (ctx: OrgContext, state: SubscriptionState, input: PlanChange, idle = false): Promise<PreparedChange> => {
  const { row } = state
  if (row.status === 'cancelled') throw conflict('The subscription has ended. Resume it first.')
  if (row.status === 'paused') throw conflict('The subscription is paused. Resume it first.')
  const price = await priceFor(ctx, state, input.plan_key)
  const known = withPlan(state, price)
  const before = presentTerms(known)
  const otherInterval = price.interval !== known.rowOf(row.priceListId).interval
  const terms = (day: string): Terms => ({
    ...before, priceListId: price.id, quantity: input.quantity ?? before.quantity, anchor: anchorAfter(before.anchor, input.anchor, otherInterval, day),
  })
  const wanted = terms(state.today)
  if (!idle && wanted.priceListId === before.priceListId && wanted.quantity === before.quantity && wanted.anchor === before.anchor) {
    throw ruleViolated('/plan_key', 'nothing_changes', 'That is what the organization has now.')
  }
  const when: When = input.when ?? (row.status === 'trialing' ? 'now' : usualTime(before, wanted, known.planOf, state.today))
  return prepareChange(ctx.db, known, { kind: 'plan', when, now: ctx.now, after: terms(when === 'now' ? state.today : row.periodTo) })
}

export const preparePause = (ctx: OrgContext, state: SubscriptionState): Promise<PreparedChange> => {
  if (state.row.status === 'paused') throw conflict('The subscription is paused already.')
  if (state.row.status === 'cancelled') throw conflict('The subscription has ended.')
  return prepareChange(ctx.db, state, { kind: 'pause', when: 'now', now: ctx.now, after: { ...presentTerms(state), paused: true } })
}

/** Long after the end the periods begin anew with the day; what lies between was not subscribed. */
const inPresentPeriod = (state: SubscriptionState, price: PriceListRow): SubscriptionState => {
  const { row, org, today } = state
  if (row.endedAt === null || row.periodTo > today) return state
  const { start, end } = wholePeriodOf(anchorOf(row), price.interval as Interval, today)
  return { ...state, row: { ...row, ...periodColumns(periodOf({ start: start > row.periodTo ? start : row.periodTo, end }, org.timezone)) } }
}

export const prepareResume = async (ctx: OrgContext, ended: SubscriptionState): Promise<PreparedChange> => {
  const { row, org } = ended
  if (row.status !== 'paused' && row.status !== 'cancelled') throw conflict('The subscription is neither paused nor ended.')
  const price = row.status === 'paused' ? ended.rowOf(row.priceListId) : await findPriceList(ctx.db, marketOf(org, row.planKey), ctx.now) ?? ended.rowOf(row.priceListId)
  const state = inPresentPeriod(withPlan(ended, price), price)
  return prepareChange(ctx.db, state, { kind: 'resume', when: 'now', now: ctx.now, after: { ...presentTerms(state), priceListId: price.id, paused: false } })
}

export const prepareCancel = (ctx: OrgContext, state: SubscriptionState, when: When): Promise<PreparedChange> => {
  if (state.row.status === 'cancelled') throw conflict('The subscription has ended already.')
  return prepareChange(ctx.db, state, { kind: 'cancel', when, now: ctx.now, after: null })
}
