import { Option } from 'commander'
import { confirm } from '../ask.ts'
import type { Cli } from '../cli.ts'
import { UsageError } from '../exit.ts'
import { withExamples } from '../help.ts'
import type { Column } from '../output/print.ts'
import { instantOf, moneyFormatter, statusColor, time, wholeNumber } from '../output/values.ts'
import { dataOf, pagesOf, type Client, type operations } from '../sdk/index.ts'
import { brandOf, take } from './find.ts'
import { limitOption, type LimitOption } from './limit.ts'

type Coupon = operations['coupons.list']['responses'][200]['content']['application/json']['data'][number]
type NewCoupon = NonNullable<operations['coupons.create']['requestBody']>['content']['application/json']
interface CreateOptions {
  brand?: string; name?: string; percent?: string; amount?: string; currency?: string; periods?: number; forever?: boolean; max?: number; until?: string
  plan: string[]; firstTime?: boolean
}

const couponsOf = (client: Client): AsyncGenerator<Coupon> => pagesOf((cursor) =>
  client.GET('/v1/admin/coupons', { params: { query: { limit: 100, ...(cursor ? { cursor } : {}) } } }))
const collect = (value: string, before: string[]): string[] => [...before, value]

const bodyOf = (code: string, brandId: string, options: CreateOptions): NewCoupon => {
  if ((options.percent === undefined) === (options.amount === undefined)) throw new UsageError('give either --percent or --amount with --currency')
  return {
    brand_id: brandId, code, name: options.name ?? code, plans: options.plan, first_time_only: options.firstTime ?? false,
    ...(options.percent === undefined ? { type: 'fixed', value: options.amount ?? '', currency: options.currency ?? '' } : { type: 'percent', value: options.percent }),
    duration: options.forever ? 'forever' : options.periods ? 'repeating' : 'once', ...(options.periods ? { periods: options.periods } : {}),
    ...(options.max ? { max_redemptions: options.max } : {}), ...(options.until ? { valid_until: instantOf(options.until, '--until') } : {}),
  }
}

export function couponsCommands({ program, action }: Cli): void {
  const coupons = program.command('coupons').description('As the operator: codes that take something off invoices.')

  withExamples(coupons.command('list').description('List coupons, newest first.').addOption(limitOption()), 'shellwego coupons list')
    .action(action(async (context, { limit }: LimitOption) => {
      const money = await moneyFormatter()
      const columns: Column<Coupon>[] = [
        { title: 'Code', value: (one) => one.code }, { title: 'State', value: (one) => one.state, color: (one) => statusColor(one.state) },
        { title: 'Discount', value: (one) => (one.type === 'percent' ? `${one.value} %` : `${one.currency ?? ''} ${one.value}`) },
        { title: 'Counts', value: (one) => (one.duration === 'repeating' ? `${one.periods ?? 0} periods` : one.duration) },
        { title: 'Redeemed', value: (one) => (one.max_redemptions === null ? one.redeemed : `${one.redeemed} of ${one.max_redemptions}`) },
        { title: 'Taken off', value: (one) => one.discounted.map(money).join(', ') }, { title: 'Until', value: (one) => time(one.valid_until) },
        { title: 'Id', value: (one) => one.id },
      ]
      await context.print.list(await take(couponsOf(context.account()), limit), columns, 'There is no coupon.')
    }))

  withExamples(
    coupons.command('create').description('Make a coupon. Its terms never change.').argument('<code>').option('--name <text>', 'as invoices show it').option('--percent <number>', 'percent off')
      .option('--amount <amount>', 'a sum off, with --currency').option('--currency <code>', 'of the sum')
      .addOption(new Option('--periods <count>', 'billing periods it counts in, instead of one').argParser((given) => wholeNumber(given, '--periods', 1)))
      .option('--forever', 'on every invoice').addOption(new Option('--max <count>', 'redeemed at most').argParser((given) => wholeNumber(given, '--max', 1)))
      .option('--until <time>', 'can be redeemed before').option('--plan <key>', 'this plan only; repeat for more', collect, [])
      .option('--first-time', 'only customers without an invoice').option('--brand <brand>', 'name or id, when there are several'),
    'shellwego coupons create WELCOME --percent 10 --max 100', 'shellwego coupons create FIVE --amount 5 --currency USD --periods 3 --first-time',
  ).action(action(async (context, options: CreateOptions, code: string) => {
    const client = context.account()
    const coupon = await dataOf(client.POST('/v1/admin/coupons', { body: bodyOf(code, await brandOf(client, options.brand), options) }))
    await context.print.done(`Made ${coupon.code} (${coupon.id}).`, coupon)
  }))

  withExamples(coupons.command('archive').description('Nobody can redeem it any more; who has it keeps it.').argument('<coupon>', 'code or id').option('--yes', 'do not ask'), 'shellwego coupons archive WELCOME --yes')
    .action(action(async (context, options: { yes?: boolean }, given: string) => {
      const client = context.account()
      let id = given
      for await (const one of couponsOf(client)) if (one.code === given.toUpperCase()) id = one.id
      await confirm(context.terminal, `Archive ${given}?`, options.yes ?? false)
      const coupon = await dataOf(client.POST('/v1/admin/coupons/{coupon_id}/archive', { params: { path: { coupon_id: id } } }))
      await context.print.done(`Archived ${coupon.code}.`, coupon)
    }))
}
