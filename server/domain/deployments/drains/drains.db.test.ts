import { expect, test } from 'vitest'
import type { ObjectStatus } from '../../../contract/node-api/v1.ts'
import { newId } from '../../../core/id.ts'
import { runtime } from '../../../core/runtime.ts'
import { makeOwner, makeUser } from '../../../testing/actors.ts'
import { drainJobs, withRuntime } from '../../../testing/runtime.ts'
import { createApp, getApp } from '../../apps/index.ts'
import { cordonNode, getNode, giveUpLost, listDesired, markUnreachable, recordStatus, uncordonNode, updateNode } from '../../nodes/index.ts'
import { insertNode, vmStatus } from '../../nodes/testing.ts'
import { advanceApp } from '../advance-app.ts'
import { cancelDrain, deleteNode, drainNode, getDrain, previewDrain } from '../index.ts'
import { advanceDrain } from './advance-drain.ts'

withRuntime()
const UP_TO_DATE = 1_000_000_000
const sql = async <T extends object>(text: string, values: unknown[] = []): Promise<T[]> => (await runtime().databases.systemPool.query<T>(text, values)).rows

let seq = 0
const freshNode = async () => {
  const id = await insertNode()
  await sql('UPDATE node SET observed_index = $2 WHERE id = $1', [id, UP_TO_DATE])
  const report = async (...objects: ObjectStatus[]): Promise<void> => {
    seq += 1
    await recordStatus(id, {
      session_id: `ses_${id}`, seq, observed_epoch: '', observed_index: UP_TO_DATE, boot_id: 'boot-1', heartbeat: true, objects,
      node: { load: 0, memory_free_mib: 1, disk_free_mib: 1, conditions: [] },
    })
  }
  return { id, report }
}
type FakeNode = Awaited<ReturnType<typeof freshNode>>
interface Row { id: string; node_id: string; desired: string; routed: boolean; leaving: string | null; node_lost: boolean }
const living = (appId: string) => sql<Row>('SELECT * FROM instance WHERE app_id = $1 AND ended_at IS NULL ORDER BY created_at, id', [appId])
const retire = async (): Promise<void> => {
  await sql('UPDATE app SET desired = \'stopped\'')
  await sql('UPDATE node SET status = \'lost\', duty = \'maintenance\'')
}

/** What agents do: what shall run is healthy, what shall go is gone. */
const agentsAct = async (nodes: FakeNode[], run = drainJobs): Promise<void> => {
  const present = new Set((await sql<{ id: string }>('SELECT id FROM node')).map((n) => n.id))
  for (const node of nodes.filter((n) => present.has(n.id))) {
    for (const object of (await listDesired(node.id)).objects.filter((o) => o.kind === 'vm')) {
      if (object.desired === 'running') await node.report(vmStatus(object.id, { generation: object.generation, vm_start_id: `start-${object.id}` }))
      else await node.report(vmStatus(object.id, { phase: 'absent', generation: object.generation, health: null, vm_start_id: null, running_ms: null }))
    }
  }
  await run()
}
const fleet = async (replicas: number, apps = 1) => {
  await retire()
  const operator = await makeUser({ staff: true })
  const owner = await makeOwner()
  const first = await freshNode()
  const ids: string[] = []
  for (let n = 0; n < apps; n += 1) ids.push((await owner.call(createApp, { name: `app-${n}`, image: 'builtin/hello:v1', replicas, resources: { memory: '128m' } })).id)
  await drainJobs()
  await agentsAct([first])
  const second = await freshNode()
  return { operator, owner, first, second, ids, id: ids[0] ?? '' }
}
const pass = (seconds: number) => sql('UPDATE instance SET unrouted_at = unrouted_at - make_interval(secs => $1) WHERE unrouted_at IS NOT NULL', [seconds])

/** Rounds of looks, agents and time until it is over; says how few served at the worst moment. */
const carryOut = async (drainId: string, nodes: FakeNode[], ids: string[], rounds = 25): Promise<number> => {
  let fewest = Infinity
  for (let n = 0; n < rounds; n += 1) {
    await advanceDrain.run({ drain_id: drainId })
    for (const id of ids) await advanceApp.run({ subject_id: id, org_id: null })
    await agentsAct(nodes)
    await pass(10)
    for (const id of ids) {
      const rows = await sql<{ n: number }>('SELECT count(*)::int AS n FROM instance WHERE app_id = $1 AND routed AND desired = \'running\' AND health = \'ok\' AND ended_at IS NULL', [id])
      fewest = Math.min(fewest, rows[0]?.n ?? 0)
    }
    if ((await sql<{ state: string }>('SELECT state FROM node_drain WHERE id = $1', [drainId]))[0]?.state !== 'running') break
  }
  return fewest
}

