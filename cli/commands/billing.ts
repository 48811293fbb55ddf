import { Option } from 'commander'
import { confirm } from '../ask.ts'
import type { Cli } from '../cli.ts'
import { CommandFailure, EXIT, UsageError } from '../exit.ts'
import { withExamples } from '../help.ts'
import type { Column } from '../output/print.ts'
import { moneyFormatter, statusColor, time } from '../output/values.ts'
import { dataOf, pagesOf, type Client, type operations } from '../sdk/index.ts'
import { download } from './download.ts'
import { take } from './find.ts'
import { limitOption, type LimitOption } from './limit.ts'

type Invoice = operations['admin.invoices']['responses'][200]['content']['application/json']['data'][number]
type Settlement = operations['admin.issue_credit_note']['requestBody']['content']['application/json']['settlement']
type Adjustment = operations['admin.adjustments']['responses'][200]['content']['application/json']['data'][number]
type Seller = operations['admin.legal_entities']['responses'][200]['content']['application/json']['data'][number]
type Program = ReturnType<Cli['program']['command']>
interface ChargeOptions { description: string; amount: string; quantity?: string; as: 'item' | 'one_off' | 'pro_forma' }
interface AdjustOptions { currency: string; description: string; reason: string }
interface CreditOptions { reason: string; as: Settlement; line: string[]; yes?: boolean }

const keyed = (): { 'Idempotency-Key': string } => ({ 'Idempotency-Key': crypto.randomUUID() })
const collect = (value: string, before: string[]): string[] => [...before, value]

/** An invoice of any customer by its number or id. */
async function findId(client: Client, given: string): Promise<string> {
  if (given.startsWith('inv_')) return given
  const { data: [found] } = await dataOf(client.GET('/v1/admin/invoices', { params: { query: { filter: { number: given } } } }))
  if (found) return found.id
  throw new CommandFailure(EXIT.notFound, 'not_found', `There is no invoice ${given}. See \`shellwego billing invoices\`.`)
}

/** `2` is all of the line that is left, `2=500` so many minor units of it. */
const lineOf = (given: string): { line: number; amount?: number } => {
  const match = /^(\d{1,4})(?:=(\d{1,15}))?$/.exec(given)
  if (!match) throw new UsageError(`--line takes the number of a line, or like 2=500 with minor units, not ${given}`)
  return { line: Number(match[1]), ...(match[2] === undefined ? {} : { amount: Number(match[2]) }) }
}

function documents({ action }: Cli, billing: Program): void {
  withExamples(billing.command('invoices').description('List invoices of every customer, newest first.').addOption(limitOption()).option('--csv', 'all of them as CSV').option('--file <file>', 'where to write it'),
    'shellwego billing invoices', 'shellwego billing invoices --csv --file invoices.csv')
    .action(action(async (context, { limit, csv, file }: LimitOption & { csv?: boolean; file?: string }) => {
      const client = context.account()
      if (csv) return download(context, file, null, () => client.GET('/v1/admin/invoices.csv', { parseAs: 'stream' }))
      const money = await moneyFormatter()
      const columns: Column<Invoice>[] = [
        { title: 'Number', value: (one) => one.number }, { title: 'Customer', value: (one) => one.organization_name }, { title: 'Kind', value: (one) => one.kind },
        { title: 'Status', value: (one) => one.status, color: (one) => statusColor(one.status) }, { title: 'Total', value: (one) => money(one.total), right: true },
        { title: 'Due', value: (one) => money(one.amount_due), right: true }, { title: 'Issued', value: (one) => time(one.issued_at) }, { title: 'Id', value: (one) => one.id },
      ]
      const all = pagesOf((cursor) => client.GET('/v1/admin/invoices', { params: { query: { limit: 100, ...(cursor ? { cursor } : {}) } } }))
      return context.print.list(await take(all, limit), columns, 'There is no invoice.')
    }))

  withExamples(billing.command('finalise').description('Issue a draft now instead of after its grace.').argument('<invoice>', 'id').option('--yes', 'do not ask'), 'shellwego billing finalise inv_4c1k5a8r9x0000000000000 --yes')
    .action(action(async ({ account, print, terminal }, { yes }: { yes?: boolean }, id: string) => {
      await confirm(terminal, 'Issue it? It never changes afterwards.', yes ?? false)
      const invoice = await dataOf(account().POST('/v1/admin/invoices/{invoice_id}/finalise', { params: { path: { invoice_id: id } } }))
      await print.done(`Issued ${invoice.number ?? invoice.id}.`, invoice)
    }))

  const ending = (name: 'void' | 'write-off', description: string, question: string) => withExamples(
    billing.command(name).description(description).argument('<invoice>', 'number or id').requiredOption('--reason <text>', 'why').option('--yes', 'do not ask'), `shellwego billing ${name} SWG-2026-000012 --reason "Wrong customer" --yes`,
  ).action(action(async ({ account, print, terminal }, { reason, yes }: { reason: string; yes?: boolean }, given: string) => {
    const params = { path: { invoice_id: await findId(account(), given) } }
    await confirm(terminal, question, yes ?? false)
    const invoice = await dataOf(name === 'void' ? account().POST('/v1/admin/invoices/{invoice_id}/void', { params, body: { reason } })
      : account().POST('/v1/admin/invoices/{invoice_id}/write-off', { params, body: { reason } }))
    await print.done(`${invoice.number ?? invoice.id} is ${invoice.status}.`, invoice)
  }))
  ending('void', 'Declare an invoice void; it keeps its number.', 'Declare it void? Its booking is reversed.')
  ending('write-off', 'Give up what an invoice still asks for.', 'Give up what is open?')
}

