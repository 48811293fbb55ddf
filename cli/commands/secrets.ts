import { readFileSync } from 'node:fs'
import { text } from 'node:stream/consumers'
import type { Command } from 'commander'
import { askSecret, confirm } from '../ask.ts'
import type { Cli } from '../cli.ts'
import type { Context } from '../context.ts'
import { CommandFailure, EXIT, UsageError } from '../exit.ts'
import { withExamples } from '../help.ts'
import type { Column } from '../output/print.ts'
import { statusColor, time } from '../output/values.ts'
import { dataOf, pagesOf, type Client, type operations } from '../sdk/index.ts'
import { findApp, take } from './find.ts'
import { limitOption, type LimitOption } from './limit.ts'

type Secret = operations['secrets.get']['responses'][200]['content']['application/json']

const COLUMNS: Column<Secret>[] = [
  { title: 'Name', value: (secret) => secret.name },
  { title: 'Of', value: (secret) => secret.app_id === null ? 'organization' : secret.used_by.find(({ app_id: id }) => id === secret.app_id)?.app_name ?? secret.app_id },
  { title: 'Version', value: (secret) => secret.version, right: true },
  { title: 'Status', value: (secret) => secret.status, color: (secret) => statusColor(secret.status) },
  { title: 'Expires', value: (secret) => time(secret.expires_at) },
  { title: 'Last used', value: (secret) => time(secret.last_used) },
  { title: 'To deploy', value: (secret) => secret.used_by.filter(({ redeploy_needed: needed }) => needed).map(({ app_name: name }) => name).join(', ') },
]

interface PlaceOptions { app?: string; file?: string; redeploy?: boolean }

const placed = (command: Command): Command => command.option('--app <app>', 'of this app; without it, of the organization').option('--redeploy', 'roll out the apps that use it')

/** Never from the command line, where `ps` and the history of the shell would show it. */
async function readValue({ terminal }: Context, options: PlaceOptions): Promise<string> {
  const value = options.file === undefined ? await askSecret(terminal, 'Value') : contentOf(options.file).replace(/\r?\n$/, '')
  if (value === '') throw new UsageError('the value is empty: pipe it to stdin, or say --file <file>')
  return value
}

function contentOf(file: string): string {
  try {
    return readFileSync(file, 'utf8')
  } catch (error) {
    throw new UsageError((error as Error).message)
  }
}

async function* secretsOf(client: Client, appId: string | null): AsyncGenerator<Secret> {
  if (appId !== null) return yield* (await dataOf(client.GET('/v1/apps/{app_id}/secrets', { params: { path: { app_id: appId } } }))).data
  yield* pagesOf((cursor) => client.GET('/v1/secrets', { params: { query: { limit: 100, ...(cursor ? { cursor } : {}) } } }))
}

const appIdOf = async (client: Client, name: string | undefined): Promise<string | null> => name === undefined ? null : (await findApp(client, name)).id

async function findSecret(client: Client, name: string, appId: string | null): Promise<Secret> {
  for await (const secret of secretsOf(client, appId)) if (secret.id === name || (secret.name === name && secret.app_id === appId)) return secret
  throw new CommandFailure(EXIT.notFound, 'not_found', `There is no secret ${name} here. See \`shellwego secrets list\`.`)
}

