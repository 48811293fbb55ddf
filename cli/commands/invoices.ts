import { Option, type Command } from 'commander'
import type { Cli } from '../cli.ts'
import type { Context } from '../context.ts'
import { CommandFailure, EXIT } from '../exit.ts'
import { withExamples } from '../help.ts'
import type { Column } from '../output/print.ts'
import { moneyFormatter, statusColor, time } from '../output/values.ts'
import { dataOf, pagesOf, type Client, type operations } from '../sdk/index.ts'
import { download } from './download.ts'
import { take } from './find.ts'
import { limitOption, type LimitOption } from './limit.ts'
import { recordPaymentCommand } from './money-accounts.ts'

type Invoice = operations['invoices.list']['responses'][200]['content']['application/json']['data'][number]
type Detail = operations['invoices.get']['responses'][200]['content']['application/json']

async function columns(): Promise<Column<Invoice>[]> {
  const money = await moneyFormatter()
  return [
    { title: 'Number', value: (invoice) => invoice.number },
    { title: 'Status', value: (invoice) => invoice.status, color: (invoice) => statusColor(invoice.status) },
    { title: 'Period', value: (invoice) => `${invoice.period.start.slice(0, 10)} to ${invoice.period.end.slice(0, 10)}` },
    { title: 'Total', value: (invoice) => money(invoice.total), right: true },
    { title: 'Due', value: (invoice) => money(invoice.amount_due), right: true },
    { title: 'Due at', value: (invoice) => time(invoice.due_at) },
    { title: 'Id', value: (invoice) => invoice.id },
  ]
}

/** An invoice by its number or id. */
async function findId(client: Client, given: string): Promise<string> {
  if (given.startsWith('inv_')) return given
  const { data: [found] } = await dataOf(client.GET('/v1/invoices', { params: { query: { filter: { number: given } } } }))
  if (found) return found.id
  throw new CommandFailure(EXIT.notFound, 'not_found', `There is no invoice ${given}. See \`shellwego invoices list\`.`)
}

async function show({ print }: Context, invoice: Detail): Promise<void> {
  const money = await moneyFormatter()
  const fields: Column<Detail>[] = [
    ...await columns(),
    { title: 'Seller', value: ({ seller }) => seller.name },
    { title: 'Buyer', value: ({ buyer }) => buyer.name },
    { title: 'Subtotal', value: ({ subtotal }) => money(subtotal) },
    { title: 'Tax', value: ({ tax }) => money(tax) },
    { title: 'Paid', value: (item) => money(item.amount_paid) },
  ]
  await print.item(invoice, fields)
  if (print.format !== 'table') return
  await print.raw('\n')
  await print.list(invoice.lines, [
    { title: 'Line', value: (line) => line.description }, { title: 'Quantity', value: (line) => `${line.quantity} ${line.unit}`, right: true },
    { title: 'Amount', value: (line) => money(line.amount), right: true },
  ], 'No lines.')
}

