'use client'
import { bytes, count, hourMinute, mebibytes } from '../../../../../_lib/format.ts'
import { mib } from '../../../../../_lib/sizes.ts'
import type { App, MetricSeries } from '../../../../../_lib/wire.ts'
import { Chart, type ChartPoint, type ChartSeries } from '../../../../../_ui/chart.tsx'
import { Panel } from '../../../../../_ui/page.tsx'
import type { AppMetrics } from './use-metrics.ts'

type Graph = {
  title: string
  data: readonly MetricSeries[]
  series: ChartSeries[]
  format: (value: number) => string
  maximum?: number
  say: (latest: number) => string
}

const percent = (value: number): string => `${count(value, value < 10 ? 1 : 0)} %`
const speed = (value: number): string => `${bytes(value)}/s`

function graphs({ cpu, memory, network }: AppMetrics, app: App): Graph[] {
  const limit = mib(app.resources.memory) * Math.max(1, app.replicas.current)
  return [
    {
      title: 'CPU',
      data: cpu,
      format: percent,
      say: percent,
      series: [{ key: 'cpu', label: 'CPU, average of instances', tone: 'accent' }],
    },
    {
      title: 'Memory',
      data: memory,
      format: mebibytes,
      maximum: limit,
      say: (value) => `${mebibytes(value)} of ${mebibytes(limit)}`,
      series: [{ key: 'memory', label: 'Memory used', tone: 'accent' }],
    },
    {
      title: 'Traffic',
      data: network,
      format: speed,
      say: (value) => `${speed(value)} out`,
      series: [
        { key: 'sent', label: 'Out', tone: 'accent' },
        { key: 'received', label: 'In', tone: 'info', dashed: true },
      ],
    },
  ]
}

/** One row per instant, one value per series. */
function pointsOf(data: readonly MetricSeries[]): ChartPoint[] {
  const rows = new Map<string, Record<string, number | null>>()
  for (const one of data)
    for (const { timestamp, value } of one.data_points) rows.set(timestamp, { ...rows.get(timestamp), [one.name]: value })
  return [...rows].sort(([a], [b]) => (a < b ? -1 : 1)).map(([x, values]) => ({ x, values }))
}

/** CPU, memory and traffic of all instances together. */
export function MetricCharts({ metrics, app, compact = false }: { metrics: AppMetrics; app: App; compact?: boolean }) {
  if (metrics.cpu.every((one) => one.data_points.length === 0)) {
    return (
      <Panel>
        <p className="text-muted">Nothing measured in this time. The first figures come about a minute after an instance runs.</p>
      </Panel>
    )
  }
  return (
    <div className={compact ? 'grid gap-3 lg:grid-cols-3' : 'flex flex-col gap-4'}>
      {graphs(metrics, app).map((graph) => {
        const latest = graph.data.find((one) => one.name === graph.series[0]?.key)?.data_points.at(-1)?.value
        return (
          <Panel key={graph.title}>
            <div className="mb-2 flex items-baseline justify-between gap-3">
              <h3 className="text-13 text-muted">{graph.title}</h3>
              <p className="figures font-strong">{latest === undefined ? null : graph.say(latest)}</p>
            </div>
            <Chart
              title={graph.title}
              plain={compact}
              height={compact ? 120 : 200}
              series={graph.series}
              formatX={hourMinute}
              formatY={graph.format}
              points={pointsOf(graph.data)}
              {...(graph.maximum === undefined ? {} : { maximum: graph.maximum })}
            />
          </Panel>
        )
      })}
    </div>
  )
}
