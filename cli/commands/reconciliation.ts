import { readFile } from 'node:fs/promises'
import path from 'node:path'
import { Option, type Command } from 'commander'
import type { Cli } from '../cli.ts'
import type { Context } from '../context.ts'
import { CommandFailure, EXIT, UsageError } from '../exit.ts'
import { withExamples } from '../help.ts'
import type { Column } from '../output/print.ts'
import { moneyFormatter, time } from '../output/values.ts'
import { dataOf, pagesOf, type Client, type operations } from '../sdk/index.ts'
import { take } from './find.ts'
import { limitOption, type LimitOption } from './limit.ts'

type Answer<N extends keyof operations> = operations[N] extends { responses: { 200: { content: { 'application/json': infer T } } } } ? T : never
type Account = Answer<'admin.bank_accounts'>['data'][number]
type Line = Answer<'admin.bank_lines'>['data'][number]
type Item = Answer<'admin.work_items'>['data'][number]
type Payout = Answer<'admin.payouts'>['data'][number]
type Health = Answer<'admin.provider_health'>['data'][number]

const accountsOf = async (client: Client): Promise<Account[]> => (await dataOf(client.GET('/v1/admin/bank-accounts'))).data

/** An account by its name, number or id. */
async function findAccount(client: Client, given: string): Promise<Account> {
  const found = (await accountsOf(client)).filter((one) => [one.id, one.name, one.number].includes(given))
  if (found.length === 1 && found[0]) return found[0]
  throw new CommandFailure(EXIT.notFound, 'not_found', `There is no bank account ${given}. See \`shellwego reconciliation accounts\`.`)
}

async function importFile(context: Context, file: string, account: string, mappingFile: string | undefined): Promise<void> {
  const { decodeStatement } = await import('../../server/contract/bank-statement.ts')
  const client = context.account()
  const { id } = await findAccount(client, account)
  const content = decodeStatement(await readFile(file).catch(() => { throw new UsageError(`cannot read ${file}`) }))
  const mapping = mappingFile === undefined ? {} : { mapping: JSON.parse(await readFile(mappingFile, 'utf8')) as never }
  const done = await dataOf(client.POST('/v1/admin/bank-statements', { body: { bank_account_id: id, file_name: path.basename(file), content, ...mapping } }))
  for (const fault of done.faults) context.print.note(`Line ${fault.line}: ${fault.message}`)
  const known = done.repeated ? 'This file was imported before.' : `${done.lines} new lines, ${done.duplicates} known already, ${done.fault_count} not read.`
  await context.print.done(`${known} Statement ${done.id}.`, done)
}

function statements(cli: Cli, parent: Command): void {
  const { action } = cli
  withExamples(parent.command('accounts').description('List bank accounts.'), 'shellwego reconciliation accounts').action(action(async (context) => {
    const columns: Column<Account>[] = [
      { title: 'Name', value: (one) => one.name }, { title: 'Number', value: (one) => one.number }, { title: 'Currency', value: (one) => one.currency },
      { title: 'Seller', value: (one) => one.entity_name }, { title: 'Until', value: (one) => one.last_day }, { title: 'Id', value: (one) => one.id },
    ]
    await context.print.list(await accountsOf(context.account()), columns, 'There is no bank account.')
  }))

  withExamples(
    parent.command('import').description('Import a bank statement, CSV or CAMT.053. The same file again has no effect.').argument('<file>')
      .addOption(new Option('--account <account>', 'name, number or id').makeOptionMandatory()).option('--mapping <file>', 'JSON that says how the bank writes CSV, the first time'),
    'shellwego reconciliation import november.xml --account Main', 'shellwego reconciliation import november.csv --account Main --mapping bank.json',
  ).action(action((context, { account, mapping }: { account: string; mapping?: string }, file: string) => importFile(context, file, account, mapping)))

  withExamples(
    parent.command('lines').description('List lines of bank statements, newest first.').addOption(limitOption())
      .addOption(new Option('--state <state>', 'what became of them').choices(['new', 'booked', 'suspense', 'payout', 'outgoing'])),
    'shellwego reconciliation lines --state suspense',
  ).action(action(async (context, { limit, state }: LimitOption & { state?: Line['state'] }) => {
    const money = await moneyFormatter()
    const columns: Column<Line>[] = [
      { title: 'Day', value: (one) => one.booked_on }, { title: 'Amount', value: (one) => money(one.amount), right: true }, { title: 'From', value: (one) => one.payer },
      { title: 'Text', value: (one) => one.text }, { title: 'State', value: (one) => one.state },
      { title: 'Proposed', value: (one) => one.proposals[0]?.shares.map((share) => share.number ?? share.invoice_id).join(', ') }, { title: 'Id', value: (one) => one.id },
    ]
    const wanted = state ? { filter: { state } } : {}
    const all = pagesOf((cursor) => context.account().GET('/v1/admin/bank-lines', { params: { query: { limit: 100, ...wanted, ...(cursor ? { cursor } : {}) } } }))
    await context.print.list(await take(all, limit), columns, 'No such line.')
  }))

  withExamples(parent.command('accept').description('Match the money of a line as the rules propose.').argument('<line>', 'id'), 'shellwego reconciliation accept bln_0123456789')
    .action(action(async (context, _options: object, line: string) => {
      const done = await dataOf(context.account().POST('/v1/admin/bank-lines/{bank_line_id}/accept', { params: { path: { bank_line_id: line } }, body: {} }))
      await context.print.done(`Matched ${done.id}.`, done)
    }))
}

