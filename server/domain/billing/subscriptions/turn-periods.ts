import type { SystemDb } from '../../../core/db.ts'
import { addInvoiceItems } from '../items/add-invoice-item.ts'
import { startOfLocalDate, wholePeriodOf, type Period } from '../rules/period.ts'
import { phaseAt, type Phase, type PlanOf } from '../rules/recurring.ts'
import type { SubscriptionRow } from '../subscription.ts'
import { advanceItems } from './due-charges.ts'
import type { Terms } from './load-terms.ts'

/** The period after the present one, counted as the terms say that apply when it begins. */
export const nextPeriod = (row: Pick<SubscriptionRow, 'periodTo' | 'periodEnd'>, phases: readonly Phase[], planOf: PlanOf, timezone: string): Period => {
  const phase = phaseAt(phases, row.periodTo) ?? phases.at(-1)
  if (!phase) throw new Error('a subscription has at least one phase')
  const { end } = wholePeriodOf(phase.anchor, planOf(phase.priceListId).interval, row.periodTo)
  return { start: row.periodTo, end, startsAt: row.periodEnd, endsAt: startOfLocalDate(end, timezone) }
}

type Turned = readonly { subscription: SubscriptionRow; timezone: string }[]

/** Moves each to its next period and puts what that costs in advance on the next invoice. Within the transaction that closes the present one. */
export const turnPeriods = async (db: SystemDb, rows: Turned, { phasesOf, planOf }: Terms): Promise<void> => {
  const turned = rows.map(({ subscription, timezone }) => {
    const phases = phasesOf(subscription.orgId)
    return { orgId: subscription.orgId, phases, period: nextPeriod(subscription, phases, planOf, timezone) }
  })
  await addInvoiceItems(db, turned.flatMap(({ orgId, phases, period }) => advanceItems(orgId, phases, planOf, period)))
  await db.$executeRaw`
    UPDATE subscription s SET period_start = p."startsAt", period_end = p."endsAt", period_from = p.start, period_to = p."end"
    FROM jsonb_to_recordset(${JSON.stringify(turned.map(({ orgId, period }) => ({ org_id: orgId, ...period })))}::jsonb)
      AS p (org_id text, "startsAt" timestamptz, "endsAt" timestamptz, start text, "end" text)
    WHERE s.org_id = p.org_id`
}
