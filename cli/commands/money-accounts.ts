import type { Command } from 'commander'
import type { Cli } from '../cli.ts'
import { confirm } from '../ask.ts'
import { UsageError } from '../exit.ts'
import { withExamples } from '../help.ts'
import type { Column } from '../output/print.ts'
import { dataOf, type operations } from '../sdk/index.ts'

type TransferAccount = operations['admin.transfer_accounts']['responses'][200]['content']['application/json']['data'][number]
type PaymentAccount = operations['payment_accounts.list']['responses'][200]['content']['application/json']['data'][number]

const TRANSFER: Column<TransferAccount>[] = [
  { title: 'Currency', value: (one) => one.currency }, { title: 'Bank', value: (one) => one.bank_name }, { title: 'Account', value: (one) => one.account_number },
  { title: 'Name', value: (one) => one.account_name }, { title: 'BIC', value: (one) => one.bic }, { title: 'Seller', value: (one) => one.entity_id }, { title: 'Id', value: (one) => one.id },
]
interface TransferOptions { bank?: string; name?: string; account?: string; bic?: string; note?: string }
interface NewTransfer extends TransferOptions { seller: string; currency: string; bank: string; name: string; account: string }

const described = (command: Command): Command => command.option('--bic <bic>', 'of the bank').option('--note <text>', 'shown to the payer beside the account')

function changing({ action }: Cli, root: Command): void {
  withExamples(
    described(root.command('set').description('Change where the next transfers go; what is not said stays.').argument('<account>', 'its id').option('--bank <name>', 'the bank')
      .option('--name <name>', 'who holds the account').option('--account <number>', 'IBAN, or the number where there is none')),
    'shellwego transfer-accounts set tacc_4c1k5a8r9x0000000000000 --note "Write the reference and nothing else"',
  ).action(action(async ({ account, print }, { bank, name, account: number, bic, note }: TransferOptions, id: string) => {
    const client = account()
    const { path } = { path: { transfer_account_id: id } }
    const before = await dataOf(client.GET('/v1/admin/transfer-accounts/{transfer_account_id}', { params: { path } }))
    const after = await dataOf(client.PUT('/v1/admin/transfer-accounts/{transfer_account_id}', {
      params: { path, header: { 'If-Match': `"${before.etag}"` } },
      body: {
        bank_name: bank ?? before.bank_name, account_name: name ?? before.account_name, account_number: number ?? before.account_number,
        bic: bic ?? before.bic, note: note ?? before.note,
      },
    }))
    await print.done(`Transfers in ${after.currency} go to ${after.account_number}.`, after)
  }))
  withExamples(root.command('remove').description('Take bank transfer in its currency off the ways to pay.').argument('<account>', 'its id').option('--yes', 'do not ask'),
    'shellwego transfer-accounts remove tacc_4c1k5a8r9x0000000000000')
    .action(action(async ({ account, print, terminal }, { yes }: { yes?: boolean }, id: string) => {
      await confirm(terminal, 'Remove it? Customers are not shown it any more.', yes ?? false)
      await dataOf(account().DELETE('/v1/admin/transfer-accounts/{transfer_account_id}', { params: { path: { transfer_account_id: id } } }))
      await print.done('Removed.', { id })
    }))
}

function transferAccounts(cli: Cli): void {
  const { program, action } = cli
  const root = program.command('transfer-accounts').description('Operator: where customers transfer to, by seller and currency.')
  withExamples(root.command('list').description('List them.').option('--brand <id>', 'of one brand'), 'shellwego transfer-accounts list')
    .action(action(async ({ account, print }, { brand }: { brand?: string }) => {
      const { data } = await dataOf(account().GET('/v1/admin/transfer-accounts', { params: { query: brand === undefined ? {} : { brand_id: brand } } }))
      await print.list(data, TRANSFER, 'Nobody can pay by bank transfer.')
    }))
  withExamples(
    described(root.command('add').description('Let customers of a seller pay by bank transfer in a currency.').requiredOption('--seller <id>', 'the legal entity')
      .requiredOption('--currency <code>', 'as `EUR`').requiredOption('--bank <name>', 'the bank').requiredOption('--name <name>', 'who holds the account')
      .requiredOption('--account <number>', 'IBAN, or the number where there is none')),
    'shellwego transfer-accounts add --seller ent_4c1k5a8r9x0000000000000 --currency EUR --bank "Test Bank" --name "Acme Ltd" --account DE89370400440532013000',
  ).action(action(async ({ account, print }, options: NewTransfer) => {
    const made = await dataOf(account().POST('/v1/admin/transfer-accounts', {
      body: {
        legal_entity_id: options.seller, currency: options.currency, bank_name: options.bank, account_name: options.name, account_number: options.account,
        ...(options.bic === undefined ? {} : { bic: options.bic }), ...(options.note === undefined ? {} : { note: options.note }),
      },
    }))
    await print.done(`Transfers in ${made.currency} go to ${made.account_number}. Account ${made.id}.`, made)
  }))
  changing(cli, root)
}

