import { addBins, LATENCY_BOUNDS_MS, quantileOf } from '../../../contract/metrics.ts'
import type { Requests, Series } from '../wire.ts'
import type { Window } from './window.ts'

/** Sums of one bin. */
export interface UsageBin {
  at: Date; spanMs: number; cpuUs: number; capacityUs: number; memory: number; diskRead: number; diskWrite: number; netRx: number; netTx: number
}
export interface HostBin extends UsageBin { memoryTotal: number; storage: number; storageTotal: number }
export interface TrafficBin { at: Date; status: number[]; latency: number[]; latencyUs: number; bytesOut: number }

const rounded = (value: number): number => Math.round(value * 100) / 100
/** What was measured in the last moments is still on its way. */
const LAG_MS = 45_000

/** Of a bin that is not over, the part of it that was reported; null when that is too little, or too little known, to say anything. */
export const coveredMs = (at: Date, { stepMs }: Pick<Window, 'stepMs'>, now: Date): number | null => {
  const covered = Math.min(stepMs, now.getTime() - LAG_MS - at.getTime())
  return covered < Math.min(stepMs, Math.max(stepMs / 4, 4 * LAG_MS)) ? null : covered
}

const statisticsOf = (values: readonly number[]): Series['statistics'] => {
  const sorted = values.toSorted((a, b) => a - b)
  const [min, max, p99] = [sorted[0], sorted.at(-1), sorted[Math.ceil(sorted.length * 0.99) - 1]]
  if (min === undefined || max === undefined || p99 === undefined) return null
  return { min, max, p99, avg: rounded(sorted.reduce((sum, v) => sum + v, 0) / sorted.length) }
}

type Draw<B> = (name: string, unit: Series['unit'], value: (bin: B, coveredMs: number) => number | null) => Series

const drawing = <B extends { at: Date }>(bins: readonly B[], window: Window, now: Date): Draw<B> => (name, unit, value) => {
  const points = bins.flatMap((bin) => {
    const covered = coveredMs(bin.at, window, now)
    const found = covered === null ? null : value(bin, covered)
    return found === null ? [] : [{ timestamp: bin.at.toISOString(), value: rounded(found) }]
  })
  return { name, unit, data_points: points, statistics: statisticsOf(points.map((p) => p.value)) }
}

const perSecond = (amount: number, ms: number): number => amount * 1_000 / ms
const cpu = (b: UsageBin): number | null => (b.capacityUs > 0 ? 100 * b.cpuUs / b.capacityUs : null)

/** Memory of one instance, times the instances there were at a time: one that ran for part of the bin counts in full. */
const memory = (b: UsageBin, covered: number): number | null => (b.spanMs > 0 ? b.memory / b.spanMs * Math.max(1, b.spanMs / covered) : null)

export const usageSeries = (metric: 'cpu' | 'memory' | 'disk' | 'network' | 'instances', bins: readonly UsageBin[], window: Window, now: Date): Series[] => {
  const draw = drawing(bins, window, now)
  return {
    cpu: () => [draw('cpu', 'percent', cpu)],
    instances: () => [draw('instances', 'instances', (b, ms) => (b.spanMs > 0 ? b.spanMs / ms : null))],
    memory: () => [draw('memory', 'mib', memory)],
    disk: () => [draw('read', 'bytes_per_second', (b, ms) => perSecond(b.diskRead, ms)), draw('written', 'bytes_per_second', (b, ms) => perSecond(b.diskWrite, ms))],
    network: () => [draw('received', 'bytes_per_second', (b, ms) => perSecond(b.netRx, ms)), draw('sent', 'bytes_per_second', (b, ms) => perSecond(b.netTx, ms))],
  }[metric]()
}

const mean = (sum: (b: HostBin) => number) => (b: HostBin): number | null => (b.spanMs > 0 ? sum(b) / b.spanMs : null)

