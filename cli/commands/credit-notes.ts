import type { Cli } from '../cli.ts'
import type { Context } from '../context.ts'
import { CommandFailure, EXIT } from '../exit.ts'
import { withExamples } from '../help.ts'
import type { Column } from '../output/print.ts'
import { moneyFormatter, time } from '../output/values.ts'
import { dataOf, pagesOf, type Client, type operations } from '../sdk/index.ts'
import { download } from './download.ts'
import { take } from './find.ts'
import { limitOption, type LimitOption } from './limit.ts'

type CreditNote = operations['credit_notes.list']['responses'][200]['content']['application/json']['data'][number]

const columns = async (): Promise<Column<CreditNote>[]> => {
  const money = await moneyFormatter()
  return [
    { title: 'Number', value: (note) => note.number },
    { title: 'Invoice', value: (note) => note.invoice_number },
    { title: 'Settled as', value: (note) => note.settlement },
    { title: 'Issued', value: (note) => time(note.issued_at) },
    { title: 'Total', value: (note) => money(note.total), right: true },
    { title: 'Reason', value: (note) => note.reason },
    { title: 'Id', value: (note) => note.id },
  ]
}

/** A credit note by its number or id. */
const findId = async (client: Client, given: string): Promise<string> => {
  if (given.startsWith('cn_')) return given
  const { data: [found] } = await dataOf(client.GET('/v1/credit-notes', { params: { query: { filter: { number: given } } } }))
  if (found) return found.id
  throw new CommandFailure(EXIT.notFound, 'not_found', `There is no credit note ${given}. See \`shellwego credit-notes list\`.`)
}

export function creditNotesCommands({ program, action }: Cli): void {
  const notes = program.command('credit-notes').description('Credit notes of the organization.')

  withExamples(notes.command('list').description('List credit notes, newest first.').addOption(limitOption()), 'shellwego credit-notes list', 'shellwego credit-notes list --json')
    .action(action(async ({ api, print }, options: LimitOption) => {
      const client = await api()
      const all = pagesOf((cursor) => client.GET('/v1/credit-notes', { params: { query: { limit: 100, ...(cursor ? { cursor } : {}) } } }))
      await print.list(await take(all, options.limit), await columns(), 'No credit note yet.')
    }))

  withExamples(notes.command('get').description('Show one credit note.').argument('<credit-note>', 'number or id'), 'shellwego credit-notes get SWG-CN-2026-000003')
    .action(action(async ({ api, print }, _options: object, given: string) => {
      const client = await api()
      await print.item(await dataOf(client.GET('/v1/credit-notes/{credit_note_id}', { params: { path: { credit_note_id: await findId(client, given) } } })), await columns())
    }))

  withExamples(notes.command('pdf').description('Download a credit note.').argument('<credit-note>', 'number or id').option('--file <file>', 'where to write it'),
    'shellwego credit-notes pdf SWG-CN-2026-000003 --file note.pdf')
    .action(action(async (context: Context, { file }: { file?: string }, given: string) => {
      const client = await context.api()
      const path = { credit_note_id: await findId(client, given) }
      await download(context, file, 'a PDF is no text', () => client.GET('/v1/credit-notes/{credit_note_id}/pdf', { params: { path }, parseAs: 'stream' }))
    }))

  withExamples(notes.command('xml').description('Download a credit note as EN 16931 (UBL 2.1).').argument('<credit-note>', 'number or id').option('--file <file>', 'where to write it'),
    'shellwego credit-notes xml SWG-CN-2026-000003 > note.xml')
    .action(action(async (context: Context, { file }: { file?: string }, given: string) => {
      const client = await context.api()
      const path = { credit_note_id: await findId(client, given) }
      await download(context, file, null, () => client.GET('/v1/credit-notes/{credit_note_id}/xml', { params: { path }, parseAs: 'stream' }))
    }))
}
