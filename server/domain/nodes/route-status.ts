import type { ObjectStatus } from '../../contract/node-api/v1.ts'
import { recordEvent } from '../../core/event.ts'
import type { IntakeContext } from './instance-status.ts'

/** A failing route is repeated with every full report; one event in this time says it. */
const QUIET_MS = 10 * 60_000

interface RouteRow { id: string; tombstone: number | null; recent: boolean }

/** Returns the ids whose tombstone is confirmed. */
export const applyRouteStatuses = async (context: IntakeContext, statuses: ObjectStatus[]): Promise<string[]> => {
  const told = new Map(statuses.filter((s) => s.kind === 'route' && (s.phase === 'absent' || s.phase === 'failed')).map((s) => [s.id, s]))
  if (told.size === 0) return []
  const rows = await context.db.$queryRaw<RouteRow[]>`
    SELECT o.id, CASE WHEN o.desired = 'absent' THEN o.generation END AS tombstone,
      EXISTS (SELECT 1 FROM event e WHERE e.subject_type = 'route' AND e.subject_id = o.id AND e.type = 'route.failed' AND e.at > ${new Date(Date.now() - QUIET_MS)}) AS recent
    FROM node_object o WHERE o.node_id = ${context.nodeId} AND o.kind = 'route' AND o.id = ANY(${[...told.keys()]})`
  for (const row of rows) {
    const status = told.get(row.id)
    if (status?.phase !== 'failed' || row.recent) continue
    await recordEvent(context.db, {
      orgId: null, type: 'route.failed', subject: { type: 'route', id: row.id }, actor: { type: 'node', nodeId: context.nodeId }, requestId: null,
      data: { node_id: context.nodeId, reason: status.reason },
    })
  }
  return rows.filter((r) => r.tombstone !== null && told.get(r.id)?.phase === 'absent' && (told.get(r.id)?.generation ?? 0) >= r.tombstone).map((r) => r.id)
}
