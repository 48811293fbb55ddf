import { Option, type Command } from 'commander'
import { confirm } from '../ask.ts'
import type { Cli } from '../cli.ts'
import { UsageError } from '../exit.ts'
import { withExamples } from '../help.ts'
import type { Column } from '../output/print.ts'
import { time, wholeNumber } from '../output/values.ts'
import { dataOf, pagesOf, type operations } from '../sdk/index.ts'
import { take } from './find.ts'
import { limitOption, type LimitOption } from './limit.ts'

type Price = operations['prices.set']['responses'][201]['content']['application/json']
type Terms = NonNullable<operations['prices.set']['requestBody']>['content']['application/json']

const INTERVALS = ['week', 'month', 'quarter', 'year'] as const
const COLUMNS: Column<Price>[] = [
  { title: 'Plan', value: (price) => price.plan_key },
  { title: 'Currency', value: (price) => price.currency },
  { title: 'Region', value: (price) => price.region || 'everywhere' },
  { title: 'Version', value: (price) => price.version, right: true },
  { title: 'Price', value: (price) => price.price, right: true },
  { title: 'Per', value: (price) => price.interval },
  { title: 'Paid in', value: (price) => price.timing },
  { title: 'Since', value: (price) => time(price.active_from) },
  { title: 'Id', value: (price) => price.id },
]

interface SetOptions {
  currency: string; plan: string; price?: string; region?: string; brand?: string; meter: string[]; interval?: typeof INTERVALS[number]; timing?: 'advance' | 'arrears'
  setupFee?: string; commitment?: string; trialDays?: number; activeFrom?: string; usage: boolean
}
interface ListOptions extends LimitOption { plan?: string; currency?: string; region?: string }

const collect = (value: string, before: string[]): string[] => [...before, value]

/** `egress_bytes=0.01`: so much per unit of the meter. */
const meterPrice = (text: string): NonNullable<Terms['charges']>[number] => {
  const [meter, amount, ...rest] = text.split('=')
  if (!meter || !amount || rest.length > 0) throw new UsageError(`--meter wants <meter>=<price per unit>, not ${text}`)
  return { meter, price: { model: 'per_unit', unit_amount: amount } }
}

const termsOf = (options: SetOptions): Terms => {
  const { currency, plan, price, region, brand, meter, interval, timing, setupFee, commitment, trialDays, activeFrom, usage } = options
  if (!usage && meter.length > 0) throw new UsageError('--no-usage and --meter contradict each other')
  return {
    plan_key: plan, currency, region: region ?? '', ...(brand ? { brand_id: brand } : {}), ...(price ? { price } : {}), ...(interval ? { interval } : {}), ...(timing ? { timing } : {}),
    ...(setupFee ? { setup_fee: setupFee } : {}), ...(commitment ? { commitment } : {}), ...(trialDays === undefined ? {} : { trial_days: trialDays }),
    ...(activeFrom ? { active_from: activeFrom } : {}), ...(!usage ? { charges: [] } : meter.length > 0 ? { charges: meter.map(meterPrice) } : {}),
  }
}

export function pricingCommands({ program, action }: Cli): void {
  const pricing = program.command('pricing').description('Prices of plans, by market; for operators.')

  const set = pricing.command('set').description('Publish a new version of a plan\'s price in one market; subscriptions keep the version they have.')
    .requiredOption('--currency <code>', 'ISO 4217').option('--plan <key>', 'the plan', 'starter').option('--price <amount>', 'of the plan, a period')
    .option('--region <country>', 'ISO 3166; left out: everywhere without a price of its own').option('--brand <id>', 'the reseller; left out: of this console')
    .option('--meter <meter=price>', 'price of a unit of usage; all of them, or those before stay', collect, []).option('--no-usage', 'usage costs nothing')
    .addOption(new Option('--interval <interval>', 'how long a period is').choices(INTERVALS)).addOption(new Option('--timing <when>', 'when a period is paid').choices(['advance', 'arrears']))
    .option('--setup-fee <amount>', 'once, with the first charge').option('--commitment <amount>', 'what a period comes to at least')
    .addOption(new Option('--trial-days <count>', 'days without a fee').argParser((given) => wholeNumber(given, '--trial-days', 0))).option('--active-from <time>', 'not before then')
  withExamples(set, 'shellwego pricing set --region NG --currency NGN --plan starter --price 3000',
    'shellwego pricing set --currency KES --plan starter --price 1500 --meter vcpu_seconds=0.5 --meter memory_mib_seconds=0.5 --meter egress_bytes=1.5')
    .action(action(async ({ api, print }, options: SetOptions) => {
      const price = await dataOf((await api()).POST('/v1/prices', { body: termsOf(options) }))
      const market = price.region === '' ? price.currency : `${price.currency} in ${price.region}`
      await print.done(`Version ${price.version} of ${price.plan_key}, ${market}: ${price.price} a ${price.interval}.`, price)
    }))

  withExamples(pricing.command('list').description('List every version of every price, the newest of a market first.')
    .option('--plan <key>', 'of this plan').option('--currency <code>', 'in this currency').option('--region <country>', 'for this country').addOption(limitOption()),
  'shellwego pricing list', 'shellwego pricing list --plan starter --currency NGN')
    .action(action(async ({ api, print }, options: ListOptions) => {
      const client = await api()
      const { plan, currency, region } = options
      const filter = { ...(plan ? { plan_key: plan } : {}), ...(currency ? { currency } : {}), ...(region ? { region } : {}) }
      const query = { limit: 100, ...(Object.keys(filter).length > 0 ? { filter } : {}) }
      const all = pagesOf((cursor) => client.GET('/v1/prices', { params: { query: { ...query, ...(cursor ? { cursor } : {}) } } }))
      await print.list(await take(all, options.limit), COLUMNS, 'No prices yet.')
    }))
  migrateCommand(pricing, action)
}

function migrateCommand(pricing: Command, action: Cli['action']): void {
  withExamples(
    pricing.command('migrate').description('Move subscriptions to a version of a price, after a look at who they are.').argument('<price>', 'id of the version').option('--from-price <id>', 'only those on this version')
      .addOption(new Option('--when <when>', 'at once or with the period').choices(['now', 'period_end']).default('period_end')).option('--yes', 'do not ask'),
    'shellwego pricing migrate price_4c1k5a8r9x0000000000000 --when period_end',
  ).action(action(async ({ account, print, terminal }, { fromPrice, when, yes }: { fromPrice?: string; when: 'now' | 'period_end'; yes?: boolean }, id: string) => {
    const body = { price_id: id, when, ...(fromPrice ? { from_price_id: fromPrice } : {}) }
    const { count } = await dataOf(account().POST('/v1/admin/subscriptions/migrate/preview', { body }))
    await confirm(terminal, `Move ${count} subscriptions?`, yes ?? false)
    await print.done(`${count} subscriptions move.`, await dataOf(account().POST('/v1/admin/subscriptions/migrate', { body })))
  }))
}
