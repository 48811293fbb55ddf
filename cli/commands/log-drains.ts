import { Option } from 'commander'
import { confirm } from '../ask.ts'
import type { Cli } from '../cli.ts'
import { CommandFailure, EXIT } from '../exit.ts'
import { withExamples } from '../help.ts'
import type { Column } from '../output/print.ts'
import { statusColor, time } from '../output/values.ts'
import { dataOf, pagesOf, type operations } from '../sdk/index.ts'
import { findApp, take } from './find.ts'

type Drain = operations['log_drains.get']['responses'][200]['content']['application/json']
interface New { name?: string; app?: string; level: Drain['level']; header: string[] }

const COLUMNS: Column<Drain>[] = [
  { title: 'Name', value: (drain) => drain.name }, { title: 'Kind', value: (drain) => drain.kind }, { title: 'Address', value: (drain) => drain.url },
  { title: 'App', value: (drain) => drain.app_id ?? 'all' }, { title: 'Status', value: (drain) => drain.status, color: (drain) => statusColor(drain.status) },
  { title: 'Last sent', value: (drain) => time(drain.last_sent_at) }, { title: 'Id', value: (drain) => drain.id },
]
const collect = (value: string, all: string[]): string[] => [...all, value]

/** `Name: value` as in HTTP. */
const headersOf = (given: readonly string[]): Record<string, string> => Object.fromEntries(given.map((text) => {
  const colon = text.indexOf(':')
  if (colon < 1) throw new CommandFailure(EXIT.usage, 'bad_header', `--header takes "Name: value", not "${text}".`)
  return [text.slice(0, colon).trim(), text.slice(colon + 1).trim()]
}))

export function logDrainsCommands(cli: Cli): void {
  const { program, action } = cli
  const drains = program.command('log-drains').description('Where log lines are sent beside the log store.')

  withExamples(drains.command('list').description('List the log drains.'), 'shellwego log-drains list')
    .action(action(async ({ api, print }) => {
      const client = await api()
      const all = pagesOf((cursor) => client.GET('/v1/log-drains', { params: { query: { limit: 100, ...(cursor ? { cursor } : {}) } } }))
      await print.list(await take(all, 1000), COLUMNS, 'No log drains yet. Make one with `shellwego log-drains create <kind> <address>`.')
    }))

  withExamples(
    drains.command('create').description('Send log lines from now on to Loki, or as JSON lines to an address.').argument('<kind>', 'loki or http').argument('<address>')
      .option('--name <name>', 'what you call it').option('--app <app>', 'of this app only; name or id')
      .addOption(new Option('--level <level>', 'lines of this level and above').choices(['debug', 'info', 'warn', 'error']).default('debug'))
      .option('--header <header>', '"Name: value", kept encrypted; repeat for more', collect, []),
    'shellwego log-drains create loki https://loki.example.com --header "Authorization: Basic dTpw"', 'shellwego log-drains create http https://logs.example.com/in --app api --level warn',
  ).action(action(async (context, options: New, kind: string, url: string) => {
    if (kind !== 'loki' && kind !== 'http') throw new CommandFailure(EXIT.usage, 'bad_kind', `A drain is loki or http, not ${kind}.`)
    const client = await context.api()
    const app = options.app === undefined ? {} : { app_id: (await findApp(client, options.app)).id }
    const body = { name: options.name ?? new URL(url).host, kind, url, level: options.level, headers: headersOf(options.header), ...app } as const
    const made = await dataOf(client.POST('/v1/log-drains', { body }))
    await context.print.done(`Made ${made.id}. Try it with \`shellwego log-drains test ${made.id}\`.`, made)
  }))
  changes(cli, drains)
}

function changes({ action }: Cli, drains: ReturnType<Cli['program']['command']>): void {
  for (const [verb, enabled, words] of [['enable', true, 'Send again, from where it stopped.'], ['disable', false, 'Send nothing more for now.']] as const) {
    withExamples(drains.command(verb).description(words).argument('<drain>', 'id'), `shellwego log-drains ${verb} ldr_1a2b`)
      .action(action(async ({ api, print }, _options: object, id: string) => {
        const client = await api()
        const path = { drain_id: id }
        const { version } = await dataOf(client.GET('/v1/log-drains/{drain_id}', { params: { path } }))
        const changed = await dataOf(client.PATCH('/v1/log-drains/{drain_id}', { params: { path, header: { 'If-Match': `"${version}"` } }, body: { enabled } }))
        await print.done(`${changed.name} is ${changed.status}.`, changed)
      }))
  }

  withExamples(drains.command('test').description('Send one line now; fails when it is not taken.').argument('<drain>', 'id'), 'shellwego log-drains test ldr_1a2b')
    .action(action(async ({ api, print }, _options: object, id: string) => {
      const result = await dataOf((await api()).POST('/v1/log-drains/{drain_id}/test', { params: { path: { drain_id: id } } }))
      if (!result.ok) throw new CommandFailure(EXIT.failed, result.error ?? 'failed', `It was not taken: ${[result.status, result.detail ?? result.error].filter(Boolean).join(' ')}`)
      await print.done(`It was taken: ${result.status} after ${result.duration_ms} ms.`, result)
    }))

  withExamples(drains.command('delete').description('Delete a log drain.').argument('<drain>', 'id').option('-y, --yes', 'do not ask'), 'shellwego log-drains delete ldr_1a2b --yes')
    .action(action(async (context, options: { yes?: boolean }, id: string) => {
      const client = await context.api()
      await confirm(context.terminal, `Delete the log drain ${id}?`, options.yes ?? false)
      await client.DELETE('/v1/log-drains/{drain_id}', { params: { path: { drain_id: id } } })
      await context.print.done(`Deleted ${id}.`, { id, deleted: true })
    }))
}
