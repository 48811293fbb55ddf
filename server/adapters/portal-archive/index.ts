import { readFileSync } from 'node:fs'
import type { ArchiveLock, ArchiveSummary, PortalArchives, Variables } from '../../domain/portal-backups/ports.ts'
import { ArchiveError } from '../../domain/portal-backups/ports.ts'
import { folderPlace } from './folder-place.ts'
import { verifyArchive } from './read-archive.ts'
import { s3Place } from './s3-place.ts'
import { sealed } from './sealing.ts'
import { writeArchive } from './write-archive.ts'

const MIN_PASSPHRASE = 12

/** A recipient first, then a passphrase of its own, then the one that opens the keys. */
export const lockOf = (environment: Variables, fallback: string | null): ArchiveLock | null => {
  const { SHELLWEGO_BACKUP_RECIPIENT: recipient, SHELLWEGO_BACKUP_PASSPHRASE_FILE: file } = environment
  if (recipient) return { recipient }
  const passphrase = file ? readFileSync(file, 'utf8').trim() : fallback
  if (passphrase === null) return null
  if (passphrase.length < MIN_PASSPHRASE) throw new ArchiveError('no_lock', `SHELLWEGO_BACKUP_PASSPHRASE_FILE must hold at least ${MIN_PASSPHRASE} characters.`)
  return { passphrase }
}

export const createPortalArchives = (): PortalArchives => ({
  open: (address) => (address.kind === 'folder' ? folderPlace(address.path) : s3Place(address)),
  lock: lockOf,
  write: async (options) => {
    const told: { summary: ArchiveSummary | null } = { summary: null }
    const archive = await sealed(writeArchive(options, (summary) => { told.summary = summary }), options.lock)
    return { archive, summary: () => told.summary }
  },
  verify: verifyArchive,
})
