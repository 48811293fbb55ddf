'use client'
import { inUnit } from '../_lib/measure-format.ts'
import type { MetricSeries } from '../_lib/wire.ts'
import { Chart, type ChartMark, type ChartPoint, type ChartSeries } from './chart.tsx'
import { Panel } from './page.tsx'

export type MetricGraph = {
  title: string
  data: readonly MetricSeries[]
  series: ChartSeries[]
  /** What is said of it beside the title; the newest value of the first series when left out. */
  say?: string | undefined
  maximum?: number | undefined
  note?: string | undefined
}
type Mark = Omit<ChartMark, 'x'> & { at: string }

/** One row per instant, one value per series. */
function pointsOf(data: readonly MetricSeries[]): ChartPoint[] {
  const rows = new Map<string, Record<string, number | null>>()
  for (const one of data) for (const { timestamp, value } of one.data_points) rows.set(timestamp, { ...rows.get(timestamp), [one.name]: value })
  return [...rows].sort(([a], [b]) => (a < b ? -1 : 1)).map(([x, values]) => ({ x, values }))
}

/** On the point of the time a mark falls into; of several on one the newest is shown. */
export function marksOn(points: readonly ChartPoint[], marks: readonly Mark[]): ChartMark[] {
  const found = new Map<string, ChartMark>()
  for (const { at, ...mark } of marks) {
    const x = points.findLast((point) => Date.parse(point.x) <= Date.parse(at))?.x ?? points[0]?.x
    if (x !== undefined) found.set(x, { ...mark, x })
  }
  return [...found.values()]
}

type PanelProps = { graph: MetricGraph; marks: readonly Mark[]; formatX: (at: string) => string; compact?: boolean }

export function MetricPanel({ graph, marks, formatX, compact = false }: PanelProps) {
  const { title, data, series, say, maximum, note } = graph
  const unit = data[0]?.unit
  const format = unit === undefined ? String : inUnit(unit)
  const points = pointsOf(data)
  const latest = data.find((one) => one.name === series[0]?.key)?.data_points.at(-1)?.value
  return (
    <Panel>
      <div className="mb-2 flex flex-wrap items-baseline justify-between gap-x-3">
        <h3 className="text-13 text-muted">{title}</h3>
        <p className="figures font-strong">{say ?? (latest === undefined ? null : format(latest))}</p>
      </div>
      {points.length === 0 ? (
        <p className="py-6 text-13 text-muted">Nothing measured in this time.</p>
      ) : (
        <Chart
          title={title}
          plain={compact}
          height={compact ? 120 : 200}
          series={series}
          formatX={formatX}
          formatY={format}
          points={points}
          marks={marksOn(points, marks)}
          note={note}
          {...(maximum === undefined ? {} : { maximum })}
        />
      )}
    </Panel>
  )
}
