import { z } from 'zod'
import { MESH_NODES } from '../../contract/node-api/network.ts'
import { Facts } from '../../contract/node-api/v1.ts'
import { toInstant, toInstantOrNull } from '../../contract/time.ts'
import type { SystemDb } from '../../core/db.ts'
import { notFound } from '../../core/error.ts'
import { versionOf } from '../../core/etag.ts'
import type { Node, NodeDrain } from '../../../prisma/generated/client.ts'
import { Fencing } from './fencing.ts'
import { nodeUse, type NodeUse } from './capacity.ts'
import { CLONE_SHOWN_MS } from './standing.ts'
import type { DrainView, NodeView } from './wire.ts'

const Conditions = z.array(z.object({ type: z.string(), message: z.string() }))
const Labels = z.record(z.string(), z.string())
const DrainWords = z.object({ state: z.enum(['running', 'done', 'failed', 'cancelled']), volumes: z.enum(['refuse', 'leave']), atDeadline: z.enum(['give_up', 'force']), finish: z.enum(['cordoned', 'maintenance', 'removed']) })

export const toDrainView = (drain: NodeDrain, left: number): DrainView => {
  const { state, volumes, atDeadline, finish } = DrainWords.parse(drain)
  return {
    id: drain.id, node_id: drain.nodeId, state, batch: drain.batch, destinations: drain.destinations, volumes, at_deadline: atDeadline, then: finish,
    total: drain.total, left: state === 'done' ? 0 : left, detail: drain.detail, deadline_at: toInstant(drain.deadlineAt), created_at: toInstant(drain.createdAt),
    finished_at: toInstantOrNull(drain.finishedAt),
  }
}

/** What may be changed of it by hand. */
export const nodeVersion = (node: Pick<Node, 'version'>): string => versionOf(node.version)

const Refusal = z.object({ message: z.string(), at: z.string() })
interface Joined { peers: string[]; peer_count: number }

const alarmsOf = (node: Node): NodeView['alarms'] => {
  const refusal = Refusal.nullable().catch(null).parse(node.refusal)
  return [
    ...(refusal ? [{ type: 'refused' as const, message: refusal.message, at: toInstant(new Date(refusal.at)) }] : []),
    ...(node.clonedAt && Date.now() - node.clonedAt.getTime() < CLONE_SHOWN_MS ? [{
      type: 'cloned' as const, at: toInstant(node.clonedAt),
      message: 'Two machines speak as this node: its disk was copied. The newer one is heard, the older one stands still with its VMs. Switch the copy off; to make it a node of its own, delete its agent folder and join it with a new token.',
    }] : []),
    ...(node.revokedAt ? [{ type: 'revoked' as const, message: `Revoked: ${node.revokedReason ?? ''} It gets no work; its VMs run on there until they are replaced. A new join token brings it back.`, at: toInstant(node.revokedAt) }] : []),
  ]
}

interface Around { upgrade: NodeView['upgrade']; use: NodeUse | undefined; volumes: number; joined: Joined | undefined; drain: DrainView | null }

const meshOf = ({ public_key, endpoint }: NonNullable<Facts['mesh']>, joined: Joined | undefined): NodeView['mesh'] =>
  ({ public_key, endpoint, peers: joined?.peers ?? [], peer_count: joined?.peer_count ?? 0 })

/** An agent cannot know how many others there are, so this is said for it. */
const outsideMesh = ({ mesh }: Facts, { meshIndex }: Node): NodeView['conditions'] => (mesh?.edges && meshIndex === null ? [{
  type: 'mesh_full',
  message: `Outside the mesh: it has room for ${MESH_NODES} nodes, and all places are taken. The edge here serves what runs here and nothing else, and other edges do not reach what runs here. `
    + 'Delete nodes that are gone and start the agent here again, or give a region an installation of its own.',
}] : [])

const fencingOf = (node: Node): NodeView['fencing'] => {
  const told = Fencing.nullable().catch(null).parse(node.fencing)
  return told && { fault: told.fault, armed: told.armed.length }
}

