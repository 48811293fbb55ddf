import path from 'node:path'
import { pathToFileURL } from 'node:url'
import type { Command } from 'commander'
import type * as Restore from '../../scripts/portal-backup/restore.ts'
import { ask, confirm } from '../ask.ts'
import type { Cli } from '../cli.ts'
import type { Context } from '../context.ts'
import { CommandFailure, EXIT, UsageError } from '../exit.ts'
import { withExamples } from '../help.ts'
import type { Column } from '../output/print.ts'
import { statusColor, time } from '../output/values.ts'
import { dataOf, pagesOf, type operations } from '../sdk/index.ts'
import { take } from './find.ts'
import { limitOption, type LimitOption } from './limit.ts'

type Backup = operations['portal_backups.get']['responses'][200]['content']['application/json']
interface OpenOptions { passphraseFile?: string; identityFile?: string; endpoint?: string; region?: string }

const COLUMNS: Column<Backup>[] = [
  { title: 'Id', value: (backup) => backup.id },
  { title: 'Taken', value: (backup) => time(backup.taken_at) },
  { title: 'Kind', value: (backup) => backup.kind },
  { title: 'Status', value: (backup) => backup.status, color: (backup) => statusColor(backup.status) },
  { title: 'Bytes', value: (backup) => backup.bytes, right: true },
  { title: 'Read back', value: (backup) => time(backup.proven_at) },
  { title: 'Where', value: (backup) => `${backup.place.replace(/\/$/, '')}/${backup.name}` },
  { title: 'Fault', value: (backup) => backup.proof_fault ?? backup.reason },
]
const WAIT_MS = 1_000

/** Work on the machine itself needs the checkout and its pinned Node, which runs the sources as they are. */
const onThisMachine = ({ home }: Context): Promise<typeof Restore> =>
  import(pathToFileURL(path.join(home, 'scripts/portal-backup/restore.ts')).href) as Promise<typeof Restore>

const opening = (command: Command): Command => command
  .option('--passphrase-file <file>', 'holds the passphrase the backup was encrypted under')
  .option('--identity-file <file>', 'holds the age identity the backup was encrypted for')
  .option('--endpoint <url>', 'of the S3 service, for s3://bucket/name; keys from SHELLWEGO_BACKUP_ACCESS_KEY_ID and SHELLWEGO_BACKUP_SECRET_ACCESS_KEY_FILE')
  .option('--region <region>', 'of the bucket')

const sourceOf = (from: string, options: OpenOptions): Restore.Source => ({ from, ...options })

/** What reading or restoring threw, as a fault of this command. */
async function locally<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work()
  } catch (error) {
    const { code, message } = error as { code?: unknown; message: string }
    throw new CommandFailure(code === 'not_empty' ? EXIT.conflict : code === 'missing' ? EXIT.notFound : EXIT.failed, typeof code === 'string' ? code : 'failed', message)
  }
}

async function waitFor({ api, print, signal }: Context, id: string): Promise<Backup> {
  const client = await api()
  for (let told = ''; ;) {
    const backup = await dataOf(client.GET('/v1/admin/backups/{portal_backup_id}', { params: { path: { portal_backup_id: id } } }))
    if (backup.status === 'ready') return backup
    if (backup.status === 'failed') throw new CommandFailure(EXIT.failed, backup.code ?? 'failed', backup.reason ?? 'The backup failed.')
    const now = `${backup.status} ${Math.round(backup.progress * 100)} %`
    if (now !== told) print.note(now)
    told = now
    await new Promise((resolve) => { setTimeout(resolve, WAIT_MS) })
    if (signal.aborted) return backup
  }
}

export function portalBackupCommands(cli: Cli): void {
  const backup = cli.program.command('backup').description('Backups of the installation itself: database, keys, certificates, settings. Of volumes: `shellwego backups`.')
  remote(cli, backup)
  local(cli, backup)
}

