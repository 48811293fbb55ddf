import { isDeepStrictEqual } from 'node:util'
import type { DesiredObject } from '../../contract/node-api/v1.ts'
import type { SystemDb } from '../../core/db.ts'
import { Unreadable } from '../../core/envelope.ts'
import { notFound } from '../../core/error.ts'
import { wake } from '../../core/event.ts'
import { log } from '../../core/log.ts'
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
  await lockNode(db, nodeId)
  const at = { nodeId_kind_id: { nodeId, kind: wanted.kind, id: wanted.id } }
  const before = await db.nodeObject.findUnique({ where: at })
  if (before?.desired === wanted.desired && await isStored(nodeId, before, wanted)) return before.generation
  const generation = (before?.generation ?? 0) + 1
  const { spec, sealedSecrets, keyId } = await storeSpec(nodeId, wanted.id, wanted.spec)
  const change = { desired: wanted.desired, generation, spec: spec === null ? Prisma.DbNull : (spec as Prisma.InputJsonObject), sealedSecrets, keyId }
  await db.nodeObject.upsert({ where: at, update: change, create: { nodeId, kind: wanted.kind, id: wanted.id, ...change } })
  await bump(db, nodeId)
  return generation
}

/** Leaves a tombstone; its row goes when the agent has confirmed that nothing is left. */
export const removeObject = async (db: SystemDb, nodeId: string, kind: DesiredObject['kind'], id: string): Promise<void> => {
  await lockNode(db, nodeId)
  const { count } = await db.nodeObject.updateMany({
    where: { nodeId, kind, id, desired: { not: 'absent' } }, data: { desired: 'absent', spec: Prisma.DbNull, sealedSecrets: null, keyId: null, generation: { increment: 1 } },
  })
  if (count > 0) await bump(db, nodeId)
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

export interface DesiredList { epoch: string; index: number; objects: DesiredObject[] }

type StoredObject = Omit<DesiredObject, 'spec'> & { spec: unknown; sealed_secrets: string | null }
interface ListRow { id: string; index: string; epoch: string; objects: StoredObject[] }

/** Index and objects of several nodes from one snapshot. A node whose list holds something damaged gets none and goes on with what it has. */
export const readDesired = async (nodeIds: string[]): Promise<Map<string, DesiredList>> => {
  const { rows } = await runtime().databases.systemPool.query<ListRow>({
    name: 'read-desired',
    text: `SELECT n.id, n.desired_index AS index, e.epoch, coalesce(o.objects, '[]') AS objects FROM node n CROSS JOIN control_epoch e
      LEFT JOIN LATERAL (SELECT json_agg(json_build_object('kind', kind, 'id', id, 'generation', generation, 'desired', desired, 'spec', spec, 'sealed_secrets', sealed_secrets)
        ORDER BY kind, id) AS objects FROM node_object WHERE node_id = n.id) o ON true
      WHERE n.id = ANY($1)`,
    values: [nodeIds],
  })
  const lists = await Promise.all(rows.map(async (row) => [row.id, await openList(row)] as const))
  return new Map(lists.flatMap(([id, list]) => (list ? [[id, list] as const] : [])))
}

const openList = async (row: ListRow): Promise<DesiredList | null> => {
  try {
    return { epoch: row.epoch, index: Number(row.index), objects: await Promise.all(row.objects.map((o) => openObject(row.id, o))) }
  } catch (error) {
    if (!(error instanceof Unreadable)) throw error
    log.error({ nodeId: row.id, instances: row.objects.filter((o) => o.sealed_secrets).map((o) => o.id), reason: error.message }, 'the secrets of an instance cannot be decrypted: its node_object row was damaged or moved. Redeploy its app')
    return null
  }
}

const openObject = async (nodeId: string, { sealed_secrets: sealedSecrets, ...object }: StoredObject): Promise<DesiredObject> =>
  ({ ...object, spec: await openSpec(nodeId, object.id, { spec: object.spec, sealedSecrets }) }) as DesiredObject

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
