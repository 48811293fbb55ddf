import type { UsageRecord } from '../../server/contract/node-api/v1.ts'
import { newId } from '../../server/core/id.ts'
import { runtime } from '../../server/core/runtime.ts'
import { recordUsage } from '../../server/domain/metering/index.ts'
import { insertNode, makeInstance } from '../../server/domain/nodes/testing.ts'
import { makeOwner } from '../../server/testing/actors.ts'
import { withCore } from './core.ts'
import type { Figure } from './report.ts'

const INSTANCES = 500
const ROUNDS = 30

const records = (round: number, instances: readonly string[]): UsageRecord[] => instances.map((id, at) => ({
  seq: round * INSTANCES + at + 1, vm_start_id: `start-${id}`, workload_id: id, ago_ms: (ROUNDS - round) * 10_000, memory_used_mib: 100,
  cum: { cpu_us: round * 1_000, disk_rd: round, disk_wr: round, net_rx: round * 10, net_tx: round * 10 },
}))

/** The least it could cost: a row per record, in one statement, in a table without an index. */
const bare = async (round: number): Promise<void> => {
  const column = Array.from({ length: INSTANCES }, (_, at) => at)
  await runtime().databases.systemPool.query({
    name: 'bench-bare', text: `INSERT INTO bare.sample SELECT t.i::text, t.i::text, now(), t.i, t.i, t.i, t.i, $2, $2, $2 FROM unnest($1::int[]) AS t(i)`, values: [column, round],
  })
}

/** One node of 500 apps, as its agent reports every ten seconds: counters, outgoing traffic for the bill, sums at four steps. */
export const measureMetricsIntake = (): Promise<Figure[]> => withCore(4, async () => {
  const { organization } = await makeOwner()
  const nodeId = await insertNode()
  const instances: string[] = []
  for (let at = 0; at < INSTANCES; at += 1) instances.push((await makeInstance(organization.id, nodeId)).instanceId)
  await runtime().databases.systemPool.query(`CREATE SCHEMA bare; CREATE TABLE bare.sample (org text, app text, at timestamptz, a bigint, b bigint, c bigint, d bigint, e bigint, f bigint, g bigint)`)
  const streamId = newId('event')
  const [ours, least]: [number[], number[]] = [[], []]
  for (let round = 0; round < ROUNDS; round += 1) {
    const batch = records(round, instances)
    let from = performance.now()
    await recordUsage(nodeId, { stream_id: streamId, records: batch })
    ours.push(performance.now() - from)
    from = performance.now()
    await bare(round)
    least.push(performance.now() - from)
  }
  const middle = (times: number[]): number => times.toSorted((a, b) => a - b)[Math.floor(times.length / 2)] ?? 0
  return [{ what: `taking the usage of ${INSTANCES} instances`, value: middle(ours), unit: 'ms', reference: { what: 'as many bare rows', value: middle(least) } }]
})
