import type { SystemDb } from '../../core/db.ts'
import { runtime } from '../../core/runtime.ts'

/** Tells two states of what an organization owes apart: how many invoices, how much is left of them, the youngest of them. */
const OWED = `SELECT org_id, count(*) || ':' || sum(total - amount_paid - amount_credited) || ':' || max(coalesce(due_at, 'epoch')) AS seen
  FROM invoice WHERE state IN ('finalised', 'partially_paid')`

export const fingerprintOf = async (db: SystemDb, orgId: string): Promise<string> => {
  const [row] = await db.$queryRawUnsafe<{ seen: string }[]>(`${OWED} AND org_id = $1 GROUP BY org_id`, orgId)
  return row?.seen ?? ''
}

const CHANGED = `WITH owed AS (${OWED} GROUP BY org_id)
  SELECT o.id FROM organization o LEFT JOIN owed w ON w.org_id = o.id LEFT JOIN dunning_case c ON c.org_id = o.id
  WHERE o.deleted_at IS NULL AND (c.next_at <= $1 OR coalesce(w.seen, '') <> coalesce(c.seen, '')) ORDER BY c.next_at NULLS LAST, o.id`

/** Whose next step has come, or whose open invoices are not those its plan was made from, whatever changed them. */
export const dueOrganizations = async (now: Date): Promise<string[]> => {
  const { rows } = await runtime().databases.systemPool.query<{ id: string }>({ name: 'dunning-due', text: CHANGED, values: [now] })
  return rows.map(({ id }) => id)
}

const CHANGED_ONE = `WITH owed AS (${OWED} AND org_id = $2 GROUP BY org_id)
  SELECT o.id FROM organization o LEFT JOIN owed w ON w.org_id = o.id LEFT JOIN dunning_case c ON c.org_id = o.id
  WHERE o.id = $2 AND o.deleted_at IS NULL AND (c.next_at <= $1 OR coalesce(w.seen, '') <> coalesce(c.seen, ''))`

/** The same for one of them. */
export const isDue = async (orgId: string, now: Date): Promise<boolean> => {
  const { rowCount } = await runtime().databases.systemPool.query({ name: 'dunning-due-one', text: CHANGED_ONE, values: [now, orgId] })
  return rowCount === 1
}

export const nextStepAt = async (after: Date, upTo: Date): Promise<Date | null> => {
  const { rows } = await runtime().databases.systemPool.query<{ at: Date | null }>('SELECT min(next_at) AS at FROM dunning_case WHERE next_at > $1 AND next_at <= $2', [after, upTo])
  return rows[0]?.at ?? null
}
