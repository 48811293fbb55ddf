import { setTimeout as sleep } from 'node:timers/promises'
import { Option, type Command } from 'commander'
import { confirm } from '../ask.ts'
import type { Cli } from '../cli.ts'
import { CommandFailure, EXIT } from '../exit.ts'
import { withExamples } from '../help.ts'
import type { Column } from '../output/print.ts'
import { statusColor, time, wholeNumber } from '../output/values.ts'
import { dataOf, type Client, type operations } from '../sdk/index.ts'

type Progress = operations['nodes.get_drain']['responses'][200]['content']['application/json']
type Drain = NonNullable<Progress['drain']>
type Move = operations['nodes.preview_drain']['responses'][200]['content']['application/json']['instances'][number]
type Body = NonNullable<operations['nodes.drain']['requestBody']>['content']['application/json']

const LOOK_MS = 2_000
const pathOf = (id: string) => ({ params: { path: { node_id: id } } })

const DRAIN_FIELDS: Column<Drain>[] = [
  { title: 'State', value: (drain) => drain.state, color: (drain) => statusColor(drain.state) },
  { title: 'Moved', value: (drain) => `${Math.max(0, drain.total - drain.left)} of ${drain.total}` },
  { title: 'Then', value: (drain) => drain.then },
  { title: 'Why', value: (drain) => drain.detail },
  { title: 'Deadline', value: (drain) => time(drain.deadline_at) },
  { title: 'Id', value: (drain) => drain.id },
]

const MOVE_FIELDS: Column<Move>[] = [
  { title: 'App', value: (move) => move.app_name },
  { title: 'To', value: (move) => move.hostname ?? 'stays' },
  { title: 'Why', value: (move) => (move.why === 'volumes' ? 'its volumes are here' : move.detail) },
  { title: 'Instance', value: (move) => move.id },
]

const choice = (name: string, words: string, values: string[]): Option => new Option(`--${name} <what>`, words).choices(values)
const labelsOf = (given: readonly string[]): Record<string, string> =>
  Object.fromEntries(given.map((one) => [one.split('=')[0] ?? '', one.split('=').slice(1).join('=')]))
const several = (value: string, before: string[]): string[] => [...before, value]

export function nodeFleetCommands(cli: Cli, nodes: Command): void {
  standing(cli, nodes)
  draining(cli, nodes)
  removing(cli, nodes)
}

function standing({ action }: Cli, nodes: Command): void {
  const cordon = nodes.command('cordon').description('Place nothing new on a node; what runs there stays.').argument('<node>', 'id')
    .option('--reason <text>', 'why')
  withExamples(cordon, 'shellwego nodes cordon node_0hz4… --reason "new disk"')
    .action(action(async ({ api, print }, { reason }: { reason?: string }, id: string) => {
      const node = await dataOf((await api()).POST('/v1/nodes/{node_id}/cordon', { ...pathOf(id), body: reason === undefined ? {} : { reason } }))
      await print.done(`${node.hostname} is cordoned.`, node)
    }))

  const dead = nodes.command('declare-dead').description('Vouch that a silent machine runs nothing any more, so that what was pinned to it may be restored elsewhere.')
    .argument('<node>', 'id').requiredOption('--hostname <name>', 'of the node, to be sure').requiredOption('--reason <text>', 'how you know').option('-y, --yes', 'do not ask')
  withExamples(dead, 'shellwego nodes declare-dead node_0hz4… --hostname rack-3 --reason "power is off"')
    .action(action(async ({ api, print, terminal }, { hostname, reason, yes }: { hostname: string; reason: string; yes?: boolean }, id: string) => {
      await confirm(terminal, `If ${hostname} still runs, two apps will write for one. Is it dead for certain?`, yes === true)
      const node = await dataOf((await api()).POST('/v1/nodes/{node_id}/declare-dead', { ...pathOf(id), body: { hostname, reason } }))
      await print.done(`${node.hostname} is declared dead. Volumes on it may be restored elsewhere.`, node)
    }))

  const uncordon = nodes.command('uncordon').description('Let a node take instances again, also after maintenance.').argument('<node>', 'id')
  withExamples(uncordon, 'shellwego nodes uncordon node_0hz4…')
    .action(action(async ({ api, print }, _options: object, id: string) => {
      const node = await dataOf((await api()).POST('/v1/nodes/{node_id}/uncordon', pathOf(id)))
      await print.done(`${node.hostname} takes instances again.`, node)
    }))

  const set = nodes.command('set').description('Say where a node stands.').argument('<node>', 'id').option('--region <name>', 'region')
    .option('--zone <name>', 'zone; empty for none').option('--label <name=value>', 'label; give it once for each, they replace those it has', several, [])
  withExamples(set, 'shellwego nodes set node_0hz4… --zone rack-2 --label disk=fast')
    .action(action(async ({ api, print }, options: { region?: string; zone?: string; label: string[] }, id: string) => {
      const client = await api()
      const { etag } = await dataOf(client.GET('/v1/nodes/{node_id}', pathOf(id)))
      const place = { ...(options.region === undefined ? {} : { region: options.region }), ...(options.zone === undefined ? {} : { zone: options.zone }) }
      const labels = options.label.length === 0 ? {} : { labels: labelsOf(options.label) }
      const params = { path: { node_id: id }, header: { 'If-Match': `"${etag}"` } }
      const node = await dataOf(client.PATCH('/v1/nodes/{node_id}', { params, body: { ...place, ...labels } }))
      await print.done(`${node.hostname} stands in ${[node.region, node.zone].filter((part) => part !== '').join(', ')}.`, node)
    }))

  const joinToken = nodes.command('join-token').description('Make a token with which one machine may join; it is shown once.')
    .option('--region <name>', 'where it stands').option('--zone <name>', 'zone')
  withExamples(joinToken, 'shellwego nodes join-token --region lagos')
    .action(action(async ({ api, print }, options: { region?: string; zone?: string }) => {
      await print.item(await dataOf((await api()).POST('/v1/nodes/join-tokens', { body: options })), [
        { title: 'Run there', value: (made) => made.command }, { title: 'Token', value: (made) => made.token },
        { title: 'Ends', value: (made) => time(made.expires_at) },
      ])
    }))
}

