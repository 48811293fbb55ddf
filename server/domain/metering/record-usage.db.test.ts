import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { UsageRecord } from '../../contract/node-api/v1.ts'
import { newId } from '../../core/id.ts'
import { runtime } from '../../core/runtime.ts'
import { makeOwner } from '../../testing/actors.ts'
import { withRuntime } from '../../testing/runtime.ts'
import { insertNode, makeInstance } from '../nodes/testing.ts'
import { recordUsage } from './index.ts'

withRuntime()

const record = (seq: number, workloadId: string, start: string, tx: number, over: Partial<UsageRecord> = {}): UsageRecord => ({
  seq, vm_start_id: start, workload_id: workloadId, ago_ms: 0, memory_used_mib: 50, cum: { cpu_us: tx, disk_rd: 0, disk_wr: 0, net_rx: 0, net_tx: tx }, ...over,
})
const setUp = async () => {
  const { organization } = await makeOwner()
  const nodeId = await insertNode()
  return { orgId: organization.id, nodeId, ...(await makeInstance(organization.id, nodeId)) }
}
const egressOf = async (appId: string): Promise<number> => {
  const { rows } = await runtime().databases.systemPool.query<{ sum: string | null }>('SELECT sum(quantity) FROM usage_quarter WHERE app_id = $1', [appId])
  return Number(rows[0]?.sum ?? 0)
}

test('replayed, reordered and doubled batches charge each byte once', async () => {
  const { nodeId, instanceId, appId } = await setUp()
  let charged = 0
  const growth = fc.array(fc.nat(1_000), { minLength: 1, maxLength: 12 })
  const sendings = fc.array(fc.tuple(fc.nat(12), fc.nat(12)), { maxLength: 8 })
  await fc.assert(fc.asyncProperty(growth, sendings, async (grown, windows) => {
    const [stream, start] = [newId('event'), newId('event')]
    let total = 0
    const records = grown.map((bytes, i) => record(i + 1, instanceId, start, total += bytes))
    for (const [from, length] of [...windows, [0, records.length] as const]) {
      const batch = records.slice(from, from + length).reverse()
      await recordUsage(nodeId, { stream_id: stream, records: [...batch, ...batch] }).catch((error: { code?: string }) => expect(error.code).toBe('seq_gap'))
    }
    charged += total
    expect(await egressOf(appId)).toBe(charged)
  }), { numRuns: 25 })
})

test('two senders of the same batch at once charge it once', async () => {
  const { nodeId, instanceId, appId } = await setUp()
  const records = [record(1, instanceId, 'twice', 10), record(2, instanceId, 'twice', 30)]
  const replies = await Promise.all(Array.from({ length: 6 }, () => recordUsage(nodeId, { stream_id: 'twice', records })))
  expect(new Set(replies.map((r) => r.acked_seq))).toEqual(new Set([2]))
  expect(await egressOf(appId)).toBe(30)
})

test('a gap tells the number expected and charges nothing; a shrinking counter is refused', async () => {
  const { nodeId, instanceId, appId } = await setUp()
  await recordUsage(nodeId, { stream_id: 'gap', records: [record(1, instanceId, 'gap', 10)] })
  await expect(recordUsage(nodeId, { stream_id: 'gap', records: [record(3, instanceId, 'gap', 90)] })).rejects.toMatchObject({ code: 'seq_gap', more: { expected: 2 } })
  await expect(recordUsage(nodeId, { stream_id: 'gap', records: [record(2, instanceId, 'gap', 20), record(3, instanceId, 'gap', 5)] })).rejects.toMatchObject({ code: 'counter_decreased', more: { expected: 3 } })
  expect(await egressOf(appId)).toBe(10)
})

test('a new stream of the same start goes on from the counters known', async () => {
  const { nodeId, instanceId, appId } = await setUp()
  await recordUsage(nodeId, { stream_id: 'lost', records: [record(1, instanceId, 'kept', 100)] })
  await recordUsage(nodeId, { stream_id: 'fresh', records: [record(1, instanceId, 'kept', 140)] })
  expect(await egressOf(appId)).toBe(140)
})

test('a node cannot charge the instance of another node', async () => {
  const { instanceId, appId } = await setUp()
  const other = await insertNode()
  expect(await recordUsage(other, { stream_id: 'x', records: [record(1, instanceId, 'foreign', 100)] })).toEqual({ acked_seq: 1 })
  expect(await egressOf(appId)).toBe(0)
})
