import type { Command } from 'commander'
import { confirm } from '../ask.ts'
import type { Cli } from '../cli.ts'
import { withExamples } from '../help.ts'
import type { Column } from '../output/print.ts'
import { statusColor, time, wholeNumber } from '../output/values.ts'
import { dataOf, pagesOf, type operations } from '../sdk/index.ts'
import { take } from './find.ts'
import { limitOption, type LimitOption } from './limit.ts'

type Backup = operations['backups.list']['responses'][200]['content']['application/json']['data'][number]
type Drill = operations['backups.drills']['responses'][200]['content']['application/json']['data'][number]

const COLUMNS: Column<Backup>[] = [
  { title: 'Id', value: (backup) => backup.id },
  { title: 'Volume', value: (backup) => backup.volume_name },
  { title: 'Name', value: (backup) => backup.name },
  { title: 'Status', value: (backup) => backup.status, color: (backup) => statusColor(backup.status) },
  { title: 'Taken', value: (backup) => time(backup.taken_at) },
  { title: 'Restored on trial', value: (backup) => time(backup.proven_at) },
  { title: 'Kept until', value: (backup) => time(backup.expires_at) },
]
const DRILL_COLUMNS: Column<Drill>[] = [
  { title: 'Backup', value: (drill) => drill.backup_id },
  { title: 'Status', value: (drill) => drill.status, color: (drill) => statusColor(drill.status) },
  { title: 'Began', value: (drill) => time(drill.started_at) },
  { title: 'Seconds', value: (drill) => drill.seconds, right: true },
  { title: 'Outcome', value: (drill) => drill.detail },
]

const pathOf = (id: string) => ({ params: { path: { backup_id: id } } })

export function backupsCommands(cli: Cli): void {
  const backups = cli.program.command('backups').description('Copies of volumes in buckets outside, and proof that they can be restored.')
  reading(cli, backups)
  acting(cli, backups)
}

function reading({ action }: Cli, backups: Command): void {
  withExamples(backups.command('list').description('List backups, also of volumes that are gone.').addOption(limitOption()), 'shellwego backups list')
    .action(action(async ({ api, print }, options: LimitOption) => {
      const client = await api()
      const pages = pagesOf((cursor) => client.GET('/v1/backups', { params: { query: { limit: 100, ...(cursor ? { cursor } : {}) } } }))
      await print.list(await take(pages, options.limit), COLUMNS, 'No backups yet. Make one with `shellwego backups create <volume>`.')
    }))

  withExamples(backups.command('drills').description('List restores on trial, newest first.').addOption(limitOption()), 'shellwego backups drills')
    .action(action(async ({ api, print }, options: LimitOption) => {
      const client = await api()
      const pages = pagesOf((cursor) => client.GET('/v1/restore-drills', { params: { query: { limit: 100, ...(cursor ? { cursor } : {}) } } }))
      await print.list(await take(pages, options.limit), DRILL_COLUMNS, 'No restore was tried yet. Try one with `shellwego backups drill <backup>`.')
    }))
}

function acting({ action }: Cli, backups: Command): void {
  withExamples(backups.command('create').description('Carry what a volume holds now to the bucket; an app that uses it goes on.').argument('<volume>').option('--name <name>')
    .option('--keep <days>', 'days it is kept; without it, until it is deleted', (text) => wholeNumber(text, '--keep', 1)), 'shellwego backups create data --keep 30')
    .action(action(async ({ api, print }, options: { name?: string; keep?: number }, volume: string) => {
      const body = { ...(options.name === undefined ? {} : { name: options.name }), ...(options.keep === undefined ? {} : { keep_days: options.keep }) }
      const backup = await dataOf((await api()).POST('/v1/volumes/{volume_id}/backups', { params: { path: { volume_id: volume } }, body }))
      await print.done(`${backup.name} is being made (${backup.id}).`, backup)
    }))

  withExamples(backups.command('restore').description('A new volume with what a backup holds, on whichever node has room.').argument('<backup>', 'its id').argument('<name>', 'of the new volume'),
    'shellwego backups restore bkp_01k3m8q2rt6vxyzabcdefg1 data-restored')
    .action(action(async ({ api, print }, _: object, id: string, name: string) => {
      const volume = await dataOf((await api()).POST('/v1/backups/{backup_id}/restore', { ...pathOf(id), body: { name } }))
      await print.done(`${volume.name} is being made.`, volume)
    }))

  withExamples(backups.command('drill').description('Restore a backup on trial: compare it, open it in a virtual machine, throw it away.').argument('<backup>', 'its id'),
    'shellwego backups drill bkp_01k3m8q2rt6vxyzabcdefg1')
    .action(action(async ({ api, print }, _: object, id: string) => {
      const drill = await dataOf((await api()).POST('/v1/backups/{backup_id}/drill', pathOf(id)))
      await print.done('The restore on trial begins. See `shellwego backups drills`.', drill)
    }))

  withExamples(backups.command('delete').description('Delete a backup; others stay whole.').argument('<backup>', 'its id').option('-y, --yes', 'do not ask'),
    'shellwego backups delete bkp_01k3m8q2rt6vxyzabcdefg1 --yes')
    .action(action(async ({ api, print, terminal }, options: { yes?: boolean }, id: string) => {
      const client = await api()
      await confirm(terminal, `Delete the backup ${id}?`, options.yes ?? false)
      const gone = await dataOf(client.DELETE('/v1/backups/{backup_id}', pathOf(id)))
      await print.done(`Deleted ${gone.name}.`, gone)
    }))
}
