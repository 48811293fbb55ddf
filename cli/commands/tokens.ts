import { Option } from 'commander'
import { confirm } from '../ask.ts'
import type { Cli } from '../cli.ts'
import type { Context } from '../context.ts'
import { CommandFailure, EXIT, UsageError } from '../exit.ts'
import { withExamples } from '../help.ts'
import type { Column } from '../output/print.ts'
import { statusColor, time, wholeNumber } from '../output/values.ts'
import { dataOf, pagesOf, type Client, type operations } from '../sdk/index.ts'
import { findApp, take } from './find.ts'
import { limitOption, type LimitOption } from './limit.ts'
import { currentOrganization } from './organization.ts'

type Token = operations['tokens.get']['responses'][200]['content']['application/json']
type Scope = Token['scopes'][number]
type Account = operations['service_accounts.get']['responses'][200]['content']['application/json']
type Role = NonNullable<NonNullable<operations['service_accounts.create']['requestBody']>['content']['application/json']['role']>

const COLUMNS: Column<Token>[] = [
  { title: 'Name', value: (token) => token.name },
  { title: 'Status', value: (token) => token.status, color: (token) => statusColor(token.status) },
  { title: 'Ends in', value: (token) => token.hint },
  { title: 'Scopes', value: (token) => token.scopes.join(' ') || 'all' },
  { title: 'Expires', value: (token) => time(token.expires_at) },
  { title: 'Last used', value: (token) => time(token.last_used_at) },
  { title: 'Id', value: (token) => token.id },
]
const ACCOUNT_COLUMNS: Column<Account>[] = [
  { title: 'Name', value: (account) => account.name },
  { title: 'Role', value: (account) => account.role_name ?? account.role },
  { title: 'Disabled', value: (account) => account.disabled },
  { title: 'Tokens', value: (account) => account.tokens, right: true },
  { title: 'Last used', value: (account) => time(account.last_used_at) },
  { title: 'Id', value: (account) => account.id },
]

/** A service account by name or id, and the organization it is of. */
async function findAccount(context: Context, client: Client, given: string): Promise<Account & { organizationId: string }> {
  const organizationId = await currentOrganization(context)
  for await (const account of accountsOf(client, organizationId)) if (account.id === given || account.name === given) return { ...account, organizationId }
  throw new CommandFailure(EXIT.notFound, 'not_found', `There is no service account ${given}. See \`shellwego tokens accounts\`.`)
}

const accountsOf = (client: Client, organizationId: string): AsyncGenerator<Account> => pagesOf((cursor) =>
  client.GET('/v1/organizations/{organization_id}/service-accounts', { params: { path: { organization_id: organizationId }, query: { limit: 100, ...(cursor ? { cursor } : {}) } } }))

const pathOf = (account: { id: string; organizationId: string }) => ({ organization_id: account.organizationId, service_account_id: account.id })
const collect = (value: string, before: string[]): string[] => [...before, value]

interface ServiceOption { service?: string }

export function tokensCommands(cli: Cli): void {
  const { program, action } = cli
  const tokens = program.command('tokens').description('Tokens: your own, and those of service accounts.')

  withExamples(tokens.command('list').description('List your tokens, or those of a service account.').option('--service <account>', 'of this service account').addOption(limitOption()), 'shellwego tokens list', 'shellwego tokens list --service ci')
    .action(action(async (context, options: LimitOption & ServiceOption) => {
      const client = await context.api()
      if (options.service !== undefined) {
        const path = pathOf(await findAccount(context, client, options.service))
        const { data } = await dataOf(client.GET('/v1/organizations/{organization_id}/service-accounts/{service_account_id}/tokens', { params: { path } }))
        return context.print.list(data, COLUMNS, 'It has no tokens.')
      }
      const all = pagesOf((cursor) => client.GET('/v1/tokens', { params: { query: { limit: 100, ...(cursor ? { cursor } : {}) } } }))
      await context.print.list(await take(all, options.limit), COLUMNS, 'You have no tokens. Make one in the console, under your account.')
    }))
  accountCommands(cli, tokens)
  tokenChanges(cli, tokens)
}

