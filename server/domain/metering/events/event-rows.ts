import { Prisma } from '../../../../prisma/generated/client.ts'
import type { TenantDb } from '../../../core/db.ts'
import type { Aggregation } from '../../../contract/usage.ts'
import type { EventMeter, JudgedEvent } from './judge-event.ts'
import { addItems, addParts, bucketsOf, PART_OF_EVENT } from './roll-up.ts'

/** Shared with others who add; who closes a period or rebuilds the sums waits, and is waited for. */
export const lockForAdding = (db: TenantDb, orgId: string): Promise<unknown> =>
  db.$queryRaw`SELECT pg_advisory_xact_lock_shared(usage_lock_key(${orgId}))::text`

interface MeterRow { key: string; aggregation: Aggregation; field: string | null; built_in: boolean }
interface StateRow { timezone: string | null; org_timezone: string; billed_to: Date | null; meters: MeterRow[]; apps: string[] }
export interface IngestState { timezone: string; billedTo: Date | null; meters: Map<string, EventMeter>; apps: Set<string> }

/** Everything events of these meters and subjects are judged by, read under the lock. */
export const readState = async (db: TenantDb, orgId: string, types: readonly string[], subjects: readonly string[]): Promise<IngestState> => {
  const [row] = await db.$queryRaw<StateRow[]>`
    SELECT s.timezone, o.timezone AS org_timezone, (SELECT max(ends_at) FROM usage_period WHERE org_id = o.id) AS billed_to,
      (SELECT coalesce(json_agg(json_build_object('key', m.key, 'aggregation', m.aggregation, 'field', m.field, 'built_in', m.brand_id IS NULL) ORDER BY m.brand_id NULLS LAST), '[]')
        FROM meter m WHERE m.key = ANY(${[...types]}) AND m.archived_at IS NULL AND (m.brand_id IS NULL OR m.brand_id = o.brand_id)) AS meters,
      ARRAY(SELECT a.id FROM app a WHERE a.org_id = o.id AND a.id = ANY(${[...subjects]})) AS apps
    FROM organization o LEFT JOIN usage_state s ON s.org_id = o.id WHERE o.id = ${orgId}`
  if (!row) throw new Error(`organization ${orgId} is gone`)
  return {
    timezone: row.timezone ?? await beginState(db, orgId, row.org_timezone), billedTo: row.billed_to, apps: new Set(row.apps),
    meters: new Map(row.meters.map((m) => [m.key, { key: m.key, aggregation: m.aggregation, field: m.field, builtIn: m.built_in }])),
  }
}

const beginState = async (db: TenantDb, orgId: string, timezone: string): Promise<string> => {
  await db.$executeRaw`INSERT INTO usage_state (org_id, timezone) VALUES (${orgId}, ${timezone}) ON CONFLICT DO NOTHING`
  return (await db.usageState.findUniqueOrThrow({ where: { orgId } })).timezone
}

export interface EventKey { source: string; event_id: string }
export const keyOf = ({ source, event_id: id }: EventKey): string => JSON.stringify([source, id])

/** Keys, raw events and sums in one statement; whose key was there before adds nothing. Tells the keys that were new. */
export const addEvents = async (db: TenantDb, orgId: string, timezone: string, now: Date, events: readonly JudgedEvent[]): Promise<Set<string>> => {
  const rows = await db.$queryRaw<EventKey[]>`
    WITH input AS (
      SELECT ${orgId}::text AS org_id, ${timezone}::text AS timezone, i.* FROM jsonb_to_recordset(${JSON.stringify(events)}::jsonb)
        AS i (source text, event_id text, hash text, meter text, subject text, app_id text, at timestamptz, value numeric, item text, data jsonb)
    ), key AS (
      INSERT INTO usage_event_key (org_id, source, event_id, hash) SELECT org_id, source, event_id, hash FROM input ORDER BY source, event_id
      ON CONFLICT DO NOTHING RETURNING source, event_id
    ), fresh AS (
      SELECT i.* FROM input i JOIN key USING (source, event_id)
    ), raw AS (
      INSERT INTO usage_event (org_id, at, source, event_id, meter, subject, app_id, value, item, data, received_at)
      SELECT org_id, at, source, event_id, meter, subject, app_id, value, item, data, ${now}::timestamptz FROM fresh
    ), part AS (
      SELECT org_id, b.*, item, ${Prisma.raw(PART_OF_EVENT)} FROM fresh CROSS JOIN LATERAL ${Prisma.raw(bucketsOf('at', 'timezone'))}
    ), rolled AS (${Prisma.raw(addParts('part'))}), items AS (${Prisma.raw(addItems('part'))})
    SELECT source, event_id FROM key`
  return new Set(rows.map(keyOf))
}

/** What events of these keys said that were taken before. */
export const readHashes = async (db: TenantDb, orgId: string, keys: readonly EventKey[]): Promise<Map<string, string>> => {
  const rows = await db.$queryRaw<(EventKey & { hash: string })[]>`
    SELECT k.source, k.event_id, k.hash FROM usage_event_key k
    JOIN jsonb_to_recordset(${JSON.stringify(keys.map(({ source, event_id }) => ({ source, event_id })))}::jsonb) AS i (source text, event_id text) USING (source, event_id)
    WHERE k.org_id = ${orgId}`
  return new Map(rows.map((row) => [keyOf(row), row.hash]))
}

/** Usage reached into periods that were billed: their next invoice will correct it. */
export const markChanged = async (db: TenantDb, orgId: string, instants: readonly Date[]): Promise<void> => {
  await db.$executeRaw`
    UPDATE usage_period SET changed = true WHERE org_id = ${orgId} AND NOT changed
      AND EXISTS (SELECT FROM unnest(${[...instants]}::timestamptz[]) AS e (at) WHERE e.at >= starts_at AND e.at < ends_at)`
}
