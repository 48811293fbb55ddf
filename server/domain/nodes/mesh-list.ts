import type { DesiredObject } from '../../contract/node-api/v1.ts'
import type { NetworkObjectSpec } from '../../contract/node-api/network.ts'
import type { SystemDb } from '../../core/db.ts'
import { runtime } from '../../core/runtime.ts'
import { lockNodes } from './desired.ts'

export type Peer = NetworkObjectSpec['peers'][number]
/** Who every edge is told of, itself left out. It is not in the nodes' own lists: among a thousand that would be a million rows. */
export interface MeshList { version: number; peers: Peer[] }

let known: MeshList = { version: -1, peers: [] }

/** The list of that version; null when it has changed since. */
export const meshListOf = async (version: number): Promise<MeshList | null> => {
  if (known.version !== version) {
    const { rows: [row] } = await runtime().databases.systemPool.query<MeshList>('SELECT version, peers FROM mesh_list')
    if (row) known = row
  }
  return known.version === version ? known : null
}

/** For agents that do not know the word. */
const withoutWakes = ({ node_id, public_key, endpoint, address }: Peer): Peer =>
  ({ node_id, public_key, endpoint, ...(address === undefined ? {} : { address }) })

/** A network as its node is told of it. */
export const withMesh = (nodeId: string, object: DesiredObject, mesh: MeshList): DesiredObject => {
  if (object.kind !== 'network' || object.spec.address === undefined) return object
  const own = mesh.peers.find((peer) => peer.node_id === nodeId)
  const others = mesh.peers.filter((peer) => peer !== own)
  const told = own?.wakes ? others : others.map(withoutWakes)
  return { ...object, spec: { ...object.spec, peers: [...told, ...object.spec.peers] } }
}

/** Every edge gets the new list with its network. The caller has the list's row. */
export const tellMesh = async (db: SystemDb, peers: readonly Peer[]): Promise<void> => {
  await db.$executeRaw`UPDATE mesh_list SET version = version + 1, peers = ${JSON.stringify(peers)}::jsonb, told_at = clock_timestamp()`
  await lockNodes(db)
  await db.$executeRaw`
    WITH told AS (
      UPDATE node_object o SET generation = generation + 1, changed_index = n.desired_index + 1
      FROM node n WHERE n.id = o.node_id AND o.kind = 'network' AND o.spec ? 'address' RETURNING o.node_id
    ), moved AS (
      UPDATE node SET desired_index = desired_index + 1, held_generations = held_generations + 1 FROM told WHERE id = told.node_id RETURNING id
    )
    SELECT pg_notify('shellwego', 'node:' || id) FROM moved`
}
