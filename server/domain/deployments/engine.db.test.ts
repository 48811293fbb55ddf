import { expect, test } from 'vitest'
import type { ObjectStatus } from '../../contract/node-api/v1.ts'
import { runtime } from '../../core/runtime.ts'
import { makeOwner } from '../../testing/actors.ts'
import { drainJobs, withRuntime } from '../../testing/runtime.ts'
import { createApp, deleteApp, getApp, getDeployment, listDeployments, scaleApp, startApp, stopApp, updateApp } from '../apps/index.ts'
import { recordStatus } from '../nodes/index.ts'
import { insertNode, vmStatus } from '../nodes/testing.ts'
import { advanceApp } from './advance-app.ts'

withRuntime()
const HELLO = { name: 'hello', image: 'builtin/hello:v1', port: 8080, resources: { memory: '256m' } }
const UP_TO_DATE = 1_000_000_000
const sql = async <T extends object>(text: string, values: unknown[] = []): Promise<T[]> => (await runtime().databases.systemPool.query<T>(text, values)).rows

let seq = 0
/** The only node in service, its edge always up to date. */
const freshNode = async () => {
  await sql('UPDATE node SET status = \'lost\', last_seen_at = now() - interval \'1 day\'')
  const nodeId = await insertNode()
  await sql('UPDATE node SET observed_index = $2 WHERE id = $1', [nodeId, UP_TO_DATE])
  const report = async (...objects: ObjectStatus[]): Promise<void> => {
    seq += 1
    await recordStatus(nodeId, {
      session_id: `ses_${nodeId}`, seq, observed_epoch: '', observed_index: UP_TO_DATE, boot_id: 'boot-1', heartbeat: true, objects,
      node: { load: 0, memory_free_mib: 1, disk_free_mib: 1, conditions: [] },
    })
    await drainJobs()
  }
  return { nodeId, report }
}
interface Row { id: string; release_id: string; desired: string; routed: boolean; ended_at: Date | null }
const instancesOf = (appId: string) => sql<Row>('SELECT id, release_id, desired, routed, ended_at FROM instance WHERE app_id = $1 ORDER BY created_at, id', [appId])
const wantedOf = (appId: string) => instancesOf(appId).then((rows) => rows.filter((r) => r.desired === 'running'))
const lastDeployment = async (caller: Awaited<ReturnType<typeof makeOwner>>, appId: string) => {
  const [last] = (await caller.call(listDeployments, { app_id: appId })).data
  if (!last) throw new Error('no deployment')
  return caller.call(getDeployment, { deployment_id: last.id })
}
const up = (id: string) => vmStatus(id, { vm_start_id: `start-${id}` })

/** An app that serves from one instance. */
const liveApp = async () => {
  const node = await freshNode()
  const owner = await makeOwner()
  const { id } = await owner.call(createApp, HELLO)
  await drainJobs()
  const [first] = await wantedOf(id)
  if (!first) throw new Error('no instance')
  await node.report(up(first.id))
  return { ...node, owner, id, first }
}

test('without a node a deployment fails saying so', async () => {
  const owner = await makeOwner()
  const { id } = await owner.call(createApp, HELLO)
  await drainJobs()
  expect(await lastDeployment(owner, id)).toMatchObject({ state: 'failed', error_code: 'no_capacity', error_detail: expect.stringContaining('No node has joined yet') })
  expect((await owner.call(getApp, { app_id: id })).status).toBe('error')
})

