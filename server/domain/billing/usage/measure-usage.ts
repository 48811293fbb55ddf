import type { SystemDb, TenantDb } from '../../../core/db.ts'
import { fraction, toDecimalString } from '../rules/rational.ts'
import type { Meter } from '../prices/default-prices.ts'

/** What one app used of one meter on one local day, in thousandths of the meter's unit, so that nothing is lost before rating. */
export interface UsageCell { appId: string; day: string; meter: Meter; milli: bigint }

export interface UsageWindow { orgId: string; from: Date; to: Date; now: Date; timezone: string; appId?: string }

interface Row { app_id: string; day: string; meter: Meter; milli: string }

export const milliToDecimal = (milli: bigint): string => toDecimalString(fraction(milli, 1000n), 3)

/** Segments clipped to each local day (open ones up to now) and metered hours, both by app and day. */
export const measureUsage = async (db: SystemDb | TenantDb, { orgId, from, to, now, timezone, appId }: UsageWindow): Promise<UsageCell[]> => {
  if (from >= to) return []
  const rows = await db.$queryRaw<Row[]>`
    WITH day AS MATERIALIZED (
      SELECT to_char(d, 'YYYY-MM-DD') AS name, greatest(d AT TIME ZONE ${timezone}, ${from}::timestamptz) AS starts,
        least((d + interval '1 day') AT TIME ZONE ${timezone}, ${to}::timestamptz) AS ends
      FROM generate_series(date_trunc('day', ${from}::timestamptz AT TIME ZONE ${timezone}),
        date_trunc('day', (${to}::timestamptz - interval '1 millisecond') AT TIME ZONE ${timezone}), interval '1 day') d
    ), allotted AS (
      SELECT s.app_id, day.name AS day, s.vcpu, s.memory_mib,
        (extract(epoch FROM least(coalesce(s.ended_at, ${now}::timestamptz), ${now}::timestamptz, day.ends) - greatest(s.started_at, day.starts)) * 1000)::bigint AS ms
      FROM allocation_segment s
      JOIN day ON s.started_at < day.ends AND coalesce(s.ended_at, ${now}::timestamptz) > day.starts
      WHERE s.org_id = ${orgId} AND s.started_at < least(${to}::timestamptz, ${now}::timestamptz) AND coalesce(s.ended_at, 'infinity') > ${from}::timestamptz
        AND (${appId ?? null}::text IS NULL OR s.app_id = ${appId ?? null})
    ), cell AS (
      SELECT app_id, day, sum(vcpu * ms) AS vcpu, sum(memory_mib * ms) AS memory FROM allotted WHERE ms > 0 GROUP BY 1, 2
    )
    SELECT app_id, day, 'vcpu_seconds' AS meter, vcpu::text AS milli FROM cell
    UNION ALL SELECT app_id, day, 'memory_mib_seconds', memory::text FROM cell
    UNION ALL
    SELECT h.app_id, day.name, h.meter, (sum(h.quantity) * 1000)::text
    FROM usage_hour h JOIN day ON h.hour >= day.starts AND h.hour < day.ends
    WHERE h.org_id = ${orgId} AND h.meter = 'egress_bytes' AND h.hour >= ${from}::timestamptz AND h.hour < ${to}::timestamptz
      AND (${appId ?? null}::text IS NULL OR h.app_id = ${appId ?? null})
    GROUP BY 1, 2, 3
    ORDER BY 1, 2, 3`
  return rows.map((row) => ({ appId: row.app_id, day: row.day, meter: row.meter, milli: BigInt(row.milli) }))
}