function corrections({ action }: Cli, billing: Program): void {
  withExamples(
    billing.command('credit').description('Issue a credit note over an invoice or lines of it, with their tax.').argument('<invoice>', 'number or id').requiredOption('--reason <text>', 'the customer sees it')
      .addOption(new Option('--as <settlement>', 'what becomes of it').choices(['receivable', 'credit', 'refund']).default('receivable'))
      .option('--line <line>', 'number of a line, from 1; 2=500 takes 500 minor units of it; repeat for more', collect, []).option('--yes', 'do not ask'),
    'shellwego billing credit SWG-2026-000012 --reason "Outage of May 3" --as credit --line 1=500',
  ).action(action(async ({ account, print, terminal }, { reason, as: settlement, line, yes }: CreditOptions, given: string) => {
    const money = await moneyFormatter()
    const path = { invoice_id: await findId(account(), given) }
    const lines = line.length === 0 ? {} : { lines: line.map(lineOf) }
    const { total, tax } = await dataOf(account().POST('/v1/admin/invoices/{invoice_id}/credit-notes/preview', { params: { path }, body: lines }))
    await confirm(terminal, `Credit ${money(total)}, ${money(tax)} of it tax?`, yes ?? false)
    const note = await dataOf(account().POST('/v1/admin/invoices/{invoice_id}/credit-notes', { params: { path, header: keyed() }, body: { ...lines, settlement, reason } }))
    await print.done(`Issued ${note.number} over ${money(note.total)}.`, note)
  }))

  withExamples(
    billing.command('charge').description('Charge a customer for something single.').argument('<organization>', 'its id').requiredOption('--description <text>', 'as the invoice shows it')
      .requiredOption('--amount <amount>', 'of one, before tax, in its currency').option('--quantity <decimal>', 'how many')
      .addOption(new Option('--as <kind>', 'on the next invoice, an invoice at once, or a pro forma').choices(['item', 'one_off', 'pro_forma']).default('item')),
    'shellwego billing charge org_4c1k5a8r9x0000000000000 --description "Migration, half a day" --amount 250', 'shellwego billing charge org_4c1k5a8r9x0000000000000 --description Training --amount 900 --as one_off',
  ).action(action(async ({ account, print }, { description, amount, quantity, as: kind }: ChargeOptions, id: string) => {
    const line = { description, unit_amount: amount, ...(quantity ? { quantity } : {}) }
    if (kind === 'item') {
      const item = await dataOf(account().POST('/v1/admin/invoice-items', { params: { header: keyed() }, body: { organization_id: id, ...line } }))
      return print.done(`It will be on the next invoice (${item.id}).`, item)
    }
    const invoice = await dataOf(account().POST('/v1/admin/invoices', { params: { header: keyed() }, body: { organization_id: id, kind, lines: [line] } }))
    return print.done(`Made ${invoice.number ?? invoice.id}.`, invoice)
  }))
}

