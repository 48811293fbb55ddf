import type { LogRecord } from '../../contract/node-api/v1.ts'
import { log } from '../../core/log.ts'
import { runtime } from '../../core/runtime.ts'
import { maskSecrets } from '../secrets/index.ts'
import { appendLines, type Arrived } from './store/append.ts'

interface Workload { orgId: string; appId: string; releaseId: string }
type Mask = (line: string) => string

/**
 * Stores lines of instances that this node runs; others' are dropped. Each app's lines are taken by themselves, the fewest first: neither a
 * flood nor lines that cannot be taken hold up others'. What was not taken is not acknowledged and comes again.
 */
export const recordLogs = async (nodeId: string, records: readonly LogRecord[]): Promise<{ acked: Record<string, number> }> => {
  const workloads = records.length === 0 ? new Map<string, Workload>() : await readWorkloads(nodeId, records)
  const byApp = Map.groupBy(records, (record) => workloads.get(record.w)?.appId ?? '')
  const acked: Record<string, number> = {}
  const failures: unknown[] = []
  for (const own of [...byApp.values()].sort((a, b) => a.length - b.length)) {
    try {
      await take(own, workloads)
      for (const r of own) acked[r.start] = Math.max(acked[r.start] ?? 0, r.seq)
    } catch (error) {
      failures.push(error)
      log.warn({ app: workloads.get(own[0]?.w ?? '')?.appId, error: error instanceof Error ? error.message : String(error) }, 'log lines could not be taken')
    }
  }
  if (failures.length > 0 && failures.length === byApp.size) throw failures[0]
  return { acked }
}

/** Lines of one app. Secrets of the instance are hidden before anything is stored; while they cannot be opened nothing is taken. */
const take = async (own: readonly LogRecord[], workloads: ReadonlyMap<string, Workload>): Promise<void> => {
  const workload = workloads.get(own[0]?.w ?? '')
  if (!workload) return
  const masks = new Map<string, Mask>()
  const arrived: Arrived[] = []
  for (const record of own) {
    const releaseId = workloads.get(record.w)?.releaseId ?? ''
    const mask = masks.get(releaseId) ?? await maskSecrets(workload.orgId, releaseId)
    masks.set(releaseId, mask)
    arrived.push({ record, mask })
  }
  await appendLines(workload, arrived)
}

const readWorkloads = async (nodeId: string, records: readonly LogRecord[]): Promise<Map<string, Workload>> => {
  const { rows } = await runtime().databases.systemPool.query<{ id: string; org_id: string; app_id: string; release_id: string }>({
    name: 'log-workloads', text: 'SELECT id, org_id, app_id, release_id FROM instance WHERE id = ANY($1) AND node_id = $2', values: [[...new Set(records.map((r) => r.w))], nodeId],
  })
  return new Map(rows.map((r) => [r.id, { orgId: r.org_id, appId: r.app_id, releaseId: r.release_id }]))
}
