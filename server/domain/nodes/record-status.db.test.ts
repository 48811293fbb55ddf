import { statSync, readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import type { ObjectStatus } from '../../contract/node-api/v1.ts'
import { runtime } from '../../core/runtime.ts'
import { makeOwner, makeUser } from '../../testing/actors.ts'
import { withRuntime } from '../../testing/runtime.ts'
import { ensureLocalJoinToken, getNode, listNodes, listDesired, markUnreachable, recordStatus, removeObject, removeUnknown, setDesired } from './index.ts'
import { insertNode, makeInstance, vmSpec, vmStatus } from './testing.ts'

withRuntime()

const pool = () => runtime().databases.systemPool
let seq = 0
const report = (nodeId: string, objects: ObjectStatus[], over: { seq?: number; session_id?: string } = {}) => {
  seq += 1
  return recordStatus(nodeId, {
    session_id: `ses_${nodeId}`, seq, observed_epoch: '', observed_index: 0, boot_id: 'boot-1', heartbeat: true, objects,
    node: { load: 0.25, memory_free_mib: 1, disk_free_mib: 2, conditions: [] }, ...over,
  })
}
const setUp = async () => {
  const { organization } = await makeOwner()
  const nodeId = await insertNode()
  return { orgId: organization.id, nodeId, ...(await makeInstance(organization.id, nodeId)) }
}
const one = async <T>(sql: string, id: string): Promise<T> => (await pool().query(sql, [id])).rows[0] as T
const instanceOf = (id: string) => one<{ phase: string; health: string; code: string | null; restarts: number; started_at: Date | null; ended_at: Date | null; observed_generation: number }>('SELECT * FROM instance WHERE id = $1', id)
const segmentsOf = async (id: string) => (await pool().query<{ start_id: string; vcpu: number; started_at: Date; ended_at: Date | null }>('SELECT * FROM allocation_segment WHERE instance_id = $1 ORDER BY started_at', [id])).rows
const eventsOf = async (id: string) => (await pool().query<{ type: string; data: object; org_id: string }>('SELECT * FROM event WHERE subject_id = $1 ORDER BY seq', [id])).rows

test('a running VM is shown, begins to cost when its process began, and tells its organization once', async () => {
  const { nodeId, instanceId, appId, releaseId, orgId } = await setUp()
  const status = vmStatus(instanceId, { running_ms: 5_000, image_digest: 'sha256:abc' })
  await report(nodeId, [status])
  await report(nodeId, [{ ...status, running_ms: 9_000, reason: 'only words' }])
  expect(await instanceOf(instanceId)).toMatchObject({ phase: 'running', health: 'ok', observed_generation: 1 })
  const [segment, ...more] = await segmentsOf(instanceId)
  expect(more).toEqual([])
  expect(segment).toMatchObject({ start_id: 'start-1', vcpu: 2, ended_at: null })
  expect(Math.abs(Date.now() - 5_000 - (segment?.started_at.getTime() ?? 0))).toBeLessThan(3_000)
  const shown = (await instanceOf(instanceId)).started_at as Date
  expect(Math.abs(Date.now() - 5_000 - shown.getTime())).toBeLessThan(3_000)
  expect(await one('SELECT digest FROM release WHERE id = $1', releaseId)).toEqual({ digest: 'sha256:abc' })
  expect(await eventsOf(instanceId)).toMatchObject([{ type: 'instance.changed', org_id: orgId, data: { app_id: appId, deployment_id: null, phase: 'running', health: 'ok', code: null } }])
})

test('a number seen before has no effect, and an older generation never overwrites', async () => {
  const { nodeId, instanceId } = await setUp()
  await report(nodeId, [vmStatus(instanceId, { generation: 3 })])
  const replayed = await report(nodeId, [vmStatus(instanceId, { generation: 3, phase: 'failed' })], { seq })
  expect(replayed.acked_seq).toBe(seq - 1)
  await report(nodeId, [vmStatus(instanceId, { generation: 2, phase: 'failed', code: 'oom' })])
  expect(await instanceOf(instanceId)).toMatchObject({ phase: 'running', code: null, observed_generation: 3 })
})

test('a restart under a new start ends one segment and begins the next', async () => {
  const { nodeId, instanceId } = await setUp()
  await report(nodeId, [vmStatus(instanceId, { vm_start_id: 'r1', running_ms: 10_000 })])
  await report(nodeId, [vmStatus(instanceId, { phase: 'backoff', code: 'process_exited', vm_start_id: 'r1', since_ms: 2_000, running_ms: null, restarts: 1 })])
  await report(nodeId, [vmStatus(instanceId, { vm_start_id: 'r2', running_ms: 100, restarts: 1 })])
  const segments = await segmentsOf(instanceId)
  expect(segments.map((s) => [s.start_id, s.ended_at === null])).toEqual([['r1', false], ['r2', true]])
  const length = (segments[0]?.ended_at?.getTime() ?? 0) - (segments[0]?.started_at.getTime() ?? 0)
  expect(length).toBeGreaterThan(6_000)
  expect(length).toBeLessThan(10_000)
})

test('an instance ends only when its tombstone is confirmed, and its row on the node goes with it', async () => {
  const { nodeId, instanceId } = await setUp()
  await runtime().databases.asSystem('job', (db) => setDesired(db, nodeId, { kind: 'vm', id: instanceId, desired: 'running', spec: vmSpec({ secrets: { KEY: 'open sesame' } }) }))
  await report(nodeId, [vmStatus(instanceId)])
  await report(nodeId, [vmStatus(instanceId, { phase: 'absent' })])
  expect(await instanceOf(instanceId)).toMatchObject({ phase: 'running', ended_at: null })
  await runtime().databases.asSystem('job', (db) => removeObject(db, nodeId, 'vm', instanceId))
  await report(nodeId, [vmStatus(instanceId, { phase: 'absent', generation: 2, vm_start_id: null, health: null, running_ms: null, since_ms: 0 })])
  expect((await instanceOf(instanceId)).ended_at).not.toBeNull()
  expect((await segmentsOf(instanceId)).every((s) => s.ended_at !== null)).toBe(true)
  expect((await listDesired(nodeId)).objects).toEqual([])
})

test('a machine nobody knows, removed after a restore, leaves no tombstone once the node has confirmed that it is gone', async () => {
  const nodeId = await insertNode()
  const gone = (generation: number) => vmStatus('inst_stranger', { phase: 'absent', generation, vm_start_id: null, health: null, running_ms: null, since_ms: 0 })
  await runtime().databases.asSystem('job', (db) => removeUnknown(db, nodeId, 'inst_stranger', 3))
  await report(nodeId, [gone(3)])
  expect((await listDesired(nodeId)).objects).toMatchObject([{ id: 'inst_stranger', generation: 4, desired: 'absent' }])
  await report(nodeId, [gone(4)])
  expect((await listDesired(nodeId)).objects).toEqual([])
  expect(await one('SELECT held_objects::int, held_generations::int FROM node WHERE id = $1', nodeId)).toEqual({ held_objects: 0, held_generations: 0 })
})

test('secrets rest encrypted and reach only the node\'s own list', async () => {
  const { nodeId, instanceId } = await setUp()
  const spec = vmSpec({ secrets: { KEY: 'open sesame' } })
  const wanted = { kind: 'vm' as const, id: instanceId, desired: 'running' as const, spec }
  await runtime().databases.asSystem('job', (db) => setDesired(db, nodeId, wanted))
  const { rows } = await pool().query<{ spec: object }>('SELECT spec FROM node_object WHERE id = $1', [instanceId])
  expect(JSON.stringify(rows)).not.toContain('sesame')
  expect((await listDesired(nodeId)).objects[0]?.spec).toEqual(spec)
  expect(await runtime().databases.asSystem('job', (db) => setDesired(db, nodeId, wanted))).toBe(1)
})

test('a node cannot speak for an instance of another node', async () => {
  const { instanceId } = await setUp()
  await report(await insertNode(), [vmStatus(instanceId, { phase: 'failed' })])
  expect(await instanceOf(instanceId)).toMatchObject({ phase: 'pending' })
})

test('a node that misses its lease is unreachable until it reports again; both are told once', async () => {
  const { nodeId } = await setUp()
  await pool().query("UPDATE node SET last_seen_at = now() - interval '39 s' WHERE id = $1", [nodeId])
  expect(await markUnreachable()).not.toContain(nodeId)
  await pool().query("UPDATE node SET last_seen_at = now() - interval '41 s' WHERE id = $1", [nodeId])
  expect(await markUnreachable()).toContain(nodeId)
  expect(await markUnreachable()).not.toContain(nodeId)
  await report(nodeId, [])
  await report(nodeId, [])
  expect((await eventsOf(nodeId)).map((e) => e.type)).toEqual(['node.unreachable', 'node.ready'])
})

test('a failing route is told once in a while, a working one never', async () => {
  const { nodeId } = await setUp()
  await runtime().databases.asSystem('job', (db) => setDesired(db, nodeId, { kind: 'route', id: 'route_x', desired: 'present', spec: { host: 'x.test', target: 'portal' } }))
  const status = { ...vmStatus('route_x'), kind: 'route' as const, health: null, vm_start_id: null, running_ms: null }
  await report(nodeId, [status])
  expect(await eventsOf('route_x')).toEqual([])
  await report(nodeId, [{ ...status, phase: 'failed', code: 'route_failed', reason: 'no certificate' }])
  await report(nodeId, [{ ...status, phase: 'failed', code: 'route_failed', reason: 'no certificate' }])
  expect(await eventsOf('route_x')).toMatchObject([{ type: 'route.failed', data: { reason: 'no certificate' } }])
})

test('the operator sees what each node holds; others are refused', async () => {
  const { nodeId, instanceId } = await setUp()
  await runtime().databases.asSystem('job', (db) => setDesired(db, nodeId, { kind: 'vm', id: instanceId, desired: 'running', spec: vmSpec({ vcpu: 3, memory_mib: 1024 }) }))
  const operator = await makeUser({ staff: true })
  expect(await operator.call(getNode, { node_id: nodeId })).toMatchObject({
    id: nodeId, status: 'ready', instances: 1, vcpu: { total: 4, used: 3 }, memory_mib: { total: 8192, used: 1024 }, isolation: 'emulated',
  })
  expect((await operator.call(listNodes, {})).data.map((n) => n.id)).toContain(nodeId)
  await expect((await makeUser()).call(listNodes, {})).rejects.toMatchObject({ code: 'forbidden' })
  await expect(operator.call(getNode, { node_id: 'node_other' })).rejects.toMatchObject({ code: 'not_found' })
})

test('the local join token is written for its owner only, kept while usable, and not made once a node is there', async () => {
  const data = runtime().env.SHELLWEGO_DATA
  const file = await ensureLocalJoinToken(data)
  expect(() => statSync(file)).toThrow()
  await pool().query('DELETE FROM node_object')
  await pool().query('DELETE FROM node')
  await ensureLocalJoinToken(data)
  const first = readFileSync(file, 'utf8')
  expect(statSync(file).mode & 0o777).toBe(0o600)
  await ensureLocalJoinToken(data)
  expect(readFileSync(file, 'utf8')).toBe(first)
})