// Seed 12 of chaos: what was deployed while the only node was away for a minute failed, and the app stayed dead when it was back.
test('a deployment waits for a node that has just fallen silent, whether its instance was there or none could be made; not for one that is gone', async () => {
  const { nodeId, report } = await freshNode()
  const owner = await makeOwner()
  const { id: before } = await owner.call(createApp, { ...HELLO, name: 'before' })
  await drainJobs()
  await sql('UPDATE node SET status = \'lost\' WHERE id = $1', [nodeId])
  await sql('UPDATE instance SET node_lost = true WHERE app_id = $1', [before])
  const { id: during } = await owner.call(createApp, { ...HELLO, name: 'during' })
  await advanceApp.run({ subject_id: before, org_id: null })
  await drainJobs()
  for (const id of [before, during]) expect(await lastDeployment(owner, id)).toMatchObject({ state: 'running', error_code: null, error_detail: expect.stringContaining('not reporting') as string })
  await sql('UPDATE node SET status = \'ready\' WHERE id = $1', [nodeId])
  await sql('UPDATE instance SET node_lost = false WHERE app_id = $1', [before])
  for (const id of [before, during]) await advanceApp.run({ subject_id: id, org_id: null })
  for (const id of [before, during]) {
    const [one, ...more] = await wantedOf(id)
    expect(more).toEqual([])
    await report(up(one?.id ?? ''))
    expect(await lastDeployment(owner, id)).toMatchObject({ state: 'succeeded', error_detail: null })
  }
  await sql('UPDATE node SET status = \'lost\', last_seen_at = now() - interval \'11 minutes\' WHERE id = $1', [nodeId])
  const { id: after } = await owner.call(createApp, { ...HELLO, name: 'after' })
  await drainJobs()
  expect(await lastDeployment(owner, after)).toMatchObject({ state: 'failed', error_code: 'no_capacity', error_detail: expect.stringContaining('not reporting') })
})

test('shortly before the deadline the reason of the refusal is what ends it', async () => {
  const { nodeId } = await freshNode()
  await sql('UPDATE node SET status = \'unreachable\' WHERE id = $1', [nodeId])
  const owner = await makeOwner()
  const { id } = await owner.call(createApp, HELLO)
  await sql('UPDATE deployment SET deadline_at = now() + interval \'10 seconds\' WHERE app_id = $1', [id])
  await drainJobs()
  expect(await lastDeployment(owner, id)).toMatchObject({ state: 'failed', error_code: 'no_capacity', error_detail: expect.stringContaining('not reporting') })
})

test('a created app goes step by step to live', async () => {
  const { report } = await freshNode()
  const owner = await makeOwner()
  const { id } = await owner.call(createApp, { ...HELLO, replicas: 2 })
  await drainJobs()
  const [a, b] = await wantedOf(id)
  const current = async () => (await lastDeployment(owner, id)).steps.find((s) => s.state === 'running')?.key
  for (const [phase, step] of [['pulling', 'pulling'], ['preparing', 'creating'], ['booting', 'booting']] as const) {
    await report(...[a, b].map((i) => vmStatus(i?.id ?? '', { phase, health: null, vm_start_id: null, running_ms: null })))
    expect(await current()).toBe(step)
  }
  await report(up(a?.id ?? ''))
  expect((await wantedOf(id)).filter((i) => i.routed).map((i) => i.id)).toEqual([a?.id])
  await report(up(b?.id ?? ''))
  expect(await lastDeployment(owner, id)).toMatchObject({ state: 'succeeded', error_code: null })
  expect((await lastDeployment(owner, id)).steps.every((s) => s.state === 'done')).toBe(true)
  expect(await owner.call(getApp, { app_id: id })).toMatchObject({ status: 'running', replicas: { desired: 2, current: 2, healthy: 2 } })
  const [route] = await sql<{ spec: { target: { instances: string[] } } }>('SELECT spec FROM node_object WHERE kind = \'route\' AND id = (SELECT hostname FROM hostname WHERE app_id = $1) AND desired = \'present\'', [id])
  expect(route?.spec.target.instances.toSorted()).toEqual([a?.id, b?.id].toSorted())
})

test('an image that does not exist fails the rollout by its code, and the old release serves on', async () => {
  const { owner, id, first, report } = await liveApp()
  await owner.call(updateApp, { app_id: id, image: 'builtin/absent:v9' })
  await drainJobs()
  const fresh = (await wantedOf(id)).find((i) => i.id !== first.id)
  await report(vmStatus(fresh?.id ?? '', { phase: 'failed', health: null, code: 'image_not_found', reason: 'There is no image builtin/absent:v9.', vm_start_id: null, running_ms: null }))
  expect(await lastDeployment(owner, id)).toMatchObject({ state: 'failed', error_code: 'image_not_found', error_detail: 'There is no image builtin/absent:v9.' })
  expect(await wantedOf(id)).toMatchObject([{ id: first.id, routed: true }])
  expect((await owner.call(getApp, { app_id: id })).status).toBe('running')
})

