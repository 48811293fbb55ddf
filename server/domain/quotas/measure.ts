import type { SystemDb, TenantDb } from '../../core/db.ts'
import type { Quotas } from '../../contract/quota.ts'
import { limitsOf, type Limits } from './limits.ts'

/** Last part of an image's name that says it is a database server. */
const DATABASE_IMAGE = '(^|/)(postgres|postgresql|timescaledb|mysql|mariadb|percona|redis|valkey|keydb|mongo|mongodb|clickhouse|cassandra)([:@][^/]*)?$'

/** Apps of an install under way count as running: they will be, one after the other. */
export const measureUsage = async (db: SystemDb | TenantDb, orgId: string): Promise<Quotas> => {
  const [row] = await db.$queryRaw<Quotas[]>`
    SELECT count(*)::int AS apps, coalesce(sum(replicas) FILTER (WHERE runs), 0)::int AS instances,
      coalesce(sum(replicas * vcpu) FILTER (WHERE runs), 0)::int AS vcpu,
      coalesce(sum(replicas::bigint * memory_mib) FILTER (WHERE runs), 0)::float8 AS memory_mib,
      coalesce(sum(replicas::bigint * disk_mib) FILTER (WHERE runs), 0)::float8 AS disk_mib,
      count(*) FILTER (WHERE image ~ ${DATABASE_IMAGE})::int AS databases,
      (SELECT coalesce(sum(size_mib), 0)::float8 FROM volume WHERE org_id = ${orgId} AND deleted_at IS NULL) AS volume_mib,
      (SELECT coalesce(max(n.bandwidth_mbit), 0)::int FROM app_network n JOIN app a ON a.id = n.app_id WHERE n.org_id = ${orgId} AND a.deleted_at IS NULL) AS bandwidth_mbit,
      (SELECT count(*)::int FROM membership WHERE org_id = ${orgId}) AS members
    FROM (SELECT a.*, a.desired = 'running' OR i.id IS NOT NULL AS runs
          FROM app a LEFT JOIN catalog_install i ON i.id = a.install_id AND i.org_id = a.org_id AND i.state = 'running'
          WHERE a.org_id = ${orgId} AND a.deleted_at IS NULL) live`
  if (!row) throw new Error('an aggregate has one row')
  return row
}

interface LimitsRow { quotas: unknown; plan: string | null }
const PLAN_AT_FIRST = 'starter'

export const readLimits = async (db: SystemDb | TenantDb, orgId: string): Promise<Limits> => {
  const [row] = await db.$queryRaw<LimitsRow[]>`
    SELECT o.quotas, s.plan_key AS plan FROM organization o LEFT JOIN subscription s ON s.org_id = o.id WHERE o.id = ${orgId}`
  return limitsOf(row?.plan ?? PLAN_AT_FIRST, row?.quotas ?? {})
}

/** Mbit/s that one instance may have in each direction. */
export const allowedBandwidth = async (db: SystemDb | TenantDb, orgId: string): Promise<number> => (await readLimits(db, orgId)).limits.bandwidth_mbit

/** One at a time per organization until the transaction ends. Take it before any other row lock, so that no two wait for each other. */
export const lockOrganization = async (db: SystemDb | TenantDb, orgId: string): Promise<void> => {
  // NO KEY: rows that only point at the organization are not held up.
  await db.$executeRaw`SELECT 1 FROM organization WHERE id = ${orgId} FOR NO KEY UPDATE`
}
