import { writeFileSync } from 'node:fs'
import { Option } from 'commander'
import type { Cli } from '../cli.ts'
import { CommandFailure, EXIT } from '../exit.ts'
import { withExamples } from '../help.ts'
import type { Column } from '../output/print.ts'
import { instantOf, time } from '../output/values.ts'
import { dataOf, pagesOf, type operations } from '../sdk/index.ts'
import { take } from './find.ts'
import { limitOption, type LimitOption } from './limit.ts'
import { currentOrganization } from './organization.ts'

type Entry = operations['audit.list']['responses'][200]['content']['application/json']['data'][number]
interface Filters { type?: string; actor?: string; subject?: string; since?: string; until?: string }

const COLUMNS: Column<Entry>[] = [
  { title: 'Entry', value: (entry) => entry.chain_seq, right: true },
  { title: 'Time', value: (entry) => time(entry.at) },
  { title: 'Event', value: (entry) => entry.type },
  { title: 'By', value: ({ actor }) => `${actor.name ?? actor.id ?? actor.type}${actor.impersonator ? ` (operator ${actor.impersonator.name})` : ''}` },
  { title: 'On', value: (entry) => entry.subject.id },
  { title: 'From', value: (entry) => entry.ip },
]

const filterOf = ({ type, actor, subject, since, until }: Filters) => ({
  ...(type ? { type } : {}), ...(actor ? { actor_id: actor } : {}), ...(subject ? { subject_id: subject } : {}),
  ...(since || until ? { at: { ...(since ? { gte: instantOf(since, '--since') } : {}), ...(until ? { lt: instantOf(until, '--until') } : {}) } } : {}),
})

export function auditCommands({ program, action }: Cli): void {
  const audit = program.command('audit').description('Who did what in the organization, as a chain nobody can change unseen.')
  const filtered = (command: ReturnType<typeof audit.command>) => command
    .option('--type <type>', 'of one kind, like app.scaled').option('--actor <id>', 'by one person or service account').option('--subject <id>', 'about one thing')
    .option('--since <when>', 'an instant, or an age like 24h').option('--until <when>', 'an instant, or an age like 1h')

  withExamples(filtered(audit.command('list').description('List entries, newest first.')).addOption(limitOption(50)), 'shellwego audit list', 'shellwego audit list --type member.updated --since 30d')
    .action(action(async (context, options: LimitOption & Filters) => {
      const path = { organization_id: await currentOrganization(context) }
      const client = await context.api()
      const all = pagesOf((cursor) => client.GET('/v1/organizations/{organization_id}/audit',
        { params: { path, query: { limit: 100, filter: filterOf(options), ...(cursor ? { cursor } : {}) } } }))
      await context.print.list(await take(all, options.limit), COLUMNS, 'No entry fits.')
    }))

  withExamples(audit.command('verify').description('Recompute the chain; fails when an entry is not what it was.'), 'shellwego audit verify')
    .action(action(async (context) => {
      const path = { organization_id: await currentOrganization(context) }
      const verdict = await dataOf((await context.api()).GET('/v1/organizations/{organization_id}/audit/verify', { params: { path } }))
      if (verdict.broken) {
        throw new CommandFailure(EXIT.failed, 'audit_broken', `Entry ${verdict.broken.chain_seq} is not what it was: ${verdict.broken.fault}.`)
      }
      await context.print.done(`${verdict.checked} entries are whole; the last is ${verdict.head.chain_seq}, ${verdict.head.hash}.`, verdict)
    }))

  withExamples(
    filtered(audit.command('export').description('Write every entry that fits into a file.')).argument('<file>', '- is stdout')
      .addOption(new Option('--format <format>', 'of the file').choices(['json', 'csv']).default('json')),
    'shellwego audit export audit.csv --format csv --since 90d', 'shellwego audit export - | jq .type',
  ).action(action(async (context, options: Filters & { format: 'json' | 'csv' }, file: string) => {
    const path = { organization_id: await currentOrganization(context) }
    const text = await dataOf((await context.api()).GET('/v1/organizations/{organization_id}/audit/export',
      { params: { path, query: { format: options.format, filter: filterOf(options) } }, parseAs: 'text' }))
    if (file === '-') return context.print.raw(text)
    writeFileSync(file, text, { mode: 0o600 })
    await context.print.done(`Wrote ${file}.`, { file })
  }))
}
