import { Option } from 'commander'
import type { Cli } from '../cli.ts'
import type { Context } from '../context.ts'
import { withExamples } from '../help.ts'
import { instantOf, wholeNumber } from '../output/values.ts'
import { dataOf, type Client, type operations } from '../sdk/index.ts'
import { paint, printableLog } from '../text.ts'
import { findApp } from './find.ts'
import { follow } from './follow.ts'

type Answer = operations['apps.logs']['responses'][200]['content']['application/json']
type Line = Answer['data'][number]

interface LogOptions { follow?: boolean; tail?: number; since?: string; until?: string; instance?: string; search?: string; timestamps?: boolean }

const EVERYTHING = 10_000

function textOf(line: Line, options: LogOptions, { terminal, print }: Context): string {
  const colors = terminal.colors.stdout
  if (print.format === 'plain') return printableLog(line.line, false)
  const label = `${options.timestamps ? `${line.at} ` : ''}${line.instance_id.slice(-6)}`
  return `${paint(label, line.stream === 'stderr' ? 'red' : line.stream === 'system' ? 'yellow' : 'dim', colors)} ${printableLog(line.line, colors)}`
}

async function past(client: Client, appId: string, options: LogOptions): Promise<Answer> {
  const query = {
    tail: options.tail ?? (options.since ? EVERYTHING : 100), ...(options.since ? { since: instantOf(options.since, '--since') } : {}),
    ...(options.until ? { until: instantOf(options.until, '--until') } : {}), ...(options.instance ? { instance_id: options.instance } : {}),
    ...(options.search ? { search: options.search } : {}),
  }
  return dataOf(client.GET('/v1/apps/{app_id}/logs', { params: { path: { app_id: appId }, query } }))
}

export function logsCommand({ program, action }: Cli): void {
  withExamples(
    program.command('logs').description('Show what an app wrote; with --follow what it writes from now on too.').argument('<app>', 'name or id')
      .option('-f, --follow', 'go on until Ctrl-C').addOption(new Option('-n, --tail <count>', 'newest lines').argParser((given) => wholeNumber(given, '--tail', 1)))
      .option('--since <time>', 'from this time on: an instant, or like 10m').option('--until <time>', 'up to this time').option('--instance <id>', 'of one instance')
      .option('--search <text>', 'lines that hold this').option('--timestamps', 'begin each line with its time'),
    'shellwego logs api --follow', 'shellwego logs api --since 1h --search error', 'shellwego logs api -f --json | jq -r .line',
  ).action(action(async (context, options: LogOptions, name: string) => {
    const client = await context.api()
    const { id } = await findApp(client, name)
    const say = (line: Line): Promise<void> => context.print.line(line, textOf(line, options, context))
    const { data, follow_cursor: cursor } = await past(client, id, options)
    for (const line of data) await say(line)
    if (!options.follow) return
    const query = { ...(options.instance ? { instance_id: options.instance } : {}), ...(options.search ? { search: options.search } : {}), ...(cursor ? { cursor } : { tail: '0' }) }
    const open = (live: Record<string, string>, headers: Record<string, string>) =>
      client.GET('/v1/apps/{app_id}/logs', { params: { path: { app_id: id }, query: live }, headers, parseAs: 'stream' })
    for await (const { event, data: line } of follow(context, open, query)) if (event === 'line') await say(line as Line)
  }))
}