test('a drain moves everything, new ones first: never fewer serve than were asked for', async () => {
  const { operator, first, second, ids } = await fleet(2, 2)
  const drain = await operator.call(drainNode, { node_id: first.id, batch: 2, then: 'maintenance' })
  expect(drain).toMatchObject({ state: 'running', total: 4, left: 4 })
  await expect(operator.call(drainNode, { node_id: first.id })).rejects.toMatchObject({ code: 'state_conflict' })
  await expect(operator.call(uncordonNode, { node_id: first.id })).rejects.toMatchObject({ code: 'state_conflict' })
  expect(await carryOut(drain.id, [first, second], ids)).toBe(2)
  expect(await operator.call(getDrain, { node_id: first.id })).toMatchObject({ drain: { state: 'done', total: 4, left: 0 }, instances: [] })
  expect(await operator.call(getNode, { node_id: first.id })).toMatchObject({ duty: 'maintenance', instances: 0, drain: null })
  for (const id of ids) expect((await living(id)).map((i) => [i.node_id, i.routed])).toEqual([[second.id, true], [second.id, true]])
  expect(await operator.call(uncordonNode, { node_id: first.id })).toMatchObject({ duty: 'active' })
}, 60_000)

test('nowhere to go is refused with the reasons, and so are destinations that are none', async () => {
  const { operator, first, second } = await fleet(2)
  await operator.call(cordonNode, { node_id: second.id, reason: 'new disk' })
  await expect(operator.call(drainNode, { node_id: first.id })).rejects.toMatchObject({ code: 'no_capacity', message: expect.stringMatching(/2 of 2 instances have nowhere to go\..*1 is cordoned/) })
  await operator.call(uncordonNode, { node_id: second.id })
  await sql('UPDATE node SET facts = jsonb_set(facts, \'{memory_mib}\', \'400\') WHERE id = $1', [second.id])
  await expect(operator.call(drainNode, { node_id: first.id })).rejects.toMatchObject({ code: 'no_capacity', message: expect.stringContaining('1 of 2 instances') })
  await expect(operator.call(drainNode, { node_id: first.id, destinations: [first.id] })).rejects.toMatchObject({ errors: [{ pointer: '/destinations/0', code: 'same_node' }] })
  await expect(operator.call(drainNode, { node_id: first.id, destinations: ['node_x'] })).rejects.toMatchObject({ errors: [{ pointer: '/destinations/0', code: 'unknown_node' }] })
  expect(await operator.call(getNode, { node_id: first.id })).toMatchObject({ duty: 'active', drain: null })
})

test('before a drain it is said where each would go, and why one would stay; nothing moves', async () => {
  const { operator, first, second, id } = await fleet(2)
  const names = { [second.id]: (await operator.call(getNode, { node_id: second.id })).hostname }
  const { instances } = await operator.call(previewDrain, { node_id: first.id })
  const each = [id, second.id, names[second.id], null]
  expect(instances.map((one) => [one.app_id, one.node_id, one.hostname, one.why])).toEqual([each, each])
  await sql('UPDATE node SET facts = jsonb_set(facts, \'{memory_mib}\', \'400\') WHERE id = $1', [second.id])
  const tight = await operator.call(previewDrain, { node_id: first.id, destinations: [second.id] })
  expect(tight.instances.map((one) => one.node_id)).toEqual([second.id, null])
  expect(tight.instances[1]).toMatchObject({ why: 'no_capacity', detail: expect.stringContaining('memory') as unknown })
  await expect(operator.call(previewDrain, { node_id: first.id, destinations: [first.id] }))
    .rejects.toMatchObject({ errors: [{ pointer: '/destinations/0', code: 'same_node' }] })
  await expect(operator.call(previewDrain, { node_id: 'node_x' })).rejects.toMatchObject({ code: 'not_found' })
  expect(await operator.call(getNode, { node_id: first.id })).toMatchObject({ duty: 'active', drain: null })
})

test('what leaves goes to the destinations only', async () => {
  const { operator, first, second, ids, id } = await fleet(1)
  const third = await freshNode()
  await sql('UPDATE node SET facts = jsonb_set(facts, \'{memory_mib}\', \'64000\') WHERE id = $1', [second.id])
  const drain = await operator.call(drainNode, { node_id: first.id, destinations: [third.id] })
  await carryOut(drain.id, [first, second, third], ids)
  expect((await living(id)).map((i) => i.node_id)).toEqual([third.id])
}, 60_000)

