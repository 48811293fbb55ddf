import { isDeepStrictEqual } from 'node:util'
import { z } from 'zod'
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
    const [list] = await db.$queryRaw<{ peers: Peer[]; age_ms: number }[]>`
      SELECT peers, (extract(epoch FROM clock_timestamp() - told_at) * 1000)::float AS age_ms FROM mesh_list FOR UPDATE`
    const peers = await edgesOf(db)
    if (!list || isDeepStrictEqual(list.peers, peers)) return
    const waitMs = restMs(peers.length) - list.age_ms
    if (waitMs <= 0) return tellMesh(db, peers)
    await enqueue(db, syncMeshList, {}, { key: 'mesh list', runAt: new Date(Date.now() + waitMs) })
  }),
})

const edgesOf = async (db: SystemDb): Promise<Peer[]> => {
  const rows = await db.$queryRaw<NodeRow[]>`
    SELECT id AS node_id, facts->'mesh' AS mesh, mesh_index FROM node
    WHERE facts->'mesh'->'edges' = 'true' AND mesh_index IS NOT NULL AND status <> 'lost' ORDER BY id`
  return rows.flatMap((row) => peerOf(row) ?? [])
}
