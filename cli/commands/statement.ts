import { Option } from 'commander'
import type { Cli } from '../cli.ts'
import { withExamples } from '../help.ts'
import { moneyFormatter } from '../output/values.ts'
import { dataOf } from '../sdk/index.ts'
import { download } from './download.ts'

interface StatementOptions { from?: string; to?: string; as?: 'csv' | 'pdf'; file?: string }

export function statementCommand({ program, action }: Cli): void {
  withExamples(
    program.command('statement').description('Statement of account: what was open, every move, what is open.').option('--from <day>', 'first day; three months ago unless said')
      .option('--to <day>', 'last day; today unless said').addOption(new Option('--as <format>', 'as a file').choices(['csv', 'pdf'])).option('--file <file>', 'where to write it'),
    'shellwego statement', 'shellwego statement --from 2026-01-01 --to 2026-03-31 --as pdf --file statement.pdf',
  ).action(action(async (context, { from, to, as, file }: StatementOptions) => {
    const client = await context.api()
    const params = { query: { ...(from ? { from } : {}), ...(to ? { to } : {}) } }
    if (as === 'pdf') return download(context, file, 'a PDF is no text', () => client.GET('/v1/billing/statement.pdf', { params, parseAs: 'stream' }))
    if (as === 'csv') return download(context, file, null, () => client.GET('/v1/billing/statement.csv', { params, parseAs: 'stream' }))
    const money = await moneyFormatter()
    const statement = await dataOf(client.GET('/v1/billing/statement', { params }))
    if (context.print.format === 'json' || context.print.format === 'yaml') return context.print.data(statement)
    context.print.note(`${statement.from} to ${statement.to}: open before ${money(statement.opening)}, open now ${money(statement.closing)}.`)
    return context.print.list(statement.rows, [
      { title: 'Day', value: (row) => row.date }, { title: 'What', value: (row) => row.type.replaceAll('_', ' ') }, { title: 'Document', value: (row) => row.document },
      { title: 'Amount', value: (row) => money(row.amount), right: true }, { title: 'Open', value: (row) => money(row.balance), right: true },
    ], 'Nothing moved in these days.')
  }))
}
