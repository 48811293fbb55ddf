import type { Command } from 'commander'
import type { Cli } from '../cli.ts'
import { confirm } from '../ask.ts'
import { withExamples } from '../help.ts'
import { wholeNumber } from '../output/values.ts'
import { dataOf } from '../sdk/index.ts'
import { findApp } from './find.ts'
import { rollbackCommand } from './releases.ts'
import { strategyOf, strategyOptions, type StrategyOptions } from './strategy.ts'
import { waitForDeployment, waitOptions, type WaitOptions } from './wait.ts'

/** What changes how an app runs. */
export function appActions(cli: Cli, apps: Command): void {
  const { action } = cli
  withExamples(
    waitOptions(strategyOptions(apps.command('deploy').description('Deploy an app, with another image or the same one again.').argument('<app>', 'name or id').option('--image <image>', 'the new image'))),
    'shellwego apps deploy api --image ghcr.io/acme/api:1.5 --wait', 'shellwego apps deploy api --wait --timeout 5m --json',
    'shellwego apps deploy api --image ghcr.io/acme/api:2.0 --strategy blue-green',
    'shellwego apps deploy api --image ghcr.io/acme/api:2.0 --strategy canary --canary-steps 5,25,50 --step-time 2m',
  ).action(action(async (context, options: WaitOptions & StrategyOptions & { image?: string }, name: string) => {
    const client = await context.api()
    const app = await findApp(client, name)
    const strategy = strategyOf(options)
    const body = { ...(options.image === undefined ? {} : { image: options.image }), ...(strategy ? { strategy } : {}) }
    const started = await dataOf(client.POST('/v1/apps/{app_id}/deploy', { params: { path: { app_id: app.id } }, body }))
    if (options.wait) return waitForDeployment(context, client, started.deployment_id, options.timeout)
    await context.print.done(`Deploying ${app.name}. Follow it with \`shellwego deployments get ${started.deployment_id}\`.`, started)
  }))

  withExamples(
    apps.command('scale').description('Set how many instances run.').argument('<app>', 'name or id').argument('<replicas>', 'instances'),
    'shellwego apps scale api 3',
  ).action(action(async (context, _options: object, name: string, given: string) => {
    const client = await context.api()
    const { id } = await findApp(client, name)
    const replicas = wholeNumber(given, 'replicas')
    const app = await dataOf(client.POST('/v1/apps/{app_id}/scale', { params: { path: { app_id: id } }, body: { replicas } }))
    await context.print.done(`${app.name} will run ${replicas} ${replicas === 1 ? 'instance' : 'instances'}.`, app)
  }))
  withExamples(apps.command('wake').description('Wake an app that sleeps, as its next request would.').argument('<app>', 'name or id'), 'shellwego apps wake api')
    .action(action(async ({ api, print }, _options: object, name: string) => {
      const client = await api()
      const { id, name: known } = await findApp(client, name)
      const woken = await dataOf(client.POST('/v1/apps/{app_id}/actions/wake', { params: { path: { app_id: id } }, body: {} }))
      await print.done(`${known} is waking.`, woken)
    }))
  rollbackCommand(cli, apps)
  runActions(cli, apps)
}

const SENTENCES = { start: 'is starting', stop: 'is stopping', restart: 'is restarting' } as const

function runActions({ action }: Cli, apps: Command): void {
  const add = (verb: keyof typeof SENTENCES, description: string, question: ((name: string) => string) | null): void => {
    const command = apps.command(verb).description(description).argument('<app>', 'name or id')
    if (question) command.option('-y, --yes', 'do not ask')
    withExamples(command, `shellwego apps ${verb} api${question ? ' --yes' : ''}`)
      .action(action(async ({ api, print, terminal }, options: { yes?: boolean }, name: string) => {
        const client = await api()
        const found = await findApp(client, name)
        if (question) await confirm(terminal, question(found.name), options.yes ?? false)
        const app = await dataOf(client.POST(`/v1/apps/{app_id}/actions/${verb}`, { params: { path: { app_id: found.id } }, body: {} }))
        await print.done(`${app.name} ${SENTENCES[verb]}.`, app)
      }))
  }
  add('start', 'Start a stopped app.', null)
  add('stop', 'Stop an app; its disks are kept.', (name) => `Stop ${name}? It will not answer until it is started again.`)
  add('restart', 'Restart the instances of an app, one after the other.', null)
}
