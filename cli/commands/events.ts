import type { Cli } from '../cli.ts'
import { withExamples } from '../help.ts'
import type { Column } from '../output/print.ts'
import { time } from '../output/values.ts'
import { pagesOf, type operations } from '../sdk/index.ts'
import { printable } from '../text.ts'
import { take } from './find.ts'
import { follow } from './follow.ts'
import { limitOption, type LimitOption } from './limit.ts'

type Event = operations['events.list']['responses'][200]['content']['application/json']['data'][number]

const actorOf = ({ actor }: Event): string => {
  const { name, type, email } = actor as { name?: string; type?: string; email?: string }
  return email ?? name ?? type ?? ''
}

const COLUMNS: Column<Event>[] = [
  { title: 'Time', value: (event) => time(event.at) },
  { title: 'Event', value: (event) => event.type },
  { title: 'Subject', value: (event) => event.subject.id },
  { title: 'By', value: actorOf },
]

export function eventsCommand({ program, action }: Cli): void {
  withExamples(
    program.command('events').description('What happened in the organization; with --follow what happens from now on.')
      .option('-f, --follow', 'go on until Ctrl-C').option('--type <type>', 'of one kind, like app.scaled').option('--subject <id>', 'about one thing').addOption(limitOption(50)),
    'shellwego events', 'shellwego events --type app.scaled', 'shellwego events --follow --json',
  ).action(action(async (context, options: LimitOption & { follow?: boolean; type?: string; subject?: string }) => {
    const client = await context.api()
    if (!options.follow) {
      const filter = { ...(options.type ? { type: options.type } : {}), ...(options.subject ? { subject_id: options.subject } : {}) }
      const all = pagesOf((cursor) => client.GET('/v1/events', { params: { query: { limit: 100, filter, ...(cursor ? { cursor } : {}) } } }))
      return context.print.list(await take(all, options.limit), COLUMNS, 'Nothing happened yet.')
    }
    const open = (query: Record<string, string>, headers: Record<string, string>) => client.GET('/v1/events', { params: { query }, headers, parseAs: 'stream' })
    for await (const { data } of follow(context, open, {})) {
      const event = data as Event
      if ((options.type && event.type !== options.type) || (options.subject && event.subject.id !== options.subject)) continue
      await context.print.line(event, printable(COLUMNS.map(({ value }) => String(value(event) ?? '')).join('  ')))
    }
  }))
}
