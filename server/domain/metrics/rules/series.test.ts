import { expect, test } from 'vitest'
import { binOf, LATENCY_BOUNDS_MS, latencyBins } from '../../../contract/metrics.ts'
import { latencySeries, requestSeries, requestsOf, usageSeries, type TrafficBin, type UsageBin } from './series.ts'
import { windowOf, type Window } from './window.ts'

const NOW = new Date('2026-11-22T12:00:30Z')
const at = (minute: number): Date => new Date(Date.UTC(2026, 10, 22, 11, minute))
const window: Window = { resolution: '1m', stepMs: 60_000, from: at(55), to: NOW }
const usage = (minute: number, over: Partial<UsageBin> = {}): UsageBin => ({
  at: at(minute), spanMs: 60_000, cpuUs: 30_000_000, capacityUs: 60_000_000, memory: 100 * 60_000, diskRead: 600, diskWrite: 0, netRx: 0, netTx: 6_000, ...over,
})
const traffic = (minute: number, ok: number, failed: number, ms: number): TrafficBin => {
  const latency = latencyBins()
  latency[binOf(LATENCY_BOUNDS_MS, ms)] = ok + failed
  return { at: at(minute), status: [0, ok, 0, 0, failed], latency, latencyUs: (ok + failed) * ms * 1_000, bytesOut: ok * 10 }
}

test('CPU is a share of what there was, traffic is per second, memory is of all instances at a time', () => {
  const bins = [usage(55), usage(56, { spanMs: 120_000, cpuUs: 120_000_000, capacityUs: 120_000_000, memory: 200 * 120_000 })]
  expect(usageSeries('cpu', bins, window, NOW)[0]).toMatchObject({ unit: 'percent', data_points: [{ value: 50 }, { value: 100 }], statistics: { min: 50, max: 100, avg: 75, p99: 100 } })
  expect(usageSeries('memory', bins, window, NOW)[0]?.data_points.map((p) => p.value)).toEqual([100, 400])
  expect(usageSeries('network', bins, window, NOW)[1]).toMatchObject({ name: 'sent', data_points: [{ value: 100 }, { value: 100 }] })
  expect(usageSeries('disk', bins, window, NOW)[0]).toMatchObject({ name: 'read', data_points: [{ value: 10 }, { value: 10 }] })
})

test('an instance that ran for half a minute has its memory in full; a minute not yet reported is no fall', () => {
  expect(usageSeries('memory', [usage(55, { spanMs: 30_000, memory: 100 * 30_000 })], window, NOW)[0]?.data_points).toMatchObject([{ value: 100 }])
  expect(usageSeries('network', [usage(59), usage(60, { netTx: 10 })], window, NOW)[1]?.data_points).toHaveLength(1)
})

test('a minute without requests is a point at zero; classes nobody saw are left out', () => {
  const series = requestSeries([traffic(56, 30, 0, 5), traffic(58, 10, 2, 5)], window, NOW)
  expect(series.map((s) => [s.name, s.data_points.map((p) => p.value)])).toEqual([['2xx', [0, 30, 0, 10, 0]], ['5xx', [0, 0, 0, 2, 0]]])
})

test('quantiles of the range come from all its requests, not from those of its minutes', () => {
  const bins = [traffic(55, 1_000, 0, 900), traffic(56, 1, 0, 3), traffic(57, 1, 0, 3)]
  const [p50] = latencySeries(bins, window, NOW)
  expect(p50?.data_points.map((p) => p.value)).toEqual([875, 3.5, 3.5])
  expect(p50?.statistics).toMatchObject({ min: 2, avg: 898.21 })
  expect(requestsOf(bins)).toMatchObject({ total: 1_002, by_status: { '2xx': 1_002, '5xx': 0 }, bytes_out: 10_020, avg_ms: 898.21 })
  expect(requestsOf(bins).p50_ms).toBeGreaterThan(750)
  expect(requestsOf([])).toMatchObject({ total: 0, p50_ms: null, avg_ms: null })
})

const ask = (from: string, to?: string, resolution?: Window['resolution']) => windowOf({ from: new Date(from), to: to === undefined ? undefined : new Date(to), resolution }, NOW)

test('the finest step that is kept and fits is taken; what cannot be answered names its field', () => {
  expect([ask('2026-11-22T11:00:00Z'), ask('2026-11-20T00:00:00Z'), ask('2026-11-01T00:00:00Z'), ask('2026-01-01T00:00:00Z')]).toMatchObject(
    [{ resolution: '1m' }, { resolution: '5m' }, { resolution: '1h' }, { resolution: '1d' }])
  expect(ask('2026-11-22T11:00:00Z', '2026-11-22T10:00:00Z')).toMatchObject({ pointer: '/from', code: 'not_before_to' })
  expect(ask('2026-11-23T11:00:00Z', '2026-11-24T10:00:00Z')).toMatchObject({ pointer: '/from', code: 'in_the_future' })
  expect(ask('2026-11-20T11:00:00Z', undefined, '1m')).toMatchObject({ pointer: '/resolution', code: 'too_many_points' })
  expect(ask('2026-11-10T11:00:00Z', '2026-11-10T12:00:00Z', '1m')).toMatchObject({ pointer: '/from', code: 'not_kept' })
  expect(ask('2010-01-01T00:00:00Z')).toMatchObject({ pointer: '/resolution', code: 'too_many_points' })
})
