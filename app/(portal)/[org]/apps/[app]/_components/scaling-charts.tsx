'use client'
import { keepPreviousData, useQueries } from '@tanstack/react-query'
import { SCALING_METRICS, type AutoscalingPolicy, type ScalingMetric } from '../../../../../../server/contract/autoscaling.ts'
import { instantIn } from '../../../../../_lib/measure-format.ts'
import { useOrg } from '../../../../../_lib/org-context.tsx'
import { mib } from '../../../../../_lib/sizes.ts'
import { useTRPC } from '../../../../../_lib/trpc.tsx'
import type { ScalingDecision } from '../../../../../_lib/wire.ts'
import { Chart, type ChartSeries } from '../../../../../_ui/chart.tsx'
import { useFilters } from '../../../../../_ui/filter-bar.tsx'
import { Load } from '../../../../../_ui/load.tsx'
import { marksOn, pointsOf, type MetricWindow } from '../../../../../_ui/metric-panel.tsx'
import { Panel, Section } from '../../../../../_ui/page.tsx'
import { RangeSwitch, rangeOf, type MetricsRange } from '../../../../../_ui/range-switch.tsx'
import { PanelSkeleton } from '../../../../../_ui/states.tsx'
import { useApp } from './app-scope.tsx'
import { scalingGraph, type MetricName, type ScalingGraph } from './scaling-series.ts'

const TARGETS = { cpu: 'cpu_percent', memory: 'memory_percent', requests: 'requests_per_second' } as const
const targetOf = (policy: AutoscalingPolicy, metric: ScalingMetric): number | null => policy.targets[TARGETS[metric]]

function useGraphs(policy: AutoscalingPolicy, { value, resolution }: MetricsRange) {
  const { org } = useOrg()
  const app = useApp()
  const trpc = useTRPC()
  const names: readonly MetricName[] = ['instances', ...SCALING_METRICS.filter((metric) => targetOf(policy, metric) !== null)]
  return useQueries({
    queries: names.map((metric) => trpc.apps.metrics.queryOptions(
      { organization_id: org.id, app_id: app.id, metric, resolution, from: value }, { refetchInterval: 15_000, placeholderData: keepPreviousData })),
    combine: (all) => {
      const found = all.flatMap(({ data }) => (data === undefined ? [] : [data]))
      const instances = found.find((one) => one.metric === 'instances')
      const data = instances === undefined || found.length < names.length ? undefined : {
        window: instances as MetricWindow,
        graphs: names.flatMap((name) => {
          const measured = found.find((one) => one.metric === name)
          const target = name === 'instances' ? null : targetOf(policy, name)
          return measured ? [scalingGraph(name, measured, instances, { target, memoryMib: mib(app.resources.memory) })] : []
        }),
      }
      return {
        data, error: all.find((one) => one.error !== null)?.error ?? null, isPending: data === undefined, dataUpdatedAt: all[0]?.dataUpdatedAt ?? 0,
        refetch: () => all.forEach((one) => void one.refetch()),
      }
    },
  })
}

type GraphProps = { graph: ScalingGraph; window: MetricWindow; decisions: readonly ScalingDecision[] }

function Graph({ graph: { key, title, measured, target, format }, window, decisions }: GraphProps) {
  const points = pointsOf([measured], window).map(({ x, values }) => ({ x, values: target === null ? values : { ...values, target } }))
  const lines: ChartSeries[] = [{ key, label: title, tone: 'accent' }, ...(target !== null ? [{ key: 'target', label: 'Target', tone: 'attention' as const, dashed: true }] : [])]
  const latest = measured.data_points.at(-1)?.value
  const marks = decisions.filter((one) => one.at >= window.from).map((one) => ({ at: one.at, label: one.kind === 'limited' ? 'limited' : `${one.to}`, tone: one.kind === 'limited' ? ('bad' as const) : ('idle' as const) }))
  return (
    <Panel>
      <div className="mb-2 flex flex-wrap items-baseline justify-between gap-x-3">
        <h3 className="text-13 text-muted">{title}</h3>
        <p className="figures font-strong">{latest === undefined ? null : format(latest)}{target === null ? null : <span className="font-normal text-muted"> {latest === undefined ? 'target' : 'of'} {format(target)}</span>}</p>
      </div>
      {latest === undefined ? <p className="py-6 text-13 text-muted">Nothing measured in this time.</p> : (
        <Chart title={title} series={lines} points={points} height={180} formatX={instantIn(window.from, window.to)} formatY={format}
          marks={key === 'instances' ? marksOn(points, marks.toReversed()) : []} />
      )}
    </Panel>
  )
}

/** How many ran, over what each had to do. */
export function ScalingCharts({ policy, decisions }: { policy: AutoscalingPolicy; decisions: readonly ScalingDecision[] }) {
  const filters = useFilters()
  const range = rangeOf(filters.get('range'))
  const graphs = useGraphs(policy, range)
  return (
    <Section title="Over time" action={<RangeSwitch range={range} onChange={(value) => filters.set({ range: value })} />}>
      <Load query={graphs} skeleton={<PanelSkeleton label="Loading figures" className="h-64" />}>
        {(data) => (
          <div className="grid gap-4 lg:grid-cols-2">
            {data.graphs.map((graph) => <Graph key={graph.key} graph={graph} window={data.window} decisions={decisions} />)}
          </div>
        )}
      </Load>
    </Section>
  )
}
