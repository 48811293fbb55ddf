import type { SystemDb, TenantDb } from '../../../core/db.ts'
import type { Aggregation } from '../../../contract/usage.ts'

/** How the events of an organization are summed: the time zone of its days and months, and its custom meters by their way to sum. */
export interface UsageSource { timezone: string; meters: ReadonlyMap<Aggregation, readonly string[]> }

interface Row { timezone: string; aggregation: Aggregation; keys: string[] }

/** Null for who never sent an event. */
export const usageSourceOf = async (db: SystemDb | TenantDb, orgId: string): Promise<UsageSource | null> => {
  const rows = await db.$queryRaw<Row[]>`
    SELECT s.timezone, m.aggregation, array_agg(m.key ORDER BY m.key) AS keys
    FROM usage_state s JOIN organization o ON o.id = s.org_id JOIN meter m ON m.brand_id = o.brand_id WHERE s.org_id = ${orgId} GROUP BY 1, 2 ORDER BY 2`
  const [first] = rows
  return first ? { timezone: first.timezone, meters: new Map(rows.map(({ aggregation, keys }) => [aggregation, keys])) } : null
}
