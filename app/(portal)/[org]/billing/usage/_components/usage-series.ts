import type { ChartPoint, ChartSeries } from '../../../../../_ui/chart.tsx'
import type { UsageReport } from '../../../../../_lib/wire.ts'

const SHOWN = 5
const OTHERS = 'others'
const DAY_MS = 86_400_000

export interface UsageSeries { points: ChartPoint[]; series: ChartSeries[] }

/** Every day from the first to the last used, so that a gap is seen as one; other grains as they come. */
const timesOf = ({ points, granularity }: UsageReport): string[] => {
  const used = [...new Set(points.map((point) => point.at))].sort()
  const [first, last] = [used[0], used.at(-1)]
  if (granularity !== 'day' || first === undefined || last === undefined) return used
  const length = Math.round((Date.parse(last) - Date.parse(first)) / DAY_MS)
  return Array.from({ length: length + 1 }, (_, i) => new Date(Date.parse(first) + i * DAY_MS).toISOString().slice(0, 10))
}

/** Bars stacked by group: the dearest groups each, the rest together. Quantities only of one meter: those of several cannot be added. */
export const usageSeries = (report: UsageReport, show: 'cost' | 'quantity'): UsageSeries => {
  const { groups, points } = report
  const named = groups.slice(0, groups.length > SHOWN + 1 ? SHOWN : groups.length)
  const keyOf = (group: string): string => (named.some((one) => one.key === group) ? `g:${group}` : OTHERS)
  const sums = new Map<string, Record<string, number>>(timesOf(report).map((at) => [at, {}]))
  for (const point of points) {
    const values = sums.get(point.at) ?? {}
    const key = keyOf(point.group)
    values[key] = (values[key] ?? 0) + (show === 'cost' ? point.amount : Number(point.quantity))
    sums.set(point.at, values)
  }
  const series = named.map((one, rank): ChartSeries => ({ key: `g:${one.key}`, label: one.name, tone: 'accent', shade: rank }))
  return {
    points: [...sums].map(([x, values]) => ({ x, values })),
    series: named.length < groups.length ? [...series, { key: OTHERS, label: `${groups.length - named.length} others`, tone: 'idle' }] : series,
  }
}
