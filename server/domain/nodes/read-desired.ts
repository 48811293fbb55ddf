import type { DesiredObject, DesiredReply } from '../../contract/node-api/v1.ts'
import type { AgentOffer } from '../../contract/node-api/upgrade.ts'
import { Unreadable } from '../../core/envelope.ts'
import { notFound } from '../../core/error.ts'
import { log } from '../../core/log.ts'
import { runtime } from '../../core/runtime.ts'
import { openSpec } from './desired-spec.ts'
import { meshListOf, withMesh, type MeshList } from './mesh-list.ts'

/** What an agent has already: it is told only what changed since. */
export interface Since { epoch: string; index: number }

type StoredObject = Omit<DesiredObject, 'spec'> & { spec: unknown; sealed_secrets: string | null }
interface ListRow {
  id: string; index: string; epoch: string; changes: boolean; since: string | null; held: number; generations: string; mesh: number
  objects: StoredObject[]
  offer: AgentOffer | null
}

/**
 * Index and objects of several nodes from one snapshot: of a node that has an index of this epoch what changed after it, and every tombstone,
 * so that a confirmed one is missed. One whose list holds something damaged gets none and goes on with what it has.
 */
export const readDesired = async (questions: { nodeId: string; since: Since | null }[]): Promise<Map<string, DesiredReply>> => {
  const { rows } = await runtime().databases.systemPool.query<ListRow>({
    name: 'read-desired',
    text: `SELECT n.id, n.desired_index AS index, n.agent_offer AS offer, e.epoch, d.changes, q.since, n.held_objects AS held, n.held_generations AS generations, m.version AS mesh,
        coalesce(o.objects, '[]') AS objects
      FROM unnest($1::text[], $2::bigint[], $3::text[]) AS q(id, since, epoch) JOIN node n ON n.id = q.id CROSS JOIN control_epoch e CROSS JOIN mesh_list m
      CROSS JOIN LATERAL (SELECT coalesce(q.epoch = e.epoch AND q.since BETWEEN 1 AND n.desired_index, false) AS changes) d
      CROSS JOIN LATERAL (SELECT json_agg(json_build_object('kind', kind, 'id', c.id, 'generation', generation, 'desired', desired, 'spec', spec,
        'sealed_secrets', sealed_secrets) ORDER BY kind, c.id) AS objects FROM (
          SELECT * FROM node_object WHERE node_id = n.id AND changed_index > CASE WHEN d.changes THEN q.since ELSE -1 END
          UNION ALL SELECT * FROM node_object WHERE node_id = n.id AND desired = 'absent' AND d.changes AND changed_index <= q.since) c) o`,
    values: [questions.map((q) => q.nodeId), questions.map((q) => q.since?.index ?? null), questions.map((q) => q.since?.epoch ?? null)],
  })
  const mesh = await meshListOf(rows[0]?.mesh ?? 0)
  // It changed between the two questions, and with it the lists.
  if (!mesh) return rows.length === 0 ? new Map() : readDesired(questions)
  const lists = await Promise.all(rows.map(async (row) => [row.id, await openList(row, mesh)] as const))
  return new Map(lists.flatMap(([id, list]) => (list ? [[id, list] as const] : [])))
}

const openList = async (row: ListRow, mesh: MeshList): Promise<DesiredReply | null> => {
  try {
    const offer = row.offer ? { agent: row.offer } : {}
    const objects = await Promise.all(row.objects.map(async (object) => withMesh(row.id, await openObject(row.id, object), mesh)))
    const list = { ...offer, epoch: row.epoch, index: Number(row.index), objects }
    if (!row.changes) return { ...list, complete: true }
    return { ...list, complete: false, since: Number(row.since), held: { objects: row.held, generations: Number(row.generations) } }
  } catch (error) {
    if (!(error instanceof Unreadable)) throw error
    log.error({ nodeId: row.id, instances: row.objects.filter((o) => o.sealed_secrets).map((o) => o.id), reason: error.message }, 'the secrets of an instance cannot be decrypted: its node_object row was damaged or moved. Redeploy its app')
    return null
  }
}

const openObject = async (nodeId: string, { sealed_secrets: sealedSecrets, ...object }: StoredObject): Promise<DesiredObject> =>
  ({ ...object, spec: await openSpec(nodeId, object.id, { spec: object.spec, sealedSecrets }) }) as DesiredObject

export const listDesired = async (nodeId: string): Promise<DesiredReply> => {
  const list = (await readDesired([{ nodeId, since: null }])).get(nodeId)
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
