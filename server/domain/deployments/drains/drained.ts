import type { SystemDb } from '../../../core/db.ts'

export interface Drained {
  id: string; appId: string; appName: string; orgId: string; desired: string; leaving: string | null; releaseId: string
  /** The app's volumes are on this node. */
  pinned: boolean
}

/** What is still on a node, in the order in which it leaves. */
export const instancesOn = (db: SystemDb, nodeId: string): Promise<Drained[]> => db.$queryRaw<Drained[]>`
  SELECT i.id, i.app_id AS "appId", a.name AS "appName", i.org_id AS "orgId", i.desired, i.leaving, i.release_id AS "releaseId",
    EXISTS (SELECT 1 FROM volume v WHERE v.app_id = i.app_id) AS pinned
  FROM instance i JOIN app a ON a.id = i.app_id WHERE i.node_id = ${nodeId} AND i.ended_at IS NULL ORDER BY i.created_at, i.id`

/** Which to send away next: one of each app at a time, as many at once as the operator allows. Pure. */
export const nextToLeave = (all: readonly Drained[], batch: number): string[] => {
  const movable = all.filter((i) => !i.pinned)
  const underWay = movable.filter((i) => i.leaving !== null || i.desired !== 'running')
  const busy = new Set(underWay.map((i) => i.appId))
  const next: string[] = []
  for (const one of movable) {
    if (one.leaving !== null || one.desired !== 'running' || busy.has(one.appId) || underWay.length + next.length >= batch) continue
    busy.add(one.appId)
    next.push(one.id)
  }
  return next
}
