import type { SystemDb } from '../../core/db.ts'

/**
 * A node that is not heard any more: what it ran is billed up to its last accepted heartbeat, until it says otherwise. `silentMs` are
 * real; the segments are of business time.
 */
export const endSegmentsOf = async (db: SystemDb, now: Date, lost: ReadonlyArray<{ nodeId: string; silentMs: number }>): Promise<void> => {
  const rows = lost.map(({ nodeId, silentMs }) => ({ node_id: nodeId, at: new Date(now.getTime() - silentMs) }))
  await db.$executeRaw`
    UPDATE allocation_segment s SET ended_at = greatest(s.started_at, l.at)
    FROM jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) AS l (node_id text, at timestamptz), instance i
    WHERE i.node_id = l.node_id AND i.ended_at IS NULL AND s.instance_id = i.id AND s.ended_at IS NULL`
}

/** It is heard again: what was last known to run has run all the while, unless its report says when it ended, or it was replaced meanwhile. */
export const resumeSegmentsOf = async (db: SystemDb, nodeId: string): Promise<void> => {
  await db.$executeRaw`
    UPDATE allocation_segment s SET ended_at = NULL FROM instance i
    WHERE i.node_id = ${nodeId} AND i.ended_at IS NULL AND NOT i.node_lost AND i.phase IN ('running', 'sleeping', 'stopping') AND s.instance_id = i.id AND s.start_id = i.vm_start_id
      AND s.ended_at IS NOT NULL`
}
