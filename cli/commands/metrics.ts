import { Option, type Command } from 'commander'
import type { Cli } from '../cli.ts'
import { withExamples } from '../help.ts'
import type { Column } from '../output/print.ts'
import { instantOf, time } from '../output/values.ts'
import { dataOf, type operations } from '../sdk/index.ts'
import { findApp } from './find.ts'

type OfApp = operations['apps.metrics']['responses'][200]['content']['application/json']
type OfNode = operations['nodes.metrics']['responses'][200]['content']['application/json']
type Series = OfApp['series'][number]
type AppMetric = operations['apps.metrics']['parameters']['query']['metric']
type NodeMetric = operations['nodes.metrics']['parameters']['query']['metric']

interface RangeOptions { from?: string; to?: string; resolution?: '1m' | '5m' | '1h' | '1d'; points?: boolean }

const COLUMNS: Column<Series>[] = [
  { title: 'Series', value: (one) => one.name },
  { title: 'Latest', value: (one) => one.data_points.at(-1)?.value, right: true },
  { title: 'Min', value: (one) => one.statistics?.min, right: true },
  { title: 'Avg', value: (one) => one.statistics?.avg, right: true },
  { title: 'Max', value: (one) => one.statistics?.max, right: true },
  { title: 'P99', value: (one) => one.statistics?.p99, right: true },
  { title: 'Unit', value: (one) => one.unit.replaceAll('_', ' ') },
]

interface Point { at: string; name: string; value: number; mark: string }
const POINT_COLUMNS: Column<Point>[] = [
  { title: 'Time', value: (point) => time(point.at) },
  { title: 'Series', value: (point) => point.name },
  { title: 'Value', value: (point) => point.value, right: true },
  { title: 'Deployed', value: (point) => point.mark },
]

/** The deployments that began at or after a point and before the next one stand beside it. */
function pointsOf({ series, ...more }: OfApp | OfNode): Point[] {
  const marks = 'deployments' in more ? more.deployments : []
  return series.flatMap(({ name, data_points: points }) => points.map(({ timestamp, value }, at) => {
    const next = points[at + 1]?.timestamp ?? more.to
    const here = marks.filter((mark) => mark.at >= timestamp && mark.at < next)
    return { at: timestamp, name, value, mark: here.map((mark) => `v${mark.release} ${mark.state}`).join(', ') }
  }))
}

const rangeOf = ({ from, to, resolution }: RangeOptions) => ({
  ...(from ? { from: instantOf(from, '--from') } : {}), ...(to ? { to: instantOf(to, '--to') } : {}), ...(resolution ? { resolution } : {}),
})

const withRange = (command: Command): Command => command
  .option('--from <time>', 'from this time on: an instant, or like 6h (an hour when left out)').option('--to <time>', 'up to this time')
  .addOption(new Option('--resolution <step>', 'length of a step; the finest that fits when left out').choices(['1m', '5m', '1h', '1d']))
  .option('--points', 'each point instead of what they come to')

const metricOption = (choices: readonly string[]): Option => new Option('--metric <metric>', 'what was measured').choices([...choices]).default('cpu')

const show = async (answer: OfApp | OfNode, { points }: RangeOptions, print: Parameters<Parameters<Cli['action']>[0]>[0]['print']): Promise<void> => {
  if (print.format === 'json' || print.format === 'yaml') return print.item(answer, [])
  await (points ? print.list(pointsOf(answer), POINT_COLUMNS, 'Nothing measured in this time.') : print.list(answer.series, COLUMNS, 'Nothing measured in this time.'))
}

export function metricsCommand({ program, action }: Cli): void {
  withExamples(
    withRange(program.command('metrics').description('Show what an app used and how its requests were answered.').argument('<app>', 'name or id')
      .addOption(metricOption(['cpu', 'memory', 'disk', 'network', 'requests', 'latency', 'instances']))),
    'shellwego metrics api --metric latency --from 24h', 'shellwego metrics api --metric requests --points', 'shellwego metrics api --json | jq .series',
  ).action(action(async ({ api, print }, options: RangeOptions & { metric: AppMetric }, name: string) => {
    const client = await api()
    const { id } = await findApp(client, name)
    await show(await dataOf(client.GET('/v1/apps/{app_id}/metrics', { params: { path: { app_id: id }, query: { metric: options.metric, ...rangeOf(options) } } })), options, print)
  }))
}

export function nodeMetricsCommand({ action }: Cli, nodes: Command): void {
  withExamples(
    withRange(nodes.command('metrics').description('Show what a node used, and the requests at its edge.').argument('<node>', 'id')
      .addOption(metricOption(['cpu', 'memory', 'storage', 'disk', 'network', 'requests', 'latency']))),
    'shellwego nodes metrics node_0hz4… --metric storage --from 30d',
  ).action(action(async ({ api, print }, options: RangeOptions & { metric: NodeMetric }, id: string) => {
    await show(await dataOf((await api()).GET('/v1/nodes/{node_id}/metrics', { params: { path: { node_id: id }, query: { metric: options.metric, ...rangeOf(options) } } })), options, print)
  }))
  withExamples(nodes.command('prometheus').description('Whether Prometheus may read /metrics; --on makes its token, --off ends it.').option('--on', 'make a new token, shown once')
    .addOption(new Option('--off', 'end the token').conflicts('on')), 'shellwego nodes prometheus --on')
    .action(action(async ({ api, print }, { on, off }: { on?: boolean; off?: boolean }) => {
      const client = await api()
      if (on) return print.item(await dataOf(client.POST('/v1/admin/metrics-access', {})), [{ title: 'Token', value: (made) => made.token }, { title: 'Path', value: (made) => made.path }])
      const access = await dataOf(off ? client.DELETE('/v1/admin/metrics-access', {}) : client.GET('/v1/admin/metrics-access', {}))
      await print.item(access, [
        { title: 'On', value: (one) => (one.enabled ? 'yes' : 'no') }, { title: 'Token ends in', value: (one) => one.hint },
        { title: 'Last used', value: (one) => (one.last_used_at === null ? null : time(one.last_used_at)) },
      ])
    }))
}
