import type { TenantDb } from '../../core/db.ts'
import { notFound } from '../../core/error.ts'
import { runtime } from '../../core/runtime.ts'

const DAY_MS = 86_400_000
const DEFAULT_DAYS = 30

/** Deleted apps keep their logs readable until the retention ends. */
export const requireApp = async (db: TenantDb, appId: string): Promise<void> => {
  if (!await db.app.findFirst({ where: { id: appId }, select: { id: true } })) throw notFound('app')
}

/** The plan keeps lines this long; what is packed with younger ones is there still, but not shown. */
export const keptSince = async (db: TenantDb, orgId: string): Promise<Date> => {
  const [row] = await db.$queryRaw<Array<{ days: number }>>`
    SELECT p.log_days AS days FROM subscription s JOIN plan p ON p.key = s.plan_key AND p.brand_id = (SELECT brand_id FROM organization WHERE id = ${orgId})
    WHERE s.org_id = ${orgId}`
  return new Date(runtime().clock.now().getTime() - (row?.days ?? DEFAULT_DAYS) * DAY_MS)
}
