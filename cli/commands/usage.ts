import type { Cli } from '../cli.ts'
import { withExamples } from '../help.ts'
import { instantOf, moneyFormatter } from '../output/values.ts'
import { findApp } from './find.ts'
import { dataOf } from '../sdk/index.ts'

export function usageCommand({ program, action }: Cli): void {
  withExamples(
    program.command('usage').description('What was used and what it costs, this month unless said.').option('--app <app>', 'of one app')
      .option('--from <time>', 'from this day or instant on').option('--to <time>', 'up to this one'),
    'shellwego usage', 'shellwego usage --from 2026-10-01 --to 2026-11-01 --json',
  ).action(action(async ({ api, print }, options: { app?: string; from?: string; to?: string }) => {
    const client = await api()
    const app = options.app ? { app_id: (await findApp(client, options.app)).id } : {}
    const query = { ...app, ...(options.from ? { from: instantOf(options.from, '--from') } : {}), ...(options.to ? { to: instantOf(options.to, '--to') } : {}) }
    const usage = await dataOf(client.GET('/v1/usage', { params: { query } }))
    if (print.format === 'json' || print.format === 'yaml') return print.data(usage)
    const money = await moneyFormatter()
    await print.list(usage.rows, [
      { title: 'App', value: (row) => row.app_name },
      { title: 'Meter', value: (row) => row.meter },
      { title: 'Quantity', value: (row) => `${row.billed_quantity} ${row.unit}`, right: true },
      { title: 'Amount', value: (row) => money(row.amount), right: true },
    ], 'Nothing was used in this time.')
    print.note(`Total ${money(usage.total)}, as of ${usage.as_of}.`)
  }))
}