test('a rollout changes over only when the new release is healthy, and the old goes after its drain', async () => {
  const { owner, id, first, report } = await liveApp()
  await owner.call(updateApp, { app_id: id, image: 'builtin/hello:v2' })
  await drainJobs()
  const fresh = (await wantedOf(id)).find((i) => i.id !== first.id)
  expect(await wantedOf(id)).toMatchObject([{ id: first.id, routed: true }, { id: fresh?.id, routed: false }])
  await report(up(fresh?.id ?? ''))
  expect(await wantedOf(id)).toMatchObject([{ id: first.id, routed: false }, { id: fresh?.id, routed: true }])
  expect((await lastDeployment(owner, id)).state).toBe('succeeded')
  await sql('UPDATE instance SET unrouted_at = now() - interval \'10 seconds\' WHERE id = $1', [first.id])
  await advanceApp.run({ subject_id: id, org_id: null })
  expect(await wantedOf(id)).toMatchObject([{ id: fresh?.id, routed: true }])
})

test('stop ends every instance, start brings a new one, delete gives the host name back', async () => {
  const { owner, id, first, report, nodeId } = await liveApp()
  await owner.call(stopApp, { app_id: id })
  await drainJobs()
  expect(await wantedOf(id)).toEqual([])
  expect((await owner.call(getApp, { app_id: id })).status).toBe('stopping')
  const [tombstone] = await sql<{ generation: number }>('SELECT generation FROM node_object WHERE node_id = $1 AND kind = \'vm\' AND id = $2', [nodeId, first.id])
  await report(vmStatus(first.id, { phase: 'absent', generation: tombstone?.generation ?? 0, health: null, vm_start_id: null, running_ms: null }))
  expect((await owner.call(getApp, { app_id: id })).status).toBe('stopped')
  await owner.call(startApp, { app_id: id })
  await drainJobs()
  const [second] = await wantedOf(id)
  await report(up(second?.id ?? ''))
  expect((await owner.call(getApp, { app_id: id })).status).toBe('running')
  await owner.call(deleteApp, { app_id: id })
  await drainJobs()
  expect(await wantedOf(id)).toEqual([])
  expect(await sql('SELECT 1 FROM hostname WHERE app_id = $1 AND released_at IS NULL', [id])).toEqual([])
  expect(await sql('SELECT 1 FROM node_object WHERE node_id = $1 AND desired <> \'absent\'', [nodeId])).toEqual([])
})

const everything = (id: string) => sql(`SELECT (SELECT json_agg(i ORDER BY i.id) FROM instance i WHERE app_id = $1) AS instances,
  (SELECT json_agg(d ORDER BY d.id) FROM deployment d WHERE app_id = $1) AS deployments, (SELECT json_agg(o ORDER BY o.id) FROM node_object o) AS objects,
  (SELECT json_agg(n.desired_index ORDER BY n.id) FROM node n) AS indexes, (SELECT count(*) FROM event) AS events`, [id])

test('a run that is repeated, as after a crash, changes nothing, at any point of a deployment', async () => {
  const { owner, id, first, report } = await liveApp()
  const unchangedByAnotherRun = async (): Promise<void> => {
    const before = await everything(id)
    await Promise.all([1, 2].map(() => advanceApp.run({ subject_id: id, org_id: null })))
    expect(await everything(id)).toEqual(before)
  }
  await unchangedByAnotherRun()
  await owner.call(updateApp, { app_id: id, image: 'builtin/hello:v2' })
  await drainJobs()
  await unchangedByAnotherRun()
  const fresh = (await wantedOf(id)).find((i) => i.id !== first.id)
  await report(up(fresh?.id ?? ''))
  await unchangedByAnotherRun()
  await owner.call(scaleApp, { app_id: id, replicas: 3 })
  await drainJobs()
  await unchangedByAnotherRun()
  expect(await wantedOf(id)).toHaveLength(4)
})

test('an instance counts with the memory it was started with, whatever the app is set to since', async () => {
  const { owner, id, nodeId } = await liveApp()
  await sql('UPDATE node SET facts = jsonb_set(facts, \'{memory_mib}\', \'1000\') WHERE id = $1', [nodeId])
  await sql('UPDATE release SET config = jsonb_set(config, \'{memoryMib}\', \'700\') WHERE app_id = $1', [id])
  await owner.call(updateApp, { app_id: id, resources: { memory: '128m' } })
  await drainJobs()
  expect(await lastDeployment(owner, id)).toMatchObject({ state: 'failed', error_code: 'no_capacity' })
})
