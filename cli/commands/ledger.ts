import { confirm } from '../ask.ts'
import type { Cli } from '../cli.ts'
import { CommandFailure, EXIT } from '../exit.ts'
import { withExamples } from '../help.ts'
import type { Column } from '../output/print.ts'
import { instantOf, moneyFormatter, time } from '../output/values.ts'
import { dataOf, pagesOf, type Client, type operations } from '../sdk/index.ts'
import { take } from './find.ts'
import { limitOption, type LimitOption } from './limit.ts'

type Balance = operations['admin.trial_balance']['responses'][200]['content']['application/json']['data'][number]
type Line = operations['admin.ledger_entries']['responses'][200]['content']['application/json']['data'][number]
type Finding = operations['admin.check_invariants']['responses'][200]['content']['application/json']['findings'][number]
type Rebuilt = operations['admin.rebuild_ledger']['responses'][200]['content']['application/json']
type Mrr = operations['admin.mrr']['responses'][200]['content']['application/json']['data'][number]
type Revenue = operations['admin.revenue']['responses'][200]['content']['application/json']['data'][number]
type Tax = operations['admin.tax_report']['responses'][200]['content']['application/json']['data'][number]
type Program = ReturnType<Cli['program']['command']>
interface EntryOptions extends LimitOption { account?: string; currency?: string; customer?: string }
interface ReportOptions { from?: string; to?: string; currency?: string }

const entriesOf = (client: Client, { account, currency, customer }: EntryOptions): AsyncGenerator<Line> => pagesOf((cursor) => {
  const filter = { ...(account ? { account } : {}), ...(currency ? { currency } : {}), ...(customer ? { organization_id: customer } : {}) }
  return client.GET('/v1/admin/ledger/entries', { params: { query: { limit: 100, filter, ...(cursor ? { cursor } : {}) } } })
})

function books({ action }: Cli, ledger: Program): void {
  withExamples(ledger.command('balance').description('Trial balance: every account of every seller.').option('--at <time>', 'as it stood then').option('--currency <code>', 'this one only'),
    'shellwego ledger balance', 'shellwego ledger balance --at 2026-12-31T23:59:59Z --currency USD')
    .action(action(async (context, { at, currency }: { at?: string; currency?: string }) => {
      const money = await moneyFormatter()
      const query = { ...(at ? { at: instantOf(at, '--at') } : {}), ...(currency ? { currency } : {}) }
      const { data, balanced } = await dataOf(context.account().GET('/v1/admin/trial-balance', { params: { query } }))
      const columns: Column<Balance>[] = [
        { title: 'Seller', value: (row) => row.entity_id ?? row.brand_id }, { title: 'Account', value: (row) => row.account }, { title: 'Class', value: (row) => row.class },
        { title: 'Balance', value: (row) => money(row.balance) }, { title: 'Entries', value: (row) => row.entries },
      ]
      await context.print.list(data, columns, 'Nothing is booked.')
      if (!balanced) throw new CommandFailure(EXIT.failed, 'books_broken', 'The books do not balance. See `shellwego ledger check`.')
    }))

  withExamples(
    ledger.command('entries').description('An account\'s or a customer\'s page, newest first; one account in one currency with running balance.').addOption(limitOption())
      .option('--account <account>', 'like receivable or cash_in_transit:stripe').option('--currency <code>', 'of the account').option('--customer <organization>', 'id of the organization'),
    'shellwego ledger entries --account receivable --currency USD', 'shellwego ledger entries --customer org_4c1k5a8r9x0000000000000',
  ).action(action(async (context, options: EntryOptions) => {
    const money = await moneyFormatter()
    const columns: Column<Line>[] = [
      { title: 'For', value: (line) => time(line.at) }, { title: 'What', value: (line) => line.description }, { title: 'Account', value: (line) => line.account },
      { title: 'Customer', value: (line) => line.organization_id }, { title: 'Amount', value: (line) => money(line.amount) },
      { title: 'Balance', value: (line) => line.balance && money(line.balance) }, { title: 'Cause', value: (line) => line.business_key },
    ]
    await context.print.list(await take(entriesOf(context.account(), options), options.limit), columns, 'Nothing is booked.')
  }))
}

