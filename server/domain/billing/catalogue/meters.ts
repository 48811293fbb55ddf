import type { Meter as MeterRow } from '../../../../prisma/generated/client.ts'
import type { SystemDb, TenantDb } from '../../../core/db.ts'

export type { MeterRow }

/** Built-in meters and a brand's own, by key; archived ones are not sold any more. */
export const metersOf = (db: SystemDb | TenantDb, brandId: string, archived = false): Promise<MeterRow[]> =>
  db.meter.findMany({ where: { OR: [{ brandId: null }, { brandId }], ...(archived ? {} : { archivedAt: null }) }, orderBy: { key: 'asc' } })
