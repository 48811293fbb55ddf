import { randomUUID } from 'node:crypto'
import { runtime } from '../../core/runtime.ts'
import type { StoredEvent } from './payload.ts'

/** Longer than an attempt may take: who died with a delivery in hand does not hold it longer. */
const HELD_S = 30
const AT_ONCE = 4
/** An endpoint that fails is asked one thing at a time. */
const AT_ONCE_FAILING = 1

interface ClaimedRow {
  id: string; claim: string; org_id: string; endpoint_id: string; event_type: string; tries: number; attempts: number
  url: string; secret: string; previous_secret: string | null; headers: string | null
  event_id: string; subject_type: string; subject_id: string; data: unknown; at: Date
}
export interface Claimed {
  id: string; claim: string; orgId: string; endpointId: string; tries: number
  url: string; sealedSecrets: string[]; sealedHeaders: string | null; event: StoredEvent
}

/** Enters the index of due rows once per endpoint, so that the backlog of one costs the others nothing. */
const CLAIM = `
WITH RECURSIVE waiting AS (
  (SELECT endpoint_id FROM webhook_delivery WHERE state = 'pending' ORDER BY endpoint_id LIMIT 1)
  UNION ALL
  SELECT (SELECT d.endpoint_id FROM webhook_delivery d WHERE d.state = 'pending' AND d.endpoint_id > w.endpoint_id ORDER BY d.endpoint_id LIMIT 1)
  FROM waiting w WHERE w.endpoint_id IS NOT NULL
), open AS MATERIALIZED (
  SELECT e.*, greatest(0, CASE WHEN e.failing_since IS NULL THEN ${AT_ONCE} ELSE ${AT_ONCE_FAILING} END - coalesce(($1::jsonb ->> e.id)::int, 0)) AS places
  FROM waiting w JOIN webhook_endpoint e ON e.id = w.endpoint_id WHERE e.enabled AND (e.paused_until IS NULL OR e.paused_until <= now())
  ORDER BY random()
), due AS MATERIALIZED (
  SELECT d.id FROM open o CROSS JOIN LATERAL (
    SELECT id FROM webhook_delivery WHERE state = 'pending' AND endpoint_id = o.id AND next_attempt_at <= now()
    ORDER BY next_attempt_at LIMIT o.places FOR UPDATE SKIP LOCKED) d LIMIT $2
)
UPDATE webhook_delivery d SET claim = $3, next_attempt_at = now() + interval '${HELD_S} seconds'
FROM due, open e, event v WHERE d.id = due.id AND e.id = d.endpoint_id AND v.id = d.event_id
RETURNING d.id, d.claim, d.org_id, d.endpoint_id, d.tries, e.url, e.secret, e.headers,
  CASE WHEN e.previous_until > now() THEN e.previous_secret END AS previous_secret,
  v.id AS event_id, v.type AS event_type, v.subject_type, v.subject_id, v.data, v.at`

/** Takes up to `limit` due deliveries; `busy` counts those each endpoint has in hand here. Held for some seconds, then free again. */
export const claimDue = async (limit: number, busy: ReadonlyMap<string, number> = new Map()): Promise<Claimed[]> => {
  const { rows } = await runtime().databases.systemPool.query<ClaimedRow>(CLAIM, [JSON.stringify(Object.fromEntries(busy)), limit, randomUUID()])
  return rows.map((row) => ({
    id: row.id, claim: row.claim, orgId: row.org_id, endpointId: row.endpoint_id, tries: row.tries, url: row.url,
    sealedSecrets: [row.secret, ...(row.previous_secret ? [row.previous_secret] : [])], sealedHeaders: row.headers,
    event: { id: row.event_id, orgId: row.org_id, type: row.event_type, subjectType: row.subject_type, subjectId: row.subject_id, data: row.data, at: row.at },
  }))
}
