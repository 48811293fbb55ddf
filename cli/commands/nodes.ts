import type { Cli } from '../cli.ts'
import { withExamples } from '../help.ts'
import type { Column } from '../output/print.ts'
import { statusColor, time } from '../output/values.ts'
import { dataOf, pagesOf, type operations } from '../sdk/index.ts'
import { take } from './find.ts'
import { limitOption, type LimitOption } from './limit.ts'
import { nodeMetricsCommand } from './metrics.ts'
import { nodeFleetCommands } from './node-fleet.ts'
import { nodeUpgradeCommands } from './node-upgrades.ts'

type Node = operations['nodes.get']['responses'][200]['content']['application/json']

const gib = (mib: number): string => `${(mib / 1024).toFixed(1)} GiB`

const COLUMNS: Column<Node>[] = [
  { title: 'Host', value: (node) => node.hostname },
  { title: 'Status', value: (node) => node.status, color: (node) => statusColor(node.status) },
  { title: 'Duty', value: (node) => node.duty, color: (node) => statusColor(node.duty) },
  { title: 'Region', value: (node) => node.region },
  { title: 'Zone', value: (node) => node.zone },
  { title: 'Isolation', value: (node) => node.isolation, color: (node) => statusColor(node.isolation) },
  { title: 'Instances', value: (node) => node.instances, right: true },
  { title: 'vCPU', value: (node) => `${node.vcpu.used}/${node.vcpu.total}`, right: true },
  { title: 'Memory', value: (node) => `${gib(node.memory_mib.used)} of ${gib(node.memory_mib.total)}`, right: true },
  { title: 'Seen', value: (node) => time(node.last_seen_at) },
  { title: 'Id', value: (node) => node.id },
]
const FIELDS: Column<Node>[] = [
  ...COLUMNS,
  { title: 'Disk', value: (node) => `${gib(node.disk_mib.used)} of ${gib(node.disk_mib.total)}` },
  { title: 'Labels', value: (node) => Object.entries(node.labels).map(([name, value]) => (value === '' ? name : `${name}=${value}`)).join(', ') },
  { title: 'Volumes', value: (node) => node.volumes },
  { title: 'Why', value: (node) => node.duty_reason },
  { title: 'Load', value: (node) => node.load },
  { title: 'VMM', value: (node) => node.driver },
  { title: 'Accelerator', value: (node) => node.accelerator },
  { title: 'Network', value: (node) => node.network },
  { title: 'Kernel', value: (node) => node.kernel },
  { title: 'Agent', value: (node) => [node.agent_version, node.release].filter(Boolean).join(' ') },
  { title: 'Fence', value: (node) => (node.fencing === null ? null : node.fencing.fault ?? `runs, ${node.fencing.armed} strict volumes`) },
  { title: 'Declared dead', value: (node) => (node.declared_dead === null ? null : `${time(node.declared_dead.at)}: ${node.declared_dead.reason}`) },
  { title: 'Alarms', value: (node) => node.alarms.map(({ message }) => message).join(' ') },
  { title: 'Conditions', value: (node) => node.conditions.map(({ type, message }) => `${type}: ${message}`).join('; ') },
]

export function nodesCommands(cli: Cli): void {
  const { program, action } = cli
  const nodes = program.command('nodes').description('Machines that run apps; for operators.')

  withExamples(nodes.command('list').description('List the nodes.').addOption(limitOption()), 'shellwego nodes list')
    .action(action(async ({ api, print }, options: LimitOption) => {
      const client = await api()
      const all = pagesOf((cursor) => client.GET('/v1/nodes', { params: { query: { limit: 100, ...(cursor ? { cursor } : {}) } } }))
      await print.list(await take(all, options.limit), COLUMNS, 'No nodes have joined yet.')
    }))

  withExamples(nodes.command('get').description('Show one node.').argument('<node>', 'id'), 'shellwego nodes get node_0hz4…')
    .action(action(async ({ api, print }, _options: object, id: string) => {
      await print.item(await dataOf((await api()).GET('/v1/nodes/{node_id}', { params: { path: { node_id: id } } })), FIELDS)
    }))
  nodeFleetCommands(cli, nodes)
  nodeUpgradeCommands(cli, nodes)
  nodeMetricsCommand(cli, nodes)
}