function adjustments({ action }: Cli, billing: Program): void {
  withExamples(billing.command('adjustments').description('List adjustments, newest first.').addOption(limitOption()), 'shellwego billing adjustments').action(action(async ({ account, print }, { limit }: LimitOption) => {
    const money = await moneyFormatter()
    const columns: Column<Adjustment>[] = [
      { title: 'Customer', value: (one) => one.organization_name }, { title: 'Amount', value: (one) => money(one.amount), right: true }, { title: 'What', value: (one) => one.description },
      { title: 'State', value: (one) => one.state, color: (one) => statusColor(one.state) }, { title: 'By', value: (one) => one.requested_by.name }, { title: 'Reason', value: (one) => one.reason }, { title: 'Id', value: (one) => one.id },
    ]
    const all = pagesOf((cursor) => account().GET('/v1/admin/adjustments', { params: { query: { limit: 100, ...(cursor ? { cursor } : {}) } } }))
    await print.list(await take(all, limit), columns, 'Nothing was adjusted.')
  }))

  withExamples(
    billing.command('adjust').description('Ask for a manual adjustment; above the limit a second person approves it.').argument('<organization>', 'its id').argument('<minor>', 'minor units; below zero gives back')
      .requiredOption('--currency <code>', 'of the organization').requiredOption('--description <text>', 'as the invoice shows it').requiredOption('--reason <text>', 'for the books'),
    'shellwego billing adjust org_4c1k5a8r9x0000000000000 --currency USD --description "Agreed discount" --reason "Ticket 812" -- -500',
  ).action(action(async ({ account, print }, options: AdjustOptions, id: string, minor: string) => {
    if (!/^-?\d{1,15}$/.test(minor)) throw new UsageError(`the amount is a whole number of minor units, not ${minor}`)
    const body = { organization_id: id, amount: Number(minor), ...options }
    const asked = await dataOf(account().POST('/v1/admin/adjustments', { params: { header: keyed() }, body }))
    await print.done(`Adjustment ${asked.id} is ${asked.state}.`, asked)
  }))

  const deciding = (name: 'approve' | 'reject', description: string) => withExamples(
    billing.command(name).description(description).argument('<adjustment>', 'its id').option('--note <text>', 'for the books'), `shellwego billing ${name} adj_4c1k5a8r9x0000000000000 --note "Seen"`,
  ).action(action(async ({ account, print }, { note }: { note?: string }, id: string) => {
    const body = { approve: name === 'approve', ...(note ? { note } : {}) }
    const decided = await dataOf(account().POST('/v1/admin/adjustments/{adjustment_id}/decision', { params: { path: { adjustment_id: id } }, body }))
    await print.done(`Adjustment ${decided.id} is ${decided.state}.`, decided)
  }))
  deciding('approve', 'Approve an adjustment somebody else asked for.')
  deciding('reject', 'Refuse an adjustment.')
}

const SELLERS: Column<Seller>[] = [
  { title: 'Name', value: (one) => one.name }, { title: 'Country', value: (one) => one.country }, { title: 'Tax id', value: (one) => one.tax_id }, { title: 'Numbers', value: (one) => `${one.prefix}-…` },
  { title: 'Default', value: (one) => one.default }, { title: 'Customers', value: (one) => one.organizations }, { title: 'Id', value: (one) => one.id },
]

export function billingCommands(cli: Cli): void {
  const billing = cli.program.command('billing').description('As the operator: invoices of every customer, corrections, the accountant\'s files.')
  documents(cli, billing)
  corrections(cli, billing)
  adjustments(cli, billing)
  withExamples(billing.command('sellers').description('List the legal entities that invoice.'), 'shellwego billing sellers')
    .action(cli.action(async ({ account, print }) => print.list((await dataOf(account().GET('/v1/admin/legal-entities'))).data, SELLERS, 'There is no seller.')))
  withExamples(
    billing.command('journal').description('Every entry of the books as CSV, for accounting software.').requiredOption('--from <day>', 'first day, UTC').requiredOption('--to <day>', 'last day, UTC')
      .option('--file <file>', 'where to write it'),
    'shellwego billing journal --from 2026-01-01 --to 2026-03-31 --file journal.csv',
  ).action(cli.action(async (context, { from, to, file }: { from: string; to: string; file?: string }) =>
    download(context, file, null, () => context.account().GET('/v1/admin/journal.csv', { params: { query: { from, to } }, parseAs: 'stream' }))))
}
