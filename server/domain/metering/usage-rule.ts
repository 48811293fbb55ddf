import type { UsageRecord } from '../../contract/node-api/v1.ts'
import type { UsedSpan } from '../metrics/index.ts'

export interface Counters { cpu_us: number; disk_rd: number; disk_wr: number; net_rx: number; net_tx: number }
export interface CounterState extends Counters { atMs: number }
export interface Workload { orgId: string; appId: string; instanceId: string; vcpu: number }

export interface UsageEffect {
  /** Newest counters by VM start. */
  counters: Map<string, { workload: Workload; state: CounterState }>
  /** Bytes sent, by app and quarter of an hour. */
  egress: Map<string, { workload: Workload; quarterMs: number; bytes: number }>
  /** For charts. */
  used: UsedSpan[]
}
export interface Dated {
  record: UsageRecord
  workload: Workload
  /** Real time; only durations are taken from it. */
  realMs: number
  businessMs: number
}

const QUARTER_MS = 900_000
const FIELDS = ['cpu_us', 'disk_rd', 'disk_wr', 'net_rx', 'net_tx'] as const

/** The first record whose counters fell behind what was already charged. */
export class CounterDecreased extends Error {
  readonly seq: number
  constructor(seq: number) {
    super(`record ${seq} counts less than before`)
    this.seq = seq
  }
}

/** Turns cumulative counters, in order of their numbers, into what is new since `known`. A start not seen before began at zero. */
export const usageEffect = (known: ReadonlyMap<string, CounterState>, dated: readonly Dated[]): UsageEffect => {
  const effect: UsageEffect = { counters: new Map(), egress: new Map(), used: [] }
  for (const { record, workload, realMs, businessMs } of dated) {
    const before = effect.counters.get(record.vm_start_id)?.state ?? known.get(record.vm_start_id)
    if (before && FIELDS.some((f) => record.cum[f] < before[f])) throw new CounterDecreased(record.seq)
    const grown = (field: keyof Counters): number => record.cum[field] - (before?.[field] ?? 0)
    effect.counters.set(record.vm_start_id, { workload, state: { ...record.cum, atMs: realMs } })
    const quarterMs = Math.floor(businessMs / QUARTER_MS) * QUARTER_MS
    const key = `${workload.appId} ${quarterMs}`
    const bytes = grown('net_tx') + (effect.egress.get(key)?.bytes ?? 0)
    if (bytes > 0) effect.egress.set(key, { workload, quarterMs, bytes })
    const spanMs = before ? realMs - before.atMs : 0
    if (spanMs <= 0) continue
    effect.used.push({
      orgId: workload.orgId, appId: workload.appId, vcpu: workload.vcpu, fromMs: businessMs - spanMs, toMs: businessMs, cpuUs: grown('cpu_us'),
      memoryMib: record.memory_used_mib, diskRead: grown('disk_rd'), diskWrite: grown('disk_wr'), netRx: grown('net_rx'), netTx: grown('net_tx'),
    })
  }
  return effect
}
