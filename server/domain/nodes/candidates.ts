import type { Facts } from '../../contract/node-api/v1.ts'
import type { SystemDb } from '../../core/db.ts'
import type { NodeState } from './rules/schedule.ts'

interface Row {
  id: string; region: string; zone: string; labels: Record<string, string>; status: string; duty: string; conditions: { type: string }[]; facts: Facts
  vcpu: number; memory_mib: number; disk_mib: number; instances: number; siblings: number; has_image: boolean; may_return: boolean
}

/** Whoever is away for longer is not waited for. */
const RETURNS_WITHIN_S = 600

/**
 * Every node as the scheduler sees it. An instance counts with what it was started with, until its agent has confirmed that nothing is
 * left; of volumes counts what they may still fill. Siblings are those of the same release: what a rollout replaces will not stay beside it.
 */
export const readCandidates = async (db: SystemDb, app: { releaseId: string; image: string } | null): Promise<NodeState[]> => {
  const rows = await db.$queryRaw<Row[]>`
    SELECT n.id, n.region, n.zone, n.labels, n.status, n.duty, n.conditions, n.facts, coalesce(u.vcpu, 0)::int AS vcpu, coalesce(u.memory_mib, 0)::int AS memory_mib,
      (coalesce(u.disk_mib, 0) + coalesce(v.size_mib, 0))::int AS disk_mib, coalesce(u.instances, 0)::int AS instances, coalesce(u.siblings, 0)::int AS siblings,
      EXISTS (SELECT 1 FROM instance i JOIN release r ON r.id = i.release_id WHERE i.node_id = n.id AND r.image = ${app?.image ?? ''} AND i.started_at IS NOT NULL) AS has_image,
      n.status <> 'ready' AND n.declared_dead_at IS NULL AND n.last_seen_at > now() - make_interval(secs => ${RETURNS_WITHIN_S}) AS may_return
    FROM node n
    LEFT JOIN (SELECT i.node_id, sum((r.config->>'vcpu')::int) AS vcpu, sum((r.config->>'memoryMib')::int) AS memory_mib, sum((r.config->>'diskMib')::int) AS disk_mib,
        count(*) AS instances, count(*) FILTER (WHERE i.release_id = ${app?.releaseId ?? ''} AND i.desired = 'running') AS siblings
      FROM instance i JOIN release r ON r.id = i.release_id WHERE i.ended_at IS NULL GROUP BY i.node_id) u ON u.node_id = n.id
    LEFT JOIN (SELECT node_id, sum(greatest(0, size_mib - coalesce(used_mib, 0))) AS size_mib FROM volume WHERE purged_at IS NULL GROUP BY node_id) v ON v.node_id = n.id`
  return rows.map(toState)
}

const toState = (r: Row): NodeState => ({
  id: r.id, region: r.region, zone: r.zone, labels: r.labels, status: r.status, mayReturn: r.may_return, duty: r.duty,
  conditions: r.conditions.map((c) => c.type),
  capabilities: [...(r.facts.isolation === 'hardware' ? ['isolation'] : []), ...(r.facts.network === 'bridge' ? ['bridge'] : [])],
  capacity: { vcpu: r.facts.cpu, memoryMib: r.facts.memory_mib, diskMib: r.facts.disk_mib },
  promised: { vcpu: r.vcpu, memoryMib: r.memory_mib, diskMib: r.disk_mib }, instances: r.instances, siblings: r.siblings, hasImage: r.has_image,
})