function watch({ action }: Cli, ledger: Program): void {
  const FINDINGS: Column<Finding>[] = [{ title: 'Rule', value: (one) => one.rule }, { title: 'Subject', value: (one) => one.subject }, { title: 'Finding', value: (one) => one.detail }]
  withExamples(ledger.command('check').description('Prove every rule of the books over all rows; fails when one does not hold.'), 'shellwego ledger check')
    .action(action(async (context) => {
      const { ok, rules, findings } = await dataOf(context.account().GET('/v1/admin/invariants'))
      await context.print.list(findings, FINDINGS, `The books hold: ${rules.length} rules checked.`)
      if (!ok) throw new CommandFailure(EXIT.failed, 'books_broken', `${findings.length} findings.`)
    }))

  withExamples(ledger.command('rebuild').description('Make the balances anew from the entries, and tell which were wrong.').option('--yes', 'do not ask'), 'shellwego ledger rebuild --yes')
    .action(action(async (context, options: { yes?: boolean }) => {
      await confirm(context.terminal, 'Rebuild every balance? Invoices and payments wait meanwhile.', options.yes ?? false)
      const money = await moneyFormatter()
      const rebuilt = await dataOf(context.account().POST('/v1/admin/ledger/rebuild'))
      const columns: Column<Rebuilt['differences'][number]>[] = [
        { title: 'Account', value: (one) => one.account }, { title: 'Customer', value: (one) => one.organization_id },
        { title: 'Stored', value: (one) => money(one.stored) }, { title: 'Booked', value: (one) => money(one.booked) },
      ]
      await context.print.list(rebuilt.differences, columns, `${rebuilt.accounts} balances from ${rebuilt.entries} entries: all were right.`)
    }))
}

const queryOf = ({ from, to, currency }: ReportOptions) => ({ ...(from ? { from } : {}), ...(to ? { to } : {}), ...(currency ? { currency } : {}) })

function reports({ action }: Cli, ledger: Program): void {
  const report = (name: string, description: string): Program => withExamples(
    ledger.command(name).description(description).option('--from <month>', 'first month, like 2026-01').option('--to <month>', 'last month').option('--currency <code>', 'this one only'),
    `shellwego ledger ${name} --from 2026-01 --to 2026-12`)
  report('revenue', 'Revenue by month and plan, as booked.').action(action(async (context, options: ReportOptions) => {
    const money = await moneyFormatter()
    const { data } = await dataOf(context.account().GET('/v1/admin/reports/revenue', { params: { query: queryOf(options) } }))
    const columns: Column<Revenue>[] = [
      { title: 'Month', value: (row) => row.month }, { title: 'Plan', value: (row) => row.plan_name }, { title: 'Fees', value: (row) => money(row.plan_fees) },
      { title: 'Usage', value: (row) => money(row.usage) }, { title: 'Other', value: (row) => money(row.other) }, { title: 'Credited', value: (row) => money(row.credited) },
      { title: 'Void', value: (row) => money(row.voided) }, { title: 'Revenue', value: (row) => money(row.net) },
    ]
    await context.print.list(data, columns, 'Nothing was invoiced.')
  }))
  report('mrr', 'Monthly recurring revenue and why it moved.').action(action(async (context, options: ReportOptions) => {
    const money = await moneyFormatter()
    const { data } = await dataOf(context.account().GET('/v1/admin/reports/mrr', { params: { query: queryOf(options) } }))
    const columns: Column<Mrr>[] = [
      { title: 'Month', value: (row) => row.month }, { title: 'Start', value: (row) => money(row.start) }, { title: 'New', value: (row) => money(row.new) },
      { title: 'Returned', value: (row) => money(row.returned) }, { title: 'Expansion', value: (row) => money(row.expansion) },
      { title: 'Contraction', value: (row) => money(row.contraction) }, { title: 'Churn', value: (row) => money(row.churn) }, { title: 'End', value: (row) => money(row.end) },
      { title: 'Customers', value: (row) => row.customers },
    ]
    await context.print.list(data, columns, 'Nobody subscribes.')
  }))
  report('tax', 'Tax by rate and country.').action(action(async (context, options: ReportOptions) => {
    const money = await moneyFormatter()
    const { data } = await dataOf(context.account().GET('/v1/admin/reports/tax', { params: { query: queryOf(options) } }))
    const columns: Column<Tax>[] = [
      { title: 'Period', value: (row) => row.period }, { title: 'Seller', value: (row) => row.entity_name }, { title: 'Country', value: (row) => row.country },
      { title: 'Tax', value: (row) => row.name }, { title: 'Rate', value: (row) => row.rate }, { title: 'Taxed', value: (row) => money(row.base) },
      { title: 'Due', value: (row) => money(row.tax) },
    ]
    await context.print.list(data, columns, 'No document was taxed.')
  }))
}

export function ledgerCommands(cli: Cli): void {
  const ledger = cli.program.command('ledger').description('As the operator: the books, their rules, revenue and tax.')
  books(cli, ledger)
  watch(cli, ledger)
  reports(cli, ledger)
}