/** What only a machine has: how much there is, beside how much is used. */
export const hostSeries = (metric: 'memory' | 'storage', bins: readonly HostBin[], window: Window, now: Date): Series[] => {
  const draw = drawing(bins, window, now)
  return metric === 'memory' ? [draw('used', 'mib', mean((b) => b.memory)), draw('total', 'mib', mean((b) => b.memoryTotal))]
    : [draw('used', 'mib', mean((b) => b.storage)), draw('total', 'mib', mean((b) => b.storageTotal))]
}

const CLASSES = ['1xx', '2xx', '3xx', '4xx', '5xx'] as const

/** A minute without a row is a minute without a request. */
const filled = (bins: readonly TrafficBin[], { from, to, stepMs }: Window): TrafficBin[] => {
  const known = new Map(bins.map((bin) => [bin.at.getTime(), bin]))
  const all: TrafficBin[] = []
  for (let at = Math.ceil(from.getTime() / stepMs) * stepMs; at < to.getTime(); at += stepMs) {
    all.push(known.get(at) ?? { at: new Date(at), status: [], latency: [], latencyUs: 0, bytesOut: 0 })
  }
  return all
}

export const requestSeries = (bins: readonly TrafficBin[], window: Window, now: Date): Series[] => {
  const { by_status: total } = requestsOf(bins)
  const draw = drawing(filled(bins, window), window, now)
  return CLASSES.flatMap((name, at) => (name === '2xx' || total[name] > 0 ? [draw(name, 'requests_per_minute', (b, ms) => (b.status[at] ?? 0) * 60_000 / ms)] : []))
}

/** Quantiles of each bin; the statistics are those of all requests together, since percentiles have no mean. */
export const latencySeries = (bins: readonly TrafficBin[], window: Window, now: Date): Series[] => {
  const draw = drawing(bins, window, now)
  const statistics = latencyStatistics(bins)
  const quantile = (q: number) => (b: TrafficBin): number | null => quantileOf(LATENCY_BOUNDS_MS, b.latency, q)
  return ([['p50', 0.5], ['p90', 0.9], ['p99', 0.99]] as const).map(([name, q]) => ({ ...draw(name, 'milliseconds', quantile(q)), statistics }))
}

const latencyStatistics = (bins: readonly TrafficBin[]): Series['statistics'] => {
  const { latency, latencyUs } = summed(bins)
  const [count, at] = [latency.reduce((sum, n) => sum + n, 0), latency.findIndex((n) => n > 0)]
  if (count === 0) return null
  const [max, p99] = [quantileOf(LATENCY_BOUNDS_MS, latency, 1) ?? 0, quantileOf(LATENCY_BOUNDS_MS, latency, 0.99) ?? 0]
  return { min: LATENCY_BOUNDS_MS[at - 1] ?? 0, max: rounded(max), avg: rounded(latencyUs / 1_000 / count), p99: rounded(p99) }
}

const summed = (bins: readonly TrafficBin[]): Omit<TrafficBin, 'at'> => bins.reduce<Omit<TrafficBin, 'at'>>((sum, b) => ({
  status: addBins(sum.status, b.status), latency: addBins(sum.latency, b.latency), latencyUs: sum.latencyUs + b.latencyUs, bytesOut: sum.bytesOut + b.bytesOut,
}), { status: [], latency: [], latencyUs: 0, bytesOut: 0 })

export const requestsOf = (bins: readonly TrafficBin[]): Requests => {
  const { status, latency, latencyUs, bytesOut } = summed(bins)
  const count = latency.reduce((sum, n) => sum + n, 0)
  const at = (q: number): number | null => {
    const found = quantileOf(LATENCY_BOUNDS_MS, latency, q)
    return found === null ? null : rounded(found)
  }
  const by = (place: number): number => status[place] ?? 0
  return {
    total: status.reduce((sum, n) => sum + n, 0), by_status: { '1xx': by(0), '2xx': by(1), '3xx': by(2), '4xx': by(3), '5xx': by(4) },
    bytes_out: bytesOut, p50_ms: at(0.5), p90_ms: at(0.9), p99_ms: at(0.99), avg_ms: count === 0 ? null : rounded(latencyUs / 1_000 / count),
  }
}
