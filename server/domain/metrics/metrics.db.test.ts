import { expect, test } from 'vitest'
import { latencyBins, spawnBins } from '../../contract/metrics.ts'
import type { HostRecord, TrafficRecord } from '../../contract/node-api/measures.ts'
import type { UsageRecord } from '../../contract/node-api/v1.ts'
import { newId } from '../../core/id.ts'
import { runtime } from '../../core/runtime.ts'
import { makeOwner, makeUser } from '../../testing/actors.ts'
import { withRuntime } from '../../testing/runtime.ts'
import { recordUsage } from '../metering/index.ts'
import { insertNode, makeInstance } from '../nodes/testing.ts'
import { getAppMetrics, getNodeMetrics } from './index.ts'
import { pruneMeasures } from './prune-measures.ts'

withRuntime()

const setUp = async () => {
  const owner = await makeOwner()
  const nodeId = await insertNode()
  return { owner, orgId: owner.organization.id, nodeId, ...(await makeInstance(owner.organization.id, nodeId)) }
}
/** So that the middle of the minute five minutes ago is meant, however the test lies in its own. */
const AGO = 5 * 60_000
const vm = (seq: number, workloadId: string, start: string, agoMs: number, cpuUs: number): UsageRecord => ({
  seq, vm_start_id: start, workload_id: workloadId, ago_ms: agoMs, memory_used_mib: 100,
  cum: { cpu_us: cpuUs, disk_rd: cpuUs, disk_wr: 0, net_rx: 0, net_tx: cpuUs },
})
const traffic = (seq: number, appId: string, ok: number, failed: number, over: Partial<TrafficRecord> = {}): TrafficRecord => {
  const latency = latencyBins()
  latency[3] = ok + failed
  return { seq, ago_ms: AGO, app_id: appId, status: [0, ok, 0, 0, failed], latency, latency_us: (ok + failed) * 8_000, bytes_out: 100 * ok, ...over }
}
const sumsOf = async (table: string, column: string, appId: string): Promise<Record<number, number>> => {
  const { rows } = await runtime().databases.systemPool.query<{ step_s: number; sum: string }>(`SELECT step_s, sum(${column}) FROM ${table} WHERE app_id = $1 GROUP BY 1`, [appId])
  return Object.fromEntries(rows.map((r) => [r.step_s, Number(r.sum)]))
}
const everyStep = (value: number) => ({ 60: value, 300: value, 3_600: value, 86_400: value })

test('usage is the same sum at every step, however often and in what portions it is sent', async () => {
  const { nodeId, appId, instanceId } = await setUp()
  const records = [vm(1, instanceId, 's', 200_000, 0), vm(2, instanceId, 's', 70_000, 1_000_003), vm(3, instanceId, 's', 0, 2_000_001)]
  for (const cut of [1, 3, 2, 3]) await recordUsage(nodeId, { stream_id: 'usage', records: records.slice(0, cut) })
  expect(await sumsOf('app_usage', 'cpu_us', appId)).toEqual(everyStep(2_000_001))
  const spans = await sumsOf('app_usage', 'span_ms', appId)
  expect(spans).toEqual(everyStep(spans[60] ?? 0))
  expect(Math.abs((spans[60] ?? 0) - 200_000)).toBeLessThan(5_000)
})

test('a VM that starts again begins at zero, and nothing falls', async () => {
  const { nodeId, appId, instanceId } = await setUp()
  await recordUsage(nodeId, { stream_id: 'r', records: [vm(1, instanceId, 'first', 50_000, 5_000), vm(2, instanceId, 'first', 40_000, 9_000)] })
  await recordUsage(nodeId, { stream_id: 'r', records: [vm(3, instanceId, 'second', 30_000, 10), vm(4, instanceId, 'second', 20_000, 40)] })
  expect(await sumsOf('app_usage', 'net_tx', appId)).toEqual(everyStep(4_030))
})

test('requests are counted once by app and by node, late ones in the minute they belong to', async () => {
  const { owner, nodeId, appId } = await setUp()
  const records = [traffic(1, appId, 90, 10), traffic(2, appId, 5, 0)]
  for (let sent = 0; sent < 3; sent += 1) await recordUsage(nodeId, { stream_id: 't', records })
  await recordUsage(nodeId, { stream_id: 't', records: [traffic(3, appId, 1, 0, { ago_ms: AGO + 3_600_000 })] })
  const get = (metric: 'requests' | 'latency', from = '30m') => owner.call(getAppMetrics, { app_id: appId, metric, from })
  expect((await get('requests')).requests).toMatchObject({ total: 105, by_status: { '2xx': 95, '5xx': 10 }, bytes_out: 9_500, avg_ms: 8 })
  expect((await get('requests', '2h')).requests).toMatchObject({ total: 106 })
  expect((await get('requests')).series.map((s) => [s.name, Math.max(...s.data_points.map((p) => p.value))])).toEqual([['2xx', 95], ['5xx', 10]])
  expect((await get('latency')).series.map((s) => [s.name, s.data_points.length])).toEqual([['p50', 1], ['p90', 1], ['p99', 1]])
  const staff = await makeUser({ staff: true })
  expect((await staff.call(getNodeMetrics, { node_id: nodeId, metric: 'requests', from: '2h' })).requests).toMatchObject({ total: 106 })
})

