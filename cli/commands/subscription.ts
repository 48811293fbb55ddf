import { Option } from 'commander'
import { confirm } from '../ask.ts'
import type { Cli } from '../cli.ts'
import type { Context } from '../context.ts'
import { withExamples } from '../help.ts'
import type { Column } from '../output/print.ts'
import { moneyFormatter, statusColor, time, wholeNumber } from '../output/values.ts'
import { dataOf, pagesOf, type Client, type operations } from '../sdk/index.ts'
import { take } from './find.ts'
import { limitOption, type LimitOption } from './limit.ts'

type Subscription = operations['subscription.get']['responses'][200]['content']['application/json']
type Preview = operations['subscription.preview']['responses'][200]['content']['application/json']
type Change = operations['subscription.changes']['responses'][200]['content']['application/json']['data'][number]
type Asked = NonNullable<operations['subscription.preview']['requestBody']>['content']['application/json']
interface ChangeOptions { payFirst?: boolean; quantity?: number; when?: 'now' | 'period_end'; anchor?: 'calendar' | 'anniversary'; yes?: boolean }

async function show({ print }: Context, subscription: Subscription): Promise<void> {
  const money = await moneyFormatter()
  const fields: Column<Subscription>[] = [
    { title: 'Plan', value: (s) => s.plan }, { title: 'Status', value: (s) => s.status, color: (s) => statusColor(s.status) },
    { title: 'Quantity', value: (s) => s.quantity }, { title: 'Fee', value: (s) => `${money(s.fee)} a ${s.price.interval}, in ${s.price.timing}` },
    { title: 'Period', value: (s) => `${s.period.first_day} to ${s.period.end_day}` }, { title: 'Trial ends', value: (s) => time(s.trial_ends_at) },
    { title: 'Ends', value: (s) => time(s.ended_at ?? s.cancel_at) },
    { title: 'Scheduled', value: ({ pending_change: change }) => change && `${change.kind}${change.plan_key ? ` to ${change.plan_key}` : ''} on ${change.effective_at.slice(0, 10)}` },
  ]
  await print.item(subscription, fields)
}

/** What it costs, on stderr; the figures that are confirmed are those that are charged. */
async function quoted(context: Context, client: Client, asked: Asked): Promise<Preview> {
  const preview = await dataOf(client.POST('/v1/subscription/preview', { body: asked }))
  const money = await moneyFormatter()
  const { quote } = preview
  context.print.note(`From ${quote.effective_on}: ${money(quote.fee_after)} a period instead of ${money(quote.fee_before)}, before tax.`)
  for (const line of quote.lines) context.print.note(`  ${line.description}, ${line.from} to ${line.to}: ${money(line.amount)}`)
  if (quote.lines.length > 0) context.print.note(`  ${quote.tax ? `With tax ${money(quote.tax)}: ` : ''}${money(quote.total)} on the next invoice.`)
  return preview
}

const paths = { plan: '/v1/subscription/change', pause: '/v1/subscription/pause', resume: '/v1/subscription/resume', cancel: '/v1/subscription/cancel' } as const

type Act = Asked & { action: keyof typeof paths }

async function perform(context: Context, question: string, asked: Act, options: { yes?: boolean; payFirst?: boolean }): Promise<void> {
  const client = await context.api()
  const { quote } = await quoted(context, client, asked)
  await confirm(context.terminal, question, options.yes ?? false)
  const { action, ...body } = asked
  const confirmed = { ...body, expected_total: quote.total.amount, ...(options.payFirst ? { pay_first: true } : {}) }
  const changed = await dataOf(client.POST(paths[action], { body: confirmed as never }))
  await show(context, changed)
}

function changes({ action }: Cli, subscription: ReturnType<Cli['program']['command']>): void {
  const when = (): Option => new Option('--when <when>', 'when it counts from').choices(['now', 'period_end'])
  const yes = (): Option => new Option('--yes', 'do not ask')

  withExamples(subscription.command('change').description('Change the plan or its quantity, after a look at the exact figures.').argument('[plan]', 'key of the plan')
    .addOption(new Option('--quantity <count>', 'how many').argParser((given) => wholeNumber(given, '--quantity', 1))).addOption(when())
    .addOption(new Option('--anchor <anchor>', 'where periods begin').choices(['calendar', 'anniversary'])).option('--pay-first', 'wait until an invoice of its own is paid').addOption(yes()),
  'shellwego subscription change pro', 'shellwego subscription change --quantity 5 --when now --yes')
    .action(action(async (context, { quantity, when: at, anchor, payFirst, yes: sure }: ChangeOptions, plan: string | undefined) => {
      const asked = { action: 'plan' as const, ...(plan ? { plan_key: plan } : {}), ...(quantity ? { quantity } : {}), ...(at ? { when: at } : {}), ...(anchor ? { anchor } : {}) }
      await perform(context, 'Change the subscription?', asked, { ...(sure ? { yes: sure } : {}), ...(payFirst ? { payFirst } : {}) })
    }))
  withExamples(subscription.command('pause').description('Pause: apps stop, the plan costs nothing.').addOption(yes()), 'shellwego subscription pause --yes')
    .action(action((context, options: { yes?: boolean }) => perform(context, 'Pause the subscription and stop every app?', { action: 'pause' }, options)))
  withExamples(subscription.command('resume').description('Go on with a paused subscription, or begin again after its end.').addOption(yes()), 'shellwego subscription resume --yes')
    .action(action((context, options: { yes?: boolean }) => perform(context, 'Resume the subscription?', { action: 'resume' }, options)))
  withExamples(subscription.command('cancel').description('End the subscription with its period, or now; apps stop then.').addOption(when()).addOption(yes()), 'shellwego subscription cancel', 'shellwego subscription cancel --when now --yes')
    .action(action((context, options: ChangeOptions) => perform(context, 'End the subscription?', { action: 'cancel', ...(options.when ? { when: options.when } : {}) }, options.yes ? { yes: true } : {})))
}

export function subscriptionCommands(cli: Cli): void {
  const { program, action } = cli
  const subscription = program.command('subscription').description('The plan of your organization.')

  withExamples(subscription.command('get').description('Show plan, period, and what is about to change.'), 'shellwego subscription get')
    .action(action(async (context) => show(context, await dataOf((await context.api()).GET('/v1/subscription')))))
  changes(cli, subscription)
  withExamples(subscription.command('undo').description('Take back what is scheduled and has not happened yet.'), 'shellwego subscription undo')
    .action(action(async (context) => show(context, await dataOf((await context.api()).POST('/v1/subscription/undo', { body: {} })))))
  withExamples(subscription.command('history').description('List every change, the newest first.').addOption(limitOption()), 'shellwego subscription history')
    .action(action(async ({ api, print }, options: LimitOption) => {
      const client = await api()
      const money = await moneyFormatter()
      const columns: Column<Change>[] = [
        { title: 'Asked', value: (change) => time(change.requested_at) }, { title: 'Kind', value: (change) => change.kind },
        { title: 'Plan', value: (change) => change.plan_key }, { title: 'Quantity', value: (change) => change.quantity, right: true },
        { title: 'State', value: (change) => change.state, color: (change) => statusColor(change.state) }, { title: 'From', value: (change) => change.quote.effective_on },
        { title: 'Total', value: (change) => money(change.quote.total), right: true },
      ]
      const all = pagesOf((cursor) => client.GET('/v1/subscription/changes', { params: { query: { limit: 100, ...(cursor ? { cursor } : {}) } } }))
      await print.list(await take(all, options.limit), columns, 'Nothing was changed yet.')
    }))
}
