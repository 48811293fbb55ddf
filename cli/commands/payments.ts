import { Option } from 'commander'
import type { Cli } from '../cli.ts'
import { confirm } from '../ask.ts'
import type { Context } from '../context.ts'
import { withExamples } from '../help.ts'
import type { Column } from '../output/print.ts'
import { moneyFormatter, statusColor, time } from '../output/values.ts'
import { dataOf, pagesOf, type operations } from '../sdk/index.ts'
import { download } from './download.ts'
import { take } from './find.ts'
import { limitOption, type LimitOption } from './limit.ts'
import { refundCommand } from './operator-payments.ts'

type Payment = operations['payments.list']['responses'][200]['content']['application/json']['data'][number]
type Method = operations['payment_methods.list']['responses'][200]['content']['application/json']['data'][number]
type Settings = operations['payments.get_settings']['responses'][200]['content']['application/json']

async function columns(): Promise<Column<Payment>[]> {
  const money = await moneyFormatter()
  return [
    { title: 'When', value: (one) => time(one.created_at) }, { title: 'State', value: (one) => one.state, color: (one) => statusColor(one.status) },
    { title: 'Provider', value: (one) => one.provider }, { title: 'Amount', value: (one) => money(one.amount), right: true },
    { title: 'Why not', value: (one) => one.failure_code }, { title: 'Invoice', value: (one) => one.invoice_id }, { title: 'Id', value: (one) => one.id },
  ]
}

export function paymentsCommands(cli: Cli): void {
  const { program, action } = cli
  const payments = program.command('payments').description('Payments of the organization, and their receipts.')
  withExamples(
    payments.command('list').description('List payments, newest first.').addOption(limitOption()).option('--invoice <id>', 'of one invoice'),
    'shellwego payments list', 'shellwego payments list --invoice inv_4c1k5a8r9x0000000000000 --json',
  ).action(action(async ({ api, print }, { limit, invoice }: LimitOption & { invoice?: string }) => {
    const client = await api()
    const wanted = invoice === undefined ? {} : { filter: { invoice_id: invoice } }
    const all = pagesOf((cursor) => client.GET('/v1/payments', { params: { query: { limit: 100, ...wanted, ...(cursor ? { cursor } : {}) } } }))
    await print.list(await take(all, limit), await columns(), 'No payment yet.')
  }))
  withExamples(payments.command('get').description('Show one payment.').argument('<payment>', 'its id'), 'shellwego payments get pay_4c1k5a8r9x0000000000000')
    .action(action(async ({ api, print }, _options: object, payment: string) => {
      const found = await dataOf((await api()).GET('/v1/payments/{payment_id}', { params: { path: { payment_id: payment } } }))
      await print.item(found, await columns())
    }))
  refundCommand(cli, payments)
  withExamples(payments.command('receipt').description('Download the receipt of a payment.').argument('<payment>', 'its id').option('--file <file>', 'where to write it'),
    'shellwego payments receipt pay_4c1k5a8r9x0000000000000 --file receipt.pdf')
    .action(action(async (context, { file }: { file?: string }, payment: string) => {
      const client = await context.api()
      await download(context, file, 'a PDF is no text', () => client.GET('/v1/payments/{payment_id}/receipt.pdf', { params: { path: { payment_id: payment } }, parseAs: 'stream' }))
    }))
}

const METHODS: Column<Method>[] = [
  { title: 'Method', value: (one) => `${one.brand}${one.last4 === '' ? '' : ` ending in ${one.last4}`}` },
  { title: 'Expires', value: (one) => (one.expires === null ? null : `${String(one.expires.month).padStart(2, '0')}/${one.expires.year}`) },
  { title: 'State', value: (one) => one.state }, { title: 'Default', value: (one) => (one.default ? 'yes' : null) }, { title: 'Provider', value: (one) => one.provider },
  { title: 'Id', value: (one) => one.id },
]
type Program = ReturnType<Cli['program']['command']>