function remote({ action }: Cli, backup: Command): void {
  withExamples(backup.command('create').description('Back up this installation now, to where its plan says (operator).').option('--no-wait', 'do not wait until it is done'), 'shellwego backup create')
    .action(action(async (context, options: { wait: boolean }) => {
      const begun = await dataOf((await context.api()).POST('/v1/admin/backups', {}))
      const made = options.wait ? await waitFor(context, begun.id) : begun
      await context.print.done(made.status === 'ready' ? `${made.name} is in ${made.place} (${made.bytes} bytes).` : `${made.name} is being made (${made.id}).`, made)
    }))

  withExamples(backup.command('list').description('List backups of this installation, newest first (operator).').addOption(limitOption()), 'shellwego backup list')
    .action(action(async ({ api, print }, options: LimitOption) => {
      const client = await api()
      const pages = pagesOf((cursor) => client.GET('/v1/admin/backups', { params: { query: { limit: 100, ...(cursor ? { cursor } : {}) } } }))
      await print.list(await take(pages, options.limit), COLUMNS, 'No backups yet. Say under /admin/backups where they go, then `shellwego backup create`.')
    }))
}

function local({ action }: Cli, backup: Command): void {
  withExamples(opening(backup.command('verify').description('Read a backup to its end, decrypt it and compare everything in it; works anywhere, changes nothing.').argument('<from>', 'file or s3://bucket/name')),
    'shellwego backup verify /mnt/backups/shellwego-2026-11-22T03-00-00-000Z.tar.gz.age --passphrase-file passphrase')
    .action(action(async (context, options: OpenOptions, from: string) => {
      const { verifyBackup } = await onThisMachine(context)
      const { manifest, rows, bytes } = await locally(() => verifyBackup(sourceOf(from, options), context.io.env))
      await context.print.done(`Whole: taken ${manifest.taken_at} by version ${manifest.product}, ${manifest.tables.length} tables, ${rows} rows.`, { taken_at: manifest.taken_at, product: manifest.product, tables: manifest.tables.length, rows, bytes })
    }))

  withExamples(opening(backup.command('restore').description('Fill an empty installation from a backup. On the machine itself, while `npm run up` does not run.').argument('<from>', 'file or s3://bucket/name'))
    .option('--force', 'give up the installation that is there').option('-y, --yes', 'do not ask'),
  'shellwego backup restore /mnt/backups/shellwego-2026-11-22T03-00-00-000Z.tar.gz.age --passphrase-file passphrase')
    .action(action(async (context, options: OpenOptions & { force?: boolean; yes?: boolean }, from: string) => {
      await agree(context, options)
      const { restoreBackup } = await onThisMachine(context)
      const print = (line: string): void => { context.print.note(line) }
      const { summary, aside, settings, keys } = await locally(() =>
        restoreBackup(sourceOf(from, options), { force: options.force ?? false, environment: context.io.env, print }))
      if (keys !== 'open') context.print.note('What opened the backup does not open the key file: set SHELLWEGO_KEY_PASSPHRASE_FILE before the start.')
      if (aside) context.print.note(`What was there before lies in ${aside}.`)
      context.print.note(`Settings of the old machine lie in ${settings}. Start with: npm run up. Then see /admin/backups and resume.`)
      await context.print.done(`Restored as of ${summary.manifest.taken_at}: ${summary.rows} rows.`, { taken_at: summary.manifest.taken_at, rows: summary.rows, settings, aside, keys })
    }))
}

const WORDS = 'give up what is there'

async function agree({ terminal }: Context, { force, yes }: { force?: boolean; yes?: boolean }): Promise<void> {
  if (yes) return
  if (!force) return confirm(terminal, 'Restore onto this machine?', false)
  const typed = await ask(terminal, `Everything in the present installation is lost. Type "${WORDS}"`, '--yes')
  if (typed !== WORDS) throw new UsageError('Nothing was changed.')
}
