import { runtime } from '../../../core/runtime.ts'
import type { SystemDb } from '../../../core/db.ts'
import { settingsOf } from '../billing-settings.ts'
import type { SubscriptionRow } from '../subscription.ts'
import { loadTerms } from '../subscriptions/load-terms.ts'
import { turnPeriods } from '../subscriptions/turn-periods.ts'
import { composeBills, type Bill } from './compose-bills.ts'
import { saveDrafts } from './save-drafts.ts'
import { settleBills } from './settle-bills.ts'

export interface ClosedPeriods { closed: number; invoiced: number }

const MINUTE_MS = 60_000
const ACTOR = { type: 'job', name: 'close-periods' } as const

/**
 * Closes one period of each organization that is due, in one transaction. Another process closing the same ones waits for the row
 * locks and then finds their periods moved.
 */
export const closePeriodsOf = (orgIds: readonly string[], now: Date): Promise<ClosedPeriods> =>
  runtime().databases.asSystem('job', async (db) => {
    const locked = await db.$queryRaw<{ org_id: string }[]>`
      SELECT org_id FROM subscription WHERE org_id = ANY(${[...orgIds]}) AND period_end <= ${now}::timestamptz
        AND (ended_at IS NULL OR period_start < ended_at) ORDER BY org_id FOR UPDATE`
    return locked.length === 0 ? { closed: 0, invoiced: 0 } : closeLocked(db, locked.map((row) => row.org_id), now)
  })

const closeLocked = async (db: SystemDb, orgIds: string[], now: Date): Promise<ClosedPeriods> => {
  const rows = await db.subscription.findMany({
    where: { orgId: { in: orgIds } }, include: { org: { select: { timezone: true, brand: { select: { billingSettings: true } } } } },
  })
  const due = rows.map(({ org, ...subscription }) => ({ subscription, timezone: org.timezone, grace: settingsOf(org.brand.billingSettings).graceMinutes }))
  const terms = await loadTerms(db, orgIds)
  await turnPeriods(db, due, terms)
  const billOf = ({ subscription }: { subscription: SubscriptionRow }): Bill => ({ draftId: null, subscription })
  for (const [grace, own] of Map.groupBy(due.filter((row) => row.grace > 0), (row) => row.grace)) {
    await saveDrafts(db, await composeBills(db, own.map(billOf), terms, now), { finaliseAt: new Date(now.getTime() + grace * MINUTE_MS), heldFor: null }, now)
  }
  const immediate = due.filter(({ grace }) => grace === 0)
  if (immediate.length === 0) return { closed: rows.length, invoiced: 0 }
  return { closed: rows.length, invoiced: await settleBills(db, await composeBills(db, immediate.map(billOf), terms, now), now, ACTOR) }
}
