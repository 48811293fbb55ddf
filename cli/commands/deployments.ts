import { confirm } from '../ask.ts'
import type { Cli } from '../cli.ts'
import { withExamples } from '../help.ts'
import type { Column } from '../output/print.ts'
import { statusColor, time } from '../output/values.ts'
import { dataOf, pagesOf } from '../sdk/index.ts'
import { findApp, take } from './find.ts'
import { limitOption, type LimitOption } from './limit.ts'
import { waitForDeployment, waitOptions, type Deployment, type WaitOptions } from './wait.ts'

const COLUMNS: Column<Deployment>[] = [
  { title: 'Release', value: (deployment) => deployment.release, right: true },
  { title: 'State', value: (deployment) => deployment.state, color: (deployment) => statusColor(deployment.state) },
  { title: 'Image', value: (deployment) => deployment.image },
  { title: 'Reason', value: (deployment) => deployment.reason },
  { title: 'Created', value: (deployment) => time(deployment.created_at) },
  { title: 'Id', value: (deployment) => deployment.id },
]
const FIELDS: Column<Deployment>[] = [
  ...COLUMNS,
  { title: 'Digest', value: (deployment) => deployment.image_digest },
  { title: 'Strategy', value: (deployment) => deployment.strategy.type },
  { title: 'Canary', value: ({ canary }) => canary?.map(({ share, state, note }) => `${share}% ${state}${note === null ? '' : ` (${note})`}`).join(', ') ?? null },
  { title: 'Serving', value: (deployment) => `${deployment.serving}/${deployment.wanted}` },
  { title: 'Finished', value: (deployment) => time(deployment.finished_at) },
  { title: 'Error', value: (deployment) => deployment.error_detail },
  { title: 'Steps', value: (deployment) => deployment.steps.map(({ key, state }) => `${key} ${state}`).join(', ') },
]

export function deploymentsCommands({ program, action }: Cli): void {
  const deployments = program.command('deployments').description('Rollouts of an app.')

  withExamples(deployments.command('list').description('List the deployments of an app, newest first.').argument('<app>', 'name or id').addOption(limitOption(20)), 'shellwego deployments list api')
    .action(action(async ({ api, print }, options: LimitOption, name: string) => {
      const client = await api()
      const { id } = await findApp(client, name)
      const all = pagesOf((cursor) => client.GET('/v1/apps/{app_id}/deployments', { params: { path: { app_id: id }, query: { limit: 50, ...(cursor ? { cursor } : {}) } } }))
      await print.list(await take(all, options.limit), COLUMNS, `${name} was never deployed.`)
    }))

  withExamples(
    waitOptions(deployments.command('get').description('Show one deployment, or wait for its end.').argument('<deployment>', 'id')),
    'shellwego deployments get dep_0hz4… --wait',
  ).action(action(async (context, options: WaitOptions, id: string) => {
    const client = await context.api()
    if (options.wait) return waitForDeployment(context, client, id, options.timeout)
    await context.print.item(await dataOf(client.GET('/v1/deployments/{deployment_id}', { params: { path: { deployment_id: id } } })), FIELDS)
  }))

  withExamples(
    waitOptions(deployments.command('promote').description('Go on with a canary now: to its next share of requests, or to all of them.').argument('<deployment>', 'id').option('--all', 'every request, without the steps between')),
    'shellwego deployments promote dep_0hz4…', 'shellwego deployments promote dep_0hz4… --all --wait',
  ).action(action(async (context, options: WaitOptions & { all?: boolean }, id: string) => {
    const client = await context.api()
    const deployment = await dataOf(client.POST('/v1/deployments/{deployment_id}/actions/promote', { params: { path: { deployment_id: id } }, body: { to: options.all ? 'all' : 'next' } }))
    if (options.wait) return waitForDeployment(context, client, id, options.timeout)
    const share = deployment.canary?.find(({ state }) => state === 'starting')?.share ?? 100
    await context.print.done(`Release ${deployment.release} goes on to ${share} % of requests.`, deployment)
  }))

  withExamples(
    deployments.command('cancel').description('Give up a deployment under way; what served before is brought back.').argument('<deployment>', 'id').option('-y, --yes', 'do not ask'),
    'shellwego deployments cancel dep_0hz4…',
  ).action(action(async ({ api, print, terminal }, options: { yes?: boolean }, id: string) => {
    const client = await api()
    await confirm(terminal, `Cancel the deployment ${id}?`, options.yes ?? false)
    const deployment = await dataOf(client.POST('/v1/deployments/{deployment_id}/actions/cancel', { params: { path: { deployment_id: id } }, body: {} }))
    await print.done(`Cancelled release ${deployment.release}; what served before is brought back to its full number.`, deployment)
  }))
}