const PAYMENT: Column<PaymentAccount>[] = [
  { title: 'Provider', value: (one) => one.provider }, { title: 'Account', value: (one) => one.account }, { title: 'Stays with the platform', value: (one) => one.fee_share },
]

function changingShare({ action }: Cli, root: Command): void {
  withExamples(
    root.command('set').description('Change the part that stays with the platform; payments already begun keep theirs.').argument('<brand>', 'its id').argument('<provider>', 'as `stripe`')
      .requiredOption('--fee-share <fraction>', 'as 0.05'),
    'shellwego payment-accounts set brand_4c1k5a8r9x0000000000000 stripe --fee-share 0.05',
  ).action(action(async ({ account, print }, { feeShare }: { feeShare: string }, brand: string, provider: string) => {
    const client = account()
    const path = { brand_id: brand, provider }
    const { etag } = await dataOf(client.GET('/v1/brands/{brand_id}/payment-accounts/{provider}', { params: { path } }))
    const after = await dataOf(client.PATCH('/v1/brands/{brand_id}/payment-accounts/{provider}', { params: { path, header: { 'If-Match': `"${etag}"` } }, body: { fee_share: feeShare } }))
    await print.done(`${after.fee_share} of each payment stays with the platform.`, after)
  }))
  withExamples(root.command('remove').description('Let its payments come to the platform again.').argument('<brand>', 'its id').argument('<provider>', 'as `stripe`').option('--yes', 'do not ask'),
    'shellwego payment-accounts remove brand_4c1k5a8r9x0000000000000 stripe')
    .action(action(async ({ account, print, terminal }, { yes }: { yes?: boolean }, brand: string, provider: string) => {
      await confirm(terminal, 'Remove it? New payments come to the platform.', yes ?? false)
      await dataOf(account().DELETE('/v1/brands/{brand_id}/payment-accounts/{provider}', { params: { path: { brand_id: brand, provider } } }))
      await print.done('Removed.', { brand_id: brand, provider })
    }))
}

function paymentAccounts(cli: Cli): void {
  const { program, action } = cli
  const root = program.command('payment-accounts').description('Operator: accounts at providers that a reseller\'s payments go to.')
  withExamples(root.command('list').description('List those of a brand.').argument('<brand>', 'its id'), 'shellwego payment-accounts list brand_4c1k5a8r9x0000000000000')
    .action(action(async ({ account, print }, _options: object, brand: string) => {
      const { data } = await dataOf(account().GET('/v1/brands/{brand_id}/payment-accounts', { params: { path: { brand_id: brand } } }))
      await print.list(data, PAYMENT, 'All its payments come to the platform.')
    }))
  withExamples(
    root.command('add').description('Let its payments by a provider go to its own account.').argument('<brand>', 'its id').requiredOption('--provider <name>', 'as `stripe`')
      .requiredOption('--account <account>', 'as the provider names it').requiredOption('--fee-share <fraction>', 'what stays with the platform, as 0.05'),
    'shellwego payment-accounts add brand_4c1k5a8r9x0000000000000 --provider stripe --account acct_1Pq2R3 --fee-share 0.05',
  ).action(action(async (context, options: { provider: string; account: string; feeShare: string }, brand: string) => {
    const made = await dataOf(context.account().POST('/v1/brands/{brand_id}/payment-accounts', {
      params: { path: { brand_id: brand } }, body: { provider: options.provider, account: options.account, fee_share: options.feeShare },
    }))
    await context.print.done(`Payments by ${made.provider} go to ${made.account}.`, made)
  }))
  changingShare(cli, root)
}

interface Recorded { amount: string; evidence: string; reference: string; receivedAt?: string }

/** Below `invoices`: money that no provider tells of. */
export function recordPaymentCommand(invoices: Command, action: Cli['action']): void {
  withExamples(
    invoices.command('record-payment').description('Operator: record a payment that arrived outside every provider.').argument('<invoice>', 'its id')
      .requiredOption('--amount <minor>', 'minor units of the invoice\'s currency').requiredOption('--evidence <text>', 'what proves it')
      .requiredOption('--reference <text>', 'names the payment; the same one is recorded once').option('--received-at <time>', 'now unless said'),
    'shellwego invoices record-payment inv_4c1k5a8r9x0000000000000 --amount 2000 --evidence "Cash, receipt 4711" --reference receipt-4711',
  ).action(action(async ({ account, print }, { amount, evidence, reference, receivedAt }: Recorded, id: string) => {
    if (!/^[1-9]\d{0,14}$/.test(amount)) throw new UsageError('--amount is a whole number of minor units, as 2000 for 20.00.')
    const payment = await dataOf(account().POST('/v1/admin/invoices/{invoice_id}/payments', {
      params: { path: { invoice_id: id }, header: { 'Idempotency-Key': crypto.randomUUID() } },
      body: { amount: Number(amount), evidence, reference, ...(receivedAt === undefined ? {} : { received_at: receivedAt }) },
    }))
    await print.done(`Recorded as ${payment.id}.`, payment)
  }))
}

export function moneyAccountsCommands(cli: Cli): void {
  transferAccounts(cli)
  paymentAccounts(cli)
}