function accountCommands({ action }: Cli, tokens: ReturnType<Cli['program']['command']>): void {
  withExamples(tokens.command('accounts').description('List the service accounts of the organization.').addOption(limitOption()), 'shellwego tokens accounts')
    .action(action(async (context, options: LimitOption) => {
      const client = await context.api()
      const all = accountsOf(client, await currentOrganization(context))
      await context.print.list(await take(all, options.limit), ACCOUNT_COLUMNS, 'No service accounts yet. Create one with `shellwego tokens create-account ci`.')
    }))

  withExamples(
    tokens.command('create-account').description('Create a service account: a machine that works with tokens of its own.').argument('<name>')
      .addOption(new Option('--role <role>', 'what it may do').choices(['admin', 'developer', 'viewer', 'billing']).default('developer')),
    'shellwego tokens create-account ci --role developer',
  ).action(action(async (context, { role }: { role: Role }, name: string) => {
    const client = await context.api()
    const account = await dataOf(client.POST('/v1/organizations/{organization_id}/service-accounts', { params: { path: { organization_id: await currentOrganization(context) } }, body: { name, role } }))
    await context.print.done(`Created ${account.name}. Make a token for it with \`shellwego tokens create <name> --service ${account.name}\`.`, account)
  }))
}

interface CreateOptions { service?: string; scope: Scope[]; app: string[]; ip: string[]; days: number }

function tokenChanges({ action }: Cli, tokens: ReturnType<Cli['program']['command']>): void {
  withExamples(
    tokens.command('create').description('Make a token for a service account. It is printed once, on stdout, and nowhere else.').argument('<name>')
      .option('--service <account>', 'for this service account').option('--scope <permission>', 'this permission only; repeat for more', collect, [])
      .option('--app <app>', 'this app only; repeat for more', collect, []).option('--ip <block>', 'from this address or block only; repeat for more', collect, [])
      .addOption(new Option('--days <count>', 'until it expires').default(90).argParser((given) => wholeNumber(given, '--days', 1))),
    'shellwego tokens create deploys --service ci --scope apps:read --scope apps:write > token.txt',
  ).action(action(async (context, options: CreateOptions, name: string) => {
    if (options.service === undefined) throw new UsageError('--service is needed: tokens of your own are made in the console, or by `shellwego auth login`')
    const client = await context.api()
    const account = await findAccount(context, client, options.service)
    const apps = await Promise.all(options.app.map((app) => findApp(client, app)))
    const token = await dataOf(client.POST('/v1/organizations/{organization_id}/service-accounts/{service_account_id}/tokens', {
      params: { path: pathOf(account) },
      body: { name, scopes: options.scope, app_ids: apps.map(({ id }) => id), ip_allow: options.ip, expires_in_days: options.days },
    }))
    if (context.print.format === 'json' || context.print.format === 'yaml') return context.print.data(token)
    context.print.note(`${token.name} works until ${time(token.expires_at)}. It is not shown again:`)
    await context.print.raw(`${token.token}\n`)
  }))

  withExamples(tokens.command('revoke').description('Revoke a token; it stops working at once.').argument('<token>', 'id').option('--service <account>', 'of this service account').option('-y, --yes', 'do not ask'),
    'shellwego tokens revoke tok_0hz4… --yes')
    .action(action(async (context, options: ServiceOption & { yes?: boolean }, id: string) => {
      const client = await context.api()
      const account = options.service === undefined ? null : await findAccount(context, client, options.service)
      await confirm(context.terminal, `Revoke ${id}? Whatever uses it stops working.`, options.yes ?? false)
      if (account) await client.DELETE('/v1/organizations/{organization_id}/service-accounts/{service_account_id}/tokens/{token_id}', { params: { path: { ...pathOf(account), token_id: id } } })
      else await client.DELETE('/v1/tokens/{token_id}', { params: { path: { token_id: id } } })
      await context.print.done(`Revoked ${id}.`, { id, revoked: true })
    }))
}
