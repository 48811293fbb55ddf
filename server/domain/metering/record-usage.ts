import type pg from 'pg'
import type { UsageRecord, UsageRequest } from '../../contract/node-api/v1.ts'
import { log } from '../../core/log.ts'
import { runtime } from '../../core/runtime.ts'
import { inTransaction } from '../../core/transaction.ts'
import { recordHosts, recordTraffic } from '../metrics/index.ts'
import { NodeFault } from '../nodes/index.ts'
import { CounterDecreased, usageEffect, type Dated } from './usage-rule.ts'
import { readCounters, readWorkloads, writeEffect } from './usage-rows.ts'

/** Each record counts exactly once by (node, stream, number): number and effect are written in one transaction. */
export const recordUsage = async (nodeId: string, request: UsageRequest, receivedMs = Date.now()): Promise<{ acked_seq: number }> => {
  try {
    return { acked_seq: await inTransaction(runtime().databases.systemPool, (client) => take(client, nodeId, request, receivedMs)) }
  } catch (error) {
    if (error instanceof CounterDecreased) throw new NodeFault('counter_decreased', error.message, { expected: error.seq })
    throw error
  }
}

const take = async (client: pg.PoolClient, nodeId: string, request: UsageRequest, receivedMs: number): Promise<number> => {
  const last = await lockStream(client, nodeId, request.stream_id)
  const fresh = newRecords(request.records, last)
  const newest = fresh.at(-1)
  if (!newest) return last
  const ofVms = fresh.filter((record) => 'workload_id' in record)
  await takeVms(client, nodeId, ofVms, receivedMs)
  await recordTraffic(client, nodeId, fresh.filter((record) => 'app_id' in record), receivedMs)
  await recordHosts(client, nodeId, fresh.filter((record) => 'host' in record))
  await client.query({ name: 'usage-advance', text: 'UPDATE usage_stream SET last_seq = $3 WHERE node_id = $1 AND stream_id = $2', values: [nodeId, request.stream_id, newest.seq] })
  return newest.seq
}

const takeVms = async (client: pg.PoolClient, nodeId: string, records: readonly UsageRecord[], receivedMs: number): Promise<void> => {
  if (records.length === 0) return
  const workloads = await readWorkloads(client, nodeId, records)
  const dated = records.flatMap((record): Dated[] => {
    const workload = workloads.get(record.workload_id)
    if (!workload) return []
    return [{ record, workload, realMs: receivedMs - record.ago_ms, businessMs: runtime().clock.now().getTime() - record.ago_ms }]
  })
  if (dated.length < records.length) log.warn({ node: nodeId, records: records.length - dated.length }, 'usage of unknown workloads left out')
  const known = await readCounters(client, [...new Set(dated.map((d) => d.record.vm_start_id))])
  await writeEffect(client, usageEffect(known, dated))
}

const lockStream = async (client: pg.PoolClient, nodeId: string, streamId: string): Promise<number> => {
  await client.query({ name: 'usage-stream', text: 'INSERT INTO usage_stream (node_id, stream_id) VALUES ($1, $2) ON CONFLICT DO NOTHING', values: [nodeId, streamId] })
  const { rows } = await client.query<{ last_seq: string }>({
    name: 'usage-lock', text: 'SELECT last_seq FROM usage_stream WHERE node_id = $1 AND stream_id = $2 FOR UPDATE', values: [nodeId, streamId],
  })
  return Number(rows[0]?.last_seq ?? 0)
}

/** What follows `last` without a gap; repeated records fall away. */
const newRecords = <R extends { seq: number }>(records: readonly R[], last: number): R[] => {
  const fresh: R[] = []
  let expected = last + 1
  for (const record of records.toSorted((a, b) => a.seq - b.seq)) {
    if (record.seq < expected) continue
    if (record.seq > expected) throw new NodeFault('seq_gap', `Record ${expected} is missing.`, { expected })
    fresh.push(record)
    expected += 1
  }
  return fresh
}
