import type { Command } from 'commander'
import { confirm } from '../ask.ts'
import type { Cli } from '../cli.ts'
import { CommandFailure, EXIT } from '../exit.ts'
import { withExamples } from '../help.ts'
import type { Column } from '../output/print.ts'
import { statusColor, time, wholeNumber } from '../output/values.ts'
import { ApiError, dataOf, pagesOf, type Client, type operations } from '../sdk/index.ts'
import { findApp, take } from './find.ts'
import { limitOption, type LimitOption } from './limit.ts'
import { volumeFencingCommands } from './volume-fencing.ts'

type Volume = operations['volumes.list']['responses'][200]['content']['application/json']['data'][number]
type Detail = operations['volumes.get']['responses'][200]['content']['application/json']
type Snapshot = Detail['snapshot_list'][number]

const COLUMNS: Column<Volume>[] = [
  { title: 'Name', value: (volume) => volume.name },
  { title: 'Status', value: (volume) => volume.status, color: (volume) => statusColor(volume.status) },
  { title: 'Size', value: (volume) => volume.size, right: true },
  { title: 'Used', value: (volume) => volume.used, right: true },
  { title: 'App', value: (volume) => volume.app_id },
  { title: 'Mounted on', value: (volume) => volume.mount_path },
  { title: 'Snapshots', value: (volume) => volume.snapshots, right: true },
  { title: 'Last proven restore', value: (volume) => time(volume.safety.last_proven_at) },
  { title: 'Created', value: (volume) => time(volume.created_at) },
]

const FIELDS: Column<Detail>[] = [
  ...COLUMNS,
  { title: 'Why', value: (volume) => volume.status_reason },
  { title: 'Encrypted', value: (volume) => volume.encrypted },
  { title: 'When its node is cut off', value: (volume) => `${volume.mode}: the app ${volume.mode === 'strict' ? 'stops by itself' : 'runs on'}` },
  { title: 'Its node is lost', value: (volume) => volume.recovery?.detail ?? null },
  { title: 'Open in', value: (volume) => volume.in_use_by },
  { title: 'Last restore on trial', value: (volume) => volume.safety.last_drill_detail },
  { title: 'Schedules', value: (volume) => volume.schedules.map((schedule) => `${schedule.what === 'backup' ? 'backup ' : ''}every ${schedule.every_minutes} min, kept ${schedule.keep_hours} h`).join('; ') },
  { title: 'Back until', value: (volume) => time(volume.purge_at) },
]

const SNAPSHOT_COLUMNS: Column<Snapshot>[] = [
  { title: 'Id', value: (snapshot) => snapshot.id },
  { title: 'Name', value: (snapshot) => snapshot.name },
  { title: 'Kind', value: (snapshot) => snapshot.kind },
  { title: 'Status', value: (snapshot) => snapshot.status, color: (snapshot) => statusColor(snapshot.status) },
  { title: 'Taken', value: (snapshot) => time(snapshot.taken_at) },
  { title: 'Kept until', value: (snapshot) => time(snapshot.expires_at) },
]

const pathOf = (name: string) => ({ params: { path: { volume_id: name } } })

async function findVolume(client: Client, name: string): Promise<Detail> {
  try {
    return await dataOf(client.GET('/v1/volumes/{volume_id}', pathOf(name)))
  } catch (error) {
    if (!(error instanceof ApiError) || error.code !== 'not_found') throw error
    throw new CommandFailure(EXIT.notFound, 'not_found', `There is no volume ${name}. See \`shellwego volumes list\`.`)
  }
}

/** By id or by name; the newest of a name. */
async function findSnapshot(client: Client, volume: string, name: string): Promise<{ volume: Detail; snapshot: Snapshot }> {
  const found = await findVolume(client, volume)
  const snapshot = found.snapshot_list.find((one) => one.id === name) ?? found.snapshot_list.find((one) => one.name === name)
  if (!snapshot) throw new CommandFailure(EXIT.notFound, 'not_found', `${found.name} has no snapshot ${name}. See \`shellwego volumes snapshots ${found.name}\`.`)
  return { volume: found, snapshot }
}

export function volumesCommands(cli: Cli): void {
  const volumes = cli.program.command('volumes').description('Disks that outlive instances, and their snapshots.')
  reading(cli, volumes)
  making(cli, volumes)
  attaching(cli, volumes)
  snapshotting(cli, volumes)
  volumeFencingCommands(cli, volumes)
}

