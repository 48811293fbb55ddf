/** The archive's wrapping: gzip inside age, so that `age -d backup | tar -tz` reads it without us. */
import { Readable } from 'node:stream'
import type { ReadableStream as WebStream } from 'node:stream/web'
import { createGunzip, createGzip } from 'node:zlib'
import { Decrypter, Encrypter } from 'age-encryption'
import { ArchiveError, type ArchiveKey, type ArchiveLock } from '../../domain/portal-backups/ports.ts'

/** 32 MiB and a tenth of a second; the passphrases are long. */
const SCRYPT_LOG_N = 15
const QUICK = 3

const toWeb = (stream: Readable): ReadableStream<Uint8Array> => Readable.toWeb(stream) as unknown as ReadableStream<Uint8Array>
const fromWeb = (stream: ReadableStream<Uint8Array>): Readable => Readable.fromWeb(stream as unknown as WebStream)

/** A fault of any stage ends the whole. */
const chained = <T extends NodeJS.ReadWriteStream & { destroy(error?: Error): unknown }>(source: Readable, stage: T): T => {
  source.once('error', (error) => stage.destroy(error))
  source.pipe(stage)
  return stage
}

export const sealed = async (plain: Readable, lock: ArchiveLock): Promise<Readable> => {
  const encrypter = new Encrypter()
  if ('recipient' in lock) encrypter.addRecipient(lock.recipient)
  else {
    encrypter.setPassphrase(lock.passphrase)
    encrypter.setScryptWorkFactor(SCRYPT_LOG_N)
  }
  return fromWeb(await encrypter.encrypt(toWeb(chained(plain, createGzip({ level: QUICK })))))
}

export const opened = async (archive: Readable, key: ArchiveKey): Promise<Readable> => {
  const decrypter = new Decrypter()
  if ('identity' in key) decrypter.addIdentity(key.identity)
  else decrypter.addPassphrase(key.passphrase)
  try {
    return chained(fromWeb(await decrypter.decrypt(toWeb(archive))), createGunzip())
  } catch (error) {
    throw headFault(error)
  }
}

/** The header says which key opens it; what follows is checked piece by piece while it is read. */
const headFault = (error: unknown): unknown => {
  const text = error instanceof Error ? error.message : String(error)
  if (/no identity matched|incorrect passphrase/i.test(text)) return new ArchiveError('wrong_key', 'This passphrase or identity does not open the backup, or its first lines are damaged.', error)
  return bodyFault(error)
}

const OURS = new Set(['ENOSPC', 'ECONNRESET', 'ECONNREFUSED', 'ETIMEDOUT'])

/** What a stage of reading threw, in the operator's words. */
export const bodyFault = (error: unknown): unknown => {
  const code = (error as NodeJS.ErrnoException | null)?.code ?? ''
  if (error instanceof ArchiveError) return error
  if (code === 'ENOSPC') return new ArchiveError('no_space', 'The disk is full.', error)
  if (OURS.has(code)) return new ArchiveError('place_unreachable', `The backup could not be read to its end (${code}).`, error)
  const text = error instanceof Error ? error.message : String(error)
  if (/^invalid version/.test(text)) return new ArchiveError('not_a_backup', 'This is not a backup of ShellWeGo.', error)
  return new ArchiveError('damaged', `The backup is damaged or cut off (${text.slice(0, 120)}).`, error)
}
