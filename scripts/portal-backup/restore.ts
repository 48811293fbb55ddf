/** `shellwego backup restore` and `verify`: on the machine itself, while the product does not run. */
import { readFileSync } from 'node:fs'
import path from 'node:path'
import type { Readable } from 'node:stream'
import { createPortalArchives } from '../../server/adapters/portal-archive/index.ts'
import { openKeyFile } from '../../server/adapters/kms/key-file.ts'
import { ArchiveError, type ArchiveKey, type ArchiveSummary, type PlaceAddress } from '../../server/domain/portal-backups/ports.ts'
import { makeFolder, writeAtomic } from '../host/files.ts'
import { readConfig } from '../up/config.ts'
import { openDatabase } from '../up/database.ts'
import { prepareDataFolder, takeDataFolder } from '../up/data-folder.ts'
import { choosePorts } from '../up/ports.ts'
import { openSecrets } from '../up/secrets.ts'
import { endLeftovers, makeSupervisor } from '../up/supervisor.ts'
import { ensureUsers } from '../up/users.ts'
import { makeFilePlacer, SETTINGS_NAME } from './place-files.ts'
import { restoreDatabase } from './restore-database.ts'

export interface Source {
  /** A file, or `s3://bucket/prefix/name`. */
  from: string
  endpoint?: string
  region?: string
  passphraseFile?: string
  identityFile?: string
}

const failure = (message: string): ArchiveError => new ArchiveError('missing', message)

function secretFile(file: string, what: string): string {
  try {
    const text = readFileSync(file, 'utf8').split('\n').find((line) => line.trim() !== '' && !line.startsWith('#'))?.trim()
    if (text) return text
  } catch (error) {
    throw new ArchiveError('missing', `The ${what} cannot be read from ${file} (${(error as NodeJS.ErrnoException).code ?? 'unknown'}).`, error)
  }
  throw failure(`The file ${file} holds no ${what}.`)
}

const keyOf = ({ passphraseFile, identityFile }: Source): ArchiveKey => {
  if (identityFile) return { identity: secretFile(identityFile, 'identity') }
  if (passphraseFile) return { passphrase: secretFile(passphraseFile, 'passphrase') }
  throw failure('Say what opens the backup: --passphrase-file or --identity-file.')
}

const needed = (environment: NodeJS.ProcessEnv, name: string): string => {
  const value = environment[name]
  if (!value) throw failure(`Set ${name} to read from a bucket.`)
  return value
}

function placeOf({ from, endpoint, region }: Source, environment: NodeJS.ProcessEnv): { address: PlaceAddress; name: string } {
  const [, bucket, key] = /^s3:\/\/([^/]+)\/(.+)$/.exec(from) ?? []
  if (!bucket || !key) return { address: { kind: 'folder', path: path.dirname(path.resolve(from)) }, name: path.basename(from) }
  if (!endpoint) throw failure('Say where the bucket is: --endpoint https://…')
  const prefix = key.includes('/') ? key.slice(0, key.lastIndexOf('/') + 1) : ''
  return {
    name: key.slice(prefix.length),
    address: {
      kind: 's3', endpoint, region: region ?? 'us-east-1', bucket, prefix, accessKeyId: needed(environment, 'SHELLWEGO_BACKUP_ACCESS_KEY_ID'),
      secretAccessKey: secretFile(needed(environment, 'SHELLWEGO_BACKUP_SECRET_ACCESS_KEY_FILE'), 'secret access key'),
    },
  }
}

async function openSource(source: Source, environment: NodeJS.ProcessEnv): Promise<Readable> {
  const { address, name } = placeOf(source, environment)
  return createPortalArchives().open(address).get(name)
}

export async function verifyBackup(source: Source, environment: NodeJS.ProcessEnv): Promise<ArchiveSummary> {
  const key = keyOf(source)
  return createPortalArchives().verify(await openSource(source, environment), key)
}

export interface RestoreReport { summary: ArchiveSummary; aside: string | null; settings: string; keys: 'open' | 'closed' | 'none' }

/** Whether the restored key file opens with what opened the backup; a sandbox keeps the passphrase it starts with. */
async function checkKeys(data: string, key: ArchiveKey, sandbox: boolean): Promise<RestoreReport['keys']> {
  if (!('passphrase' in key)) return 'none'
  try {
    await openKeyFile(path.join(data, 'secrets/keys.json'), key.passphrase, { create: false, before: undefined })
  } catch {
    return 'closed'
  }
  if (sandbox) writeAtomic(path.join(makeFolder(path.join(data, 'secrets'), 0o700), 'key-passphrase'), key.passphrase)
  return 'open'
}

interface LocalOptions { force: boolean; environment: NodeJS.ProcessEnv; print(line: string): void }

/** A backup onto this machine, whose product stands still. @public The CLI loads it by its path. */
export async function restoreBackup(source: Source, options: LocalOptions): Promise<RestoreReport> {
  const key = keyOf(source)
  // Once to its end before anything is touched: what is damaged costs nobody what is there.
  options.print('reading the backup')
  await verifyBackup(source, options.environment)
  const config = readConfig(options.environment)
  prepareDataFolder(config)
  const release = takeDataFolder(config.data)
  const supervisor = makeSupervisor(config.data, () => undefined)
  try {
    await endLeftovers(config.data)
    const [users, ports] = await Promise.all([ensureUsers(config.isRoot), choosePorts(config)])
    const urls = await openDatabase({ config, users, ports, secrets: openSecrets(config.data) }, supervisor)
    const files = makeFilePlacer(config.data)
    let told = ''
    const report: { aside: string | null; keys: RestoreReport['keys'] } = { aside: null, keys: 'none' }
    const summary = await restoreDatabase({
      ownerUrl: urls.owner, systemUrl: urls.system, archive: await openSource(source, options.environment), key, force: options.force,
      file: (name, body) => Promise.resolve(files.file(name, body)),
      settle: async () => {
        report.aside = files.place(users.edge)
        report.keys = await checkKeys(config.data, key, config.mode === 'sandbox')
      },
      progress: (table) => {
        if (table !== told) options.print(`restoring ${table}`)
        told = table
      },
    })
    return { summary, ...report, settings: path.join(config.data, SETTINGS_NAME) }
  } finally {
    await supervisor.stopAll()
    release()
  }
}
