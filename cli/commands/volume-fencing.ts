import { Argument, type Command } from 'commander'
import { confirm } from '../ask.ts'
import type { Cli } from '../cli.ts'
import { CommandFailure, EXIT } from '../exit.ts'
import { withExamples } from '../help.ts'
import { time } from '../output/values.ts'
import { dataOf, type Client } from '../sdk/index.ts'

const pathOf = (name: string) => ({ params: { path: { volume_id: name } } })

interface ElsewhereOptions { backup?: string; yes?: boolean }

/** What becomes of an app when the node of its volume is cut off, and how its data comes back when that is lost. */
export function volumeFencingCommands({ action }: Cli, volumes: Command): void {
  withExamples(
    volumes.command('mode').description('Say what becomes of the app when the node of its volume is cut off: it runs on (pinned), or stops by itself (strict).')
      .argument('<volume>').addArgument(new Argument('<mode>').choices(['pinned', 'strict'])),
    'shellwego volumes mode data strict',
  ).action(action(async ({ api, print }, _: object, name: string, mode: 'pinned' | 'strict') => {
    const volume = await dataOf((await api()).POST('/v1/volumes/{volume_id}/mode', { ...pathOf(name), body: { mode } }))
    await print.done(`${volume.name} is ${volume.mode}.`, volume)
  }))

  withExamples(
    volumes.command('restore-elsewhere').description('Of a volume whose node is lost: put its last backup into its place on another node.').argument('<volume>').argument('<name>', 'of the new volume')
      .option('--backup <id>', 'another backup than the newest').option('-y, --yes', 'do not ask'),
    'shellwego volumes restore-elsewhere data data-2', 'shellwego volumes restore-elsewhere data data-2 --yes',
  ).action(action(async ({ api, print, terminal }, options: ElsewhereOptions, from: string, name: string) => {
    const client = await api()
    const { recovery, name: old } = await dataOf(client.GET('/v1/volumes/{volume_id}', pathOf(from)))
    if (recovery === null) throw new CommandFailure(EXIT.failed, 'state_conflict', `The node of ${old} is there. Restore a backup to a new volume with \`shellwego backups restore\`.`)
    const backup = options.backup === undefined ? recovery.backup : await backupOf(client, options.backup)
    if (backup === null) throw new CommandFailure(EXIT.failed, 'state_conflict', `There is no backup of ${old} to restore. ${recovery.detail}`)
    await confirm(terminal, `Go on with what ${old} held ${time(backup.data_from)}? What was written later stays behind.`, options.yes ?? false)
    const body = { name, backup_id: backup.id, data_from: backup.data_from }
    const volume = await dataOf(client.POST('/v1/volumes/{volume_id}/restore-elsewhere', { ...pathOf(from), body }))
    await print.done(`${volume.name} is being made and takes the place of ${old}.`, volume)
  }))
}

async function backupOf(client: Client, id: string) {
  const backup = await dataOf(client.GET('/v1/backups/{backup_id}', { params: { path: { backup_id: id } } }))
  return { id: backup.id, data_from: backup.taken_at }
}
