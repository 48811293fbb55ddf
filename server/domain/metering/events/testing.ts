import { newId } from '../../../core/id.ts'
import { runtime } from '../../../core/runtime.ts'
import type { Aggregation } from '../../../contract/usage.ts'

/** Meters of a seller, by their keys. */
export const addMeters = (brandId: string, meters: Record<string, { aggregation: Aggregation; field?: string }>): Promise<unknown> =>
  runtime().databases.asSystem('job', (db) => db.meter.createMany({
    data: Object.entries(meters).map(([key, { aggregation, field }]) => ({
      id: newId('meter'), brandId, key, name: key, unit: 'unit', meterUnits: '1', aggregation, field: field ?? null,
    })), skipDuplicates: true,
  }))

export interface SumRow {
  grain: string; bucket: Date; meter: string; app_id: string; subject: string; events: string; total: string
  highest: string | null; newest: string | null; newest_id: string; items: string[]
}

/** Every sum of an organization with what it holds. */
export const sumsOf = async (orgId: string): Promise<SumRow[]> => (await runtime().databases.systemPool.query<SumRow>(`
  SELECT r.grain, r.bucket, r.meter, r.app_id, r.subject, r.events, r.total, r.highest, r.newest, r.newest_id,
    ARRAY(SELECT i.item FROM usage_item i WHERE (i.org_id, i.grain, i.bucket, i.meter, i.app_id, i.subject) = (r.org_id, r.grain, r.bucket, r.meter, r.app_id, r.subject) ORDER BY 1) AS items
  FROM usage_rollup r WHERE r.org_id = $1 ORDER BY 1, 2, 3, 4, 5`, [orgId])).rows
