import { isDeepStrictEqual } from 'node:util'
import type { DesiredObject } from '../../contract/node-api/v1.ts'
import type { SystemDb } from '../../core/db.ts'
import { notFound } from '../../core/error.ts'
import { wake } from '../../core/event.ts'
import { runtime } from '../../core/runtime.ts'
import { Prisma } from '../../../prisma/generated/client.ts'
import { openSpec, storeSpec } from './desired-spec.ts'

type Wanted<T> = T extends unknown ? Omit<T, 'generation'> : never
/** What a node shall hold: a {@link DesiredObject} without its generation. */
export type WantedObject = Wanted<DesiredObject>

/** Changes of one node's list happen one after the other, so that its index never shows half of one. */
const lockNode = async (db: SystemDb, nodeId: string): Promise<void> => {
  const rows = await db.$queryRaw<unknown[]>`SELECT 1 FROM node WHERE id = ${nodeId} FOR UPDATE`
  if (rows.length === 0) throw notFound('node')
}

const bump = async (db: SystemDb, nodeId: string): Promise<void> => {
  await db.$executeRaw`UPDATE node SET desired_index = desired_index + 1 WHERE id = ${nodeId}`
  await wake(db, `node:${nodeId}`)
}

/** Writes what the node shall hold; the same wish again changes nothing. Returns the generation the agent will report. */
export const setDesired = async (db: SystemDb, nodeId: string, wanted: WantedObject): Promise<number> => {
  const key = runtime().env.masterKey
  await lockNode(db, nodeId)
  const at = { nodeId_kind_id: { nodeId, kind: wanted.kind, id: wanted.id } }
  const before = await db.nodeObject.findUnique({ where: at })
  if (before?.desired === wanted.desired && isDeepStrictEqual(openSpec(key, nodeId, wanted.id, before.spec as never), wanted.spec)) {
    return before.generation
  }
  const generation = (before?.generation ?? 0) + 1
  const stored = storeSpec(key, nodeId, wanted.id, wanted.spec)
  const change = { desired: wanted.desired, generation, spec: stored === null ? Prisma.DbNull : (stored as Prisma.InputJsonObject) }
  await db.nodeObject.upsert({ where: at, update: change, create: { nodeId, kind: wanted.kind, id: wanted.id, ...change } })
  await bump(db, nodeId)
  return generation
}

/** Leaves a tombstone; its row goes when the agent has confirmed that nothing is left. */
export const removeObject = async (db: SystemDb, nodeId: string, kind: DesiredObject['kind'], id: string): Promise<void> => {
  await lockNode(db, nodeId)
  const { count } = await db.nodeObject.updateMany({
    where: { nodeId, kind, id, desired: { not: 'absent' } }, data: { desired: 'absent', spec: Prisma.DbNull, generation: { increment: 1 } },
  })
  if (count > 0) await bump(db, nodeId)
}

export interface DesiredList { epoch: string; index: number; objects: DesiredObject[] }

interface ListRow { id: string; index: string; epoch: string; objects: (DesiredObject & { spec: never })[] }

/** Index and objects of several nodes from one snapshot. */
export const readDesired = async (nodeIds: string[]): Promise<Map<string, DesiredList>> => {
  const { rows } = await runtime().databases.systemPool.query<ListRow>({
    name: 'read-desired',
    text: `SELECT n.id, n.desired_index AS index, e.epoch, coalesce(o.objects, '[]') AS objects FROM node n CROSS JOIN control_epoch e
      LEFT JOIN LATERAL (SELECT json_agg(json_build_object('kind', kind, 'id', id, 'generation', generation, 'desired', desired, 'spec', spec)
        ORDER BY kind, id) AS objects FROM node_object WHERE node_id = n.id) o ON true
      WHERE n.id = ANY($1)`,
    values: [nodeIds],
  })
  const key = runtime().env.masterKey
  return new Map(rows.map((row) => [row.id, {
    epoch: row.epoch, index: Number(row.index),
    objects: row.objects.map((o) => ({ ...o, spec: openSpec(key, row.id, o.id, o.spec) }) as DesiredObject),
  }]))
}

export const listDesired = async (nodeId: string): Promise<DesiredList> => {
  const list = (await readDesired([nodeId])).get(nodeId)
  if (!list) throw notFound('node')
  return list
}

/** Only the numbers, for many waiting agents at once. */
export const readIndexes = async (nodeIds: string[]): Promise<{ id: string; epoch: string; index: number }[]> => {
  const { rows } = await runtime().databases.systemPool.query<{ id: string; index: string; epoch: string }>({
    name: 'read-desired-index',
    text: 'SELECT n.id, n.desired_index AS index, e.epoch FROM node n CROSS JOIN control_epoch e WHERE n.id = ANY($1)', values: [nodeIds],
  })
  return rows.map((r) => ({ ...r, index: Number(r.index) }))
}
