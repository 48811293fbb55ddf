import type { Organization, Subscription as SubscriptionRow, SubscriptionChange as ChangeRow } from '../../../../prisma/generated/client.ts'
import type { SystemDb, TenantDb } from '../../../core/db.ts'
import { DomainError, notFound } from '../../../core/error.ts'
import type { PriceListRow } from '../prices/current-price-list.ts'
import { recurringPlan } from '../prices/recurring-plan.ts'
import { localDateOf } from '../rules/period.ts'
import { phaseAt, type Phase, type PlanOf } from '../rules/recurring.ts'
import { daysAfter } from '../subscription.ts'
import { loadTerms } from './load-terms.ts'

export type { ChangeRow }

/** A subscription with everything a change of it is decided by. */
export interface SubscriptionState {
  org: Organization
  row: SubscriptionRow
  phases: Phase[]
  /** What applies today, or applied last. */
  phase: Phase
  rowOf: (id: string) => PriceListRow
  planOf: PlanOf
  today: string
  tomorrow: string
  /** Scheduled, or waiting for its payment. */
  open: ChangeRow | null
}

/** Changes of one subscription wait for each other, and for the close of its period. */
export const lockSubscription = async (db: SystemDb | TenantDb, orgId: string): Promise<void> => {
  await db.$queryRaw`SELECT 1 FROM subscription WHERE org_id = ${orgId} FOR UPDATE`
}

export const readState = async (db: SystemDb | TenantDb, orgId: string, now: Date): Promise<SubscriptionState> => {
  const org = await db.organization.findUniqueOrThrow({ where: { id: orgId } })
  const row = await db.subscription.findUnique({ where: { orgId } })
  if (!row) throw notFound('subscription')
  const terms = await loadTerms(db, [orgId])
  const phases = terms.phasesOf(orgId)
  const today = localDateOf(now, org.timezone)
  const phase = phaseAt(phases, today) ?? phases.at(-1)
  if (!phase) throw new Error(`subscription of ${orgId} has no phase`)
  const open = await db.subscriptionChange.findFirst({ where: { orgId, state: { in: ['scheduled', 'awaiting_payment'] } } })
  return { org, row, phases, phase, rowOf: terms.rowOf, planOf: terms.planOf, today, tomorrow: daysAfter(today, 1), open }
}

/** The same for a change, with the row locked. */
export const takeState = async (db: SystemDb | TenantDb, orgId: string, now: Date): Promise<SubscriptionState> => {
  await lockSubscription(db, orgId)
  const state = await readState(db, orgId, now)
  // Between the end of a period and its close nobody can say yet which period a change belongs to.
  if (state.row.periodEnd <= now && state.row.endedAt === null) throw new DomainError('state_conflict', 'The billing period is being closed. Try again in a minute.')
  return state
}

/** With a price list that does not apply yet. */
export const withPlan = (state: SubscriptionState, price: PriceListRow): SubscriptionState => ({
  ...state,
  rowOf: (id) => (id === price.id ? price : state.rowOf(id)),
  planOf: (id) => (id === price.id ? recurringPlan(price) : state.planOf(id)),
})
