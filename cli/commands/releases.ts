import { type Command, Option } from 'commander'
import { confirm } from '../ask.ts'
import type { Cli } from '../cli.ts'
import { CommandFailure, EXIT } from '../exit.ts'
import { withExamples } from '../help.ts'
import type { Column } from '../output/print.ts'
import { time, wholeNumber } from '../output/values.ts'
import { dataOf, pagesOf, type Client, type operations } from '../sdk/index.ts'
import { findApp, take, type App } from './find.ts'
import { limitOption, type LimitOption } from './limit.ts'
import { strategyOf, strategyOptions, type StrategyOptions } from './strategy.ts'
import { waitForDeployment, waitOptions, type WaitOptions } from './wait.ts'

type Release = operations['releases.list']['responses'][200]['content']['application/json']['data'][number]
type Diff = operations['releases.compare']['responses'][200]['content']['application/json']

const COLUMNS: Column<Release>[] = [
  { title: 'Release', value: (release) => release.number, right: true },
  { title: 'State', value: (release) => release.state, color: ({ state }) => (state === 'serving' ? 'green' : null) },
  { title: 'Image', value: (release) => release.image },
  { title: 'Served', value: (release) => time(release.served_at) },
  { title: 'Id', value: (release) => release.id },
]

interface Change { what: string; before: string | null; after: string | null }
const CHANGES: Column<Change>[] = [
  { title: 'What', value: (change) => change.what }, { title: 'Runs', value: (change) => change.before }, { title: 'Would run', value: (change) => change.after },
]
const versionOf = (kind: string, version: number | null): string => (kind === 'secret' && version !== null ? `version ${version}` : 'another value')

/** Of variables the names and the versions of secrets, never a value. */
const changesOf = ({ settings, env }: Diff): Change[] => [
  ...settings.map(({ field, before, after }) => ({ what: field, before, after })),
  ...env.map(({ name, kind, change, version_before: before, version_after: after }) => ({
    what: `${kind} ${name}`, before: change === 'added' ? null : versionOf(kind, before), after: change === 'removed' ? null : versionOf(kind, after),
  })),
]

const releasesOf = (client: Client, appId: string) =>
  pagesOf((cursor) => client.GET('/v1/apps/{app_id}/releases', { params: { path: { app_id: appId }, query: { limit: 50, ...(cursor ? { cursor } : {}) } } }))

async function findRelease(client: Client, app: App, given: number | null): Promise<Release> {
  const all = (await take(releasesOf(client, app.id), 50)).toSorted((a, b) => (a.served_at < b.served_at ? 1 : -1))
  const found = all.find((release) => (given === null ? release.state !== 'serving' : release.number === given))
  if (found) return found
  throw new CommandFailure(EXIT.notFound, 'not_found', given === null ? `${app.name} has no release to go back to.` : `Release ${given} of ${app.name} is not kept. See \`shellwego releases list ${app.name}\`.`)
}

const compare = (client: Client, releaseId: string): Promise<Diff> => dataOf(client.GET('/v1/releases/{release_id}/diff', { params: { path: { release_id: releaseId } } }))

export function releasesCommands({ program, action }: Cli): void {
  const releases = program.command('releases').description('Releases of an app that it can go back to.')
  withExamples(releases.command('list').description('List the releases of an app that are kept, newest first.').argument('<app>', 'name or id').addOption(limitOption(20)), 'shellwego releases list api')
    .action(action(async ({ api, print }, options: LimitOption, name: string) => {
      const client = await api()
      const { id } = await findApp(client, name)
      await print.list(await take(releasesOf(client, id), options.limit), COLUMNS, `No release of ${name} has served yet.`)
    }))

  withExamples(releases.command('diff').description('What going back to a release would change.').argument('<app>', 'name or id').argument('<release>', 'its number'), 'shellwego releases diff api 4')
    .action(action(async ({ api, print }, _options: object, name: string, given: string) => {
      const client = await api()
      const app = await findApp(client, name)
      const diff = await compare(client, (await findRelease(client, app, wholeNumber(given, 'release', 1))).id)
      if (print.format === 'json' || print.format === 'yaml') return print.data(diff)
      await print.list(changesOf(diff), CHANGES, `Release ${diff.release} runs the same as what serves.`)
    }))
}

/** `apps rollback`. */
export function rollbackCommand({ action }: Cli, apps: Command): void {
  const command = apps.command('rollback').description('Go back to a release that has served: image, settings and versions of secrets.').argument('<app>', 'name or id')
    .addOption(new Option('--release <number>', 'which; else the one that served before').argParser((given) => wholeNumber(given, '--release', 1)))
    .option('-y, --yes', 'do not ask')
  withExamples(waitOptions(strategyOptions(command)), 'shellwego apps rollback api', 'shellwego apps rollback api --release 4 --yes --wait')
    .action(action(async (context, options: WaitOptions & StrategyOptions & { release?: number; yes?: boolean }, name: string) => {
      const client = await context.api()
      const app = await findApp(client, name)
      const release = await findRelease(client, app, options.release ?? null)
      const diff = await compare(client, release.id)
      for (const { what, before, after } of changesOf(diff)) context.print.note(`${what}: ${before ?? '–'} -> ${after ?? '–'}`)
      if (diff.possible) await confirm(context.terminal, `Go back from release ${diff.running ?? '–'} to ${release.number} of ${app.name}?`, options.yes ?? false)
      const strategy = strategyOf(options)
      const started = await dataOf(client.POST('/v1/apps/{app_id}/rollback', { params: { path: { app_id: app.id } }, body: { release_id: release.id, ...(strategy ? { strategy } : {}) } }))
      if (options.wait) return waitForDeployment(context, client, started.deployment_id, options.timeout)
      await context.print.done(`${app.name} goes back to release ${started.release}. Follow it with \`shellwego deployments get ${started.deployment_id}\`.`, started)
    }))
}
