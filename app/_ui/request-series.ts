import { count, plural } from '../_lib/format.ts'
import { inUnit } from '../_lib/measure-format.ts'
import type { MetricSeries, RequestFigures } from '../_lib/wire.ts'
import type { ChartSeries } from './chart.tsx'

export const REQUEST_SERIES: ChartSeries[] = [
  { key: 'answered', label: 'Answered', tone: 'accent' },
  { key: '4xx', label: 'Refused (4xx)', tone: 'attention', dashed: true },
  { key: '5xx', label: 'Failed (5xx)', tone: 'bad' },
]
export const LATENCY_SERIES: ChartSeries[] = [
  { key: 'p50', label: 'Median', tone: 'accent' },
  { key: 'p90', label: '90 %', tone: 'info', dashed: true },
  { key: 'p99', label: '99 %', tone: 'attention', dashed: true },
]

/** What was neither refused nor failed, as one. */
export function answeredSeries(series: readonly MetricSeries[]): MetricSeries[] {
  const fine = series.filter(({ name }) => name !== '4xx' && name !== '5xx')
  const rest = series.filter(({ name }) => name === '4xx' || name === '5xx')
  const [first, ...others] = fine
  if (first === undefined) return rest
  const points = first.data_points.map((point, at) => ({ ...point, value: others.reduce((sum, one) => sum + (one.data_points[at]?.value ?? 0), point.value) }))
  return [{ ...first, name: 'answered', data_points: points }, ...rest]
}

export function saidOfRequests(figures: RequestFigures | null): string | undefined {
  if (figures === null) return undefined
  const failed = figures.by_status['5xx']
  return failed === 0 ? plural(figures.total, 'request') : `${plural(figures.total, 'request')}, ${count(100 * failed / figures.total, 2)} % failed`
}

const ms = inUnit('milliseconds')
export const saidOfLatency = (figures: RequestFigures | null): string | undefined =>
  (figures === null || figures.p50_ms === null || figures.p99_ms === null ? undefined : `median ${ms(figures.p50_ms)}, 99 % within ${ms(figures.p99_ms)}`)
