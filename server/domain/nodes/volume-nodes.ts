import type { Facts } from '../../contract/node-api/v1.ts'
import { runtime } from '../../core/runtime.ts'

interface Row { id: string; region: string; status: string; facts: Facts; fences: boolean; disk_free_mib: number; promised_mib: number }

/** Nodes with what disk they have and what of it volumes may still fill. */
export const listVolumeNodes = async () => {
  const { rows } = await runtime().databases.systemPool.query<Row>({
    name: 'volume-nodes',
    text: `SELECT n.id, n.region, CASE WHEN n.status = 'ready' AND n.duty <> 'active' THEN n.duty ELSE n.status END AS status, n.facts, coalesce(n.fencing->>'fault' IS NULL AND n.fencing IS NOT NULL, false) AS fences, n.disk_free_mib,
        coalesce((SELECT sum(greatest(0, v.size_mib - coalesce(v.used_mib, 0))) FROM volume v WHERE v.node_id = n.id AND v.purged_at IS NULL), 0)::int AS promised_mib
      FROM node n`,
  })
  return rows.map((r) => ({
    id: r.id, region: r.region, status: r.status, isolation: r.facts.isolation, fences: r.fences, diskFreeMib: r.disk_free_mib, promisedMib: r.promised_mib,
  }))
}
