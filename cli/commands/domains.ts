import { readFileSync } from 'node:fs'
import type { Command } from 'commander'
import { confirm } from '../ask.ts'
import type { Cli } from '../cli.ts'
import { CommandFailure, EXIT, UsageError } from '../exit.ts'
import { withExamples } from '../help.ts'
import type { Column } from '../output/print.ts'
import { statusColor, time } from '../output/values.ts'
import { dataOf, pagesOf, type Client, type operations } from '../sdk/index.ts'
import { findApp, take } from './find.ts'
import { limitOption, type LimitOption } from './limit.ts'

type Domain = operations['domains.get']['responses'][200]['content']['application/json']
type Changes = NonNullable<operations['domains.update']['requestBody']>['content']['application/json']

const COLUMNS: Column<Domain>[] = [
  { title: 'Domain', value: (domain) => domain.hostname },
  { title: 'App', value: (domain) => domain.app_name },
  { title: 'Status', value: (domain) => domain.status, color: (domain) => statusColor(domain.status) },
  { title: 'Certificate', value: (domain) => domain.tls_status, color: (domain) => statusColor(domain.tls_status) },
  { title: 'Checked', value: (domain) => time(domain.check?.at ?? null) },
  { title: 'Id', value: (domain) => domain.id },
]
const FIELDS: Column<Domain>[] = [
  ...COLUMNS,
  { title: 'Record', value: ({ record }) => `${record.name} ${record.type} "${record.value}"` },
  { title: 'Resolver answered', value: ({ check }) => (check === null ? 'not asked yet' : check.answer.join(' | ') || 'nothing') },
  { title: 'Fault', value: ({ check }) => check?.fault ?? '' },
  { title: 'Lead it to', value: ({ pointing }) => pointing.target },
  { title: 'Leads here', value: ({ pointing: { here, answer } }) => `${here === null ? 'not known' : here ? 'yes' : 'no'}${answer.length > 0 ? ` (${answer.join(', ')})` : ''}` },
  { title: 'Served until', value: ({ given_up_at: at }) => time(at) },
  { title: 'Redirect', value: ({ redirect }) => (redirect === null ? '' : `${redirect.status} ${redirect.to}`) },
  { title: 'Paths', value: ({ paths }) => paths.map((one) => `${one.path} -> ${one.app_id}${one.strip_prefix ? ' (stripped)' : ''}`).join(', ') },
  { title: 'Certificate ends', value: ({ certificate }) => time(certificate?.expires_at ?? null) },
]

/** A domain by its name or id. */
async function findDomain(client: Client, given: string): Promise<Domain> {
  const wanted = given.toLowerCase().replace(/\.$/, '')
  const all = pagesOf((cursor) => client.GET('/v1/domains', { params: { query: { limit: 100, ...(cursor ? { cursor } : {}) } } }))
  for await (const domain of all) if (domain.id === given || domain.hostname === wanted || domain.unicode === wanted) return domain
  throw new CommandFailure(EXIT.notFound, 'not_found', `There is no domain ${given}. See \`shellwego domains list\`.`)
}

async function change(client: Client, { id, etag }: Domain, body: Changes): Promise<Domain> {
  return dataOf(client.PATCH('/v1/domains/{domain_id}', { params: { path: { domain_id: id }, header: { 'If-Match': `"${etag}"` } }, body }))
}

const collect = (value: string, all: string[]): string[] => [...all, value]

