import { MESH_NODES } from '../../contract/node-api/network.ts'
import type { Facts } from '../../contract/node-api/v1.ts'
import type { SystemDb } from '../../core/db.ts'

/** First half of the locks on single places, so that they meet no others. */
const PLACE = 0x6d657368
/** More than there are transactions at once on one database. */
const LOOKED_AT = 256

/**
 * A key is one node's: with another's it would stand in that one's way. A machine that was copied comes without a place in the mesh. Two that
 * come with one key at once wait for each other here; others do not.
 */
export const withOwnKey = async (db: SystemDb, nodeId: string, facts: Facts): Promise<Facts> => {
  const { mesh, ...others } = facts
  if (!mesh) return facts
  await db.$executeRaw`SELECT pg_advisory_xact_lock(hashtextextended(${`mesh key ${mesh.public_key}`}, 0))`
  const [holder] = await db.$queryRaw<{ id: string }[]>`SELECT id FROM node WHERE facts->'mesh'->>'public_key' = ${mesh.public_key} AND id <> ${nodeId} LIMIT 1`
  return holder ? others : facts
}

/**
 * The smallest place nobody has and nobody else is just taking; null when all are taken, and the node stays out of the mesh. Whoever joins at
 * the same time passes over it: one lock for all would make a thousand joins as many turns.
 */
export const takeMeshIndex = async (db: SystemDb): Promise<number | null> => {
  for (;;) {
    const [free] = await db.$queryRaw<{ at: number }[]>`
      WITH free AS MATERIALIZED (
        SELECT at FROM generate_series(1, least(${MESH_NODES}::int, (SELECT coalesce(max(mesh_index), 0) FROM node) + ${LOOKED_AT}::int)) AS at
        WHERE NOT EXISTS (SELECT 1 FROM node WHERE mesh_index = at) ORDER BY at LIMIT ${LOOKED_AT}
      ) SELECT at FROM free WHERE pg_try_advisory_xact_lock(${PLACE}::int, at) LIMIT 1`
    if (!free) return null
    // The one before us may have let go of it between our look and our lock, because it has the place now.
    const [holder] = await db.$queryRaw<{ id: string }[]>`SELECT id FROM node WHERE mesh_index = ${free.at}`
    if (!holder) return free.at
  }
}
