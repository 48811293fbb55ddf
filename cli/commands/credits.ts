import type { Cli } from '../cli.ts'
import { confirm } from '../ask.ts'
import { withExamples } from '../help.ts'
import type { Column } from '../output/print.ts'
import { moneyFormatter, time } from '../output/values.ts'
import { dataOf, pagesOf, type Client, type operations } from '../sdk/index.ts'
import { take } from './find.ts'
import { limitOption, type LimitOption } from './limit.ts'

type Move = operations['credits.history']['responses'][200]['content']['application/json']['data'][number]
type Redemption = operations['coupons.redeemed']['responses'][200]['content']['application/json']['data'][number]
type Program = ReturnType<Cli['program']['command']>

const historyOf = (client: Client): AsyncGenerator<Move> => pagesOf((cursor) =>
  client.GET('/v1/billing/credits/history', { params: { query: { limit: 100, ...(cursor ? { cursor } : {}) } } }))

const REDEEMED: Column<Redemption>[] = [
  { title: 'Code', value: (one) => one.code },
  { title: 'Discount', value: (one) => (one.type === 'percent' ? `${one.value} %` : `${one.currency ?? ''} ${one.value}`) },
  { title: 'Active', value: (one) => one.active },
  { title: 'Periods left', value: (one) => one.periods_left },
  { title: 'Redeemed', value: (one) => time(one.redeemed_at) },
  { title: 'Id', value: (one) => one.id },
]

function reading({ action }: Cli, credits: Program): void {
  withExamples(credits.command('balance').description('Credit that settles the next invoices.'), 'shellwego credits balance', 'shellwego credits balance --json')
    .action(action(async (context) => {
      const money = await moneyFormatter()
      const balance = await dataOf((await context.api()).GET('/v1/billing/credits/balance'))
      await context.print.item(balance, [
        { title: 'Balance', value: (b) => money(b.balance) }, { title: 'Bought', value: (b) => money(b.paid) }, { title: 'Given', value: (b) => money(b.promotional) },
        { title: 'Ends', value: (b) => b.expiring.map((one) => `${money(one.amount)} on ${time(one.at) ?? ''}`).join(', ') || 'nothing' },
      ])
    }))
  withExamples(credits.command('history').description('Every movement of credit, newest first.').addOption(limitOption()), 'shellwego credits history --limit 20')
    .action(action(async (context, { limit }: LimitOption) => {
      const money = await moneyFormatter()
      const columns: Column<Move>[] = [
        { title: 'When', value: (move) => time(move.at) }, { title: 'What', value: (move) => move.type }, { title: 'Amount', value: (move) => money(move.amount) },
        { title: 'Credit', value: (move) => move.kind }, { title: 'Reason', value: (move) => move.reason }, { title: 'Invoice', value: (move) => move.invoice_id },
      ]
      await context.print.list(await take(historyOf(await context.api()), limit), columns, 'No credit yet.')
    }))
}

function buying({ action }: Cli, credits: Program): void {
  withExamples(credits.command('buy').description('Buy credit: makes an invoice; the credit is there when it is paid.').argument('<amount>', 'in your currency, like 50 or 49.90'), 'shellwego credits buy 50')
    .action(action(async (context, _options: object, amount: string) => {
      const money = await moneyFormatter()
      const order = await dataOf((await context.api()).POST('/v1/billing/credits/purchase', {
        params: { header: { 'Idempotency-Key': crypto.randomUUID() } }, body: { amount },
      }))
      await context.print.done(`Ordered ${money(order.amount)}. Pay it with \`shellwego invoices pay ${order.invoice_id}\`.`, order)
    }))
  withExamples(credits.command('redeem').description('Redeem a coupon code.').argument('<code>'), 'shellwego credits redeem WELCOME')
    .action(action(async (context, _options: object, code: string) => {
      const coupon = await dataOf((await context.api()).POST('/v1/billing/coupons', { body: { code } }))
      await context.print.done(`${coupon.name}: ${coupon.type === 'percent' ? `${coupon.value} %` : `${coupon.currency ?? ''} ${coupon.value}`} off.`, coupon)
    }))
  withExamples(credits.command('coupons').description('Coupons you redeemed.'), 'shellwego credits coupons')
    .action(action(async (context) => {
      const { data } = await dataOf((await context.api()).GET('/v1/billing/coupons'))
      await context.print.list(data, REDEEMED, 'No coupon was redeemed.')
    }))
}

function giving({ action }: Cli, credits: Program): void {
  withExamples(
    credits.command('give').description('As the operator: give an organization credit.').argument('<organization>', 'its id').argument('<amount>', 'in its currency')
      .requiredOption('--reason <text>', 'the customer sees it').option('--expires-on <day>', 'worth nothing from that day on'),
    'shellwego credits give org_4c1k5a8r9x0000000000000 25 --reason "Sorry for the outage" --expires-on 2027-01-01',
  ).action(action(async (context, options: { reason: string; expiresOn?: string }, organization: string, amount: string) => {
    const money = await moneyFormatter()
    const credit = await dataOf(context.account().POST('/v1/admin/credits', {
      body: { organization_id: organization, amount, reason: options.reason, ...(options.expiresOn ? { expires_on: options.expiresOn } : {}) },
    }))
    await context.print.done(`Gave ${money(credit.amount)} (${credit.id}).`, credit)
  }))
  withExamples(credits.command('revoke').description('As the operator: take back what is left of given credit.').argument('<credit>', 'its id').requiredOption('--reason <text>', 'why').option('--yes', 'do not ask'),
    'shellwego credits revoke cgr_4c1k5a8r9x0000000000000 --reason "Wrong customer" --yes')
    .action(action(async (context, options: { reason: string; yes?: boolean }, id: string) => {
      await confirm(context.terminal, `Take back what is left of ${id}?`, options.yes ?? false)
      const credit = await dataOf(context.account().POST('/v1/admin/credits/{credit_id}/revoke', { params: { path: { credit_id: id } }, body: { reason: options.reason } }))
      await context.print.done(`Took back the rest of ${credit.id}.`, credit)
    }))
}

export function creditsCommands(cli: Cli): void {
  const credits = cli.program.command('credits').description('Credit and coupons: what invoices use before they ask for money.')
  reading(cli, credits)
  buying(cli, credits)
  giving(cli, credits)
}
