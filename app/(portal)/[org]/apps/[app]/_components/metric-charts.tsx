'use client'
import Link from 'next/link'
import { instant, mebibytes, plural } from '../../../../../_lib/format.ts'
import { instantIn } from '../../../../../_lib/measure-format.ts'
import { useOrg } from '../../../../../_lib/org-context.tsx'
import { paths } from '../../../../../_lib/paths.ts'
import { mib } from '../../../../../_lib/sizes.ts'
import type { App, AppMetric } from '../../../../../_lib/wire.ts'
import { MetricPanel, type MetricGraph } from '../../../../../_ui/metric-panel.tsx'
import { Panel } from '../../../../../_ui/page.tsx'
import { answeredSeries, LATENCY_SERIES, REQUEST_SERIES, saidOfLatency, saidOfRequests } from '../../../../../_ui/request-series.ts'
import type { AppMetrics } from './use-metrics.ts'

type Deployment = AppMetric['deployments'][number]

function graphs({ requests, latency, cpu, memory, network, disk }: AppMetrics, app: App): Record<'requests' | 'latency' | 'cpu' | 'memory' | 'network' | 'disk', MetricGraph> {
  const limit = mib(app.resources.memory) * Math.max(1, app.replicas.current)
  const used = memory.series[0]?.data_points.at(-1)?.value
  return {
    requests: { title: 'Requests', data: answeredSeries(requests.series), series: REQUEST_SERIES, say: saidOfRequests(requests.requests) },
    latency: {
      title: 'Latency', data: latency.series, series: LATENCY_SERIES, say: saidOfLatency(latency.requests),
      note: 'Until an instance began to answer; the figure above is of all requests in this time.',
    },
    cpu: { title: 'CPU', data: cpu.series, series: [{ key: 'cpu', label: 'CPU, average of instances', tone: 'accent' }] },
    memory: {
      title: 'Memory', data: memory.series, maximum: limit, series: [{ key: 'memory', label: 'Memory used', tone: 'accent' }],
      say: used === undefined ? undefined : `${mebibytes(used)} of ${mebibytes(limit)}`,
    },
    network: {
      title: 'Traffic', data: network.series, series: [{ key: 'sent', label: 'Out', tone: 'accent' }, { key: 'received', label: 'In', tone: 'info', dashed: true }],
    },
    disk: {
      title: 'Disk', data: disk.series, series: [{ key: 'written', label: 'Written', tone: 'accent' }, { key: 'read', label: 'Read', tone: 'info', dashed: true }],
    },
  }
}

const marksOf = (deployments: readonly Deployment[]) =>
  deployments.map(({ at, release, state }) => ({
    at, label: `v${release}`, tone: state === 'succeeded' ? ('good' as const) : state === 'failed' ? ('bad' as const) : ('idle' as const),
  }))

/** The lines in the pictures, for who reads. */
function DeployList({ app, deployments }: { app: App; deployments: readonly Deployment[] }) {
  const { org } = useOrg()
  if (deployments.length === 0) return null
  return (
    <Panel>
      <details>
        <summary className="w-max text-13 text-muted">{plural(deployments.length, 'deployment')} in this time, the dashed lines</summary>
        <ul className="mt-2 flex flex-col gap-1 text-13">
          {deployments.toReversed().map((one) => (
            <li key={one.deployment_id}>
              <Link href={paths.deployment(org.slug, app.name, one.deployment_id)} className="hover:underline">
                v{one.release}
              </Link>{' '}
              {one.state} · {instant(one.at)} · <code className="break-all">{one.image}</code>
            </li>
          ))}
        </ul>
      </details>
    </Panel>
  )
}

/** What an app answers and uses, all instances together. */
export function MetricCharts({ metrics, app, compact = false }: { metrics: AppMetrics; app: App; compact?: boolean }) {
  const all = graphs(metrics, app)
  if (metrics.cpu.series.every((one) => one.data_points.length === 0) && (metrics.requests.requests?.total ?? 0) === 0) {
    return (
      <Panel>
        <p className="text-muted">Nothing measured in this time. The first figures come about a minute after an instance runs.</p>
      </Panel>
    )
  }
  const shown = compact ? [all.requests, all.cpu, all.memory] : [all.requests, all.latency, all.cpu, all.memory, all.network, all.disk]
  return (
    <div className={compact ? 'grid gap-3 lg:grid-cols-3' : 'grid gap-4 xl:grid-cols-2'}>
      {shown.map((graph) => (
        <MetricPanel
          key={graph.title}
          graph={graph}
          marks={marksOf(metrics.deployments)}
          formatX={instantIn(metrics.from, metrics.as_of)}
          compact={compact}
        />
      ))}
      {compact ? null : <DeployList app={app} deployments={metrics.deployments} />}
    </div>
  )
}