function reading({ action }: Cli, volumes: Command): void {
  withExamples(volumes.command('list').description('List volumes.').option('--deleted', 'those that can be brought back').addOption(limitOption()), 'shellwego volumes list')
    .action(action(async ({ api, print }, options: LimitOption & { deleted?: boolean }) => {
      const client = await api()
      const filter = options.deleted === true ? { 'filter[status]': 'deleted' } : {}
      const pages = pagesOf((cursor) => client.GET('/v1/volumes', { params: { query: { limit: 100, ...filter, ...(cursor ? { cursor } : {}) } } }))
      await print.list(await take(pages, options.limit), COLUMNS, 'No volumes yet. Make one with `shellwego volumes create <name>`.')
    }))

  withExamples(volumes.command('get').description('Show a volume with its snapshots and schedules.').argument('<volume>'), 'shellwego volumes get data')
    .action(action(async ({ api, print }, _: object, name: string) => {
      const volume = await findVolume(await api(), name)
      await print.item(volume, FIELDS)
    }))

  withExamples(volumes.command('snapshots').description('List the snapshots of a volume.').argument('<volume>'), 'shellwego volumes snapshots data')
    .action(action(async ({ api, print }, _: object, name: string) => {
      await print.list((await findVolume(await api(), name)).snapshot_list, SNAPSHOT_COLUMNS, `No snapshots. Take one with \`shellwego volumes snapshot ${name}\`.`)
    }))
}

interface CreateOptions { size: string; snapshot?: string; encrypted?: boolean; strict?: boolean; app?: string; mount?: string }

function making({ action }: Cli, volumes: Command): void {
  withExamples(
    volumes.command('create').description('Create a volume, empty or from a snapshot.').argument('<name>').option('--size <size>', 'as 10g', '1g').option('--snapshot <id>', 'what it holds at first')
      .option('--encrypted', 'its node stores no plain byte of it').option('--strict', 'its app stops by itself when its node is cut off').option('--app <app>', 'attach it at once').option('--mount <path>', 'where the app finds it'),
    'shellwego volumes create data --size 10g', 'shellwego volumes create data --size 10g --app store --mount /data',
  ).action(action(async ({ api, print }, options: CreateOptions, name: string) => {
    const client = await api()
    const app = options.app === undefined ? {} : { app_id: (await findApp(client, options.app)).id }
    const source = options.snapshot === undefined ? {} : { snapshot_id: options.snapshot }
    const mount = options.mount === undefined ? {} : { mount_path: options.mount }
    const body = { name, size: options.size, encrypted: options.encrypted ?? false, mode: options.strict === true ? 'strict' as const : 'pinned' as const, ...source, ...app, ...mount }
    const volume = await dataOf(client.POST('/v1/volumes', { body }))
    await print.done(`${volume.name} is being made.`, volume)
  }))

  withExamples(volumes.command('resize').description('Give a volume another size; smaller only while it is detached.').argument('<volume>').argument('<size>', 'as 20g'), 'shellwego volumes resize data 20g')
    .action(action(async ({ api, print }, _: object, name: string, size: string) => {
      const volume = await dataOf((await api()).POST('/v1/volumes/{volume_id}/resize', { ...pathOf(name), body: { size } }))
      await print.done(`${volume.name} gets ${volume.size}.`, volume)
    }))

  withExamples(volumes.command('clone').description('A new volume with what this one holds now.').argument('<volume>').argument('<name>'), 'shellwego volumes clone data data-test')
    .action(action(async ({ api, print }, _: object, from: string, name: string) => {
      const volume = await dataOf((await api()).POST('/v1/volumes/{volume_id}/clone', { ...pathOf(from), body: { name } }))
      await print.done(`${volume.name} is being made.`, volume)
    }))

  withExamples(volumes.command('delete').description('Delete a detached volume with its snapshots; for 72 hours it can be brought back.').argument('<volume>').option('-y, --yes', 'do not ask'),
    'shellwego volumes delete data --yes')
    .action(action(async ({ api, print, terminal }, options: { yes?: boolean }, name: string) => {
      const client = await api()
      await confirm(terminal, `Delete the volume ${name} with its snapshots?`, options.yes ?? false)
      const volume = await dataOf(client.DELETE('/v1/volumes/{volume_id}', pathOf(name)))
      await print.done(`Deleted ${volume.name}. Bring it back with \`shellwego volumes recover ${volume.id}\`.`, volume)
    }))

  withExamples(volumes.command('recover').description('Bring a deleted volume back.').argument('<id>'), 'shellwego volumes recover vol_01k3m8q2rt6vxyzabcdefg1')
    .action(action(async ({ api, print }, _: object, id: string) => {
      const volume = await dataOf((await api()).POST('/v1/volumes/{volume_id}/actions/undelete', pathOf(id)))
      await print.done(`${volume.name} is back.`, volume)
    }))
}