function keeping({ action }: Cli, methods: Program): void {
  withExamples(methods.command('list').description('Stored cards and accounts.'), 'shellwego payment-methods list').action(action(async ({ api, print }) => {
    await print.list((await dataOf((await api()).GET('/v1/payment-methods', { params: { query: { limit: 100 } } }))).data, METHODS, 'Nothing is stored.')
  }))
  withExamples(
    methods.command('add').description('Store a card or account; prints the address where you enter it.').addOption(new Option('--provider <name>', 'who keeps it').default('stripe'))
      .option('--auto-pay', 'pay invoices with it from now on'),
    'shellwego payment-methods add --auto-pay',
  ).action(action(async ({ api, print }, { provider, autoPay }: { provider: string; autoPay?: boolean }) => {
    const setup = await dataOf((await api()).POST('/v1/payment-methods', { body: { provider, ...(autoPay === true ? { auto_pay: true } : {}) } }))
    if (print.format === 'json' || print.format === 'yaml') return print.data(setup)
    print.note('Open this address to store it:')
    await print.raw(`${setup.url}\n`)
  }))
  withExamples(methods.command('default').description('Charge this one when invoices are paid automatically.').argument('<method>', 'its id'), 'shellwego payment-methods default pm_4c1k5a8r9x0000000000000')
    .action(action(async ({ api, print }, _options: object, id: string) => {
      const method = await dataOf((await api()).POST('/v1/payment-methods/{payment_method_id}/default', { params: { path: { payment_method_id: id } } }))
      await print.done(`${method.brand} ending in ${method.last4} is charged from now on.`, method)
    }))
  withExamples(methods.command('remove').description('Remove a stored method.').argument('<method>', 'its id').option('--yes', 'do not ask'), 'shellwego payment-methods remove pm_4c1k5a8r9x0000000000000')
    .action(action(async ({ api, print, terminal }, options: { yes?: boolean }, id: string) => {
      await confirm(terminal, 'Remove it? It is not charged again.', options.yes ?? false)
      await dataOf((await api()).DELETE('/v1/payment-methods/{payment_method_id}', { params: { path: { payment_method_id: id } } }))
      await print.done('Removed.', { id })
    }))
}

function paying({ action }: Cli, methods: Program): void {
  const show = async (print: Context['print'], settings: Settings): Promise<void> => {
    const money = await moneyFormatter()
    await print.item(settings, [
      { title: 'Invoices are paid automatically', value: (one) => (one.auto_pay ? 'yes' : 'no') },
      { title: 'Credit is topped up', value: ({ top_up: rule }) => (rule === null ? 'no' : `by ${money(rule.amount)} below ${money(rule.below)}`) },
    ])
  }
  withExamples(
    methods.command('settings').description('Show or change what is paid without anybody asking.')
      .addOption(new Option('--auto-pay <state>', 'pay invoices automatically').choices(['on', 'off']))
      .option('--top-up <sums>', 'buy credit when it runs low, as `below:amount`, or `off`'),
    'shellwego payment-methods settings', 'shellwego payment-methods settings --auto-pay on --top-up 20:50',
  ).action(action(async ({ api, print }, { autoPay, topUp }: { autoPay?: string; topUp?: string }) => {
    const client = await api()
    const settings = await dataOf(client.GET('/v1/billing/payment-settings'))
    if (autoPay === undefined && topUp === undefined) return show(print, settings)
    const [below = '', amount = ''] = topUp?.split(':') ?? []
    await show(print, await dataOf(client.PATCH('/v1/billing/payment-settings', {
      params: { header: { 'If-Match': `"${settings.etag}"` } },
      body: { ...(autoPay === undefined ? {} : { auto_pay: autoPay === 'on' }), ...(topUp === undefined ? {} : { top_up: topUp === 'off' ? null : { below, amount } }) },
    })))
  }))
}

export function paymentMethodsCommands(cli: Cli): void {
  const methods = cli.program.command('payment-methods').description('Stored cards and accounts, and what is paid with them.')
  keeping(cli, methods)
  paying(cli, methods)
}
