import type { Cli } from '../cli.ts'
import { confirm } from '../ask.ts'
import type { Context } from '../context.ts'
import { withExamples } from '../help.ts'
import { moneyFormatter } from '../output/values.ts'
import { dataOf, type operations } from '../sdk/index.ts'

type Budget = operations['billing.get_budget']['responses'][200]['content']['application/json']

const capOf = ({ hard_cap: cap, stop_apps: stop }: Budget): string => (cap ? (stop ? 'refuses what is new and stops apps' : 'refuses what is new') : 'none')

async function show({ print }: Context, budget: Budget): Promise<void> {
  const money = await moneyFormatter()
  await print.item(budget, [
    { title: 'Budget', value: (b) => (b.amount ? money(b.amount) : 'none') }, { title: 'Spent', value: (b) => money(b.spent) },
    { title: 'Estimate', value: (b) => money(b.forecast) }, { title: 'Cap', value: capOf }, { title: 'Reached', value: (b) => b.reached },
    { title: 'Told', value: (b) => b.alerts.map((alert) => `${alert.threshold} %`).join(', ') || 'nothing yet' },
    { title: 'Period ends', value: (b) => b.period.end.slice(0, 10) },
  ])
}

export function budgetCommands({ program, action }: Cli): void {
  const budget = program.command('budget').description('What a billing period may come to: alerts, and a cap if wanted.')
  withExamples(budget.command('get').description('The budget, and what of it is spent.'), 'shellwego budget get', 'shellwego budget get --json')
    .action(action(async (context) => show(context, await dataOf((await context.api()).GET('/v1/billing/budget')))))
  withExamples(
    budget.command('set').description('Set or change it.').argument('<amount>', 'per billing period, in your currency, before discounts and tax')
      .option('--hard-cap', 'refuse what would use more once it is reached').option('--stop-apps', 'with --hard-cap: also stop what runs'),
    'shellwego budget set 100', 'shellwego budget set 100 --hard-cap --stop-apps',
  ).action(action(async (context, options: { hardCap?: true; stopApps?: true }, amount: string) => {
    const client = await context.api()
    const present = await dataOf(client.GET('/v1/billing/budget'))
    const saved = await dataOf(client.PUT('/v1/billing/budget', {
      params: { header: { 'If-Match': `"${present.etag}"` } }, body: { amount, hard_cap: options.hardCap === true, stop_apps: options.stopApps === true },
    }))
    await show(context, saved)
  }))
  withExamples(budget.command('remove').description('Remove it; apps it had stopped start again.').option('--yes', 'do not ask'), 'shellwego budget remove --yes')
    .action(action(async (context, options: { yes?: true }) => {
      await confirm(context.terminal, 'Remove the budget?', options.yes ?? false)
      const done = await dataOf((await context.api()).DELETE('/v1/billing/budget'))
      await context.print.done(`Removed the budget; ${done.started_apps} apps start again.`, done)
    }))
}
