import { Prisma } from '../../../../prisma/generated/client.ts'
import type { SystemDb, TenantDb } from '../../../core/db.ts'
import type { MeterUsage } from '../rules/invoice.ts'
import { spansOf } from './spans.ts'

/** `now` cuts off what still runs; of a period that has ended it is not needed. */
export interface MeasuredWindow { orgId: string; from: Date; to: Date; now?: Date }
/** Of each meter that was used: the quantity in meter units, and of custom meters the number of events. */
export type UsageTotals = ReadonlyMap<string, MeterUsage>

interface Row { n: number; meter: string; quantity: string; events: number | null }

/** What the platform measures itself: allotted time and bytes sent. */
const builtIn = (windows: readonly MeasuredWindow[]): Prisma.Sql => Prisma.sql`(
  WITH measured AS (
    SELECT w.n, a.vcpu, a.memory, a.sleeping, h.egress, s.volumes, s.snapshots
    FROM jsonb_to_recordset(${JSON.stringify(windows.map(({ orgId, from, to, now }, n) => ({ n, org_id: orgId, starts: from, ends: to, upto: now ?? to })))}::jsonb)
      AS w (n int, org_id text, starts timestamptz, ends timestamptz, upto timestamptz)
    CROSS JOIN LATERAL (
      SELECT sum(s.vcpu * ms) AS vcpu, sum(s.memory_mib * ms) AS memory, nullif(sum(s.sleeping_mib * ms), 0) AS sleeping
      FROM allotted s
      CROSS JOIN LATERAL (SELECT greatest(0, (extract(epoch FROM least(coalesce(s.ended_at, w.upto), w.upto, w.ends) - greatest(s.started_at, w.starts)) * 1000)::bigint) AS ms) length
      WHERE s.org_id = w.org_id AND s.started_at < w.ends AND coalesce(s.ended_at, 'infinity') > w.starts
    ) a
    CROSS JOIN LATERAL (
      SELECT sum(v.size_mib * ms) FILTER (WHERE v.meter = 'volume_gib_seconds') * 0.0000009765625 AS volumes,
        sum(v.size_mib * ms) FILTER (WHERE v.meter = 'snapshot_gib_seconds') * 0.0000009765625 AS snapshots
      FROM volume_segment v
      CROSS JOIN LATERAL (SELECT greatest(0, (extract(epoch FROM least(coalesce(v.ended_at, w.upto), w.upto, w.ends) - greatest(v.started_at, w.starts)) * 1000)::bigint) AS ms) length
      WHERE v.org_id = w.org_id AND v.started_at < w.ends AND coalesce(v.ended_at, 'infinity') > w.starts
    ) s
    CROSS JOIN LATERAL (
      SELECT sum(quantity) AS egress FROM usage_quarter u WHERE u.org_id = w.org_id AND u.meter = 'egress_bytes' AND u.at >= w.starts AND u.at < w.ends
    ) h
  )
  SELECT n, v.meter, trim_scale(v.quantity)::text AS quantity, NULL::int AS events
  FROM measured CROSS JOIN LATERAL (VALUES ('vcpu_seconds', vcpu / 1000.0), ('memory_mib_seconds', memory / 1000.0), ('sleeping_mib_seconds', sleeping / 1000.0), ('egress_bytes', egress),
    ('volume_gib_seconds', volumes), ('snapshot_gib_seconds', snapshots)) AS v (meter, quantity)
  WHERE v.quantity IS NOT NULL)`

/** In which time zone the days and months of each organization are summed; who is missing never sent an event. */
const readZones = async (db: SystemDb | TenantDb, orgIds: readonly string[]): Promise<Zones> => {
  const rows = await db.usageState.findMany({ where: { orgId: { in: [...new Set(orgIds)] } } })
  return new Map(rows.map((row) => [row.orgId, row.timezone]))
}
type Zones = ReadonlyMap<string, string>

/** Custom meters, from the coarsest sums that fit. Over the whole organization: the highest of all, the newest of all, each different value once. */
const custom = (windows: readonly MeasuredWindow[], zones: Zones): Prisma.Sql[] => {
  const spans = windows.flatMap(({ orgId, from, to }, n) => {
    const zone = zones.get(orgId)
    return zone === undefined ? [] : spansOf(from, to, zone).map((span) => ({ n, org_id: orgId, ...span }))
  })
  if (spans.length === 0) return []
  return [Prisma.sql`(
    WITH span AS MATERIALIZED (
      SELECT * FROM jsonb_to_recordset(${JSON.stringify(spans)}::jsonb) AS s (n int, org_id text, grain text, starts timestamptz, ends timestamptz)
    ), summed AS (
      SELECT s.n, s.org_id, r.meter, sum(r.events)::int AS events, sum(r.total) AS total, max(r.highest) AS highest,
        (array_agg(r.newest ORDER BY r.newest_at DESC, r.newest_source DESC, r.newest_id DESC))[1] AS newest
      FROM span s CROSS JOIN LATERAL (
        SELECT * FROM usage_rollup u WHERE u.org_id = s.org_id AND u.grain = s.grain AND u.bucket >= s.starts AND u.bucket < s.ends OFFSET 0
      ) r
      GROUP BY 1, 2, 3
    ), different AS MATERIALIZED (
      SELECT s.n, i.meter, count(DISTINCT i.item) AS items
      FROM span s CROSS JOIN LATERAL (
        SELECT * FROM usage_item u WHERE u.org_id = s.org_id AND u.grain = s.grain AND u.bucket >= s.starts AND u.bucket < s.ends OFFSET 0
      ) i GROUP BY 1, 2
    )
    SELECT u.n, u.meter, trim_scale(CASE m.aggregation WHEN 'count' THEN u.events WHEN 'max' THEN u.highest WHEN 'last' THEN u.newest
      WHEN 'unique' THEN coalesce(d.items, 0) ELSE u.total END)::text AS quantity, u.events
    FROM summed u JOIN organization o ON o.id = u.org_id JOIN meter m ON m.key = u.meter AND m.brand_id = o.brand_id
    LEFT JOIN different d ON d.n = u.n AND d.meter = u.meter)`]
}

/** Of each window, in order, in one statement; `known` spares the question for the time zones. */
export const measureWindows = async (db: SystemDb | TenantDb, windows: readonly MeasuredWindow[], known?: Zones): Promise<UsageTotals[]> => {
  if (windows.length === 0) return []
  const zones = known ?? await readZones(db, windows.map((w) => w.orgId))
  const rows = await db.$queryRaw<Row[]>`${Prisma.join([builtIn(windows), ...custom(windows, zones)], ' UNION ALL ')}`
  const byWindow = Map.groupBy(rows, (row) => row.n)
  const usageOf = ({ quantity, events }: Row): MeterUsage => ({ quantity, ...(events === null ? {} : { events }) })
  return windows.map((_, n) => new Map((byWindow.get(n) ?? []).map((row) => [row.meter, usageOf(row)])))
}
