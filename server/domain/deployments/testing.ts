import type { ObjectStatus } from '../../contract/node-api/v1.ts'
import { runtime } from '../../core/runtime.ts'
import { makeOwner } from '../../testing/actors.ts'
import { drainJobs } from '../../testing/runtime.ts'
import { createApp, getDeployment, listDeployments } from '../apps/index.ts'
import { recordStatus } from '../nodes/index.ts'
import { insertNode, vmStatus } from '../nodes/testing.ts'
import { advanceApp } from './advance-app.ts'

const HELLO = { name: 'hello', image: 'builtin/hello:v1', port: 8080, resources: { memory: '128m' } }
const UP_TO_DATE = 1_000_000_000
export const sql = async <T extends object>(text: string, values: unknown[] = []): Promise<T[]> =>
  (await runtime().databases.systemPool.query<T>(text, values)).rows

let seq = 0
const freshNode = async () => {
  await sql('UPDATE node SET status = \'unreachable\'')
  const nodeId = await insertNode()
  await sql('UPDATE node SET observed_index = $2 WHERE id = $1', [nodeId, UP_TO_DATE])
  /** Whether its edge takes over what it is told. */
  const edge = { follows: true }
  const report = async (...objects: ObjectStatus[]): Promise<void> => {
    seq += 1
    await recordStatus(nodeId, {
      session_id: `ses_${nodeId}`, seq, observed_epoch: '', observed_index: edge.follows ? UP_TO_DATE : 0, boot_id: 'boot-1', heartbeat: true, objects,
      node: { load: 0, memory_free_mib: 1, disk_free_mib: 1, conditions: [] },
    })
    await drainJobs()
  }
  const follow = async (follows: boolean): Promise<void> => {
    edge.follows = follows
    await sql('UPDATE node SET observed_index = $2 WHERE id = $1', [nodeId, follows ? UP_TO_DATE : 0])
  }
  return { nodeId, report, follow }
}
interface Row { id: string; number: number; routed: boolean; phase: string }
export const wantedOf = (appId: string) => sql<Row>(
  'SELECT i.id, r.number, i.routed, i.phase FROM instance i JOIN release r ON r.id = i.release_id WHERE i.app_id = $1 AND i.desired = \'running\' ORDER BY i.created_at, i.id', [appId])
export const inService = async (appId: string) => (await wantedOf(appId)).filter((i) => i.routed).map((i) => i.number).toSorted()
export const up = (id: string) => vmStatus(id, { vm_start_id: `start-${id}` })

/** An app that serves from so many instances, and a hand to let time and nodes do their part. */
export const liveApp = async (replicas: number, more: object = {}) => {
  const node = await freshNode()
  const owner = await makeOwner()
  const { id } = await owner.call(createApp, { ...HELLO, replicas, ...more })
  await drainJobs()
  const bootAll = async () => node.report(...(await wantedOf(id)).filter((i) => i.phase === 'pending').map((i) => up(i.id)))
  const afterDrain = async () => {
    await sql('UPDATE instance SET unrouted_at = now() - interval \'10 seconds\' WHERE app_id = $1 AND unrouted_at IS NOT NULL', [id])
    await advanceApp.run({ subject_id: id, org_id: null })
  }
  const settle = async () => { for (let i = 0; i < 3 * replicas; i += 1) { await bootAll(); await afterDrain() } }
  const last = async () => {
    const [deployment] = (await owner.call(listDeployments, { app_id: id })).data
    return owner.call(getDeployment, { deployment_id: deployment?.id ?? '' })
  }
  await settle()
  return { ...node, owner, id, bootAll, afterDrain, settle, last }
}
export const problemOf = (call: Promise<unknown>) => call.then(() => null, (error: unknown) => error)