export function domainsCommands(cli: Cli): void {
  const { program, action } = cli
  const domains = program.command('domains').description('Names of your own that lead to your apps.')

  withExamples(domains.command('list').description('List the domains.').addOption(limitOption()), 'shellwego domains list')
    .action(action(async ({ api, print }, options: LimitOption) => {
      const client = await api()
      const all = pagesOf((cursor) => client.GET('/v1/domains', { params: { query: { limit: 100, ...(cursor ? { cursor } : {}) } } }))
      await print.list(await take(all, options.limit), COLUMNS, 'No domains yet. Add one with `shellwego domains add <domain> --app <app>`.')
    }))

  withExamples(domains.command('get').description('Show a domain: the record that proves it, and what the resolver said.').argument('<domain>', 'name or id'), 'shellwego domains get shop.example.com')
    .action(action(async ({ api, print }, _options: object, given: string) => {
      await print.item(await findDomain(await api(), given), FIELDS)
    }))

  withExamples(
    domains.command('add').description('Add a domain; the DNS record that proves it is printed.').argument('<domain>').requiredOption('--app <app>', 'the app it leads to'),
    'shellwego domains add shop.example.com --app web',
  ).action(action(async ({ api, print }, options: { app: string }, hostname: string) => {
    const client = await api()
    const { id } = await findApp(client, options.app)
    const made = await dataOf(client.POST('/v1/domains', { body: { hostname, app_id: id } }))
    print.note(`Put this record into its DNS, then run \`shellwego domains verify ${made.hostname}\`.`)
    await print.item(made, FIELDS)
  }))

  withExamples(domains.command('verify').description('Look for its DNS records now; fails while it is not proven.').argument('<domain>', 'name or id'), 'shellwego domains verify shop.example.com')
    .action(action(async ({ api, print }, _options: object, given: string) => {
      const client = await api()
      const { id } = await findDomain(client, given)
      const seen = await dataOf(client.POST('/v1/domains/{domain_id}/actions/validate', { params: { path: { domain_id: id } } }))
      await print.item(seen, FIELDS)
      if (seen.status !== 'active') throw new CommandFailure(EXIT.failed, 'not_proven', `${seen.hostname} is not proven: ${seen.check?.fault ?? 'not found'}`)
    }))
  routing(cli, domains)
  certificates(cli, domains)

  withExamples(domains.command('delete').description('Give a domain up; for 30 days nobody else can claim it.').argument('<domain>', 'name or id').option('-y, --yes', 'do not ask'),
    'shellwego domains delete shop.example.com --yes')
    .action(action(async ({ api, print, terminal }, options: { yes?: boolean }, given: string) => {
      const client = await api()
      const { id, hostname } = await findDomain(client, given)
      await confirm(terminal, `Remove ${hostname}? Visitors no longer reach the app under it.`, options.yes ?? false)
      await client.DELETE('/v1/domains/{domain_id}', { params: { path: { domain_id: id } } })
      await print.done(`Removed ${hostname}.`, { id, deleted: true })
    }))
}

interface RouteOptions { app?: string; redirect?: string | false; temporary?: boolean; path: string[]; strip?: boolean }

function routing({ action }: Cli, domains: Command): void {
  withExamples(
    domains.command('route').description('Lead a domain to another app, its paths to others, or redirect it.').argument('<domain>', 'name or id')
      .option('--app <app>', 'the app it leads to').option('--path <path=app>', 'lead a path to an app; repeat for more; replaces those there are', collect, [])
      .option('--strip', 'those apps see the rest of the path only').option('--redirect <url>', 'send visitors there instead').option('--no-redirect', 'serve the app again')
      .option('--temporary', 'redirect with 307 instead of 308'),
    'shellwego domains route shop.example.com --path /api=api --strip', 'shellwego domains route www.example.com --redirect https://example.com',
  ).action(action(async ({ api, print }, options: RouteOptions, given: string) => {
    const client = await api()
    const domain = await findDomain(client, given)
    const paths = await Promise.all(options.path.map(async (one) => {
      const [path = '', app] = one.split('=', 2)
      if (!app) throw new UsageError(`--path wants path=app, as in /api=api, not ${one}`)
      return { path, app_id: (await findApp(client, app)).id, strip_prefix: options.strip ?? false }
    }))
    const changed = await change(client, domain, {
      ...(options.app === undefined ? {} : { app_id: (await findApp(client, options.app)).id }), ...(paths.length > 0 ? { paths } : {}),
      ...(typeof options.redirect === 'string' ? { redirect: { to: options.redirect, status: options.temporary ? 307 : 308, keep_path: true } } : {}),
      ...(options.redirect === false ? { redirect: null } : {}),
    })
    await print.done(`${changed.hostname} is changed.`, changed)
  }))
}

const contentOf = (file: string): string => {
  try {
    return readFileSync(file, 'utf8')
  } catch (error) {
    throw new UsageError((error as Error).message)
  }
}

function certificates({ action }: Cli, domains: Command): void {
  withExamples(
    domains.command('certificate').description('Serve a domain with a certificate of your own, or with --remove with an automatic one again.').argument('<domain>', 'name or id')
      .option('--certificate <file>', 'PEM, with or without the chain').option('--key <file>', 'PEM of its private key').option('--chain <file>', 'PEM of the authorities in between')
      .option('--remove', 'give the uploaded one up'),
    'shellwego domains certificate shop.example.com --certificate fullchain.pem --key privkey.pem',
  ).action(action(async ({ api, print }, options: { certificate?: string; key?: string; chain?: string; remove?: boolean }, given: string) => {
    const client = await api()
    const path = { domain_id: (await findDomain(client, given)).id }
    if (options.remove) {
      const domain = await dataOf(client.DELETE('/v1/domains/{domain_id}/certificate', { params: { path } }))
      return print.done(`${domain.hostname} gets automatic certificates again.`, domain)
    }
    if (!options.certificate || !options.key) throw new UsageError('say --certificate <file> and --key <file>, or --remove')
    const body = { certificate: contentOf(options.certificate), private_key: contentOf(options.key), chain: options.chain ? contentOf(options.chain) : '' }
    const domain = await dataOf(client.POST('/v1/domains/{domain_id}/certificate', { params: { path }, body }))
    await print.done(`Stored. It ends ${time(domain.certificate?.expires_at ?? null)}.`, domain)
  }))
}
