import type { SystemDb } from '../../core/db.ts'

export interface NodeUse { nodeId: string; instances: number; vcpu: number; memoryMib: number; diskMib: number }

interface UseRow { node_id: string; instances: number; vcpu: number; memory_mib: number; disk_mib: number }

/** What the live instances of each node hold, also those still being removed. */
export const nodeUse = async (db: SystemDb, nodeId?: string): Promise<Map<string, NodeUse>> => {
  const rows = await db.$queryRaw<UseRow[]>`
    SELECT i.node_id, count(*)::int AS instances, sum(coalesce((o.spec->>'vcpu')::int, a.vcpu))::int AS vcpu,
      sum(coalesce((o.spec->>'memory_mib')::int, a.memory_mib))::int AS memory_mib, sum(coalesce((o.spec->>'disk_mib')::int, a.disk_mib))::int AS disk_mib
    FROM instance i JOIN app a ON a.id = i.app_id LEFT JOIN node_object o ON o.node_id = i.node_id AND o.kind = 'vm' AND o.id = i.id
    WHERE i.ended_at IS NULL AND (${nodeId ?? null}::text IS NULL OR i.node_id = ${nodeId ?? null}) GROUP BY i.node_id`
  return new Map(rows.map((r) => [r.node_id, { nodeId: r.node_id, instances: r.instances, vcpu: r.vcpu, memoryMib: r.memory_mib, diskMib: r.disk_mib }]))
}