interface DrainOptions {
  batch?: string; deadline?: string; to: string[]; volumes?: Body['volumes']; atDeadline?: Body['at_deadline']; then?: Body['then']; wait?: boolean
}

const drainBody = (options: DrainOptions): Body => ({
  destinations: options.to, ...(options.batch === undefined ? {} : { batch: wholeNumber(options.batch, '--batch') }),
  ...(options.deadline === undefined ? {} : { deadline_minutes: wholeNumber(options.deadline, '--deadline') }),
  ...(options.volumes ? { volumes: options.volumes } : {}), ...(options.atDeadline ? { at_deadline: options.atDeadline } : {}),
  ...(options.then ? { then: options.then } : {}),
})

function draining({ action }: Cli, nodes: Command): void {
  const drain = nodes.command('drain').description('Move what a node runs to others: new instances first.').argument('<node>', 'id')
    .option('--batch <n>', 'instances under way at once').option('--deadline <minutes>', 'when it gives up')
    .option('--to <node>', 'where to; give it once for each', several, [])
    .addOption(choice('volumes', 'instances with volumes cannot move', ['refuse', 'leave']))
    .addOption(choice('at-deadline', 'what happens to what is left', ['give_up', 'force']))
    .addOption(choice('then', 'what the node is afterwards', ['cordoned', 'maintenance', 'removed'])).option('--no-wait', 'do not wait until it is over')
  withExamples(drain, 'shellwego nodes drain node_0hz4… --then maintenance')
    .action(action(async ({ api, print, terminal }, options: DrainOptions, id: string) => {
      const client = await api()
      const started = await dataOf(client.POST('/v1/nodes/{node_id}/drain', { ...pathOf(id), body: drainBody(options) }))
      const last = options.wait === false ? started : await followDrain(client, started, (words) => terminal.stderr.write(`${words}\n`))
      await print.item(last, DRAIN_FIELDS)
      if (last.state === 'done' || last.state === 'running') return
      throw new CommandFailure(EXIT.failed, 'drain_failed', last.detail ?? 'The drain did not finish.')
    }))

  const preview = nodes.command('drain-preview').description('Show where each instance of a node would go; nothing moves.').argument('<node>', 'id')
    .option('--to <node>', 'where to; give it once for each', several, [])
  withExamples(preview, 'shellwego nodes drain-preview node_0hz4…')
    .action(action(async ({ api, print }, { to }: { to: string[] }, id: string) => {
      const { instances } = await dataOf((await api()).POST('/v1/nodes/{node_id}/drain/preview', { ...pathOf(id), body: { destinations: to } }))
      await print.list(instances, MOVE_FIELDS, 'Nothing runs there.')
    }))

  const status = nodes.command('drain-status').description('Show how the last drain of a node goes.').argument('<node>', 'id')
  withExamples(status, 'shellwego nodes drain-status node_0hz4…')
    .action(action(async ({ api, print }, _options: object, id: string) => {
      const { drain } = await dataOf((await api()).GET('/v1/nodes/{node_id}/drain', pathOf(id)))
      if (drain === null) throw new CommandFailure(EXIT.notFound, 'not_found', 'This node was never drained.')
      await print.item(drain, DRAIN_FIELDS)
    }))

  const cancel = nodes.command('drain-cancel').description('Stop a drain; what has not moved stays.').argument('<node>', 'id')
  withExamples(cancel, 'shellwego nodes drain-cancel node_0hz4…')
    .action(action(async ({ api, print }, _options: object, id: string) => {
      await print.item(await dataOf((await api()).POST('/v1/nodes/{node_id}/drain/cancel', pathOf(id))), DRAIN_FIELDS)
    }))
}

/** Until it is over; says each step once. With `removed` its node may be gone by then. */
async function followDrain(client: Client, started: Drain, say: (words: string) => void): Promise<Drain> {
  let last = started
  let said = ''
  while (last.state === 'running') {
    const words = `${Math.max(0, last.total - last.left)} of ${last.total} moved${last.detail === null ? '' : `. ${last.detail}`}`
    if (words !== said) say(words)
    said = words
    await sleep(LOOK_MS)
    const { drain } = await dataOf(client.GET('/v1/nodes/{node_id}/drain', pathOf(started.node_id)))
    if (drain !== null) last = drain
  }
  return last
}

function removing({ action }: Cli, nodes: Command): void {
  const remove = nodes.command('delete').description('Take an empty node out of the fleet. To move what it runs: nodes drain --then removed.')
    .argument('<node>', 'id').option('-y, --yes', 'do not ask')
  withExamples(remove, 'shellwego nodes delete node_0hz4…')
    .action(action(async ({ api, print, terminal }, { yes }: { yes?: boolean }, id: string) => {
      await confirm(terminal, `Delete node ${id}?`, yes === true)
      await dataOf((await api()).DELETE('/v1/nodes/{node_id}', pathOf(id)))
      await print.done(`Node ${id} was deleted.`, { id })
    }))
}
