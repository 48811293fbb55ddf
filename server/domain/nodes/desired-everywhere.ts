import { isDeepStrictEqual } from 'node:util'
import type { RouteObjectSpec } from '../../contract/node-api/v1.ts'
import type { SystemDb } from '../../core/db.ts'
import { openSpec, storeSpec, type StoredSpec } from './desired-spec.ts'

/** One route as some nodes shall hold it; without a spec they shall not. */
export interface RouteOn { nodeIds: readonly string[]; id: string; spec: RouteObjectSpec | null }

interface Written extends StoredSpec { nodeIds: readonly string[]; id: string }

/**
 * Routes of many nodes at once, in as many statements as those of one: all are locked in the order in which everybody locks nodes, and what
 * changed on a node has its next index. The same wish again changes nothing.
 */
export const setRoutes = async (db: SystemDb, wanted: readonly RouteOn[]): Promise<void> => {
  const nodeIds = [...new Set(wanted.flatMap((one) => one.nodeIds))]
  if (nodeIds.length === 0) return
  await db.$executeRaw`SELECT 1 FROM node WHERE id = ANY(${nodeIds}) ORDER BY id FOR NO KEY UPDATE`
  const written: Written[] = []
  for (const { nodeIds: on, id, spec } of wanted) {
    if (spec?.secrets) written.push(...await sealedFor(db, on, id, spec))
    else written.push({ nodeIds: on, id, spec: spec ? { ...spec } : null, sealedSecrets: null, keyId: null })
  }
  if (written.length > 0) await write(db, written)
}

/** Secrets are sealed for one node each, and never twice the same: only for those that hold something else. */
const sealedFor = async (db: SystemDb, nodeIds: readonly string[], id: string, spec: RouteObjectSpec): Promise<Written[]> => {
  const held = await db.nodeObject.findMany({ where: { kind: 'route', id, desired: 'present', nodeId: { in: [...nodeIds] } }, select: { nodeId: true, spec: true, sealedSecrets: true } })
  const before = new Map(held.map((row) => [row.nodeId, row]))
  const all = await Promise.all(nodeIds.map(async (nodeId): Promise<Written[]> => {
    const row = before.get(nodeId)
    // One that cannot be opened any more is written anew.
    if (row && isDeepStrictEqual(await openSpec(nodeId, id, row).catch(() => null), spec)) return []
    return [{ nodeIds: [nodeId], id, ...await storeSpec(nodeId, id, spec) }]
  }))
  return all.flat()
}

const write = async (db: SystemDb, written: readonly Written[]): Promise<void> => {
  const rows = written.map(({ nodeIds: on, id, spec, sealedSecrets: sealed, keyId: key }) => ({ on, id, spec, sealed, key }))
  await db.$executeRaw`
    WITH wanted AS MATERIALIZED (
      SELECT n.id AS node_id, n.desired_index + 1 AS index, w.id, w.spec, w.sealed, w.key
      FROM jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) AS w ("on" jsonb, id text, spec jsonb, sealed text, key text)
      CROSS JOIN jsonb_array_elements_text(w."on") AS p (node_id) JOIN node n ON n.id = p.node_id
    ), given AS (
      INSERT INTO node_object AS o (node_id, kind, id, desired, changed_index, spec, sealed_secrets, key_id)
      SELECT node_id, 'route', id, 'present', index, spec, sealed, key FROM wanted WHERE spec IS NOT NULL
      ON CONFLICT (node_id, kind, id) DO UPDATE SET desired = 'present', generation = o.generation + 1, changed_index = excluded.changed_index,
        spec = excluded.spec, sealed_secrets = excluded.sealed_secrets, key_id = excluded.key_id
      WHERE o.desired <> 'present' OR o.spec IS DISTINCT FROM excluded.spec OR o.sealed_secrets IS DISTINCT FROM excluded.sealed_secrets
      RETURNING node_id, xmax = 0 AS is_new
    ), taken AS (
      UPDATE node_object o SET desired = 'absent', generation = o.generation + 1, changed_index = w.index, spec = NULL, sealed_secrets = NULL, key_id = NULL
      FROM wanted w WHERE w.spec IS NULL AND o.node_id = w.node_id AND o.kind = 'route' AND o.id = w.id AND o.desired <> 'absent'
      RETURNING o.node_id, false AS is_new
    ), moved AS (
      UPDATE node SET desired_index = desired_index + 1, held_objects = held_objects + c.objects, held_generations = held_generations + c.generations
      FROM (SELECT node_id, count(*) FILTER (WHERE is_new) AS objects, count(*) AS generations FROM (TABLE given UNION ALL TABLE taken) g GROUP BY node_id) c
      WHERE id = c.node_id RETURNING id
    )
    SELECT pg_notify('shellwego', 'node:' || id) FROM moved`
}
