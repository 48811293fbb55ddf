import { Option } from 'commander'
import { confirm } from '../ask.ts'
import type { Cli } from '../cli.ts'
import { CommandFailure, EXIT } from '../exit.ts'
import { withExamples } from '../help.ts'
import type { Column } from '../output/print.ts'
import { moneyFormatter, time, wholeNumber } from '../output/values.ts'
import { dataOf, pagesOf, type Client, type operations } from '../sdk/index.ts'

type Offer = operations['plans.offered']['responses'][200]['content']['application/json']['data'][number]
type Plan = operations['plans.list']['responses'][200]['content']['application/json']['data'][number]

/** The operator names a plan by key or id. */
async function findPlan(client: Client, given: string): Promise<Plan> {
  for await (const plan of pagesOf((cursor) => client.GET('/v1/admin/plans', { params: { query: { limit: 100, filter: { archived: 'true' }, ...(cursor ? { cursor } : {}) } } }))) {
    if (plan.id === given || plan.key === given) return plan
  }
  throw new CommandFailure(EXIT.notFound, 'not_found', `There is no plan ${given}. See \`shellwego plans list --all\`.`)
}

const PLAN_COLUMNS: Column<Plan>[] = [
  { title: 'Key', value: (plan) => plan.key },
  { title: 'Name', value: (plan) => plan.name },
  { title: 'Public', value: (plan) => plan.public },
  { title: 'Log days', value: (plan) => plan.log_retention_days, right: true },
  { title: 'Archived', value: (plan) => time(plan.archived_at) },
  { title: 'Id', value: (plan) => plan.id },
]

export function plansCommands({ program, action }: Cli): void {
  const plans = program.command('plans').description('Plans to choose from, and for operators what is sold.')

  withExamples(plans.command('list').description('List the plans your organization may choose.').option('--all', 'every plan of every seller; for operators'), 'shellwego plans list', 'shellwego plans list --all')
    .action(action(async ({ api, print }, options: { all?: boolean }) => {
      const client = await api()
      if (options.all) {
        const { data } = await dataOf(client.GET('/v1/admin/plans', { params: { query: { limit: 100, filter: { archived: 'true' } } } }))
        return print.list(data, PLAN_COLUMNS, 'No plans yet.')
      }
      const money = await moneyFormatter()
      const { data } = await dataOf(client.GET('/v1/plans'))
      const columns: Column<Offer>[] = [
        { title: 'Key', value: (plan) => plan.key }, { title: 'Name', value: (plan) => plan.name }, { title: 'Yours', value: (plan) => plan.current },
        { title: 'Fee', value: (plan) => money(plan.fee), right: true }, { title: 'Per', value: (plan) => plan.price.interval },
        { title: 'Description', value: (plan) => plan.description },
      ]
      return print.list(data, columns, 'No plans yet.')
    }))

  withExamples(plans.command('create').description('Create a plan; it is sold once it has a price.').argument('<key>', 'what API and commands call it').requiredOption('--name <name>', 'what people call it')
    .option('--description <text>', 'one sentence').option('--hidden', 'customers cannot choose it')
    .addOption(new Option('--log-days <days>', 'how long log lines are kept').argParser((given) => wholeNumber(given, '--log-days', 1))), 'shellwego plans create team --name Team --description "For small teams"')
    .action(action(async ({ api, print }, options: { name: string; description?: string; hidden?: boolean; logDays?: number }, key: string) => {
      const { name, description, hidden, logDays } = options
      const body = { key, name, public: !hidden, ...(description ? { description } : {}), ...(logDays ? { log_retention_days: logDays } : {}) }
      const plan = await dataOf((await api()).POST('/v1/admin/plans', { body }))
      await print.done(`Created plan ${plan.key}. Give it a price: shellwego pricing set --plan ${plan.key} …`, plan)
    }))

  withExamples(plans.command('update').description('Change what a plan is called and how long it keeps log lines.').argument('<plan>', 'key or id').option('--name <name>', 'what people call it')
    .option('--description <text>', 'one sentence').addOption(new Option('--log-days <days>', 'how long log lines are kept').argParser((given) => wholeNumber(given, '--log-days', 1))), 'shellwego plans update team --log-days 90')
    .action(action(async ({ api, print }, { name, description, logDays }: { name?: string; description?: string; logDays?: number }, given: string) => {
      const client = await api()
      const { id, etag } = await findPlan(client, given)
      const body = { ...(name ? { name } : {}), ...(description === undefined ? {} : { description }), ...(logDays ? { log_retention_days: logDays } : {}) }
      if (Object.keys(body).length === 0) throw new CommandFailure(EXIT.usage, 'nothing_to_change', 'Say what to change: --name, --description or --log-days.')
      const plan = await dataOf(client.PATCH('/v1/admin/plans/{plan_id}', { params: { path: { plan_id: id }, header: { 'If-Match': `"${etag}"` } }, body }))
      await print.done(`Changed plan ${plan.key}; its log lines are kept for ${plan.log_retention_days} days.`, plan)
    }))

  withExamples(plans.command('archive').description('Stop selling a plan; subscriptions to it go on.').argument('<plan>', 'key or id').option('--yes', 'do not ask'), 'shellwego plans archive team --yes')
    .action(action(async (context, options: { yes?: boolean }, given: string) => {
      const client = await context.api()
      const { id, key } = await findPlan(client, given)
      await confirm(context.terminal, `Stop selling ${key}?`, options.yes ?? false)
      await context.print.done(`${key} is not sold any more.`, await dataOf(client.POST('/v1/admin/plans/{plan_id}/archive', { params: { path: { plan_id: id } } })))
    }))

  withExamples(plans.command('restore').description('Sell an archived plan again.').argument('<plan>', 'key or id'), 'shellwego plans restore team')
    .action(action(async ({ api, print }, _options: object, given: string) => {
      const client = await api()
      const { id, key } = await findPlan(client, given)
      await print.done(`${key} is sold again.`, await dataOf(client.POST('/v1/admin/plans/{plan_id}/restore', { params: { path: { plan_id: id } } })))
    }))
}