function work(cli: Cli, parent: Command): void {
  const { action } = cli
  withExamples(
    parent.command('items').description('List what people must decide, newest first.').addOption(limitOption())
      .addOption(new Option('--state <state>', 'of one state').choices(['open', 'done', 'dismissed']).default('open')),
    'shellwego reconciliation items', 'shellwego reconciliation items --state done --json',
  ).action(action(async (context, { limit, state }: LimitOption & { state: Item['state'] }) => {
    const columns: Column<Item>[] = [
      { title: 'Kind', value: (one) => one.kind }, { title: 'What', value: (one) => one.title }, { title: 'Due', value: (one) => time(one.due_at) },
      { title: 'Since', value: (one) => time(one.created_at) }, { title: 'About', value: (one) => one.subject.id }, { title: 'Id', value: (one) => one.id },
    ]
    const all = pagesOf((cursor) => context.account().GET('/v1/admin/work-items', { params: { query: { limit: 100, filter: { state }, ...(cursor ? { cursor } : {}) } } }))
    await context.print.list(await take(all, limit), columns, 'Nothing to decide.')
  }))

  withExamples(
    parent.command('close').description('Close a work item.').argument('<item>', 'id').addOption(new Option('--note <text>', 'what was done, or why nothing').makeOptionMandatory())
      .option('--dismiss', 'nothing had to be done'),
    'shellwego reconciliation close wki_0123456789 --note "Refunded by hand"',
  ).action(action(async (context, { note, dismiss }: { note: string; dismiss?: boolean }, item: string) => {
    const closed = await dataOf(context.account().POST('/v1/admin/work-items/{work_item_id}/close', {
      params: { path: { work_item_id: item } }, body: { outcome: dismiss ? 'dismissed' : 'done', note },
    }))
    await context.print.done(`Closed ${closed.title}.`, closed)
  }))
}

function providers(cli: Cli, parent: Command): void {
  const { action } = cli
  withExamples(parent.command('payouts').description('List what providers paid out, newest first.').addOption(limitOption()), 'shellwego reconciliation payouts')
    .action(action(async (context, { limit }: LimitOption) => {
      const money = await moneyFormatter()
      const columns: Column<Payout>[] = [
        { title: 'Arrived', value: (one) => time(one.arrived_at) }, { title: 'Provider', value: (one) => one.provider }, { title: 'Payments', value: (one) => money(one.payments), right: true },
        { title: 'Fees', value: (one) => money(one.fees), right: true }, { title: 'Refunds', value: (one) => money(one.refunds), right: true },
        { title: 'Payout', value: (one) => money(one.amount), right: true }, { title: 'Unexplained', value: (one) => money(one.difference), right: true },
        { title: 'Reference', value: (one) => one.reference },
      ]
      const all = pagesOf((cursor) => context.account().GET('/v1/admin/payouts', { params: { query: { limit: 100, ...(cursor ? { cursor } : {}) } } }))
      await context.print.list(await take(all, limit), columns, 'No payout yet.')
    }))

  withExamples(parent.command('health').description('Show whether payment providers answer.'), 'shellwego reconciliation health').action(action(async (context) => {
    const columns: Column<Health>[] = [
      { title: 'Provider', value: (one) => one.label }, { title: 'Answers', value: (one) => one.ok, color: (one) => (one.ok === false ? 'red' : 'green') },
      { title: 'Detail', value: (one) => one.detail }, { title: 'Down since', value: (one) => time(one.down_since) }, { title: 'Compared to', value: (one) => time(one.compared_to) },
    ]
    await context.print.list((await dataOf(context.account().GET('/v1/admin/provider-health'))).data, columns, 'No provider is set up.')
  }))

  withExamples(parent.command('run').description('Compare providers, payments, ledger and bank now.'), 'shellwego reconciliation run').action(action(async (context) => {
    await context.print.done('The comparison is queued. See `shellwego reconciliation items`.', await dataOf(context.account().POST('/v1/admin/reconciliation-runs', {})))
  }))
}

export function reconciliationCommands(cli: Cli): void {
  const parent = cli.program.command('reconciliation').description('As the operator: bank statements, payouts, and what people must decide about money.')
  statements(cli, parent)
  work(cli, parent)
  providers(cli, parent)
}
