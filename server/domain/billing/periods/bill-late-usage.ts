import type { SystemDb } from '../../../core/db.ts'
import { DomainError } from '../../../core/error.ts'
import { runtime } from '../../../core/runtime.ts'
import { issueSale } from '../invoices/issue-sale.ts'
import { lineOfItem, takeUnbilledItems } from '../items/unbilled-items.ts'
import { correctLateUsage } from '../usage/correct-late-usage.ts'
import { lockUsage } from '../usage/seal-usage.ts'

const ACTOR = { type: 'job', name: 'close-periods' } as const
/** As long as usage events are taken after their time: then one invoice holds all that came late. */
const WAIT = `interval '35 days'`

/** Who left, whose last period is closed, and who has something no next invoice will ever carry. */
const LEFT_BEHIND = `FROM subscription s WHERE s.ended_at IS NOT NULL AND s.period_start >= s.ended_at
  AND (EXISTS (SELECT FROM usage_period p WHERE p.org_id = s.org_id AND p.changed)
    OR (SELECT sum(i.amount) FROM invoice_item i WHERE i.org_id = s.org_id AND i.currency = s.currency AND i.invoice_id IS NULL AND i.settled_at IS NULL) > 0)`

const due = async (now: Date): Promise<string[]> => {
  const { rows } = await runtime().databases.systemPool.query<{ org_id: string }>(
    `SELECT s.org_id ${LEFT_BEHIND} AND s.ended_at + ${WAIT} <= $1 ORDER BY s.org_id`, [now])
  return rows.map((row) => row.org_id)
}

/** What came late goes on one more invoice. Less than nothing stays on the account: it is the operator's to pay back. */
const billOne = async (db: SystemDb, orgId: string, now: Date): Promise<boolean> => {
  const rows = await db.$queryRaw<{ currency: string; period_from: string; period_to: string }[]>`
    SELECT currency, period_from, period_to FROM subscription WHERE org_id = ${orgId} AND ended_at IS NOT NULL AND period_start >= ended_at FOR UPDATE`
  const [subscription] = rows
  if (!subscription) return false
  await lockUsage(db, [orgId])
  await correctLateUsage(db, [orgId])
  const items = (await takeUnbilledItems(db, [orgId]))(orgId, subscription.currency)
  if (items.reduce((sum, item) => sum + item.amount, 0n) <= 0n) return false
  const period = { start: subscription.period_from, end: subscription.period_to }
  await issueSale(db, {
    orgId, kind: 'one_off', lines: items.map((item) => lineOfItem(item, period)), itemIds: items.map((item) => item.id), note: 'Reported after the last invoice.', now, actor: ACTOR,
  })
  return true
}

/** Which tax applies is not known yet: the next run asks again. */
const waits = (error: unknown): boolean => error instanceof DomainError && error.code === 'state_conflict'

/** The last invoices of customers who left; answers how many. */
export const billLateUsage = async (now: Date, onFault: (orgId: string, error: unknown) => void): Promise<number> => {
  let issued = 0
  for (const orgId of await due(now)) {
    try {
      if (await runtime().databases.asSystem('job', (db) => billOne(db, orgId, now))) issued += 1
    } catch (error) {
      if (!waits(error)) onFault(orgId, error)
    }
  }
  return issued
}

/** When the next of them is due, in `(after, upTo]`. */
export const LATE_USAGE_DUE = `SELECT s.ended_at + ${WAIT} AS at ${LEFT_BEHIND}`
