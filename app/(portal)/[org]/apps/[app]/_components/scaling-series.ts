import type { ScalingMetric } from '../../../../../../server/contract/autoscaling.ts'
import { count } from '../../../../../_lib/format.ts'
import type { AppMetric, MetricSeries } from '../../../../../_lib/wire.ts'

export type MetricName = ScalingMetric | 'instances'
export interface ScalingGraph { key: MetricName; title: string; measured: MetricSeries; target: number | null; format: (value: number) => string }

const TITLES: Record<MetricName, string> = { instances: 'Instances', cpu: 'CPU per instance', memory: 'Memory per instance', requests: 'Requests per instance' }
const percent = (value: number): string => `${count(value, value < 10 ? 1 : 0)} %`
const FORMATS: Record<MetricName, (value: number) => string> = {
  instances: (value) => count(value, 1), cpu: percent, memory: percent, requests: (value) => `${count(value, value < 10 ? 1 : 0)}/s`,
}
type Points = MetricSeries['data_points']

/** The sum of several series, point by point. */
const added = (series: readonly MetricSeries[]): Points => {
  const sums = new Map<string, number>()
  for (const { data_points: points } of series) for (const { timestamp, value } of points) sums.set(timestamp, (sums.get(timestamp) ?? 0) + value)
  return [...sums].map(([timestamp, value]) => ({ timestamp, value }))
}

/** What one instance had to do: where none ran nothing is drawn. */
const perInstance = (points: Points, instances: AppMetric, share: number): Points => {
  const running = new Map(instances.series.flatMap((one) => one.data_points.map(({ timestamp, value }) => [timestamp, value] as const)))
  return points.flatMap(({ timestamp, value }) => {
    const number = running.get(timestamp) ?? 0
    return number > 0 ? [{ timestamp, value: value / Math.max(1, number) * share }] : []
  })
}

const shareOf = (metric: ScalingMetric, memoryMib: number): number => ({ cpu: 1, memory: 100 / memoryMib, requests: 1 / 60 })[metric]

/** Beside its target, as one instance has it. */
export const scalingGraph = (
  key: MetricName, measured: AppMetric, instances: AppMetric, { target, memoryMib }: { target: number | null; memoryMib: number },
): ScalingGraph => {
  const unit = measured.series[0]?.unit ?? 'percent'
  const points = key === 'instances' || key === 'cpu' ? added(measured.series) : perInstance(added(measured.series), instances, shareOf(key, memoryMib))
  return { key, title: TITLES[key], measured: { name: key, unit, data_points: points, statistics: null }, target, format: FORMATS[key] }
}