test('a node says nothing of apps it neither runs nor serves', async () => {
  const { appId } = await setUp()
  expect(await recordUsage(await insertNode(), { stream_id: 'x', records: [traffic(1, appId, 9, 0)] })).toEqual({ acked_seq: 1 })
  expect(await sumsOf('app_traffic', 'bytes_out', appId)).toEqual({})
})

test('another organization finds no metrics; a wrong range names its field', async () => {
  const { owner, appId } = await setUp()
  await expect((await makeOwner()).call(getAppMetrics, { app_id: appId, metric: 'cpu' })).rejects.toMatchObject({ code: 'not_found' })
  const fails = (input: object) => owner.call(getAppMetrics, { app_id: appId, metric: 'cpu', ...input }).then(() => null, (error: { code: string; errors?: unknown }) => error)
  expect(await fails({ from: '1h', to: '2h' })).toMatchObject({ code: 'rule_violated', errors: [{ pointer: '/from', code: 'not_before_to' }] })
  expect(await fails({ from: '2d', resolution: '1m' })).toMatchObject({ errors: [{ pointer: '/resolution', code: 'too_many_points' }] })
  expect(await fails({ from: '4d', to: '3d', resolution: '1m' })).toMatchObject({ errors: [{ pointer: '/from', code: 'not_kept' }] })
  expect(await fails({ resolution: '7m' })).toMatchObject({ code: 'invalid_request', errors: [{ pointer: '/resolution' }] })
  expect(await fails({ from: 'yesterday' })).toMatchObject({ code: 'invalid_request', errors: [{ pointer: '/from' }] })
  expect(await fails({ metric: 'luck' })).toMatchObject({ code: 'invalid_request', errors: [{ pointer: '/metric' }] })
})

const setAhead = async (ms: number): Promise<void> => {
  await runtime().databases.systemPool.query('UPDATE test_clock SET offset_ms = $1', [ms])
  await runtime().clock.refresh()
}

test('deployments of the range come along, oldest first', async () => {
  const { owner, orgId, appId, releaseId } = await setUp()
  await runtime().databases.asSystem('job', async (db) => {
    for (const [state, ago] of [['failed', 600_000], ['succeeded', 60_000], ['succeeded', 7_200_000]] as const) {
      const createdAt = new Date(Date.now() - ago)
      await db.deployment.create({ data: { id: newId('deployment'), orgId, appId, releaseId, reason: 'deploy', state, steps: [], deadlineAt: createdAt, createdAt } })
    }
  })
  const { deployments } = await owner.call(getAppMetrics, { app_id: appId, metric: 'cpu', from: '1h' })
  expect(deployments).toMatchObject([{ state: 'failed', release: 1, reason: 'deploy' }, { state: 'succeeded' }])
  // A sandbox whose clock was set on: what was measured since has that time, and deployments stand beside it.
  await setAhead(40 * 86_400_000)
  expect((await owner.call(getAppMetrics, { app_id: appId, metric: 'cpu', from: '1h' })).deployments).toHaveLength(2)
  await setAhead(0)
})

test('staff see what a machine used; a machine nobody knows is not there', async () => {
  const nodeId = await insertNode()
  const staff = await makeUser({ staff: true })
  const host: HostRecord = {
    seq: 1, ago_ms: AGO, host: {
      span_ms: 60_000, cpu_us: 30_000_000, capacity_us: 120_000_000, memory_used_mib: 512, memory_total_mib: 2_048, disk_used_mib: 10, disk_total_mib: 40,
      disk_read: 6_000,
      disk_write: 0, net_rx: 60, net_tx: 120, dropped: 3, spawns: spawnBins(), spawn_us: 0,
    },
  }
  await recordUsage(nodeId, { stream_id: 'h', records: [host] })
  const get = async (metric: 'cpu' | 'memory' | 'storage' | 'disk' | 'network') =>
    (await staff.call(getNodeMetrics, { node_id: nodeId, metric })).series.map((s) => [s.name, s.data_points[0]?.value])
  expect([await get('cpu'), await get('memory'), await get('storage'), await get('disk'), await get('network')]).toEqual([
    [['cpu', 25]], [['used', 512], ['total', 2_048]], [['used', 10], ['total', 40]], [['read', 100], ['written', 0]], [['received', 1], ['sent', 2]]])
  await expect(staff.call(getNodeMetrics, { node_id: 'node_none', metric: 'cpu' })).rejects.toMatchObject({ code: 'not_found' })
})

test('each step ends at its own age', async () => {
  const { owner, nodeId, appId } = await setUp()
  await recordUsage(nodeId, { stream_id: 'old', records: [traffic(1, appId, 1, 0), traffic(2, appId, 2, 0, { ago_ms: 20 * 86_400_000 })] })
  await pruneMeasures.run({})
  expect(await sumsOf('app_traffic', 'bytes_out', appId)).toEqual({ 60: 100, 300: 100, 3_600: 300, 86_400: 300 })
  expect((await owner.call(getAppMetrics, { app_id: appId, metric: 'requests', from: '30d' }))).toMatchObject({ resolution: '1h', requests: { total: 3 } })
})