test('at its deadline a drain gives up and leaves what is left running; or it forces', async () => {
  const { operator, first, second, ids, id } = await fleet(1)
  const late = (drainId: string) => sql('UPDATE node_drain SET deadline_at = now() - interval \'1 second\' WHERE id = $1', [drainId])
  const drain = await operator.call(drainNode, { node_id: first.id })
  await late(drain.id)
  await advanceDrain.run({ drain_id: drain.id })
  expect(await operator.call(getDrain, { node_id: first.id })).toMatchObject({ drain: { state: 'failed', left: 1, detail: expect.stringContaining('deadline passed with 1 of 1 left (app-0)') }, instances: [{ state: 'waiting' }] })
  expect((await living(id)).map((i) => [i.node_id, i.leaving, i.routed])).toEqual([[first.id, null, true]])
  const hard = await operator.call(drainNode, { node_id: first.id, at_deadline: 'force' })
  await operator.call(cordonNode, { node_id: second.id })
  await late(hard.id)
  await carryOut(hard.id, [first, second], ids)
  expect(await operator.call(getDrain, { node_id: first.id })).toMatchObject({ drain: { state: 'done' }, instances: [] })
}, 60_000)

test('a drain that is called off leaves what has not moved', async () => {
  const { operator, first, second, id, ids } = await fleet(2)
  const drain = await operator.call(drainNode, { node_id: first.id, batch: 1 })
  await advanceDrain.run({ drain_id: drain.id })
  expect((await operator.call(getDrain, { node_id: first.id })).instances.map((i) => i.state)).toEqual(['moving', 'waiting'])
  expect(await operator.call(cancelDrain, { node_id: first.id })).toMatchObject({ state: 'cancelled' })
  await carryOut(drain.id, [first, second], ids, 4)
  expect((await living(id)).filter((i) => i.desired === 'running').map((i) => [i.node_id, i.leaving])).toEqual([[first.id, null], [first.id, null]])
  expect((await operator.call(getNode, { node_id: first.id })).duty).toBe('cordoned')
  await expect(operator.call(cancelDrain, { node_id: first.id })).rejects.toMatchObject({ code: 'state_conflict' })
})

const addVolume = (orgId: string, nodeId: string, appId: string | null) => sql(
  'INSERT INTO volume (id, org_id, name, node_id, size_mib, app_id, mount_path) VALUES ($1, $2, $1, $3, 64, $4, $5)', [newId('volume'), orgId, nodeId, appId, appId ? '/data' : null])

test('volumes do not move: a drain is refused or leaves them, and their node cannot be deleted', async () => {
  const { operator, owner, first, second, ids, id } = await fleet(1, 2)
  await addVolume(owner.organization.id, first.id, id)
  await expect(operator.call(drainNode, { node_id: first.id })).rejects.toMatchObject({ code: 'volumes_pinned', message: expect.stringContaining('app-0') })
  await expect(operator.call(drainNode, { node_id: first.id, volumes: 'leave', then: 'removed' })).rejects.toMatchObject({ code: 'volumes_pinned' })
  const drain = await operator.call(drainNode, { node_id: first.id, volumes: 'leave' })
  expect(drain.total).toBe(1)
  await carryOut(drain.id, [first, second], ids)
  expect(await operator.call(getDrain, { node_id: first.id })).toMatchObject({ drain: { state: 'done' }, instances: [{ state: 'pinned', app_id: id }] })
  await expect(operator.call(deleteNode, { node_id: first.id })).rejects.toMatchObject({ code: 'volumes_pinned' })
}, 60_000)

test('a node is deleted when it is empty: at once, or at the end of a drain', async () => {
  const { operator, first, second, ids } = await fleet(1)
  await expect(operator.call(deleteNode, { node_id: first.id })).rejects.toMatchObject({ code: 'state_conflict', message: expect.stringContaining('then=removed') })
  const drain = await operator.call(drainNode, { node_id: first.id, then: 'removed' })
  await carryOut(drain.id, [first, second], ids)
  await expect(operator.call(getNode, { node_id: first.id })).rejects.toMatchObject({ code: 'not_found' })
  const third = await freshNode()
  await operator.call(deleteNode, { node_id: third.id })
  await expect(operator.call(getNode, { node_id: third.id })).rejects.toMatchObject({ code: 'not_found' })
}, 60_000)

const silence = async (nodeId: string): Promise<void> => {
  await sql('UPDATE node SET last_seen_at = now() - interval \'41 s\' WHERE id = $1', [nodeId])
  expect(await markUnreachable()).toContain(nodeId)
}
const segmentsOf = (id: string) => sql<{ ended_at: Date | null }>('SELECT ended_at FROM allocation_segment WHERE instance_id = $1', [id])

