import { Option } from 'commander'
import { confirm } from '../ask.ts'
import type { Cli } from '../cli.ts'
import { CommandFailure, EXIT } from '../exit.ts'
import { withExamples } from '../help.ts'
import type { Column } from '../output/print.ts'
import { time } from '../output/values.ts'
import { dataOf, pagesOf, type Client, type operations } from '../sdk/index.ts'

type Meter = operations['meters.list']['responses'][200]['content']['application/json']['data'][number]
type NewMeter = NonNullable<operations['meters.create']['requestBody']>['content']['application/json']
interface CreateOptions { name: string; unit: string; per?: string; aggregation: NonNullable<NewMeter['aggregation']>; field?: string; brand?: string }

const AGGREGATIONS = ['sum', 'count', 'max', 'last', 'unique']
const COLUMNS: Column<Meter>[] = [
  { title: 'Key', value: (meter) => meter.key }, { title: 'Name', value: (meter) => meter.name }, { title: 'Sold by', value: (meter) => meter.unit },
  { title: 'Sums', value: (meter) => (meter.field === null ? meter.aggregation : `${meter.aggregation} of ${meter.field}`) },
  { title: 'Built in', value: (meter) => meter.brand_id === null }, { title: 'Archived', value: (meter) => time(meter.archived_at) }, { title: 'Id', value: (meter) => meter.id },
]

const metersOf = (client: Client): AsyncGenerator<Meter> => pagesOf((cursor) =>
  client.GET('/v1/admin/meters', { params: { query: { limit: 100, filter: { archived: 'true' }, ...(cursor ? { cursor } : {}) } } }))

async function findId(client: Client, given: string): Promise<string> {
  for await (const meter of metersOf(client)) if (meter.brand_id !== null && (meter.id === given || meter.key === given)) return meter.id
  throw new CommandFailure(EXIT.notFound, 'not_found', `There is no meter ${given} of your own. See \`shellwego meters list\`.`)
}

export function metersCommands({ program, action }: Cli): void {
  const meters = program.command('meters').description('As the operator: what is measured. Prices of meters are part of `shellwego pricing set`.')

  withExamples(meters.command('list').description('List the built-in meters and those of sellers.'), 'shellwego meters list')
    .action(action(async ({ account, print }) => print.list(await Array.fromAsync(metersOf(account())), COLUMNS, 'There is no meter.')))

  withExamples(
    meters.command('create').description('Make a meter that usage events feed; it costs something once a price names it.').argument('<key>', 'the `type` of its events')
      .requiredOption('--name <name>', 'as invoices show it').requiredOption('--unit <unit>', 'what is sold, like "1,000 calls"').option('--per <quantity>', 'how much of what is measured one unit is')
      .addOption(new Option('--aggregation <way>', 'how events are put together').choices(AGGREGATIONS).default('sum')).option('--field <name>', 'of unique: the field that is counted once')
      .option('--brand <id>', 'the seller; left out: of this console'),
    'shellwego meters create api_calls --name "API calls" --unit "1,000 calls" --per 1000', 'shellwego meters create users --name Users --unit user --aggregation unique --field user_id',
  ).action(action(async ({ account, print }, options: CreateOptions, key: string) => {
    const { name, unit, per, aggregation, field, brand } = options
    const body = { key, name, unit, aggregation, ...(per ? { meter_units: per } : {}), ...(field ? { field } : {}), ...(brand ? { brand_id: brand } : {}) }
    const meter = await dataOf(account().POST('/v1/admin/meters', { body }))
    await print.done(`Made meter ${meter.key}. Give it a price: shellwego pricing set --meter ${meter.key}=…`, meter)
  }))

  withExamples(meters.command('archive').description('Sell it no more; prices that name it go on.').argument('<meter>', 'key or id').option('--yes', 'do not ask'), 'shellwego meters archive api_calls --yes')
    .action(action(async ({ account, print, terminal }, { yes }: { yes?: boolean }, given: string) => {
      const id = await findId(account(), given)
      await confirm(terminal, `Archive ${given}?`, yes ?? false)
      const meter = await dataOf(account().POST('/v1/admin/meters/{meter_id}/archive', { params: { path: { meter_id: id } } }))
      await print.done(`Archived ${meter.key}.`, meter)
    }))

  withExamples(meters.command('restore').description('Sell an archived meter again.').argument('<meter>', 'key or id'), 'shellwego meters restore api_calls')
    .action(action(async ({ account, print }, _options: object, given: string) => {
      const meter = await dataOf(account().POST('/v1/admin/meters/{meter_id}/restore', { params: { path: { meter_id: await findId(account(), given) } } }))
      await print.done(`Restored ${meter.key}.`, meter)
    }))
}
