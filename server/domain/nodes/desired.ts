import { isDeepStrictEqual } from 'node:util'
import type { DesiredObject } from '../../contract/node-api/v1.ts'
import type { SystemDb } from '../../core/db.ts'
import { Unreadable } from '../../core/envelope.ts'
import { notFound } from '../../core/error.ts'
import { wake } from '../../core/event.ts'
import { Prisma } from '../../../prisma/generated/client.ts'
import { openSpec, storeSpec } from './desired-spec.ts'

type Wanted<T> = T extends unknown ? Omit<T, 'generation'> : never
/** What a node shall hold: a {@link DesiredObject} without its generation. */
export type WantedObject = Wanted<DesiredObject>

/** Changes of one node's list happen one after the other, so that its index never shows half of one. Returns the index of the next. */
const lockNode = async (db: SystemDb, nodeId: string): Promise<bigint> => {
  const [node] = await db.$queryRaw<{ next: bigint }[]>`SELECT desired_index + 1 AS next FROM node WHERE id = ${nodeId} FOR UPDATE`
  if (!node) throw notFound('node')
  return node.next
}

/** All of them, in the order of their ids: for who changes several and reads none of them first. */
export const lockNodes = async (db: SystemDb): Promise<void> => {
  await db.$executeRaw`SELECT 1 FROM node ORDER BY id FOR NO KEY UPDATE`
}

/** One more change of its list, and how many objects and generations it has by it. */
const bump = async (db: SystemDb, nodeId: string, objects: number, generations: number): Promise<void> => {
  await db.$executeRaw`UPDATE node SET desired_index = desired_index + 1, held_objects = held_objects + ${objects}, held_generations = held_generations + ${generations} WHERE id = ${nodeId}`
  await wake(db, `node:${nodeId}`)
}

/** Writes what the node shall hold; the same wish again changes nothing. Returns the generation the agent will report. */
export const setDesired = async (db: SystemDb, nodeId: string, wanted: WantedObject): Promise<number> => {
  const changedIndex = await lockNode(db, nodeId)
  const at = { nodeId_kind_id: { nodeId, kind: wanted.kind, id: wanted.id } }
  const before = await db.nodeObject.findUnique({ where: at })
  if (before?.desired === wanted.desired && await isStored(nodeId, before, wanted)) return before.generation
  const generation = (before?.generation ?? 0) + 1
  const { spec, sealedSecrets, keyId } = await storeSpec(nodeId, wanted.id, wanted.spec)
  const change = {
    desired: wanted.desired, generation, changedIndex, spec: spec === null ? Prisma.DbNull : (spec as Prisma.InputJsonObject), sealedSecrets, keyId,
  }
  await db.nodeObject.upsert({ where: at, update: change, create: { nodeId, kind: wanted.kind, id: wanted.id, ...change } })
  await bump(db, nodeId, before ? 0 : 1, 1)
  return generation
}

interface Found { kind: 'vm'; id: string; generation: number; spec: object; sealedSecrets: string | null; keyId: string | null }

/** What the node has already becomes what it shall have, under the generation it knows: nothing starts anew for it. */
export const adoptObject = async (db: SystemDb, nodeId: string, { kind, id, spec, ...found }: Found): Promise<void> => {
  const changedIndex = await lockNode(db, nodeId)
  await db.nodeObject.create({ data: { nodeId, kind, id, desired: 'running', changedIndex, spec, ...found } })
  await bump(db, nodeId, 1, found.generation)
}

/** A tombstone for what only the node knows. */
export const removeUnknown = async (db: SystemDb, nodeId: string, id: string, generation: number): Promise<void> => {
  const changedIndex = await lockNode(db, nodeId)
  await db.nodeObject.create({ data: { nodeId, kind: 'vm', id, desired: 'absent', generation: generation + 1, changedIndex } })
  await bump(db, nodeId, 1, generation + 1)
}

/** Leaves a tombstone; its row goes when the agent has confirmed that nothing is left. */
export const removeObject = async (db: SystemDb, nodeId: string, kind: DesiredObject['kind'], id: string): Promise<void> => {
  const changedIndex = await lockNode(db, nodeId)
  const { count } = await db.nodeObject.updateMany({
    where: { nodeId, kind, id, desired: { not: 'absent' } }, data: { desired: 'absent', spec: Prisma.DbNull, sealedSecrets: null, keyId: null, changedIndex, generation: { increment: 1 } },
  })
  if (count > 0) await bump(db, nodeId, 0, 1)
}

/** A stored one that cannot be opened any more is written anew. */
const isStored = async (nodeId: string, before: { spec: unknown; sealedSecrets: string | null }, wanted: WantedObject): Promise<boolean> => {
  try {
    return isDeepStrictEqual(await openSpec(nodeId, wanted.id, before), wanted.spec)
  } catch (error) {
    if (!(error instanceof Unreadable)) throw error
    return false
  }
}

/** Tombstones the agent has confirmed. The caller holds the node's lock. */
export const dropTombstones = async (db: SystemDb, nodeId: string, gone: Partial<Record<DesiredObject['kind'], readonly string[]>>): Promise<void> => {
  const rows = Object.entries(gone).flatMap(([kind, ids]) => ids.map((id) => ({ kind, id })))
  if (rows.length === 0) return
  await db.$executeRaw`
    WITH dropped AS (
      DELETE FROM node_object o USING jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) AS g (kind text, id text)
      WHERE o.node_id = ${nodeId} AND o.kind = g.kind AND o.id = g.id AND o.desired = 'absent' RETURNING o.generation
    )
    UPDATE node SET held_objects = held_objects - d.objects, held_generations = held_generations - d.generations
    FROM (SELECT count(*) AS objects, sum(generation) AS generations FROM dropped) d WHERE id = ${nodeId} AND d.objects > 0`
}
