import { z } from 'zod'
import { subscribe } from '../../core/event.ts'
import { defineJob } from '../../core/job.ts'
import { runtime } from '../../core/runtime.ts'
import { writeNodePolicy } from './node-policy.ts'
import { syncMeshList } from './sync-mesh-list.ts'

const Subject = z.object({ subject_id: z.string(), org_id: z.string().nullable() })

/** Nodes with instances of these organizations, and those that still know of some elsewhere. */
const nodesOf = async (orgIds: string[]): Promise<string[]> => {
  if (orgIds.length === 0) return []
  const toldOf = orgIds.map((id) => JSON.stringify({ remote: [{ network_id: `net_${id.slice(4)}` }] }))
  const { rows } = await runtime().databases.systemPool.query<{ id: string }>(
    `SELECT node_id AS id FROM instance WHERE org_id = ANY($1) AND ended_at IS NULL
     UNION SELECT node_id FROM node_object WHERE kind = 'network' AND spec @> ANY($2::jsonb[]) ORDER BY id`, [orgIds, toldOf])
  return rows.map((row) => row.id)
}

const writeAll = async (nodeIds: readonly string[]): Promise<void> => {
  for (const nodeId of nodeIds) await runtime().databases.asSystem('job', (db) => writeNodePolicy(db, nodeId))
}

/** Tells every node of the organization what its network shall be now. The same again changes nothing. */
export const syncNetworks = defineJob({
  name: 'networks.sync', payload: Subject,
  run: async ({ subject_id: subjectId, org_id: given }) => {
    const orgId = given ?? (subjectId.startsWith('org_') ? subjectId : null)
    if (orgId) await writeAll(await nodesOf([orgId]))
  },
})

/** An instance that changed is news for other nodes only. */
export const syncMesh = defineJob({
  name: 'networks.sync_mesh', payload: Subject,
  run: async ({ org_id: orgId }) => {
    const nodes = orgId ? await nodesOf([orgId]) : []
    if (nodes.length > 1) await writeAll(nodes)
  },
})

/** Whoever was told of this node by name, because they share an organization. */
const acquaintedWith = async (nodeId: string): Promise<string[]> => {
  const { rows } = await runtime().databases.systemPool.query<{ id: string }>(
    'SELECT node_id AS id FROM node_object WHERE kind = \'network\' AND spec @> $1::jsonb', [JSON.stringify({ peers: [{ node_id: nodeId }] })])
  return rows.map(({ id }) => id)
}

/** A node came, went or has another key or address: every edge, whoever shares an organization with it, and whoever still knows it hear of it. */
export const syncNode = defineJob({
  name: 'networks.sync_node', payload: Subject,
  run: async ({ subject_id: nodeId }) => {
    const orgs = await runtime().databases.systemPool.query<{ org_id: string }>('SELECT DISTINCT org_id FROM instance WHERE node_id = $1 AND ended_at IS NULL', [nodeId])
    await writeAll([...new Set([nodeId, ...await nodesOf(orgs.rows.map((row) => row.org_id)), ...await acquaintedWith(nodeId)])].sort())
    await syncMeshList.run({})
  },
})

/** What may change where instances go, or how fast. */
export const subscribeNetworks = (): void => {
  for (const type of ['app.network_changed', 'organization.quotas_changed', 'subscription.changed', 'subscription.migrated']) subscribe(type, syncNetworks)
  for (const type of ['instance.changed', 'app.deleted', 'app.stopped']) subscribe(type, syncMesh)
  for (const type of ['node.joined', 'node.ready', 'node.unreachable', 'node.lost', 'node.removed', 'node.moved']) subscribe(type, syncNode)
}
