import type { Cli } from '../cli.ts'
import { confirm } from '../ask.ts'
import { withExamples } from '../help.ts'
import type { Column } from '../output/print.ts'
import { statusColor, time } from '../output/values.ts'
import { dataOf, pagesOf, type operations } from '../sdk/index.ts'
import { take } from './find.ts'
import { limitOption, type LimitOption } from './limit.ts'

type Webhook = operations['webhooks.update']['responses'][200]['content']['application/json']
type Delivery = operations['webhooks.deliveries']['responses'][200]['content']['application/json']['data'][number]

const COLUMNS: Column<Webhook>[] = [
  { title: 'Address', value: (hook) => hook.url },
  { title: 'Status', value: (hook) => hook.status, color: (hook) => statusColor(hook.status) },
  { title: 'Events', value: (hook) => hook.events.join(' ') },
  { title: 'Id', value: (hook) => hook.id },
]
const FIELDS: Column<Webhook>[] = [
  ...COLUMNS,
  { title: 'Description', value: (hook) => hook.description },
  { title: 'Own headers', value: (hook) => hook.header_names.join(', ') },
  { title: 'Failing since', value: (hook) => time(hook.failing_since) },
  { title: 'Created', value: (hook) => time(hook.created_at) },
]
const DELIVERIES: Column<Delivery>[] = [
  { title: 'Time', value: (one) => time(one.created_at) },
  { title: 'Event', value: (one) => one.event_type },
  { title: 'Status', value: (one) => one.status, color: (one) => statusColor(one.status) },
  { title: 'Attempts', value: (one) => one.attempts, right: true },
  { title: 'Answer', value: (one) => one.last_status ?? one.last_error },
  { title: 'Id', value: (one) => one.id },
]
const collect = (value: string, all: string[]): string[] => [...all, value]

export function webhooksCommands(cli: Cli): void {
  const { program, action } = cli
  const hooks = program.command('webhooks').description('Where events of the organization are sent.')

  withExamples(hooks.command('list').description('List the webhooks.'), 'shellwego webhooks list')
    .action(action(async ({ api, print }) => {
      const client = await api()
      const all = pagesOf((cursor) => client.GET('/v1/webhooks', { params: { query: { limit: 100, ...(cursor ? { cursor } : {}) } } }))
      await print.list(await take(all, 1000), COLUMNS, 'No webhooks yet. Make one with `shellwego webhooks create <address>`.')
    }))

  withExamples(hooks.command('get').description('Show one webhook.').argument('<webhook>', 'id'), 'shellwego webhooks get wh_1a2b')
    .action(action(async ({ api, print }, _options: object, id: string) => {
      await print.item(await dataOf((await api()).GET('/v1/webhooks/{webhook_id}', { params: { path: { webhook_id: id } } })), FIELDS)
    }))

  withExamples(
    hooks.command('create').description('Have events sent to an address. The signing secret is printed once, to stdout.').argument('<address>')
      .option('--event <type>', 'a type, a group like app.*, or *; repeat for more', collect, []).option('--description <text>', 'what it is for', ''),
    'shellwego webhooks create https://example.com/hook --event "deployment.*" > signing-secret',
  ).action(action(async ({ api, print }, options: { event: string[]; description: string }, url: string) => {
    const events = options.event.length > 0 ? options.event : ['*']
    const made = await dataOf((await api()).POST('/v1/webhooks', { body: { url, events, description: options.description, headers: {}, enabled: true, api_version: 'v1' } }))
    if (print.format === 'json' || print.format === 'yaml') return print.data(made)
    print.note(`Made ${made.id}. Its signing secret is shown this once.`)
    await print.raw(`${made.secret}\n`)
  }))
  changes(cli, hooks)
}

function changes({ action }: Cli, hooks: ReturnType<Cli['program']['command']>): void {
  for (const [verb, enabled, words] of [['enable', true, 'Send events again.'], ['disable', false, 'Send nothing more; what waits is given up.']] as const) {
    withExamples(hooks.command(verb).description(words).argument('<webhook>', 'id'), `shellwego webhooks ${verb} wh_1a2b`)
      .action(action(async ({ api, print }, _options: object, id: string) => {
        const client = await api()
        const path = { webhook_id: id }
        const { version } = await dataOf(client.GET('/v1/webhooks/{webhook_id}', { params: { path } }))
        const changed = await dataOf(client.PATCH('/v1/webhooks/{webhook_id}', { params: { path, header: { 'If-Match': `"${version}"` } }, body: { enabled } }))
        await print.done(`${changed.url} is ${changed.status}.`, changed)
      }))
  }

  withExamples(hooks.command('test').description('Send a test event now.').argument('<webhook>', 'id'), 'shellwego webhooks test wh_1a2b')
    .action(action(async ({ api, print }, _options: object, id: string) => {
      const sent = await dataOf((await api()).POST('/v1/webhooks/{webhook_id}/test', { params: { path: { webhook_id: id } } }))
      await print.done(`A test is on its way: delivery ${sent.id}.`, sent)
    }))

  withExamples(hooks.command('deliveries').description('List what was sent, newest first.').argument('<webhook>', 'id').addOption(limitOption(50)), 'shellwego webhooks deliveries wh_1a2b')
    .action(action(async ({ api, print }, options: LimitOption, id: string) => {
      const client = await api()
      const all = pagesOf((cursor) => client.GET('/v1/webhooks/{webhook_id}/deliveries',
        { params: { path: { webhook_id: id }, query: { limit: 100, ...(cursor ? { cursor } : {}) } } }))
      await print.list(await take(all, options.limit), DELIVERIES, 'Nothing was sent yet.')
    }))

  withExamples(hooks.command('redeliver').description('Send a delivery again.').argument('<webhook>', 'id').argument('<delivery>', 'id'), 'shellwego webhooks redeliver wh_1a2b whd_3c4d')
    .action(action(async ({ api, print }, _options: object, id: string, delivery: string) => {
      const sent = await dataOf((await api()).POST('/v1/webhooks/{webhook_id}/deliveries/{delivery_id}/redeliver', { params: { path: { webhook_id: id, delivery_id: delivery } } }))
      await print.done(`Sent again: ${sent.event_type}.`, sent)
    }))

  withExamples(hooks.command('delete').description('Delete a webhook and its log.').argument('<webhook>', 'id').option('-y, --yes', 'do not ask'), 'shellwego webhooks delete wh_1a2b --yes')
    .action(action(async (context, options: { yes?: boolean }, id: string) => {
      const client = await context.api()
      await confirm(context.terminal, `Delete the webhook ${id}?`, options.yes ?? false)
      await client.DELETE('/v1/webhooks/{webhook_id}', { params: { path: { webhook_id: id } } })
      await context.print.done(`Deleted ${id}.`, { id, deleted: true })
    }))
}
