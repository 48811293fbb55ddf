import { setTimeout as sleep } from 'node:timers/promises'
import type { Command } from 'commander'
import { confirm } from '../ask.ts'
import type { Cli } from '../cli.ts'
import { CommandFailure, EXIT } from '../exit.ts'
import { withExamples } from '../help.ts'
import type { Column } from '../output/print.ts'
import { statusColor } from '../output/values.ts'
import { dataOf, type Client, type operations } from '../sdk/index.ts'

type Overview = operations['nodes.get_upgrades']['responses'][200]['content']['application/json']
type Upgrade = NonNullable<Overview['upgrade']>
type Row = Upgrade['nodes'][number]

const LOOK_MS = 2_000
const COLUMNS: Column<Row>[] = [
  { title: 'Host', value: (row) => row.hostname },
  { title: 'State', value: (row) => row.state, color: (row) => statusColor(row.state) },
  { title: 'Why', value: (row) => row.detail },
  { title: 'Node', value: (row) => row.node_id },
]
const upgradePath = (id: string) => ({ params: { path: { upgrade_id: id } } })

const openUpgrade = async (client: Client): Promise<Upgrade> => {
  const { upgrade } = await dataOf(client.GET('/v1/nodes/upgrades'))
  if (upgrade?.state === 'running' || upgrade?.state === 'paused') return upgrade
  throw new CommandFailure(EXIT.notFound, 'not_found', 'No upgrade of the nodes is under way.')
}

/** Until it is over or waits for somebody; says each step once. */
async function follow(client: Client, started: Upgrade, say: (words: string) => void): Promise<Upgrade> {
  let said = ''
  for (;;) {
    const { upgrade } = await dataOf(client.GET('/v1/nodes/upgrades'))
    const words = (upgrade?.nodes ?? []).filter((node) => node.state !== 'waiting').map((node) => `${node.hostname}: ${node.state}`).join(', ')
    if (words !== said) say(words)
    said = words
    if (upgrade?.id !== started.id || upgrade.state !== 'running') return upgrade?.id === started.id ? upgrade : started
    await sleep(LOOK_MS)
  }
}

export function nodeUpgradeCommands({ action }: Cli, nodes: Command): void {
  const upgrade = nodes.command('upgrade').description('Bring agents to the release of the console, one node at a time; instances run on.')
    .argument('[node...]', 'ids, in this order; all that are behind unless given').option('--no-wait', 'do not wait until it is over')
  withExamples(upgrade, 'shellwego nodes upgrade', 'shellwego nodes upgrade node_0hz4…')
    .action(action(async ({ api, print, terminal }, options: { wait?: boolean }, ids: string[]) => {
      const client = await api()
      const started = await dataOf(client.POST('/v1/nodes/upgrades', { body: { node_ids: ids } }))
      const last = options.wait === false ? started : await follow(client, started, (words) => terminal.stderr.write(`${words}\n`))
      await print.list(last.nodes, COLUMNS, 'No nodes.')
      if (last.state === 'paused') throw new CommandFailure(EXIT.failed, 'upgrade_paused', `${last.detail ?? 'The upgrade is paused.'} Go on with: shellwego nodes upgrade-resume`)
    }))

  const status = nodes.command('upgrade-status').description('Show how the upgrade of the nodes goes, or which are behind.')
  withExamples(status, 'shellwego nodes upgrade-status')
    .action(action(async ({ api, print, terminal }) => {
      const { upgrade: last, outdated, release } = await dataOf((await api()).GET('/v1/nodes/upgrades'))
      if (last) terminal.stderr.write(`The upgrade to ${last.version} is ${last.state}.${last.detail === null ? '' : ` ${last.detail}`}\n`)
      if (release) terminal.stderr.write(`${outdated.length} node${outdated.length === 1 ? '' : 's'} of another release than the console (${release.version}).\n`)
      await print.list(last?.nodes ?? [], COLUMNS, 'No upgrade was made yet.')
    }))

  const resume = nodes.command('upgrade-resume').description('Go on with a paused upgrade; nodes that failed are tried again.').option('--skip-failed', 'leave them out')
  withExamples(resume, 'shellwego nodes upgrade-resume --skip-failed')
    .action(action(async ({ api, print }, { skipFailed }: { skipFailed?: boolean }) => {
      const client = await api()
      const going = await dataOf(client.POST('/v1/nodes/upgrades/{upgrade_id}/resume', { ...upgradePath((await openUpgrade(client)).id), body: { failed: skipFailed ? 'skip' : 'retry' } }))
      await print.done('The upgrade goes on.', going)
    }))

  const cancel = nodes.command('upgrade-cancel').description('End the upgrade; nodes that have the new release keep it.')
  withExamples(cancel, 'shellwego nodes upgrade-cancel')
    .action(action(async ({ api, print }) => {
      const client = await api()
      await print.done('The upgrade was cancelled.', await dataOf(client.POST('/v1/nodes/upgrades/{upgrade_id}/cancel', upgradePath((await openUpgrade(client)).id))))
    }))

  const revoke = nodes.command('revoke').description('Hear a machine no more: it gets no work and no secrets. A new join token brings it back.')
    .argument('<node>', 'id').requiredOption('--reason <text>', 'why').option('-y, --yes', 'do not ask')
  withExamples(revoke, 'shellwego nodes revoke node_0hz4… --reason "stolen"')
    .action(action(async ({ api, print, terminal }, { reason, yes }: { reason: string; yes?: boolean }, id: string) => {
      await confirm(terminal, `Hear node ${id} no more?`, yes === true)
      const node = await dataOf((await api()).POST('/v1/nodes/{node_id}/revoke', { params: { path: { node_id: id } }, body: { reason } }))
      await print.done(`${node.hostname} is not heard any more.`, node)
    }))
}
