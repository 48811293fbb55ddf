import { readFileSync } from 'node:fs'
import { type Command, Option } from 'commander'
import { confirm } from '../ask.ts'
import type { Cli } from '../cli.ts'
import { UsageError } from '../exit.ts'
import { withExamples } from '../help.ts'
import type { Column } from '../output/print.ts'
import { statusColor, time, wholeNumber } from '../output/values.ts'
import { dataOf, pagesOf } from '../sdk/index.ts'
import { parseEnvFile, parsePair } from './env-file.ts'
import { findApp, take, type App } from './find.ts'
import { limitOption, type LimitOption } from './limit.ts'
import { strategyOf, strategyOptions, type StrategyOptions } from './strategy.ts'
import { waitForDeployment, waitOptions, type WaitOptions } from './wait.ts'

const COLUMNS: Column<App>[] = [
  { title: 'Name', value: (app) => app.name },
  { title: 'Status', value: (app) => app.status, color: (app) => statusColor(app.status) },
  { title: 'Instances', value: (app) => `${app.replicas.healthy}/${app.replicas.desired}`, right: true },
  { title: 'Image', value: (app) => app.image },
  { title: 'Address', value: (app) => app.url },
]
const FIELDS: Column<App>[] = [
  ...COLUMNS,
  { title: 'Release', value: (app) => app.release },
  { title: 'Port', value: (app) => app.port },
  { title: 'Memory', value: (app) => app.resources.memory },
  { title: 'CPU', value: (app) => app.resources.cpu },
  { title: 'Disk', value: (app) => app.resources.disk },
  { title: 'Sleeps', value: (app) => (app.sleep_after_minutes === null ? 'never' : `after ${app.sleep_after_minutes} min`) },
  { title: 'Asleep since', value: (app) => time(app.asleep_since) },
  { title: 'Strategy', value: (app) => app.strategy.type },
  { title: 'Variables', value: (app) => Object.keys(app.env).join(', ') },
  { title: 'Id', value: (app) => app.id },
  { title: 'Changed', value: (app) => time(app.updated_at) },
]

interface SpecOptions extends StrategyOptions {
  image?: string
  env: string[]
  envFile?: string
  unset?: string[]
  port?: string
  memory?: string
  cpu?: string
  disk?: string
  replicas?: number
  public?: boolean
  private?: boolean
  healthPath?: string
  sleepAfter?: string
}

const collect = (value: string, before: string[]): string[] => [...before, value]

const specOptions = (command: Command): Command => strategyOptions(command)
  .option('-e, --env <NAME=value>', 'a variable; repeat for more', collect, [])
  .option('--env-file <file>', 'variables from a .env file')
  .option('--port <port>', 'the port it listens on, or none')
  .option('--memory <size>', 'like 256m')
  .option('--cpu <count>', 'like 0.5')
  .option('--disk <size>', 'like 1g')
  .addOption(new Option('--replicas <count>', 'instances').argParser((given) => wholeNumber(given, '--replicas', 1)))
  .option('--public', 'reachable from the internet')
  .option('--private', 'reachable by the apps of its organization only')
  .option('--health-path <path>', 'an instance is healthy when this path answers')
  .option('--sleep-after <minutes>', 'sleep without requests for this long, or never')

const portOf = (given: string): number | null => given === 'none' ? null : wholeNumber(given, '--port', 1)

const sleepOf = (given: string): number | null => given === 'never' ? null : wholeNumber(given, '--sleep-after', 1)

function readEnv(options: SpecOptions): Record<string, string> {
  const fromFile = options.envFile === undefined ? {} : parseEnvFile(readFile(options.envFile))
  return { ...fromFile, ...Object.fromEntries(options.env.map((pair) => parsePair(pair, '--env'))) }
}

function readFile(file: string): string {
  try {
    return readFileSync(file, 'utf8')
  } catch (error) {
    throw new UsageError((error as Error).message)
  }
}

function specOf(options: SpecOptions) {
  const { image, port, memory, cpu, disk, replicas, healthPath, sleepAfter } = options
  if (options.public && options.private) throw new UsageError('--public and --private exclude each other')
  const strategy = strategyOf(options)
  const resources = { ...(memory ? { memory } : {}), ...(cpu ? { cpu } : {}), ...(disk ? { disk } : {}) }
  return {
    ...(image === undefined ? {} : { image }), ...(port === undefined ? {} : { port: portOf(port) }), ...(replicas === undefined ? {} : { replicas }),
    ...(options.public ? { public: true } : {}), ...(options.private ? { public: false } : {}),
    ...(healthPath === undefined ? {} : { health_check: { path: healthPath } }), ...(Object.keys(resources).length > 0 ? { resources } : {}),
    ...(strategy ? { strategy } : {}), ...(sleepAfter === undefined ? {} : { sleep_after_minutes: sleepOf(sleepAfter) }),
  }
}

