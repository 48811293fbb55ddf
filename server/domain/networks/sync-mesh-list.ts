import { isDeepStrictEqual } from 'node:util'
import { z } from 'zod'
import { Prisma } from '../../../prisma/generated/client.ts'
import type { SystemDb } from '../../core/db.ts'
import { defineJob, enqueue, type JobDefinition } from '../../core/job.ts'
import { runtime } from '../../core/runtime.ts'
import { tellMesh, type Peer } from '../nodes/index.ts'
import { peerOf, type NodeRow } from './node-policy.ts'

/**
 * Each edge is told all of the others with every change: 14 MB among 320 edges, 136 MB among a thousand. So in a great fleet changes that
 * come close together are told together, ten seconds apart among a thousand.
 */
const restMs = (edges: number): number => (edges <= 100 ? 0 : (edges * edges) / 100)

const Payload = z.object({}).loose()

/** What the edges know of each other becomes what it is; the same again is no news. */
export const syncMeshList: JobDefinition<typeof Payload> = defineJob({
  name: 'networks.sync_mesh_list', payload: Payload,
  run: () => runtime().databases.asSystem('job', async (db) => {
    // A list that may not be told yet is not read: among thousands it is long, and each of them that joins comes by here.
    const [list] = await db.$queryRaw<{ age_ms: number; edges: number }[]>`
      SELECT (extract(epoch FROM clock_timestamp() - told_at) * 1000)::float AS age_ms, (SELECT count(*) FROM node WHERE ${IS_EDGE})::int AS edges FROM mesh_list FOR UPDATE`
    if (!list) return
    const waitMs = restMs(list.edges) - list.age_ms
    if (waitMs > 0) return enqueue(db, syncMeshList, {}, { key: 'mesh list', runAt: new Date(Date.now() + waitMs) })
    const [told] = await db.$queryRaw<{ peers: Peer[] }[]>`SELECT peers FROM mesh_list`
    const peers = await edgesOf(db)
    if (!isDeepStrictEqual(told?.peers, peers)) await tellMesh(db, peers)
  }),
})

const IS_EDGE = Prisma.sql`facts->'mesh'->'edges' = 'true' AND mesh_index IS NOT NULL AND status <> 'lost'`

const edgesOf = async (db: SystemDb): Promise<Peer[]> => {
  const rows = await db.$queryRaw<NodeRow[]>`
    SELECT id AS node_id, facts->'mesh' AS mesh, mesh_index FROM node
    WHERE ${IS_EDGE} ORDER BY id`
  return rows.flatMap((row) => peerOf(row) ?? [])
}
