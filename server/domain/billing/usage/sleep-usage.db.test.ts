import { expect, test } from 'vitest'
import type { ObjectStatus } from '../../../contract/node-api/v1.ts'
import { runtime } from '../../../core/runtime.ts'
import { makeOwner } from '../../../testing/actors.ts'
import { withRuntime } from '../../../testing/runtime.ts'
import { measureWindows } from './measure-totals.ts'
import { recordStatus } from '../../nodes/index.ts'
import { insertNode, makeInstance, vmStatus } from '../../nodes/testing.ts'

withRuntime()
let seq = 0
const report = (nodeId: string, ...objects: ObjectStatus[]) => {
  seq += 1
  return recordStatus(nodeId, {
    session_id: `ses_${nodeId}`, seq, observed_epoch: '', observed_index: 0, boot_id: 'boot-1', heartbeat: true, objects,
    node: { load: 0, memory_free_mib: 1, disk_free_mib: 1, conditions: [] },
  })
}
const rows = async <T extends object>(text: string, value: string): Promise<T[]> => (await runtime().databases.systemPool.query<T>(text, [value])).rows

test('a night of sleep is one start, counts as healthy, and its seconds are paid as kept memory and nothing else', async () => {
  const { organization } = await makeOwner()
  const nodeId = await insertNode()
  const { instanceId } = await makeInstance(organization.id, nodeId)
  const start = { vm_start_id: `start-${instanceId}` }
  await report(nodeId, vmStatus(instanceId, { ...start, since_ms: 7_200_000, running_ms: 7_200_000 }))
  await report(nodeId, vmStatus(instanceId, { ...start, phase: 'sleeping', since_ms: 3_600_000, running_ms: 7_200_000, slept_ms: 3_600_000 }))
  expect(await rows('SELECT phase, health, healthy_at IS NOT NULL AS since FROM instance WHERE id = $1', instanceId)).toEqual([{ phase: 'sleeping', health: 'ok', since: true }])
  await report(nodeId, vmStatus(instanceId, { ...start, since_ms: 600_000, running_ms: 7_200_000, slept_ms: 3_000_000 }))
  const segments = await rows<{ started_at: Date; ended_at: Date | null }>('SELECT started_at, ended_at FROM allocation_segment WHERE instance_id = $1', instanceId)
  const sleeps = await rows<{ started_at: Date; ended_at: Date }>('SELECT started_at, ended_at FROM sleep_segment WHERE start_id = $1', start.vm_start_id)
  expect([segments.length, segments[0]?.ended_at, sleeps.length]).toEqual([1, null, 1])
  const from = segments[0]?.started_at ?? new Date(0)
  const to = new Date(from.getTime() + 7_200_000)
  const [totals] = await runtime().databases.asSystem('job', (db) => measureWindows(db, [{ orgId: organization.id, from, to, now: to }]))
  const ms = (meter: string): number => Math.round(Number(totals?.get(meter)?.quantity ?? '0') * 1000)
  const slept = (sleeps[0]?.ended_at.getTime() ?? 0) - (sleeps[0]?.started_at.getTime() ?? 0)
  expect(Math.abs(slept - 3_000_000)).toBeLessThan(10_000)
  expect(ms('sleeping_mib_seconds')).toBe(256 * slept)
  expect(ms('vcpu_seconds')).toBe(2 * (7_200_000 - slept))
  expect(ms('memory_mib_seconds') + ms('sleeping_mib_seconds')).toBe(256 * 7_200_000)
})

test('a start that ends in its sleep is paid to its end, and no sleep outlives it', async () => {
  const { organization } = await makeOwner()
  const nodeId = await insertNode()
  const { instanceId } = await makeInstance(organization.id, nodeId)
  const start = { vm_start_id: `start-${instanceId}` }
  await report(nodeId, vmStatus(instanceId, { ...start, phase: 'sleeping', since_ms: 60_000, running_ms: 100_000, slept_ms: 60_000 }))
  await report(nodeId, vmStatus(instanceId, { phase: 'stopped', health: null, vm_start_id: null, since_ms: 10_000, running_ms: null }))
  const [piece] = await rows<{ ms: string }>(`SELECT sum(extract(epoch FROM ended_at - started_at) * 1000 * memory_mib)::bigint AS ms FROM allotted WHERE app_id =
    (SELECT app_id FROM instance WHERE id = $1)`, instanceId)
  // Forty seconds awake, the rest asleep.
  expect(Math.abs(Number(piece?.ms) / 256 - 40_000)).toBeLessThan(2_000)
})