export function appsCommands(cli: Cli): Command {
  const { program, action } = cli
  const apps = program.command('apps').description('Apps: what runs.')

  withExamples(apps.command('list').description('List the apps of the organization.').addOption(limitOption()).option('--search <text>', 'in the name'),
    'shellwego apps list', 'shellwego apps list -o plain | cut -f1')
    .action(action(async ({ api, print }, options: LimitOption & { search?: string }) => {
      const client = await api()
      const filter = options.search === undefined ? {} : { filter: { q: options.search } }
      const all = pagesOf((cursor) => client.GET('/v1/apps', { params: { query: { limit: 100, ...filter, ...(cursor ? { cursor } : {}) } } }))
      await print.list(await take(all, options.limit), COLUMNS, 'No apps yet. Create one with `shellwego apps create hello --image builtin/hello:v1`.')
    }))

  withExamples(apps.command('get').description('Show one app.').argument('<app>', 'name or id'), 'shellwego apps get hello', 'shellwego apps get hello -o yaml')
    .action(action(async ({ api, print }, _options: object, name: string) => {
      const client = await api()
      const { id } = await findApp(client, name)
      await print.item(await dataOf(client.GET('/v1/apps/{app_id}', { params: { path: { app_id: id } } })), FIELDS)
    }))

  changes(cli, apps)
  return apps
}

function changes({ action }: Cli, apps: Command): void {
  withExamples(waitOptions(specOptions(apps.command('create').description('Create an app and deploy it.').argument('<name>').requiredOption('--image <image>', 'what to run'))),
    'shellwego apps create hello --image builtin/hello:v1 --wait', 'shellwego apps create api --image ghcr.io/acme/api:1.4 --port 3000 --memory 512m --env-file .env')
    .action(action(async (context, options: SpecOptions & WaitOptions & { image: string }, name: string) => {
      const env = readEnv(options)
      const body = { name, ...specOf(options), image: options.image, ...(Object.keys(env).length > 0 ? { env } : {}) }
      const client = await context.api()
      const app = await dataOf(client.POST('/v1/apps', { body }))
      if (options.wait && app.deployment_id) return waitForDeployment(context, client, app.deployment_id, options.timeout)
      await context.print.done(`Created ${app.name}; it is being deployed.${app.url ? ` It will answer at ${app.url}` : ''}`, app)
    }))

  withExamples(
    specOptions(apps.command('update').description('Change an app; what changes what runs is deployed at once.').argument('<app>', 'name or id')
      .option('--image <image>', 'what to run').option('--unset <name>', 'remove a variable; repeat for more', collect, [])),
    'shellwego apps update api --memory 1g', 'shellwego apps update api --env LOG_LEVEL=debug --unset OLD_FLAG',
  ).action(action(async ({ api, print }, options: SpecOptions & { unset: string[] }, name: string) => {
    const env: Record<string, string | null> = { ...Object.fromEntries(options.unset.map((key) => [key, null])), ...readEnv(options) }
    const body = { ...specOf(options), ...(Object.keys(env).length > 0 ? { env } : {}) }
    if (Object.keys(body).length === 0) throw new UsageError('say what to change: see `shellwego apps update --help`')
    const client = await api()
    const { id } = await findApp(client, name)
    // What we saw is what we change: if it changed meanwhile, the API refuses.
    const { response } = await client.GET('/v1/apps/{app_id}', { params: { path: { app_id: id } } })
    const app = await dataOf(client.PATCH('/v1/apps/{app_id}', { params: { path: { app_id: id }, header: { 'If-Match': response.headers.get('etag') ?? '*' } }, body }))
    await print.done(`Changed ${app.name}.`, app)
  }))

  withExamples(apps.command('delete').description('Delete an app with its instances and their disks.').argument('<app>', 'name or id').option('-y, --yes', 'do not ask'),
    'shellwego apps delete hello', 'shellwego apps delete hello --yes')
    .action(action(async ({ api, print, terminal }, options: { yes?: boolean }, name: string) => {
      const client = await api()
      const app = await findApp(client, name)
      await confirm(terminal, `Delete ${app.name}, its ${app.replicas.current} instances and their disks?`, options.yes ?? false)
      await client.DELETE('/v1/apps/{app_id}', { params: { path: { app_id: app.id } } })
      await print.done(`Deleted ${app.name}.`, { id: app.id, deleted: true })
    }))
}