export function secretsCommands(cli: Cli): void {
  const { program, action } = cli
  const secrets = program.command('secrets').description('Secrets of apps and of the organization; their values are never shown.')

  withExamples(secrets.command('list').description('List secrets.').option('--app <app>', 'what this app gets').addOption(limitOption()), 'shellwego secrets list', 'shellwego secrets list --app api')
    .action(action(async ({ api, print }, options: LimitOption & { app?: string }) => {
      const client = await api()
      const found = await take(secretsOf(client, await appIdOf(client, options.app)), options.limit)
      await print.list(found, COLUMNS, 'No secrets yet. Set one with `shellwego secrets set NAME --app <app>`.')
    }))

  withExamples(placed(secrets.command('set').description('Set a secret; the value comes from stdin or a file. A secret that is there gets its next version.').argument('<name>').option('--file <file>', 'take the value from a file')),
    'shellwego secrets set DATABASE_URL --app api', 'openssl rand -hex 32 | shellwego secrets set SESSION_KEY --app api --redeploy')
    .action(action(async (context, options: PlaceOptions, name: string) => {
      const client = await context.api()
      const appId = await appIdOf(client, options.app)
      const body = { value: await readValue(context, options), redeploy: options.redeploy ?? false }
      const secret = appId === null ? await setForOrganization(client, name, body)
        // Whatever it is now, this is its next value.
        : await dataOf(client.PUT('/v1/apps/{app_id}/secrets/{name}', { params: { path: { app_id: appId, name }, header: { 'If-Match': '*' } }, body }))
      await context.print.done(`${secret.name} is at version ${secret.version}.${redeployHint(secret, options)}`, secret)
    }))
  changes(cli, secrets)
}

const redeployHint = (secret: Secret, { redeploy }: PlaceOptions): string =>
  !redeploy && secret.used_by.some(({ redeploy_needed: needed }) => needed) ? ' Running apps get it with their next deployment, or now with --redeploy.' : ''

async function setForOrganization(client: Client, name: string, body: { value: string; redeploy: boolean }): Promise<Secret> {
  for await (const secret of secretsOf(client, null)) {
    if (secret.name === name && secret.app_id === null) return dataOf(client.POST('/v1/secrets/{secret_id}/versions', { params: { path: { secret_id: secret.id } }, body }))
  }
  return dataOf(client.POST('/v1/secrets', { body: { name, scope: 'organization', ...body } }))
}

function changes({ action }: Cli, secrets: Command): void {
  withExamples(placed(secrets.command('import').description('Set every variable of a .env file: all of them, or none.').argument('<file>', '- is stdin')), 'shellwego secrets import .env --app api')
    .action(action(async ({ api, print, terminal }, options: PlaceOptions, file: string) => {
      const client = await api()
      const appId = await appIdOf(client, options.app)
      const content = file === '-' ? await text(terminal.stdin) : contentOf(file)
      const done = await dataOf(client.POST('/v1/secrets/import', { body: { text: content, redeploy: options.redeploy ?? false, ...(appId === null ? {} : { app_id: appId }) } }))
      await print.done(`${done.created.length} new, ${done.rotated.length} with a next version.`, done)
    }))

  withExamples(placed(secrets.command('rotate').description('Give a secret its next value, from stdin or a file.').argument('<name>').option('--file <file>', 'take the value from a file')),
    'openssl rand -hex 32 | shellwego secrets rotate SESSION_KEY --app api --redeploy')
    .action(action(async (context, options: PlaceOptions, name: string) => {
      const client = await context.api()
      const { id } = await findSecret(client, name, await appIdOf(client, options.app))
      const body = { value: await readValue(context, options), redeploy: options.redeploy ?? false }
      const secret = await dataOf(client.POST('/v1/secrets/{secret_id}/versions', { params: { path: { secret_id: id } }, body }))
      await context.print.done(`${secret.name} is at version ${secret.version}.${redeployHint(secret, options)}`, secret)
    }))

  withExamples(placed(secrets.command('delete').description('Delete a secret.').argument('<name>').option('-y, --yes', 'do not ask')), 'shellwego secrets delete OLD_KEY --app api --yes')
    .action(action(async ({ api, print, terminal }, options: PlaceOptions & { yes?: boolean }, name: string) => {
      const client = await api()
      const { id } = await findSecret(client, name, await appIdOf(client, options.app))
      await confirm(terminal, `Delete the secret ${name}? Its versions go with it.`, options.yes ?? false)
      await client.DELETE('/v1/secrets/{secret_id}', { params: { path: { secret_id: id }, query: { redeploy: options.redeploy ?? false } } })
      await print.done(`Deleted ${name}.`, { id, deleted: true })
    }))
}
