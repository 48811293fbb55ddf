import type { SubscriptionPhase as PhaseRow } from '../../../../prisma/generated/client.ts'
import type { Interval, Timing } from '../../../contract/catalogue.ts'
import type { Anchor } from '../rules/period.ts'
import type { Phase, RecurringPlan } from '../rules/recurring.ts'
import { recurringOf, type PriceListRow } from './current-price-list.ts'

/** A stored price list as the rules of recurring charges read it. */
export const recurringPlan = (row: PriceListRow): RecurringPlan => ({
  id: row.id, planKey: row.planKey, name: row.name, currency: row.currency, interval: row.interval as Interval, timing: row.timing as Timing,
  recurring: recurringOf(row), commitment: row.commitment,
})

export const anchorOf = ({ anchorMode, anchorDate }: Pick<PhaseRow, 'anchorMode' | 'anchorDate'>): Anchor =>
  ({ mode: anchorMode === 'anniversary' ? 'anniversary' : 'calendar', date: anchorDate })

export const toPhase = ({ from, to, priceListId, quantity, paused, trial, anchorMode, anchorDate }: PhaseRow): Phase => ({
  from, to, priceListId, quantity, paused, trial, anchor: anchorOf({ anchorMode, anchorDate }),
})
