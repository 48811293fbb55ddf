/** Fills an empty database from an archive and takes it to the present version. Broken off, it leaves a mark and is done again. */
import { randomBytes } from 'node:crypto'
import type { Readable } from 'node:stream'
import pg from 'pg'
import { TableLoader } from '../../server/adapters/portal-archive/load-tables.ts'
import { QUEUE_SCHEMA, readQueueVersion } from '../../server/adapters/portal-archive/catalogue.ts'
import { readArchive } from '../../server/adapters/portal-archive/read-archive.ts'
import type { ArchiveManifest } from '../../server/contract/portal-backup.ts'
import { prepareQueue } from '../../server/core/job.ts'
import { ArchiveError, type ArchiveKey, type ArchiveSummary } from '../../server/domain/portal-backups/ports.ts'
import { RESTORE_MARK } from '../up/whole-database.ts'
import { migrate, readMigrations } from '../db/migrate.ts'
import { requireEmpty, wipe } from './empty-database.ts'

export interface RestoreOptions {
  ownerUrl: string
  systemUrl: string
  archive: Readable
  key: ArchiveKey
  force: boolean
  /** Takes the files of the data folder; they count only when the whole was restored. */
  file(name: string, body: Buffer): Promise<void>
  /** Last of all: the database holds everything; what it throws leaves the mark. */
  settle?(): Promise<void>
  migrations?: string
  progress?(table: string): void
}

/** An older product cannot read what a newer one wrote; a migration of the same name with another text is another product. */
export function requireReadable(manifest: ArchiveManifest, known: readonly { name: string; checksum: string }[]): void {
  const ours = new Map(known.map(({ name, checksum }) => [name, checksum]))
  const newer = manifest.migrations.filter(({ name }) => !ours.has(name))
  if (newer.length > 0) {
    throw new ArchiveError('newer', `The backup was made by a newer ShellWeGo: this one does not know ${newer.map((m) => m.name).join(', ')}. Install that version (${manifest.product} or later), and restore with it.`)
  }
  const edited = manifest.migrations.filter(({ name, checksum }) => ours.get(name) !== checksum)
  if (edited.length > 0) throw new ArchiveError('edited', `The backup comes from another build: ${edited.map((m) => m.name).join(', ')} is not what it is here.`)
}

async function connect(url: string): Promise<pg.Client> {
  const client = new pg.Client({ connectionString: url, keepAlive: true })
  client.on('error', () => undefined)
  await client.connect()
  return client
}

/** Tables as they were when the backup was made: its migrations and no later ones. */
async function prepareTables(manifest: ArchiveManifest, { ownerUrl, systemUrl, migrations }: RestoreOptions, system: pg.Client): Promise<void> {
  const names = new Set(manifest.migrations.map(({ name }) => name))
  await migrate(ownerUrl, migrations, (name) => names.has(name))
  const pool = new pg.Pool({ connectionString: systemUrl, max: 2 })
  pool.on('error', () => undefined).on('connect', (client) => { client.on('error', () => undefined) })
  try { await prepareQueue(pool) } finally { await pool.end() }
  if (manifest.queue_version > await readQueueVersion(system)) throw new ArchiveError('newer', 'The backup was made with a newer job queue. Install the version it was made by, and restore with it.')
  for (const month of manifest.usage_months) await system.query('SELECT ensure_usage_partition($1::date)', [month])
}

/** Agents take a new epoch's list only when it came twice; until somebody says that all is well, nothing is deleted, moved or billed. */
const RECOVER = `UPDATE control_epoch SET epoch = $1, recovering_since = now(), backup_taken_at = $2, resumed_at = NULL WHERE id = 1`
/** While it was made it was under way: in its own eyes it still is. */
const OWN_ROW = `UPDATE portal_backup SET finished_at = now(), state = CASE WHEN taken_at = $1 THEN 'ready' ELSE 'failed' END,
  code = CASE WHEN taken_at = $1 THEN NULL ELSE 'interrupted' END WHERE state IN ('queued', 'running')`

async function finish(options: RestoreOptions, system: pg.Client, manifest: ArchiveManifest): Promise<void> {
  await migrate(options.ownerUrl, options.migrations)
  await system.query(RECOVER, [randomBytes(16).toString('hex'), manifest.taken_at])
  await system.query(OWN_ROW, [manifest.taken_at])
}

export async function restoreDatabase(options: RestoreOptions): Promise<ArchiveSummary> {
  const [owner, system] = [await connect(options.ownerUrl), await connect(options.systemUrl)]
  const loaders = { public: new TableLoader(owner, ['public']), queue: new TableLoader(system, [QUEUE_SCHEMA]) }
  const of = (table: string): TableLoader => (table.startsWith('public.') ? loaders.public : loaders.queue)
  let manifest: ArchiveManifest | null = null
  try {
    await requireEmpty(owner, system, options.force)
    const summary = await readArchive(options.archive, options.key, {
      manifest: async (found) => {
        requireReadable(found, readMigrations(options.migrations))
        // Only now: a wrong passphrase or another's file has changed nothing.
        await wipe(owner, system)
        await prepareTables(found, options, system)
        await loaders.public.begin(found.tables.filter(({ name }) => name.startsWith('public.')))
        await loaders.queue.begin(found.tables.filter(({ name }) => name.startsWith(`${QUEUE_SCHEMA}.`)))
        manifest = found
      },
      piece: async (table, piece) => {
        options.progress?.(table.name)
        await of(table.name).write(table, piece)
      },
      file: (name, body) => options.file(name, body),
      end: async ({ manifest: { sequences } }) => {
        await loaders.queue.end(sequences)
        await loaders.public.end(sequences)
      },
    })
    await finish(options, system, summary.manifest)
    await options.settle?.()
    await owner.query(`DROP TABLE ${RESTORE_MARK}`)
    return summary
  } catch (error) {
    if (manifest) await Promise.all([loaders.public.giveUp(), loaders.queue.giveUp()])
    throw error
  } finally {
    await Promise.all([owner.end().catch(() => undefined), system.end().catch(() => undefined)])
  }
}
