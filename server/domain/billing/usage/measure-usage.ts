import { Prisma } from '../../../../prisma/generated/client.ts'
import type { SystemDb, TenantDb } from '../../../core/db.ts'
import { AGGREGATIONS, type Aggregation } from '../../../contract/usage.ts'
import { toPico } from './quantity.ts'
import { bucketsOf, spansOf, type Grain } from './spans.ts'

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

interface Row { app_id: string; subject: string; day: string; meter: string; quantity: string }

/** Segments clipped to each bucket (open ones up to now) and traffic by quarters of an hour. */
const builtInCells = (db: SystemDb | TenantDb, { orgId, from, to, now, timezone, granularity = 'day' }: UsageWindow): Promise<Row[]> => db.$queryRaw<Row[]>`
  WITH day AS MATERIALIZED (
    SELECT * FROM jsonb_to_recordset(${JSON.stringify(granularity === 'range' ? [{ name: '', starts: from, ends: to }] : bucketsOf(from, to, granularity, timezone))}::jsonb) AS b (name text, starts timestamptz, ends timestamptz)
  ), allotted AS (
    SELECT s.app_id, day.name AS day, s.vcpu, s.memory_mib,
      (extract(epoch FROM least(coalesce(s.ended_at, ${now}::timestamptz), ${now}::timestamptz, day.ends) - greatest(s.started_at, day.starts)) * 1000)::bigint AS ms
    FROM allocation_segment s
    JOIN day ON s.started_at < day.ends AND coalesce(s.ended_at, ${now}::timestamptz) > day.starts
    WHERE s.org_id = ${orgId} AND s.started_at < least(${to}::timestamptz, ${now}::timestamptz) AND coalesce(s.ended_at, 'infinity') > ${from}::timestamptz
  ), cell AS (
    SELECT app_id, day, sum(vcpu * ms) AS vcpu, sum(memory_mib * ms) AS memory FROM allotted WHERE ms > 0 GROUP BY 1, 2
  )
  SELECT app_id, '' AS subject, day, 'vcpu_seconds' AS meter, trim_scale(vcpu / 1000.0)::text AS quantity FROM cell
  UNION ALL SELECT app_id, '', day, 'memory_mib_seconds', trim_scale(memory / 1000.0)::text FROM cell
  UNION ALL
  SELECT h.app_id, '', day.name, h.meter, sum(h.quantity)::text
  FROM usage_quarter h JOIN day ON h.at >= day.starts AND h.at < day.ends
  WHERE h.org_id = ${orgId} AND h.meter = 'egress_bytes' AND h.at >= ${from}::timestamptz AND h.at < ${to}::timestamptz
  GROUP BY 1, 3, 4`

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

/** Events of custom meters by bucket. Sums of days and months serve only the time zone they were made in. */
const customCells = async (db: SystemDb | TenantDb, window: UsageWindow): Promise<Row[]> => {
  const { orgId, from, to, timezone, granularity = 'day', by = 'app' } = window
  const state = await db.usageState.findUnique({ where: { orgId } })
  if (!state) return []
  const finest = granularity === 'range' ? 'month' : granularity
  const coarsest = state.timezone === timezone || finest === 'minute' ? finest : 'hour'
  // Each span by its own values: what the planner expects is what there is, however large the table, and each is one range of the key.
  const spans = spansOf(from, to, timezone, coarsest)
  if (spans.length === 0) return []
  const source = (table: 'usage_rollup' | 'usage_item', keys: readonly string[]) => Prisma.sql`
    FROM (${Prisma.join(spans.map(({ grain, starts, ends }) => Prisma.sql`
      SELECT * FROM ${Prisma.raw(table)} u WHERE u.org_id = ${orgId} AND u.grain = ${grain} AND u.bucket >= ${starts}::timestamptz AND u.bucket < ${ends}::timestamptz
        AND u.meter = ANY(${keys})`), ' UNION ALL ')}) r CROSS JOIN (SELECT ${timezone}::text AS zone) z`
  const [app, subject] = [Prisma.raw(by === 'nothing' ? `''` : 'r.app_id'), Prisma.raw(by === 'subject' ? 'r.subject' : `''`)]
  const meters = Map.groupBy(await db.$queryRaw<{ key: string; aggregation: Aggregation }[]>`
    SELECT m.key, m.aggregation FROM meter m JOIN organization o ON o.id = ${orgId} AND m.brand_id = o.brand_id`, (meter) => meter.aggregation)
  const cellsOf = async (aggregation: Aggregation): Promise<Row[]> => {
    const keys = (meters.get(aggregation) ?? []).map((meter) => meter.key)
    return keys.length === 0 ? [] : db.$queryRaw<Row[]>`
      SELECT ${app} AS app_id, ${subject} AS subject, ${Prisma.raw(NAME[granularity])} AS day, r.meter, trim_scale(${Prisma.raw(QUANTITY[aggregation])})::text AS quantity
      ${source(aggregation === 'unique' ? 'usage_item' : 'usage_rollup', keys)} GROUP BY 1, 2, 3, 4`
  }
  const cells: Row[] = []
  for (const aggregation of AGGREGATIONS) cells.push(...await cellsOf(aggregation))
  return cells
}

const FIELDS = ['day', 'appId', 'meter', 'subject'] as const

export const byTime = (a: UsageCell, b: UsageCell): number => {
  const differs = FIELDS.find((field) => a[field] !== b[field])
  return differs === undefined ? 0 : a[differs] < b[differs] ? -1 : 1
}

/** Of what the platform measures itself only sums; custom meters came without apps already. */
const togetherByMeter = (cells: readonly UsageCell[]): UsageCell[] => [...Map.groupBy(cells, (cell) => `${cell.day} ${cell.meter}`).values()].flatMap((own) => {
  const [first] = own
  return first ? [{ ...first, appId: '', pico: own.reduce((sum, cell) => sum + cell.pico, 0n) }] : []
})

/** Everything measured, by app and bucket. */
export const measureUsage = async (db: SystemDb | TenantDb, window: UsageWindow): Promise<UsageCell[]> => {
  if (window.from >= window.to) return []
  const builtIn = await builtInCells(db, window)
  const rows = [...builtIn.map((row) => (window.by === 'subject' ? { ...row, subject: row.app_id } : row)), ...await customCells(db, window)]
  const cells = rows.map((row) => ({ appId: row.app_id, subject: row.subject, day: row.day, meter: row.meter, pico: toPico(row.quantity) }))
  return (window.by === 'nothing' ? togetherByMeter(cells) : cells).sort(byTime)
}
