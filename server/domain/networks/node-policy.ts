import { z } from 'zod'
import { MeshFacts, NETWORK_OBJECT_ID, type NetworkObjectSpec } from '../../contract/node-api/network.ts'
import { EgressRuleInput } from '../../contract/network.ts'
import type { SystemDb } from '../../core/db.ts'
import { setDesired, type Peer } from '../nodes/index.ts'
import { allowedBandwidth } from '../quotas/index.ts'
import { meshAddress } from './address.ts'
import { toNodeRule } from './rules.ts'

interface RemoteRow { network_id: string; node_id: string; address: string; name: string; serving: boolean; sleeps: boolean }
export interface NodeRow { node_id: string; mesh: unknown; mesh_index: number | null }
interface AppRow { app_id: string; org_id: string; restricted: boolean | null; rules: unknown; bandwidth_mbit: number | null }

const Rules = z.array(EgressRuleInput)

/** What the node's network shall be, from what lives on it now. */
const policyOf = async (db: SystemDb, nodeId: string): Promise<NetworkObjectSpec> => {
  const rows = await db.$queryRaw<AppRow[]>`
    SELECT DISTINCT ON (i.app_id) i.app_id, i.org_id, n.restricted, n.rules, n.bandwidth_mbit
    FROM instance i LEFT JOIN app_network n ON n.org_id = i.org_id AND n.app_id = i.app_id
    WHERE i.node_id = ${nodeId} AND i.ended_at IS NULL ORDER BY i.app_id`
  const allowed = new Map<string, number>()
  for (const orgId of new Set(rows.map((row) => row.org_id))) allowed.set(orgId, await allowedBandwidth(db, orgId))
  const remote = await remoteOf(db, nodeId)
  return {
    remote: remote.map(({ sleeps, ...one }) => ({ ...one, ...(sleeps ? { sleeps: true as const } : {}) })),
    ...await placeInMesh(db, nodeId, new Set(remote.map((one) => one.node_id))),
    apps: rows.map((row) => {
      const limit = allowed.get(row.org_id) ?? 1
      return {
        app_id: row.app_id, egress: row.restricted ? Rules.parse(row.rules).map(toNodeRule) : null,
        rate_mbit: Math.max(1, Math.min(row.bandwidth_mbit ?? limit, limit)),
      }
    }),
  }
}

/**
 * Instances on other nodes of the mesh whose organization has some here. Of a node that is not heard of the names rest; one given up is no peer
 * any more, because what it ran is replaced and its addresses may be given to others.
 */
const remoteOf = (db: SystemDb, nodeId: string): Promise<RemoteRow[]> => db.$queryRaw<RemoteRow[]>`
  SELECT 'net_' || substr(i.org_id, 5) AS network_id, i.node_id, i.address, a.name,
    i.desired = 'running' AND i.phase IN ('running', 'sleeping') AND i.health IS NOT DISTINCT FROM 'ok' AND n.status = 'ready' AS serving,
    coalesce((r.config->>'sleepAfterMinutes')::integer, 0) > 0
      AND EXISTS (SELECT 1 FROM node here WHERE here.id = ${nodeId} AND here.facts->'mesh'->'wakes' = 'true') AS sleeps
  FROM instance i JOIN app a ON a.id = i.app_id JOIN node n ON n.id = i.node_id JOIN release r ON r.id = i.release_id
  WHERE i.ended_at IS NULL AND NOT i.node_lost AND i.node_id <> ${nodeId} AND n.facts->'mesh' IS NOT NULL AND n.status <> 'lost'
    AND EXISTS (SELECT 1 FROM node here WHERE here.id = ${nodeId} AND here.facts->'mesh' IS NOT NULL)
    AND EXISTS (SELECT 1 FROM instance own WHERE own.node_id = ${nodeId} AND own.org_id = i.org_id AND own.ended_at IS NULL)
  ORDER BY i.node_id, i.address`

/** Only a node whose agent has said that its edge knows of other nodes gets an address. */
export const peerOf = ({ node_id, mesh, mesh_index: index }: NodeRow): Peer | null => {
  const facts = MeshFacts.safeParse(mesh)
  if (!facts.success) return null
  const { edges, ...at } = facts.data
  return { node_id, ...at, ...(edges && index !== null ? { address: meshAddress(index) } : {}) }
}

/** Those it shares an organization with. Edges know each other beside that, from the list that is the same for all. */
const placeInMesh = async (db: SystemDb, nodeId: string, sharing: ReadonlySet<string>): Promise<Pick<NetworkObjectSpec, 'address' | 'peers'>> => {
  const rows = await db.$queryRaw<NodeRow[]>`
    SELECT id AS node_id, facts->'mesh' AS mesh, mesh_index FROM node
    WHERE id = ANY(${[nodeId, ...sharing]}) AND facts->'mesh' IS NOT NULL AND (status <> 'lost' OR id = ${nodeId}) ORDER BY id`
  const all = rows.flatMap((row) => peerOf(row) ?? [])
  const address = all.find((one) => one.node_id === nodeId)?.address
  const others = all.filter((one) => one.node_id !== nodeId && (address === undefined || one.address === undefined))
  const peers = others.map(({ node_id, public_key, endpoint }) => ({ node_id, public_key, endpoint }))
  return address === undefined ? { peers } : { address, peers }
}

/** In the transaction that places an instance, so that it never runs a moment without its rules. The list is read under the node's lock. */
export const writeNodePolicy = async (db: SystemDb, nodeId: string): Promise<void> => {
  const [node] = await db.$queryRaw<{ network: string }[]>`SELECT facts->>'network' AS network FROM node WHERE id = ${nodeId} FOR UPDATE`
  // In user mode nothing goes out at all, and there is no private network.
  if (node?.network !== 'bridge') return
  await setDesired(db, nodeId, { kind: 'network', id: NETWORK_OBJECT_ID, desired: 'present', spec: await policyOf(db, nodeId) })
}
