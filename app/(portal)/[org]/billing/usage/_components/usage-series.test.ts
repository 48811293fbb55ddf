import { expect, test } from 'vitest'
import type { UsageReport } from '../../../../../_lib/wire.ts'
import { usageSeries } from './usage-series.ts'

const usd = (amount: number) => ({ amount, currency: 'USD' })
const report = (points: UsageReport['points'], groups: number): UsageReport => ({
  from: '', to: '', as_of: '', currency: 'USD', granularity: 'day', group_by: 'app', meters: [], rows: [], days: [], daily: [], total: usd(0), points,
  groups: Array.from({ length: groups }, (_, i) => ({ key: `a${i}`, name: `App ${i}`, amount: usd(10 - i) })),
})
const point = (at: string, group: string, amount: number) => ({ at, group, meter: 'm', quantity: '0.5', amount })

test('bars are stacked by the dearest groups; the rest is one bar, and nothing is lost', () => {
  const points = Array.from({ length: 8 }, (_, i) => point('2026-11-01', `a${i}`, i + 1))
  const { series, points: bars } = usageSeries(report(points, 8), 'cost')
  expect(series.map((one) => one.label)).toEqual(['App 0', 'App 1', 'App 2', 'App 3', 'App 4', '3 others'])
  expect(Object.values(bars[0]?.values ?? {}).reduce((sum: number, value) => sum + (value ?? 0), 0)).toBe(36)
})

test('a day without usage stays visible as one', () => {
  expect(usageSeries(report([point('2026-02-27', 'a0', 1), point('2026-03-02', 'a0', 1)], 1), 'cost').points.map((p) => p.x)).toEqual(['2026-02-27', '2026-02-28', '2026-03-01', '2026-03-02'])
})

test('quantities are shown where they are asked for', () => {
  expect(usageSeries(report([point('2026-02-27', 'a0', 100), point('2026-02-27', 'a0', 100)], 1), 'quantity').points[0]?.values).toEqual({ 'g:a0': 1 })
})
