import { addBins, STEP_S } from '../../../contract/metrics.ts'
import { spread } from './spread.ts'

/** A table of sums: whose they are, what is added up as numbers, what as counts per bucket. */
export interface SumTable { name: string; keys: readonly string[]; sums: readonly string[]; bins: readonly string[] }

const TRAFFIC = { sums: ['latency_us', 'bytes_out'], bins: ['status', 'latency'] }
const TRAFFICKING = ['disk_read', 'disk_write', 'net_rx', 'net_tx']
export const TABLES = {
  app_usage: { name: 'app_usage', keys: ['org_id', 'app_id'], sums: ['span_ms', 'cpu_us', 'capacity_us', 'memory', ...TRAFFICKING], bins: [] },
  app_traffic: { name: 'app_traffic', keys: ['org_id', 'app_id'], ...TRAFFIC },
  node_usage: {
    name: 'node_usage', keys: ['node_id'], bins: ['spawns'],
    sums: ['span_ms', 'cpu_us', 'capacity_us', 'memory', 'memory_total', 'storage', 'storage_total', ...TRAFFICKING, 'dropped', 'spawn_us'],
  },
  node_traffic: { name: 'node_traffic', keys: ['node_id'], ...TRAFFIC },
} as const satisfies Record<string, SumTable>
export type TableName = keyof typeof TABLES

export interface SumRow { key: readonly string[]; stepS: number; atMs: number; sums: number[]; bins: number[][] }
export interface Measured {
  key: readonly string[]
  /** Business time in which all of it happened. */
  fromMs: number
  toMs: number
  /** In the order of the table's columns. */
  sums: readonly number[]
  bins: readonly (readonly number[])[]
}

/** The same measures at every step, one row per bin, in the order in which rows are locked. */
export const rowsOf = (measured: readonly Measured[]): SumRow[] => {
  const rows = new Map<string, SumRow>()
  for (const { key, fromMs, toMs, sums, bins } of measured) {
    for (const stepS of Object.values(STEP_S)) {
      const portions = spread(fromMs, toMs, sums, stepS * 1_000)
      for (const [at, { atMs, amounts }] of portions.entries()) {
        // Counts are not divided: what has them happened in one minute.
        const own = at === portions.length - 1 ? bins : bins.map(() => [])
        add(rows, { key, stepS, atMs, sums: amounts, bins: own.map((one) => [...one]) })
      }
    }
  }
  return [...rows].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, row]) => row)
}

const add = (rows: Map<string, SumRow>, row: SumRow): void => {
  const id = [...row.key, String(row.stepS).padStart(6, '0'), row.atMs].join(' ')
  const there = rows.get(id)
  rows.set(id, there ? { ...there, sums: addBins(there.sums, row.sums), bins: row.bins.map((bins, at) => addBins(there.bins[at] ?? [], bins)) } : row)
}
