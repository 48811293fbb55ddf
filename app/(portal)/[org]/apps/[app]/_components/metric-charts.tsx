'use client'
import { bytes, count, hourMinute, mebibytes, plural } from '../../../../../_lib/format.ts'
import type { MetricPoint, Metrics } from '../../../../../_lib/wire.ts'
import { Chart, type ChartSeries } from '../../../../../_ui/chart.tsx'
import { Panel } from '../../../../../_ui/page.tsx'
import { Banner } from '../../../../../_ui/status.tsx'

type Graph = { title: string; series: ChartSeries[]; pick: (point: MetricPoint) => Record<string, number | null>; format: (value: number) => string; maximum?: number; latest: (point: MetricPoint) => string | null }

const said = (value: number | null, format: (value: number) => string): string | null => value === null ? null : format(value)
const percent = (value: number): string => `${count(value, value < 10 ? 1 : 0)} %`

const graphs = (metrics: Metrics): Graph[] => [
  { title: 'CPU', format: percent, pick: (point) => ({ cpu: point.cpu_percent }), series: [{ key: 'cpu', label: 'CPU', tone: 'accent' }], latest: (point) => said(point.cpu_percent, percent) },
  {
    title: 'Memory', format: mebibytes, maximum: metrics.memory_limit_mib, pick: (point) => ({ memory: point.memory_mib }), series: [{ key: 'memory', label: 'Memory used', tone: 'accent' }],
    latest: (point) => said(point.memory_mib, (value) => `${mebibytes(value)} of ${mebibytes(metrics.memory_limit_mib)}`),
  },
  {
    title: 'Traffic', format: (value) => `${bytes(value)}/s`, pick: (point) => ({ out: rate(point.tx_bytes, metrics.step_s), in: rate(point.rx_bytes, metrics.step_s) }),
    series: [{ key: 'out', label: 'Out', tone: 'accent' }, { key: 'in', label: 'In', tone: 'info', dashed: true }],
    latest: (point) => said(rate(point.tx_bytes, metrics.step_s), (value) => `${bytes(value)}/s out`),
  },
]

const rate = (total: number | null, step: number): number | null => total === null ? null : total / step

/** CPU, memory and traffic of all instances together. */
export function MetricCharts({ metrics, compact = false }: { metrics: Metrics; compact?: boolean }) {
  const { reporting, points } = metrics
  const last = points.findLast((point) => point.cpu_percent !== null || point.tx_bytes !== null)
  if (last === undefined) return <Panel><p className="text-muted">Nothing measured yet. The first figures come about ten seconds after an instance runs.</p></Panel>
  return (
    <div className="flex flex-col gap-3">
      {reporting.instances < reporting.expected ? <Banner tone="attention">{reporting.instances} of {plural(reporting.expected, 'instance')} report; the figures leave out the rest.</Banner> : null}
      <div className={compact ? 'grid gap-3 lg:grid-cols-3' : 'flex flex-col gap-4'}>
        {graphs(metrics).map((graph) => (
          <Panel key={graph.title}>
            <div className="mb-2 flex items-baseline justify-between gap-3"><h3 className="text-13 text-muted">{graph.title}</h3><p className="figures font-strong">{graph.latest(last)}</p></div>
            <Chart title={graph.title} plain={compact} height={compact ? 120 : 200} series={graph.series} formatX={hourMinute} formatY={graph.format}
              {...(graph.maximum === undefined ? {} : { maximum: graph.maximum })} points={points.map((point) => ({ x: point.time, values: graph.pick(point) }))} />
          </Panel>
        ))}
      </div>
    </div>
  )
}
