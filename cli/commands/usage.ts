import { readFileSync } from 'node:fs'
import { text } from 'node:stream/consumers'
import { randomUUID } from 'node:crypto'
import { Option } from 'commander'
import type { Cli } from '../cli.ts'
import type { Context } from '../context.ts'
import { UsageError } from '../exit.ts'
import { withExamples } from '../help.ts'
import { instantOf, moneyFormatter } from '../output/values.ts'
import { findApp } from './find.ts'
import { dataOf, type Client } from '../sdk/index.ts'

const GRAINS = ['minute', 'hour', 'day', 'month'] as const
const GROUPS = ['app', 'meter', 'subject'] as const
const BATCH = 100

interface RangeOptions {
  app?: string; from?: string; to?: string; meter?: string; by?: (typeof GRAINS)[number]; group?: (typeof GROUPS)[number]; csv?: boolean
}

const queryOf = async (client: Client, { app, from, to, meter, by, group }: RangeOptions) => ({
  ...(app ? { app_id: (await findApp(client, app)).id } : {}), ...(from ? { from: instantOf(from, '--from') } : {}), ...(to ? { to: instantOf(to, '--to') } : {}),
  ...(meter ? { meter } : {}), ...(by ? { granularity: by } : {}), ...(group ? { group_by: group } : {}),
})

async function show({ api, print }: Context, options: RangeOptions): Promise<void> {
  const client = await api()
  const query = await queryOf(client, options)
  if (options.csv) {
    const { response } = await client.GET('/v1/usage/export', { params: { query }, parseAs: 'stream' })
    return print.raw(await response.text())
  }
  const usage = await dataOf(client.GET('/v1/usage', { params: { query } }))
  if (print.format === 'json' || print.format === 'yaml') return print.data(usage)
  const money = await moneyFormatter()
  if (options.by || options.group) {
    const names = new Map(usage.groups.map((group) => [group.key, group.name]))
    await print.list(usage.points, [
      { title: 'Time', value: (point) => point.at },
      { title: usage.group_by, value: (point) => names.get(point.group) },
      { title: 'Meter', value: (point) => point.meter },
      { title: 'Quantity', value: (point) => point.quantity, right: true },
      { title: 'Amount', value: (point) => money({ amount: point.amount, currency: usage.currency }), right: true },
    ], 'Nothing was used in this time.')
  } else {
    await print.list(usage.rows, [
      { title: 'App', value: (row) => row.app_name },
      { title: 'Meter', value: (row) => row.meter },
      { title: 'Quantity', value: (row) => `${row.billed_quantity} ${row.unit}`, right: true },
      { title: 'Amount', value: (row) => money(row.amount), right: true },
    ], 'Nothing was used in this time.')
  }
  print.note(`Total ${money(usage.total)}, as of ${usage.as_of}.`)
}

interface SendOptions { quantity?: string; id?: string; source: string; subject?: string; time?: string; field: string[]; file?: string }

const collect = (value: string, before: string[]): string[] => [...before, value]

const fieldOf = (pair: string): [string, string] => {
  const at = pair.indexOf('=')
  if (at <= 0) throw new UsageError(`--field takes name=value, not ${pair}`)
  return [pair.slice(0, at), pair.slice(at + 1)]
}

/** One JSON document per line, as they were written. */
const eventsIn = (content: string): object[] => content.split('\n').filter((line) => line.trim() !== '').map((line, index) => {
  try { return JSON.parse(line) as object } catch { throw new UsageError(`line ${index + 1} is not valid JSON`) }
})

const eventOf = (meter: string | undefined, options: SendOptions): object => {
  if (meter === undefined) throw new UsageError('name the meter, or give events with --file')
  return {
    id: options.id ?? randomUUID(), source: options.source, type: meter, ...(options.subject ? { subject: options.subject } : {}),
    ...(options.time ? { time: instantOf(options.time, '--time') } : {}),
    data: { ...(options.quantity === undefined ? {} : { value: options.quantity }), ...Object.fromEntries(options.field.map(fieldOf)) },
  }
}

async function send({ api, print, terminal }: Context, options: SendOptions, meter: string | undefined): Promise<void> {
  const content = options.file === undefined ? null : options.file === '-' ? await text(terminal.stdin) : readFileSync(options.file, 'utf8')
  const events = content === null ? [eventOf(meter, options)] : eventsIn(content)
  const client = await api()
  const sum = { accepted: 0, duplicates: 0, rejected: [] as { index: number; code: string; pointer: string; message: string }[] }
  for (let from = 0; from < events.length; from += BATCH) {
    const answer = await dataOf(client.POST('/v1/usage/events', { body: { events: events.slice(from, from + BATCH) as never } }))
    if (!('accepted' in answer)) continue
    sum.accepted += answer.accepted
    sum.duplicates += answer.duplicates
    sum.rejected.push(...answer.rejected.map((one) => ({ ...one, index: one.index + from })))
  }
  for (const { index, pointer, message } of sum.rejected) print.note(`Event ${index + 1}, ${pointer || 'whole'}: ${message}`)
  await print.done(`Counted ${sum.accepted}, known before ${sum.duplicates}, refused ${sum.rejected.length}.`, sum)
  if (sum.rejected.length > 0) throw new UsageError('some events were refused')
}

export function usageCommand({ program, action }: Cli): void {
  const usage = program.command('usage').description('What was used and what it costs; usage of your own services.')

  withExamples(
    usage.command('show', { isDefault: true }).description('What was used and what it costs, this month unless said.').option('--app <app>', 'of one app')
      .option('--from <time>', 'from this day or instant on').option('--to <time>', 'up to this one').option('--meter <meter>', 'of one meter')
      .addOption(new Option('--by <grain>', 'a line for each of these').choices(GRAINS)).addOption(new Option('--group <what>', 'what lines are grouped by').choices(GROUPS))
      .option('--csv', 'every point as CSV'),
    'shellwego usage show', 'shellwego usage show --from 2026-10-01 --to 2026-11-01 --json', 'shellwego usage show --by hour --group meter --csv > usage.csv',
  ).action(action((context, options: RangeOptions) => show(context, options)))

  withExamples(
    usage.command('send').description('Send usage events of a custom meter.').argument('[meter]', 'key of the meter').option('--quantity <decimal>', 'what was used')
      .option('--id <id>', 'identity of the event; a new one unless given').option('--source <source>', 'who measured', 'cli').option('--subject <subject>', 'app id, or a name of your own')
      .option('--time <time>', 'when it was used; now unless given').option('-F, --field <name=value>', 'another field of the data; repeat for more', collect, [])
      .option('--file <file>', 'events, one JSON document per line; - is stdin'),
    'shellwego usage send api_calls --quantity 12 --subject shop', 'shellwego usage send --file events.jsonl',
  ).action(action((context, options: SendOptions, meter?: string) => send(context, options, meter)))

  withExamples(
    usage.command('rebuild').description('Make an organization\'s sums of usage events anew from the raw events; for operators.').argument('<organization>', 'its id'),
    'shellwego usage rebuild org_1m7z…',
  ).action(action(async ({ api, print }, _options: object, organization: string) => {
    const client = await api()
    const answer = await dataOf(client.POST('/v1/admin/organizations/{organization_id}/usage/rebuild', { params: { path: { organization_id: organization } } }))
    await print.done(`The sums of ${answer.events} events are being made anew.`, answer)
  }))
}
