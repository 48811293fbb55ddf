import type { ObjectStatus } from '../../contract/node-api/v1.ts'
import type { SystemDb } from '../../core/db.ts'
import type { Segment } from './allocation-rule.ts'

export interface InstanceRow {
  id: string; org_id: string; app_id: string; release_id: string; deployment_id: string | null
  phase: string; health: string | null; code: string | null; reason: string | null; restarts: number; vm_start_id: string | null
  observed_generation: number; started_at: Date | null
  /** It was replaced while its node was lost: what it still runs is not paid for. */
  replaced: boolean
  /** Size in force: of the desired object, else of the app. */
  vcpu: number; memory_mib: number
  digest: string | null
  /** Generation of the tombstone, or null while the instance shall exist. */
  tombstone: number | null
}

/** Live instances of this node only: an agent cannot speak for another's. Locked in the order of their ids. */
export const lockInstances = async (db: SystemDb, nodeId: string, ids: string[]): Promise<InstanceRow[]> =>
  db.$queryRaw<InstanceRow[]>`
    SELECT i.id, i.org_id, i.app_id, i.release_id, i.deployment_id, i.phase, i.health, i.code, i.reason, i.restarts, i.vm_start_id,
      i.observed_generation, i.started_at, i.node_lost AND i.desired = 'absent' AS replaced, r.digest, coalesce((o.spec->>'vcpu')::int, a.vcpu) AS vcpu,
      coalesce((o.spec->>'memory_mib')::int, a.memory_mib) AS memory_mib, CASE WHEN o.desired = 'absent' THEN o.generation END AS tombstone
    FROM instance i JOIN app a ON a.id = i.app_id JOIN release r ON r.id = i.release_id
      LEFT JOIN node_object o ON o.node_id = i.node_id AND o.kind = 'vm' AND o.id = i.id
    WHERE i.id = ANY(${ids}) AND i.node_id = ${nodeId} AND i.ended_at IS NULL ORDER BY i.id FOR UPDATE OF i`

interface SegmentRow { instance_id: string; start_id: string; started_at: Date; ended_at: Date | null }

/** Of each instance: open segments, the last closed one, and those of the starts now reported. */
export const readSegments = async (db: SystemDb, instanceIds: string[], startIds: string[]): Promise<Map<string, Segment[]>> => {
  const rows = await db.$queryRaw<SegmentRow[]>`
    SELECT instance_id, start_id, started_at, ended_at FROM allocation_segment WHERE instance_id = ANY(${instanceIds})
      AND (ended_at IS NULL OR start_id = ANY(${startIds}))
    UNION SELECT * FROM (SELECT DISTINCT ON (instance_id) instance_id, start_id, started_at, ended_at FROM allocation_segment
      WHERE instance_id = ANY(${instanceIds}) AND ended_at IS NOT NULL ORDER BY instance_id, ended_at DESC) last`
  const byInstance = new Map<string, Segment[]>()
  for (const row of rows) {
    const list = byInstance.get(row.instance_id) ?? []
    byInstance.set(row.instance_id, [...list, { startId: row.start_id, startedAt: row.started_at, endedAt: row.ended_at }])
  }
  return byInstance
}

/** What people and other parts of the product can see; the free text alone is no news. */
export const isVisibleChange = (row: InstanceRow, status: ObjectStatus): boolean =>
  row.phase !== status.phase || row.health !== status.health || row.code !== status.code || row.restarts !== status.restarts
  || row.vm_start_id !== status.vm_start_id
