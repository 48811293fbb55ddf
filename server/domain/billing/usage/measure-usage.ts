import { Prisma } from '../../../../prisma/generated/client.ts'
import type { SystemDb, TenantDb } from '../../../core/db.ts'
import type { Aggregation } from '../../../contract/usage.ts'
import { toPico } from './quantity.ts'
import { bucketsOf, spansOf, type Grain } from './spans.ts'
import type { UsageSource } from './usage-source.ts'

/** What one app used of one meter in one bucket, by default a local day. `appId` is empty for what belongs to no app. */
export interface UsageCell { appId: string; subject: string; day: string; meter: string; pico: bigint }

export interface UsageWindow {
  orgId: string; from: Date; to: Date; now: Date; timezone: string
  /** By default days; `range` is one bucket for all of it. */
  granularity?: Granularity
  /** By default apps; `subject` tells apart what events name besides, `nothing` puts all apps together. */
  by?: 'app' | 'subject' | 'nothing'
}
export type Granularity = Grain | 'range'

interface Row { n: number; app_id: string; subject: string; day: string; meter: string; quantity: string }

/** Segments clipped to each bucket (open ones up to now) and traffic by quarters of an hour. */
const builtInCells = ({ orgId, from, to, now, timezone, granularity = 'day', by = 'app' }: UsageWindow, n: number): Prisma.Sql => Prisma.sql`(
  WITH day AS MATERIALIZED (
    SELECT * FROM jsonb_to_recordset(${JSON.stringify(granularity === 'range' ? [{ name: '', starts: from, ends: to }] : bucketsOf(from, to, granularity, timezone))}::jsonb) AS b (name text, starts timestamptz, ends timestamptz)
  ), piece AS (
    SELECT s.app_id, day.name AS day, s.vcpu, s.memory_mib, s.sleeping_mib,
      (extract(epoch FROM least(coalesce(s.ended_at, ${now}::timestamptz), ${now}::timestamptz, day.ends) - greatest(s.started_at, day.starts)) * 1000)::bigint AS ms
    FROM allotted s
    JOIN day ON s.started_at < day.ends AND coalesce(s.ended_at, ${now}::timestamptz) > day.starts
    WHERE s.org_id = ${orgId} AND s.started_at < least(${to}::timestamptz, ${now}::timestamptz) AND coalesce(s.ended_at, 'infinity') > ${from}::timestamptz
  ), cell AS (
    SELECT app_id, day, sum(vcpu * ms) AS vcpu, sum(memory_mib * ms) AS memory, sum(sleeping_mib * ms) AS sleeping FROM piece WHERE ms > 0 GROUP BY 1, 2
  )
  SELECT ${n}::int AS n, app_id, ${by === 'subject' ? Prisma.raw('app_id') : Prisma.raw(`''`)} AS subject, day, meter, quantity FROM (
  SELECT app_id, day, 'vcpu_seconds' AS meter, trim_scale(vcpu / 1000.0)::text AS quantity FROM cell
  UNION ALL SELECT app_id, day, 'memory_mib_seconds', trim_scale(memory / 1000.0)::text FROM cell
  UNION ALL SELECT app_id, day, 'sleeping_mib_seconds', trim_scale(sleeping / 1000.0)::text FROM cell WHERE sleeping > 0
  UNION ALL
  SELECT v.app_id, day.name, v.meter, trim_scale(sum(v.size_mib * 0.0000009765625 *
    (extract(epoch FROM least(coalesce(v.ended_at, ${now}::timestamptz), ${now}::timestamptz, day.ends) - greatest(v.started_at, day.starts)) * 1000)::bigint))::text
  FROM volume_segment v JOIN day ON v.started_at < least(day.ends, ${now}::timestamptz) AND coalesce(v.ended_at, ${now}::timestamptz) > day.starts
  WHERE v.org_id = ${orgId} AND v.started_at < least(${to}::timestamptz, ${now}::timestamptz) AND coalesce(v.ended_at, 'infinity') > ${from}::timestamptz
  GROUP BY 1, 2, 3
  UNION ALL
  SELECT h.app_id, day.name, h.meter, sum(h.quantity)::text
  FROM usage_quarter h JOIN day ON h.at >= day.starts AND h.at < day.ends
  WHERE h.org_id = ${orgId} AND h.meter = 'egress_bytes' AND h.at >= ${from}::timestamptz AND h.at < ${to}::timestamptz
  GROUP BY 1, 2, 3) built_in)`

