import { Option } from 'commander'
import type { Cli } from '../cli.ts'
import type { Context } from '../context.ts'
import { withExamples } from '../help.ts'
import { instantOf, wholeNumber } from '../output/values.ts'
import { dataOf, type Client, type operations } from '../sdk/index.ts'
import { paint, printableLog } from '../text.ts'
import { download } from './download.ts'
import { findApp } from './find.ts'
import { follow } from './follow.ts'

type Answer = operations['apps.logs']['responses'][200]['content']['application/json']
type Line = Answer['data'][number]

interface Filters { since?: string; until?: string; instance?: string; search?: string; level?: Line['level'] }
interface LogOptions extends Filters { follow?: boolean; tail?: number; timestamps?: boolean; output?: string; format: 'text' | 'json' }

const AT_ONCE = 5_000

function textOf(line: Line, options: LogOptions, { terminal, print }: Context): string {
  const colors = terminal.colors.stdout
  if (print.format === 'plain') return printableLog(line.line, false)
  const label = `${options.timestamps ? `${line.at} ` : ''}${line.instance_id.slice(-6)}`
  return `${paint(label, line.stream === 'stderr' ? 'red' : line.stream === 'system' ? 'yellow' : 'dim', colors)} ${printableLog(line.line, colors)}`
}

const timesOf = ({ since, until }: Filters) => ({
  ...(since ? { since: instantOf(since, '--since') } : {}), ...(until ? { until: instantOf(until, '--until') } : {}),
})
const sievesOf = ({ instance, search, level }: Filters) =>
  ({ ...(instance ? { instance_id: instance } : {}), ...(search ? { search } : {}), ...(level ? { level } : {}) })

/** The newest lines, or every line since a time page by page. Returns where what comes next begins. */
async function past(client: Client, appId: string, options: LogOptions, say: (line: Line) => Promise<void>): Promise<string | null> {
  const everything = options.since !== undefined && options.tail === undefined
  const query = { ...timesOf(options), ...sievesOf(options), tail: everything ? AT_ONCE : options.tail ?? 100, ...(everything ? { order: 'oldest' as const } : {}) }
  let newest: string | null = null
  for (let cursor: string | null | undefined; cursor !== null;) {
    const page: Answer = await dataOf(client.GET('/v1/apps/{app_id}/logs', { params: { path: { app_id: appId }, query: { ...query, ...(cursor ? { cursor } : {}) } } }))
    for (const line of page.data) await say(line)
    newest = page.follow_cursor ?? newest
    const goOn = everything || (page.data.length === 0 && !page.search_complete)
    cursor = goOn ? page.pagination.next_cursor : null
  }
  return newest
}

export function logsCommand({ program, action }: Cli): void {
  withExamples(
    program.command('logs').description('Show what an app wrote; with --follow what it writes from now on too.').argument('<app>', 'name or id')
      .option('-f, --follow', 'go on until Ctrl-C').addOption(new Option('-n, --tail <count>', 'newest lines').argParser((given) => wholeNumber(given, '--tail', 1)))
      .option('--since <time>', 'from this time on: an instant, or like 10m').option('--until <time>', 'up to this time').option('--instance <id>', 'of one instance')
      .option('--search <text>', 'lines that hold this').addOption(new Option('--level <level>', 'lines of this level and above').choices(['debug', 'info', 'warn', 'error']))
      .option('--timestamps', 'begin each line with its time').option('-o, --output <file>', 'write every line that fits into a file; - is stdout')
      .addOption(new Option('--format <format>', 'of that file').choices(['text', 'json']).default('text')),
    'shellwego logs api --follow', 'shellwego logs api --since 1h --search error', 'shellwego logs api -f --json | jq -r .line', 'shellwego logs api --since 7d --level warn --output api.log',
  ).action(action(async (context, options: LogOptions, name: string) => {
    const client = await context.api()
    const { id } = await findApp(client, name)
    if (options.output !== undefined) {
      const query = { ...timesOf(options), ...sievesOf(options), format: options.format }
      return download(context, options.output === '-' ? undefined : options.output, null, () => client.GET('/v1/apps/{app_id}/logs/download', { params: { path: { app_id: id }, query }, parseAs: 'stream' }))
    }
    const say = (line: Line): Promise<void> => context.print.line(line, textOf(line, options, context))
    const cursor = await past(client, id, options, say)
    if (!options.follow) return
    const query = { ...sievesOf(options), ...(cursor ? { cursor } : { tail: '0' }) }
    const open = (live: Record<string, string>, headers: Record<string, string>) =>
      client.GET('/v1/apps/{app_id}/logs', { params: { path: { app_id: id }, query: live }, headers, parseAs: 'stream' })
    for await (const { event, data: line } of follow(context, open, query)) if (event === 'line') await say(line as Line)
  }))
}