function attaching({ action }: Cli, volumes: Command): void {
  withExamples(volumes.command('attach').description('Mount a volume in an app; a running app restarts with it.').argument('<volume>').argument('<app>').argument('<path>').option('--read-only', 'the app can change nothing'),
    'shellwego volumes attach data store /data')
    .action(action(async ({ api, print }, options: { readOnly?: boolean }, name: string, app: string, path: string) => {
      const client = await api()
      const body = { app_id: (await findApp(client, app)).id, mount_path: path, read_only: options.readOnly ?? false }
      const volume = await dataOf(client.POST('/v1/volumes/{volume_id}/attach', { ...pathOf(name), body }))
      await print.done(`${volume.name} is attached to ${app} on ${path}.`, volume)
    }))

  withExamples(volumes.command('detach').description('Take a volume from its app; its files stay.').argument('<volume>').option('--force', 'also while the app runs: it restarts without the volume'),
    'shellwego volumes detach data')
    .action(action(async ({ api, print }, options: { force?: boolean }, name: string) => {
      const volume = await dataOf((await api()).POST('/v1/volumes/{volume_id}/detach', { ...pathOf(name), body: { force: options.force ?? false } }))
      await print.done(`${volume.name} is detached.`, volume)
    }))
}

function snapshotting({ action }: Cli, volumes: Command): void {
  withExamples(volumes.command('snapshot').description('Keep what a volume holds now; an app that uses it goes on.').argument('<volume>').option('--name <name>').option('--description <text>', 'what for', ''),
    'shellwego volumes snapshot data --name before-upgrade')
    .action(action(async ({ api, print }, options: { name?: string; description: string }, name: string) => {
      const body = { description: options.description, ...(options.name === undefined ? {} : { name: options.name }) }
      const snapshot = await dataOf((await api()).POST('/v1/volumes/{volume_id}/snapshots', { ...pathOf(name), body }))
      await print.done(`${snapshot.name} is being taken.`, snapshot)
    }))

  withExamples(volumes.command('restore').description('Go back to a snapshot, in a new volume or in place.').argument('<volume>').argument('<snapshot>', 'name or id')
    .option('--in-place', 'replace what the volume holds; that is kept as a snapshot').option('--name <name>', 'of the new volume').option('-y, --yes', 'do not ask'),
  'shellwego volumes restore data before-upgrade --name data-old', 'shellwego volumes restore data before-upgrade --in-place --yes')
    .action(action(async ({ api, print, terminal }, options: { inPlace?: boolean; name?: string; yes?: boolean }, from: string, name: string) => {
      const client = await api()
      const { volume, snapshot } = await findSnapshot(client, from, name)
      if (options.inPlace === true) await confirm(terminal, `Replace what ${volume.name} holds by ${snapshot.name}?`, options.yes ?? false)
      const body = { snapshot_id: snapshot.id, create_new_volume: options.inPlace !== true, ...(options.name === undefined ? {} : { name: options.name }) }
      const result = await dataOf(client.POST('/v1/volumes/{volume_id}/restore', { ...pathOf(volume.id), body }))
      await print.done(options.inPlace === true ? `${result.name} goes back to ${snapshot.name}.` : `${result.name} is being made.`, result)
    }))

  withExamples(volumes.command('delete-snapshot').description('Delete a snapshot; others stay whole.').argument('<volume>').argument('<snapshot>', 'name or id').option('-y, --yes', 'do not ask'),
    'shellwego volumes delete-snapshot data before-upgrade --yes')
    .action(action(async ({ api, print, terminal }, options: { yes?: boolean }, from: string, name: string) => {
      const client = await api()
      const { volume, snapshot } = await findSnapshot(client, from, name)
      await confirm(terminal, `Delete the snapshot ${snapshot.name}?`, options.yes ?? false)
      const gone = await dataOf(client.DELETE('/v1/volumes/{volume_id}/snapshots/{snapshot_id}', { params: { path: { volume_id: volume.id, snapshot_id: snapshot.id } } }))
      await print.done(`Deleted ${gone.name}.`, gone)
    }))

  withExamples(volumes.command('schedule').description('Take a snapshot or a backup every so often: every 15, 60, 360, 1440 or 10080 minutes.').argument('<volume>').option('--backup', 'a backup in the bucket instead of a snapshot')
    .requiredOption('--every <minutes>', 'minutes between two', (text) => wholeNumber(text, '--every', 1)).requiredOption('--keep <hours>', 'hours each is kept', (text) => wholeNumber(text, '--keep', 1)),
  'shellwego volumes schedule data --every 15 --keep 24', 'shellwego volumes schedule data --backup --every 1440 --keep 720')
    .action(action(async ({ api, print }, options: { every: number; keep: number; backup?: boolean }, name: string) => {
      const schedule = await dataOf((await api()).POST('/v1/volumes/{volume_id}/schedules', { ...pathOf(name), body: { what: options.backup === true ? 'backup' : 'snapshot', every_minutes: options.every as 15, keep_hours: options.keep } }))
      await print.done(`A ${schedule.what} every ${schedule.every_minutes} minutes, kept ${schedule.keep_hours} hours; next ${time(schedule.next_at)}.`, schedule)
    }))
}
