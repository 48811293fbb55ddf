import type { Readable } from 'node:stream'
import type { ArchiveCode, ArchiveManifest } from '../../contract/portal-backup.ts'

/** What went wrong with a backup of the installation; `message` is for the operator and says what to do. */
export class ArchiveError extends Error {
  readonly code: ArchiveCode
  constructor(code: ArchiveCode, message: string, cause?: unknown) {
    super(message, { cause })
    this.code = code
  }
}

/** How an archive is locked: for the holder of an age identity, or under a passphrase. */
export type ArchiveLock = { recipient: string } | { passphrase: string }
export type ArchiveKey = { identity: string } | { passphrase: string }

/** What was found in an archive that was read to its end, or put into one. */
export interface ArchiveSummary { manifest: ArchiveManifest; rows: number; bytes: number }

export interface PlacedArchive { name: string; bytes: number }

/** Where archives lie. What is listed is whole: a broken-off `put` leaves nothing. */
export interface ArchivePlace {
  put(name: string, archive: Readable): Promise<number>
  get(name: string): Promise<Readable>
  list(): Promise<PlacedArchive[]>
  remove(name: string): Promise<void>
}

export type PlaceAddress =
  | { kind: 'folder'; path: string }
  | { kind: 's3'; endpoint: string; region: string; bucket: string; prefix: string; accessKeyId: string; secretAccessKey: string }

/** Of a process, as `process.env`. */
export type Variables = Readonly<Record<string, string | undefined>>

export interface WriteOptions {
  databaseUrl: string
  lock: ArchiveLock
  /** Data folder whose keys and certificates go along. */
  data: string
  environment: Variables
  now: Date
  progress?: (share: number) => void
}

/** Port: the archive's format and the places it lies in. */
export interface PortalArchives {
  open(address: PlaceAddress): ArchivePlace
  /** Null: there is nothing to lock an archive with. */
  lock(environment: Variables, fallback: string | null): ArchiveLock | null
  /** The summary is there when the archive was read to its end, and only then. */
  write(options: WriteOptions): Promise<{ archive: Readable; summary: () => ArchiveSummary | null }>
  /** Reads to the end and compares everything with what the archive says of itself. */
  verify(archive: Readable, key: ArchiveKey): Promise<ArchiveSummary>
}

let archives: PortalArchives | null = null
export const setPortalArchives = (chosen: PortalArchives): void => { archives = chosen }
export const portalArchives = (): PortalArchives => {
  if (!archives) throw new Error('no way to make archives is set up')
  return archives
}