const NAME: Record<Granularity, string> = {
  range: `''`,
  month: `to_char(r.bucket AT TIME ZONE z.zone, 'YYYY-MM')`, day: `to_char(r.bucket AT TIME ZONE z.zone, 'YYYY-MM-DD')`,
  hour: `to_char(date_trunc('hour', r.bucket, 'UTC') AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI":00.000Z"')`,
  minute: `to_char(r.bucket AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI":00.000Z"')`,
}

const QUANTITY: Record<Aggregation, string> = {
  sum: 'sum(r.total)', count: 'sum(r.events)', max: 'max(r.highest)', unique: 'count(DISTINCT r.item)::numeric',
  last: '(array_agg(r.newest ORDER BY r.newest_at DESC, r.newest_source DESC, r.newest_id DESC))[1]',
}

/** Events of custom meters by bucket, a statement for each way to sum. Sums of days and months serve only the time zone they were made in. */
const customCells = ({ orgId, from, to, timezone, granularity = 'day', by = 'app' }: UsageWindow, n: number, source: UsageSource | null): Prisma.Sql[] => {
  if (!source) return []
  const finest = granularity === 'range' ? 'month' : granularity
  const coarsest = source.timezone === timezone || finest === 'minute' ? finest : 'hour'
  // Each span by its own values: what the planner expects is what there is, however large the table, and each is one range of the key.
  const spans = spansOf(from, to, timezone, coarsest)
  if (spans.length === 0) return []
  const [app, subject] = [Prisma.raw(by === 'nothing' ? `''` : 'r.app_id'), Prisma.raw(by === 'subject' ? 'r.subject' : `''`)]
  return [...source.meters].map(([aggregation, keys]) => Prisma.sql`(
    SELECT ${n}::int AS n, ${app} AS app_id, ${subject} AS subject, ${Prisma.raw(NAME[granularity])} AS day, r.meter, trim_scale(${Prisma.raw(QUANTITY[aggregation])})::text AS quantity
    FROM (${Prisma.join(spans.map(({ grain, starts, ends }) => Prisma.sql`
      SELECT * FROM ${Prisma.raw(aggregation === 'unique' ? 'usage_item' : 'usage_rollup')} u
      WHERE u.org_id = ${orgId} AND u.grain = ${grain} AND u.bucket >= ${starts}::timestamptz AND u.bucket < ${ends}::timestamptz AND u.meter = ANY(${keys})`), ' UNION ALL ')}
    ) r CROSS JOIN (SELECT ${timezone}::text AS zone) z GROUP BY 2, 3, 4, 5)`)
}

const order = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0)
export const byTime = (a: UsageCell, b: UsageCell): number =>
  order(a.day, b.day) || order(a.appId, b.appId) || order(a.meter, b.meter) || order(a.subject, b.subject)

/** Of what the platform measures itself only sums; custom meters came without apps already. */
const togetherByMeter = (cells: readonly UsageCell[]): UsageCell[] => [...Map.groupBy(cells, (cell) => `${cell.day} ${cell.meter}`).values()].flatMap((own) => {
  const [first] = own
  return first ? [{ ...first, appId: '', pico: own.reduce((sum, cell) => sum + cell.pico, 0n) }] : []
})

/** Everything measured in each window, by app and bucket, in one statement. */
export const measureUsage = async (db: SystemDb | TenantDb, windows: readonly UsageWindow[], source: UsageSource | null): Promise<UsageCell[][]> => {
  const parts = windows.flatMap((window, n) => (window.from < window.to ? [builtInCells(window, n), ...customCells(window, n, source)] : []))
  const rows = parts.length === 0 ? [] : await db.$queryRaw<Row[]>`${Prisma.join(parts, ' UNION ALL ')}`
  const cells = windows.map((): UsageCell[] => [])
  for (const row of rows) cells[row.n]?.push({ appId: row.app_id, subject: row.subject, day: row.day, meter: row.meter, pico: toPico(row.quantity) })
  return cells.map((own, n) => (windows[n]?.by === 'nothing' ? togetherByMeter(own) : own).sort(byTime))
}
