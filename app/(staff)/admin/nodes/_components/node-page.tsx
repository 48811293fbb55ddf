'use client'
import { keepPreviousData, useQueries, useQuery } from '@tanstack/react-query'
import Link from 'next/link'
import { mebibytes } from '../../../../_lib/format.ts'
import { paths } from '../../../../_lib/paths.ts'
import { useTRPC } from '../../../../_lib/trpc.tsx'
import type { NodeMetric } from '../../../../_lib/wire.ts'
import { useFilters } from '../../../../_ui/filter-bar.tsx'
import { Load } from '../../../../_ui/load.tsx'
import { MetricPanel, type MetricGraph } from '../../../../_ui/metric-panel.tsx'
import { PageHeader, Panel } from '../../../../_ui/page.tsx'
import { RangeSwitch, rangeOf, type MetricsRange } from '../../../../_ui/range-switch.tsx'
import { answeredSeries, LATENCY_SERIES, REQUEST_SERIES, saidOfLatency, saidOfRequests } from '../../../../_ui/request-series.ts'
import { PanelSkeleton } from '../../../../_ui/states.tsx'
import { Status } from '../../../../_ui/status.tsx'
import { TimeAgo } from '../../../../_ui/time.tsx'
import { Bars, Machine, MeshAndInstances, Warnings } from './node-facts.tsx'
import { NodeMenu } from './node-menu.tsx'
import { lookOf, placeOf } from './node-words.ts'

const METRICS = ['requests', 'latency', 'cpu', 'memory', 'storage', 'disk', 'network'] as const
const USED: MetricGraph['series'] = [{ key: 'used', label: 'Used', tone: 'accent' }]

const lastOf = (metric: NodeMetric, name: string): number | undefined => metric.series.find((one) => one.name === name)?.data_points.at(-1)?.value
const ofTotal = (metric: NodeMetric): Pick<MetricGraph, 'maximum' | 'say'> => {
  const [used, total] = [lastOf(metric, 'used'), lastOf(metric, 'total')]
  return used === undefined || total === undefined ? {} : { maximum: total, say: `${mebibytes(used)} of ${mebibytes(total)}` }
}

function graphOf(metric: NodeMetric): MetricGraph {
  const data = metric.series
  switch (metric.metric) {
    case 'requests': return { title: 'Requests to apps', data: answeredSeries(data), series: REQUEST_SERIES, say: saidOfRequests(metric.requests) }
    case 'latency': return { title: 'Latency', data, series: LATENCY_SERIES, say: saidOfLatency(metric.requests), note: 'Until an instance began to answer.' }
    case 'memory': return { title: 'Memory', data, series: USED, ...ofTotal(metric) }
    case 'storage': return { title: 'Storage, the fullest pool', data, series: USED, ...ofTotal(metric) }
    case 'disk': return { title: 'Disk', data, series: [{ key: 'written', label: 'Written', tone: 'accent' }, { key: 'read', label: 'Read', tone: 'info', dashed: true }] }
    case 'network': return { title: 'Traffic', data, series: [{ key: 'sent', label: 'Out', tone: 'accent' }, { key: 'received', label: 'In', tone: 'info', dashed: true }] }
    default: return { title: 'CPU', data, series: [{ key: 'cpu', label: 'CPU', tone: 'accent' }], maximum: 100 }
  }
}

function useNodeMetrics(id: string, { value, resolution }: MetricsRange) {
  const trpc = useTRPC()
  return useQueries({
    queries: METRICS.map((metric) =>
      trpc.staff.nodeMetrics.queryOptions({ node_id: id, metric, resolution, from: value }, { refetchInterval: 30_000, placeholderData: keepPreviousData })),
    combine: (all) => {
      const found = all.flatMap(({ data }) => (data === undefined ? [] : [data]))
      return {
        data: found.length < METRICS.length ? undefined : found,
        error: all.find((one) => one.error !== null)?.error ?? null,
        isPending: found.length < METRICS.length,
        dataUpdatedAt: all[0]?.dataUpdatedAt ?? 0,
        refetch: () => all.forEach((one) => void one.refetch()),
      }
    },
  })
}

/** One machine: how full it is, what is on it, and how it was. */
export function NodePage({ id }: { id: string }) {
  const trpc = useTRPC()
  const filters = useFilters()
  const range = rangeOf(filters.get('range'))
  const node = useQuery(trpc.staff.node.queryOptions({ node_id: id }, { refetchInterval: 10_000 }))
  const others = useQuery(trpc.staff.nodes.queryOptions({ limit: 100 }, { refetchInterval: 10_000 })).data?.data ?? []
  const metrics = useNodeMetrics(id, range)
  return (
    <>
      <PageHeader
        title={node.data?.hostname ?? 'Node'}
        above={
          <Link className="link" href={paths.adminNodes}>
            Nodes
          </Link>
        }
        {...(node.data === undefined ? {} : {
          status: <Status {...lookOf(node.data)} />,
          facts: (
            <>
              <span>{placeOf(node.data)}</span>
              <span>
                last report <TimeAgo value={node.data.last_seen_at} />
              </span>
            </>
          ),
          action: <NodeMenu node={node.data} others={others} />,
        })}
      />
      {node.data === undefined ? null : (
        <Panel className="mb-8 flex flex-col gap-5">
          <Warnings node={node.data} nodes={others} />
          <Bars node={node.data} className="grid gap-x-6 gap-y-3 sm:grid-cols-3" />
          <Machine node={node.data} />
          <MeshAndInstances node={node.data} nodes={others} className="grid gap-x-8 gap-y-5 lg:grid-cols-2" />
        </Panel>
      )}
      <div className="mb-4 flex flex-wrap items-center justify-between gap-2">
        <h2 className="text-14 font-strong">Over time</h2>
        <RangeSwitch range={range} onChange={(value) => filters.set({ range: value })} />
      </div>
      <Load query={metrics} skeleton={<PanelSkeleton label="Loading metrics" className="h-96" />}>
        {(all) => (
          <div className="grid gap-4 xl:grid-cols-2">
            {all.map((one) => (
              <MetricPanel key={one.metric} graph={graphOf(one)} marks={[]} window={one} />
            ))}
          </div>
        )}
      </Load>
    </>
  )
}
