import type { Command } from 'commander'
import type { Cli } from '../cli.ts'
import { CommandFailure, EXIT, UsageError } from '../exit.ts'
import { withExamples } from '../help.ts'
import type { Column } from '../output/print.ts'
import { wholeNumber } from '../output/values.ts'
import { dataOf, type Client, type operations } from '../sdk/index.ts'
import { findApp } from './find.ts'

type OrgNetwork = operations['networks.get']['responses'][200]['content']['application/json']
type AppNetwork = operations['networks.get_of_app']['responses'][200]['content']['application/json']
type Rule = AppNetwork['rules'][number]
type Change = NonNullable<operations['networks.set_of_app']['requestBody']>['content']['application/json']

const APPS: Column<OrgNetwork['apps'][number]>[] = [
  { title: 'App', value: (app) => app.name },
  { title: 'Name inside', value: (app) => app.internal_name },
  { title: 'Addresses', value: (app) => app.instances.map((one) => one.address).join(', ') },
  { title: 'May go', value: (app) => app.egress === 'open' ? 'everywhere' : `by ${app.rules} rules` },
  { title: 'Mbit/s', value: (app) => app.bandwidth_mbit ?? 'plan', right: true },
]
const FIELDS: Column<AppNetwork>[] = [
  { title: 'Name inside', value: (network) => network.internal_name },
  { title: 'May go', value: (network) => network.egress === 'open' ? 'everywhere' : 'only where rules say' },
  { title: 'Rules', value: (network) => network.rules.map(sentence).join('; ') },
  { title: 'Mbit/s', value: (network) => network.bandwidth_mbit ?? `${network.allowed_bandwidth_mbit} (plan)` },
]
const sentence = ({ to, protocol, ports }: Rule): string => `${to} ${protocol}${ports === null ? '' : ` ${ports}`}`

interface RuleOptions { port?: string; protocol?: string }

const ruleOptions = (command: Command): Command => command
  .option('--port <ports>', '443 or 8000-8100; without it every port').option('--protocol <protocol>', 'tcp, udp, icmp or any', 'tcp')

const ruleOf = (to: string, { port, protocol = 'tcp' }: RuleOptions): Rule => {
  const known = (['tcp', 'udp', 'icmp', 'any'] as const).find((one) => one === protocol)
  if (!known) throw new UsageError(`--protocol is tcp, udp, icmp or any, not ${protocol}`)
  return { to, protocol: known, ports: port ?? null }
}

/** What we saw is what we change: if somebody else was faster, the API refuses. */
async function changed(client: Client, app: string, change: (seen: AppNetwork) => Partial<Change>): Promise<AppNetwork> {
  const path = { app_id: (await findApp(client, app)).id }
  const seen = await dataOf(client.GET('/v1/apps/{app_id}/network', { params: { path } }))
  const body = { egress: seen.egress, rules: seen.rules, bandwidth_mbit: seen.bandwidth_mbit, ...change(seen) }
  return dataOf(client.PUT('/v1/apps/{app_id}/network', { params: { path, header: { 'If-Match': `"${seen.etag}"` } }, body }))
}

const without = (seen: AppNetwork, to: string, { port }: RuleOptions): Rule[] => {
  const left = seen.rules.filter((rule) => !([to, `${to}/32`].includes(rule.to) && (port === undefined || rule.ports === port)))
  if (left.length === seen.rules.length) throw new CommandFailure(EXIT.notFound, 'not_found', `No rule names ${to}. See \`shellwego network show <app>\`.`)
  return left
}

export function networksCommands(cli: Cli): void {
  const network = cli.program.command('network').description('The private network, where apps may go, and how fast.')
  const { action } = cli

  withExamples(network.command('show').description('Show the network of the organization, or of one app.').argument('[app]'), 'shellwego network show', 'shellwego network show api --json')
    .action(action(async ({ api, print }, _options: object, app?: string) => {
      const client = await api()
      if (app !== undefined) return print.item(await dataOf(client.GET('/v1/apps/{app_id}/network', { params: { path: { app_id: (await findApp(client, app)).id } } })), FIELDS)
      await print.list((await dataOf(client.GET('/v1/network'))).apps, APPS, 'No apps are in the network yet.')
    }))

  withExamples(ruleOptions(network.command('allow').description('Let an app go there, and from now on only where rules say.').argument('<app>').argument('<to>', 'a range or a host name')),
    'shellwego network allow api api.stripe.com --port 443', 'shellwego network allow api 203.0.113.0/24 --protocol udp --port 53')
    .action(action(async ({ api, print }, options: RuleOptions, app: string, to: string) => {
      const rule = ruleOf(to, options)
      await print.item(await changed(await api(), app, (seen) => ({ egress: 'restricted', rules: [...seen.rules, rule] })), FIELDS)
    }))

  withExamples(network.command('disallow').description('Take the rules of a destination away.').argument('<app>').argument('<to>').option('--port <ports>', 'only the rule of these ports'), 'shellwego network disallow api api.stripe.com')
    .action(action(async ({ api, print }, options: RuleOptions, app: string, to: string) => {
      await print.item(await changed(await api(), app, (seen) => ({ rules: without(seen, to, options) })), FIELDS)
    }))
  modes(cli, network)
}

function modes({ action }: Cli, network: Command): void {
  withExamples(network.command('open').description('Let an app go everywhere; its rules are kept for later.').argument('<app>'), 'shellwego network open api')
    .action(action(async ({ api, print }, _options: object, app: string) => print.item(await changed(await api(), app, () => ({ egress: 'open' })), FIELDS)))

  withExamples(network.command('restrict').description('Let an app go only where its rules say.').argument('<app>'), 'shellwego network restrict api')
    .action(action(async ({ api, print }, _options: object, app: string) => print.item(await changed(await api(), app, () => ({ egress: 'restricted' })), FIELDS)))

  withExamples(network.command('speed').description('Set how fast each instance may be, or give back to the plan.').argument('<app>').argument('<mbit>', 'Mbit/s, or plan'), 'shellwego network speed api 100', 'shellwego network speed api plan')
    .action(action(async ({ api, print }, _options: object, app: string, mbit: string) => {
      const bandwidth = mbit === 'plan' ? null : wholeNumber(mbit, 'mbit', 1)
      await print.item(await changed(await api(), app, () => ({ bandwidth_mbit: bandwidth })), FIELDS)
    }))
}