test('a lost node: stateless apps serve from others at once; when it is heard again it is told to remove them, and they cost nothing', async () => {
  const { owner, operator, first, second, id } = await fleet(2)
  await silence(first.id)
  expect(await giveUpLost(Date.now() + 19_000)).toEqual([])
  const before = await living(id)
  const started = performance.now()
  expect(await giveUpLost(Date.now() + 21_000)).toEqual([first.id])
  await drainJobs()
  const fresh = (await living(id)).filter((i) => i.node_id === second.id)
  expect(fresh).toHaveLength(2)
  expect((await owner.call(getApp, { app_id: id })).instances.map((i) => i.phase)).toEqual(['lost', 'lost', 'pending', 'pending'])
  await agentsAct([second])
  expect((await living(id)).filter((i) => i.routed).map((i) => i.node_id)).toEqual([second.id, second.id])
  expect(performance.now() - started).toBeLessThan(60_000)
  await pass(10)
  await advanceApp.run({ subject_id: id, org_id: null })
  expect((await living(id)).filter((i) => i.node_id === first.id).every((i) => i.desired === 'absent')).toBe(true)
  expect((await listDesired(first.id)).objects.filter((o) => o.kind === 'vm').map((o) => o.desired)).toEqual(['absent', 'absent'])
  // Back, and they still run there for a moment.
  await first.report(...before.map((i) => vmStatus(i.id, { vm_start_id: `start-${i.id}`, running_ms: 90_000 })))
  expect(await operator.call(getNode, { node_id: first.id })).toMatchObject({ status: 'ready', lost_at: null })
  for (const one of before) expect((await segmentsOf(one.id)).every((s) => s.ended_at !== null)).toBe(true)
  await agentsAct([first, second])
  expect((await living(id)).map((i) => i.node_id)).toEqual([second.id, second.id])
}, 60_000)

test('a lost node that comes back before there was room goes on with what it had', async () => {
  const { first, second, operator, id } = await fleet(2)
  await operator.call(cordonNode, { node_id: second.id })
  const before = await living(id)
  await silence(first.id)
  await giveUpLost(Date.now() + 21_000)
  await drainJobs()
  // Nobody else serves: what the edge of that node knows stays, so nobody is turned away there before the portal has heard of it.
  expect((await living(id)).map((i) => [i.id, i.desired, i.routed, i.node_lost])).toEqual(before.map((i) => [i.id, 'running', true, true]))
  await first.report()
  await drainJobs()
  expect((await living(id)).map((i) => [i.id, i.routed, i.node_lost])).toEqual(before.map((i) => [i.id, true, false]))
  for (const one of before) expect((await segmentsOf(one.id)).some((s) => s.ended_at === null)).toBe(true)
})

test('an app with volumes is never started elsewhere while its node is lost', async () => {
  const { owner, first, second, id } = await fleet(1)
  await addVolume(owner.organization.id, first.id, id)
  await silence(first.id)
  await giveUpLost(Date.now() + 21_000)
  await drainJobs()
  expect((await living(id)).map((i) => [i.node_id, i.desired])).toEqual([[first.id, 'running']])
  expect((await owner.call(getApp, { app_id: id })).instances[0]).toMatchObject({ phase: 'lost', health: null, reason: expect.stringContaining('its data is there') })
  expect((await listDesired(second.id)).objects.filter((o) => o.kind === 'vm')).toEqual([])
})

test('cordoned, a node gets nothing new; labels, region and zone are changed by hand', async () => {
  const { operator, owner, first, second } = await fleet(1)
  expect(await operator.call(cordonNode, { node_id: first.id, reason: 'fans' })).toMatchObject({ duty: 'cordoned', duty_reason: 'fans' })
  const { id } = await owner.call(createApp, { name: 'later', image: 'builtin/hello:v1', replicas: 2, resources: { memory: '128m' } })
  await drainJobs()
  expect((await living(id)).map((i) => i.node_id)).toEqual([second.id, second.id])
  expect(await operator.call(updateNode, { node_id: first.id, region: 'lagos', zone: 'a', labels: { disk: 'fast' } })).toMatchObject({ region: 'lagos', zone: 'a', labels: { disk: 'fast' } })
  await expect(operator.call(updateNode, { node_id: first.id, labels: { 'Bad Name': 'x' } })).rejects.toMatchObject({ code: 'invalid_request' })
  await expect(owner.call(cordonNode, { node_id: first.id })).rejects.toMatchObject({ code: 'forbidden' })
})
