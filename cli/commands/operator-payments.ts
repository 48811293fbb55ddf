import type { Cli } from '../cli.ts'
import { confirm } from '../ask.ts'
import { withExamples } from '../help.ts'
import type { Column } from '../output/print.ts'
import { moneyFormatter, time } from '../output/values.ts'
import { dataOf, pagesOf, type operations } from '../sdk/index.ts'
import { take } from './find.ts'
import { limitOption, type LimitOption } from './limit.ts'

type Item = operations['admin.suspense']['responses'][200]['content']['application/json']['data'][number]
type Dispute = operations['admin.disputes']['responses'][200]['content']['application/json']['data'][number]
type Program = ReturnType<Cli['program']['command']>

const keyed = (): { 'Idempotency-Key': string } => ({ 'Idempotency-Key': crypto.randomUUID() })

/** For the operator: below `payments`. */
export function refundCommand({ action }: Cli, payments: Program): void {
  withExamples(
    payments.command('refund').description('Operator: send a payment back, or part of it.').argument('<payment>', 'its id').requiredOption('--reason <text>', 'why')
      .option('--amount <minor>', 'minor units; all that is left unless said').option('--credit-note <id>', 'what it settles').option('--yes', 'do not ask'),
    'shellwego payments refund pay_4c1k5a8r9x0000000000000 --amount 500 --reason "Outage of May 3"',
  ).action(action(async (context, options: { reason: string; amount?: string; creditNote?: string; yes?: boolean }, id: string) => {
    await confirm(context.terminal, `Send ${options.amount === undefined ? 'all that is left' : `${options.amount} minor units`} of it back?`, options.yes ?? false)
    const refund = await dataOf(context.account().POST('/v1/admin/payments/{payment_id}/refunds', {
      params: { path: { payment_id: id }, header: keyed() },
      body: {
        reason: options.reason, ...(options.amount === undefined ? {} : { amount: Number(options.amount) }),
        ...(options.creditNote === undefined ? {} : { credit_note_id: options.creditNote }),
      },
    }))
    await context.print.done(`Refund ${refund.id} is ${refund.state}.`, refund)
  }))
}

function suspense({ program, action }: Cli): void {
  const root = program.command('suspense').description('Operator: money that came and pays nothing we know of.')
  withExamples(root.command('list').description('What waits for a person, newest first.').addOption(limitOption()), 'shellwego suspense list').action(action(async (context, { limit }: LimitOption) => {
    const money = await moneyFormatter()
    const client = context.account()
    const all = pagesOf((cursor) => client.GET('/v1/admin/suspense', { params: { query: { limit: 100, filter: { state: 'open' }, ...(cursor ? { cursor } : {}) } } }))
    const columns: Column<Item>[] = [
      { title: 'Came', value: (one) => time(one.received_at) }, { title: 'Amount', value: (one) => money(one.amount), right: true }, { title: 'By', value: (one) => one.provider },
      { title: 'Why', value: (one) => one.cause }, { title: 'Payer', value: (one) => one.payer }, { title: 'Reference', value: (one) => one.reference }, { title: 'Id', value: (one) => one.id },
    ]
    await context.print.list(await take(all, limit), columns, 'Nothing waits.')
  }))
  withExamples(
    root.command('match').description('Let it pay an invoice.').argument('<item>', 'its id').requiredOption('--invoice <id>', 'which one').requiredOption('--note <text>', 'how you know'),
    'shellwego suspense match sus_4c1k5a8r9x0000000000000 --invoice inv_4c1k5a8r9x0000000000000 --note "Customer wrote to us"',
  ).action(action(async ({ account, print }, { invoice, note }: { invoice: string; note: string }, id: string) => {
    const item = await dataOf(account().POST('/v1/admin/suspense/{suspense_id}/match', { params: { path: { suspense_id: id } }, body: { invoice_id: invoice, note } }))
    await print.done('Matched.', item)
  }))
  withExamples(root.command('return').description('Send it back to its payer.').argument('<item>', 'its id').requiredOption('--note <text>', 'why').option('--yes', 'do not ask'),
    'shellwego suspense return sus_4c1k5a8r9x0000000000000 --note "Unknown payer"')
    .action(action(async ({ account, print, terminal }, { note, yes }: { note: string; yes?: boolean }, id: string) => {
      await confirm(terminal, 'Send it back?', yes ?? false)
      const item = await dataOf(account().POST('/v1/admin/suspense/{suspense_id}/return', { params: { path: { suspense_id: id } }, body: { note } }))
      await print.done(`It is ${item.state}.`, item)
    }))
}

function disputes({ program, action }: Cli): void {
  const root = program.command('disputes').description('Operator: payments that their payers dispute.')
  withExamples(root.command('list').description('List disputes, newest first.').addOption(limitOption()), 'shellwego disputes list').action(action(async (context, { limit }: LimitOption) => {
    const money = await moneyFormatter()
    const client = context.account()
    const all = pagesOf((cursor) => client.GET('/v1/admin/disputes', { params: { query: { limit: 100, ...(cursor ? { cursor } : {}) } } }))
    const columns: Column<Dispute>[] = [
      { title: 'State', value: (one) => one.state }, { title: 'Answer by', value: (one) => time(one.due_by) }, { title: 'Amount', value: (one) => money(one.amount), right: true },
      { title: 'Reason', value: (one) => one.reason }, { title: 'Payment', value: (one) => one.payment_id }, { title: 'Id', value: (one) => one.id },
    ]
    await context.print.list(await take(all, limit), columns, 'Nothing is disputed.')
  }))
  withExamples(root.command('answer').description('Send evidence; providers take one answer.').argument('<dispute>', 'its id').requiredOption('--evidence <text>', 'what was sold and used'),
    'shellwego disputes answer dsp_4c1k5a8r9x0000000000000 --evidence "The app ran for the whole month; usage attached."')
    .action(action(async ({ account, print }, { evidence }: { evidence: string }, id: string) => {
      const dispute = await dataOf(account().POST('/v1/admin/disputes/{dispute_id}/evidence', { params: { path: { dispute_id: id } }, body: { evidence } }))
      await print.done('Sent.', dispute)
    }))
}

export function operatorPaymentsCommands(cli: Cli): void {
  suspense(cli)
  disputes(cli)
}