const toView = (node: Node, { use, volumes, joined, drain, upgrade }: Around): NodeView => {
  const facts = Facts.parse(node.facts)
  return {
    id: node.id, hostname: node.hostname, region: node.region, zone: node.zone, labels: Labels.parse(node.labels), status: node.status, duty: node.duty,
    duty_reason: node.dutyReason, isolation: facts.isolation, accelerator: facts.accelerator, driver: facts.driver, network: facts.network,
    kernel: facts.kernel,
    agent_version: node.agentVersion, instances: use?.instances ?? 0, volumes,
    vcpu: { total: facts.cpu, used: use?.vcpu ?? 0 },
    memory_mib: { total: facts.memory_mib, used: use?.memoryMib ?? 0, free: node.memoryFreeMib },
    disk_mib: { total: facts.disk_mib, used: use?.diskMib ?? 0, free: node.diskFreeMib },
    load: node.load, conditions: [...outsideMesh(facts, node), ...Conditions.parse(node.conditions)],
    mesh: facts.mesh ? meshOf(facts.mesh, joined) : null, drain,
    fencing: fencingOf(node), declared_dead: node.declaredDeadAt ? { at: toInstant(node.declaredDeadAt), reason: node.declaredDeadReason ?? '' } : null,
    release: facts.release ?? null, upgrade, alarms: alarmsOf(node),
    desired_index: Number(node.desiredIndex), observed_index: Number(node.observedIndex),
    last_seen_at: toInstant(node.lastSeenAt), unreachable_at: toInstantOrNull(node.unreachableAt), lost_at: toInstantOrNull(node.lostAt),
    created_at: toInstant(node.createdAt), etag: nodeVersion(node),
  }
}

interface CountRow { node_id: string; n: number }

/** Live instances that can move, by node: those of apps without volumes. */
export const countMovable = async (db: SystemDb, nodeIds: string[]): Promise<Map<string, number>> => {
  const rows = await db.$queryRaw<CountRow[]>`
    SELECT i.node_id, count(*)::int AS n FROM instance i WHERE i.node_id = ANY(${nodeIds}) AND i.ended_at IS NULL
      AND NOT EXISTS (SELECT 1 FROM volume v WHERE v.app_id = i.app_id) GROUP BY i.node_id`
  return new Map(rows.map((r) => [r.node_id, r.n]))
}

export const viewNodes = async (db: SystemDb, nodes: readonly Node[]): Promise<NodeView[]> => {
  const ids = nodes.map((node) => node.id)
  const drains = await db.nodeDrain.findMany({ where: { nodeId: { in: ids }, state: 'running' } })
  const [use, left] = [await nodeUse(db, ids.length === 1 ? ids[0] : undefined), await countMovable(db, drains.map((d) => d.nodeId))]
  const volumes = await db.$queryRaw<CountRow[]>`SELECT node_id, count(*)::int AS n FROM volume WHERE node_id = ANY(${ids}) AND purged_at IS NULL GROUP BY node_id`
  const peers = await db.$queryRaw<(Joined & { node_id: string })[]>`
    SELECT node_id, ARRAY(SELECT p->>'node_id' FROM jsonb_array_elements(k.peers) p WHERE p->>'node_id' <> node_id LIMIT 32) AS peers,
      jsonb_array_length(k.peers) - (k.peers @> jsonb_build_array(jsonb_build_object('node_id', node_id)))::int AS peer_count
    FROM node_object CROSS JOIN mesh_list m CROSS JOIN LATERAL (SELECT CASE WHEN spec ? 'address' THEN m.peers || (spec->'peers') ELSE spec->'peers' END AS peers) k
    WHERE node_id = ANY(${ids}) AND kind = 'network'`
  const joined = new Map(peers.map((r) => [r.node_id, r]))
  const upgrades = await db.nodeUpgrade.findMany({ where: { nodeId: { in: ids }, upgrade: { state: { in: ['running', 'paused'] } } }, select: { nodeId: true, state: true, detail: true } })
  const upgrading = new Map(upgrades.map(({ nodeId, state, detail }) => [nodeId, { state, detail }]))
  const held = new Map(volumes.map((r) => [r.node_id, r.n]))
  const running = new Map(drains.map((d) => [d.nodeId, toDrainView(d, left.get(d.nodeId) ?? 0)]))
  return nodes.map((node) => toView(node, {
    use: use.get(node.id), volumes: held.get(node.id) ?? 0, joined: joined.get(node.id), drain: running.get(node.id) ?? null,
    upgrade: upgrading.get(node.id) ?? null,
  }))
}

/** The node's row, locked. */
export const lockNodeRow = async (db: SystemDb, nodeId: string): Promise<Node> => {
  await db.$executeRaw`SELECT 1 FROM node WHERE id = ${nodeId} FOR UPDATE`
  const node = await db.node.findUnique({ where: { id: nodeId } })
  if (!node) throw notFound('node')
  return node
}

export const viewNode = async (db: SystemDb, nodeId: string): Promise<NodeView> => {
  const node = await db.node.findUnique({ where: { id: nodeId } })
  const [view] = node ? await viewNodes(db, [node]) : []
  if (!view) throw notFound('node')
  return view
}
