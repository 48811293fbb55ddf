import { z } from 'zod'
import type { StatusRequest } from '../../contract/node-api/v1.ts'
import type { SystemDb } from '../../core/db.ts'
import { runtime } from '../../core/runtime.ts'
import { silentMs } from './hearing.ts'
import type { GrantFacts } from './rules/grant.ts'

export const Fencing = z.object({ armed: z.array(z.string()), fault: z.string().nullable() })
export type Fencing = z.infer<typeof Fencing>

/** What the column holds, of a report or of none. */
export const fencingColumn = ({ fencing }: StatusRequest['node']): string | null => (fencing ? JSON.stringify(fencing) : null)

/** By volume: the lowest fence that may still write. Asked in a statement of its own, under the node's lock: what was committed counts. */
export const leastFences = async (db: SystemDb, nodeId: string): Promise<Record<string, number>> => {
  const rows = await db.$queryRaw<{ id: string; least_fence: number }[]>`
    SELECT id, least_fence FROM volume WHERE node_id = ${nodeId} AND purged_at IS NULL AND least_fence > 0`
  return Object.fromEntries(rows.map((row) => [row.id, row.least_fence]))
}

interface Row { last_seen_at: Date; lease_s: number; fencing: unknown; declared_dead_at: Date | null }
export interface NodeSilence extends Omit<GrantFacts, 'held' | 'mode' | 'armed'> { armed: ReadonlySet<string>; lastSeenAt: Date }

const ASK = 'SELECT last_seen_at, lease_s, fencing, declared_dead_at FROM node WHERE id = $1'

/** How it stands with a node that may be gone. Null: there is no such node. */
export const silenceOf = async (nodeId: string): Promise<NodeSilence | null> => {
  const { rows: [row] } = await runtime().databases.systemPool.query<Row>(ASK, [nodeId])
  return row ? toSilence(nodeId, row) : null
}

/** Nodes that missed their lease, and when they were last heard. */
export const silentNodes = async (): Promise<ReadonlyMap<string, Date>> => {
  const { rows } = await runtime().databases.systemPool.query<{ id: string; last_seen_at: Date }>({
    name: 'silent-nodes', text: "SELECT id, last_seen_at FROM node WHERE status IN ('unreachable', 'lost')",
  })
  return new Map(rows.map((row) => [row.id, row.last_seen_at]))
}

/** The same under its lock: no report comes in between until the transaction ends. */
export const lockSilence = async (db: SystemDb, nodeId: string): Promise<NodeSilence | null> => {
  const [row] = await db.$queryRaw<Row[]>`SELECT last_seen_at, lease_s, fencing, declared_dead_at FROM node WHERE id = ${nodeId} FOR UPDATE`
  return row ? toSilence(nodeId, row) : null
}

const toSilence = (nodeId: string, row: Row): NodeSilence => ({
  silentMs: silentMs(nodeId, row.last_seen_at), leaseMs: row.lease_s * 1000, lastSeenAt: row.last_seen_at, declaredDead: row.declared_dead_at !== null,
  armed: new Set(Fencing.nullable().catch(null).parse(row.fencing)?.armed ?? []),
})

/** Whether specs may speak of fences and modes to it; from then on its answers do too. */
export const beginFences = async (db: SystemDb, nodeId: string): Promise<boolean> => {
  const node = await db.node.findUnique({ where: { id: nodeId }, select: { fencing: true, hasFences: true } })
  if (node && !node.hasFences) await db.node.update({ where: { id: nodeId }, data: { hasFences: true } })
  return (node?.fencing ?? null) !== null
}