export function invoicesCommands({ program, action }: Cli): void {
  const invoices = program.command('invoices').description('Invoices of the organization.')
  withExamples(
    invoices.command('list').description('List invoices, newest first.').addOption(limitOption())
      .addOption(new Option('--status <status>', 'of one status').choices(['draft', 'open', 'overdue', 'partially_paid', 'paid', 'void', 'uncollectible'])),
    'shellwego invoices list', 'shellwego invoices list --status open --json',
  ).action(action(async ({ api, print }, options: LimitOption & { status?: Invoice['status'] }) => {
    const client = await api()
    const wanted = options.status ? { filter: { status: options.status } } : {}
    const all = pagesOf((cursor) => client.GET('/v1/invoices', { params: { query: { limit: 100, ...wanted, ...(cursor ? { cursor } : {}) } } }))
    await print.list(await take(all, options.limit), await columns(), 'No invoices yet: the first comes when the month ends.')
  }))

  withExamples(invoices.command('get').description('Show one invoice with its lines.').argument('<invoice>', 'number or id'), 'shellwego invoices get SWG-2026-000012')
    .action(action(async (context, _options: object, given: string) => {
      const client = await context.api()
      await show(context, await dataOf(client.GET('/v1/invoices/{invoice_id}', { params: { path: { invoice_id: await findId(client, given) } } })))
    }))

  withExamples(
    invoices.command('pay').description('Begin a payment; prints where it is made, or what to do on the phone or at the bank.').argument('<invoice>', 'number or id')
      .addOption(new Option('--provider <name>', 'who takes the money, as `invoices get` lists them').makeOptionMandatory())
      .option('--phone <number>', 'for providers that ask on the phone'),
    'shellwego invoices pay SWG-2026-000012 --provider paystack', 'shellwego invoices pay SWG-2026-000012 --provider mpesa --phone 0712345678',
  ).action(action(async ({ api, print }, { provider, phone }: { provider: string; phone?: string }, given: string) => {
    const client = await api()
    const invoiceId = await findId(client, given)
    const begun = await dataOf(client.POST('/v1/invoices/{invoice_id}/pay', {
      params: { path: { invoice_id: invoiceId }, header: { 'Idempotency-Key': crypto.randomUUID() } }, body: { provider, ...(phone === undefined ? {} : { phone }) },
    }))
    if (print.format === 'json' || print.format === 'yaml') return print.data(begun)
    if (begun.checkout_url === null) {
      const lines = begun.instructions.map(({ label, value }) => `${label}: ${value}`)
      return print.raw(`${[begun.message, ...lines].filter((line) => line !== null).join('\n')}\n`)
    }
    print.note('Open this address to pay:')
    await print.raw(`${begun.checkout_url}\n`)
  }))

  withExamples(invoices.command('pay-link').description('Print an address where anybody can pay the invoice without an account.').argument('<invoice>', 'number or id'), 'shellwego invoices pay-link SWG-2026-000012')
    .action(action(async ({ api, print }, _options: object, given: string) => {
      const client = await api()
      const link = await dataOf(client.GET('/v1/invoices/{invoice_id}/pay-link', { params: { path: { invoice_id: await findId(client, given) } } }))
      if (print.format === 'json' || print.format === 'yaml') return print.data(link)
      print.note(`It works until ${time(link.expires_at) ?? ''}:`)
      await print.raw(`${link.url}\n`)
    }))

  fileCommands(invoices, action)
  previewCommand(invoices, action)
  recordPaymentCommand(invoices, action)
}

function fileCommands(invoices: Command, action: Cli['action']): void {
  withExamples(invoices.command('pdf').description('Download an invoice.').argument('<invoice>', 'number or id').option('--file <file>', 'where to write it'),
    'shellwego invoices pdf SWG-2026-000012 --file invoice.pdf', 'shellwego invoices pdf SWG-2026-000012 > invoice.pdf')
    .action(action(async (context, { file }: { file?: string }, given: string) => {
      const client = await context.api()
      const path = { invoice_id: await findId(client, given) }
      await download(context, file, 'a PDF is no text', () => client.GET('/v1/invoices/{invoice_id}/pdf', { params: { path }, parseAs: 'stream' }))
    }))

  withExamples(invoices.command('xml').description('Download an invoice as EN 16931 (UBL 2.1).').argument('<invoice>', 'number or id').option('--file <file>', 'where to write it'),
    'shellwego invoices xml SWG-2026-000012 > invoice.xml')
    .action(action(async (context, { file }: { file?: string }, given: string) => {
      const client = await context.api()
      const path = { invoice_id: await findId(client, given) }
      await download(context, file, null, () => client.GET('/v1/invoices/{invoice_id}/xml', { params: { path }, parseAs: 'stream' }))
    }))

  withExamples(invoices.command('export').description('Download every invoice as a line of CSV.').option('--file <file>', 'where to write it'), 'shellwego invoices export --file invoices.csv')
    .action(action(async (context, { file }: { file?: string }) => {
      const client = await context.api()
      await download(context, file, null, () => client.GET('/v1/invoices.csv', { parseAs: 'stream' }))
    }))
}

function previewCommand(invoices: Command, action: Cli['action']): void {
  withExamples(invoices.command('preview').description('Show the next invoice as it stands now.'), 'shellwego invoices preview')
    .action(action(async ({ api, print }) => {
      const money = await moneyFormatter()
      const next = await dataOf((await api()).GET('/v1/invoices/preview'))
      await print.item(next, [
        { title: 'Period', value: ({ period }) => `${period.from} to ${period.to}` }, { title: 'Issued', value: (item) => time(item.issued_at) },
        { title: 'Subtotal', value: ({ subtotal }) => money(subtotal) }, { title: 'Discount', value: ({ discount }) => money(discount) }, { title: 'Tax', value: ({ tax }) => money(tax) },
        { title: 'Credit', value: (item) => money(item.credits_applied) }, { title: 'Due', value: (item) => money(item.amount_due) },
      ])
      if (print.format !== 'table') return
      await print.raw('\n')
      await print.list(next.lines, [
        { title: 'Line', value: (line) => line.description }, { title: 'Quantity', value: (line) => `${line.quantity} ${line.unit}`, right: true },
        { title: 'Amount', value: (line) => money(line.amount), right: true },
      ], 'Nothing yet.')
    }))
}
