/** Reads an archive to its end, whatever is done with its parts, and compares each with what the archive says of itself. */
import { createHash, type Hash } from 'node:crypto'
import type { Readable } from 'node:stream'
import { isDeepStrictEqual } from 'node:util'
import { extract } from 'tar-stream'
import type { z } from 'zod'
import { ArchiveEnd, ArchiveManifest } from '../../contract/portal-backup.ts'
import { ArchiveError, type ArchiveKey, type ArchiveSummary } from '../../domain/portal-backups/ports.ts'
import { isKept } from './data-files.ts'
import { bodyFault, opened } from './sealing.ts'
import { countRows, summaryOf } from './write-archive.ts'

/** Takes what comes, in the archive's order. Nothing is proven before `end` was called. */
export interface ArchiveTaker {
  manifest(manifest: ArchiveManifest): Promise<void> | void
  piece(table: ArchiveManifest['tables'][number], piece: Buffer): Promise<void> | void
  file(name: string, body: Buffer): Promise<void> | void
  end(summary: ArchiveSummary): Promise<void> | void
}

const LIMIT_BYTES = 64 * 2 ** 20
const damaged = (message: string): ArchiveError => new ArchiveError('damaged', `The backup is damaged: ${message}.`)

interface Found { rows: number; bytes: number; hash: Hash; number: number }

class Reading {
  readonly #taker: ArchiveTaker
  #manifest: ArchiveManifest | null = null
  readonly #tables = new Map<string, Found>()
  readonly #files: ArchiveEnd['files'] = {}
  summary: ArchiveSummary | null = null

  constructor(taker: ArchiveTaker) {
    this.#taker = taker
  }

  async take(name: string, body: Buffer): Promise<void> {
    if (this.summary) throw damaged('something follows its end')
    if (!this.#manifest) return this.#begin(name, body)
    if (name === 'end.json') return this.#finish(parse(ArchiveEnd, body))
    const [, kind, rest = ''] = /^(tables|files)\/(.+)$/.exec(name) ?? []
    if (kind === 'tables') return this.#piece(rest, body)
    if (kind === 'files' && isKept(rest)) return this.#file(rest, body)
    throw damaged('it holds something unknown')
  }

  async #begin(name: string, body: Buffer): Promise<void> {
    if (name !== 'manifest.json') throw new ArchiveError('not_a_backup', 'This is not a backup of ShellWeGo.')
    this.#manifest = readManifest(body)
    for (const table of this.#manifest.tables) this.#tables.set(table.name, { rows: 0, bytes: 0, hash: createHash('sha256'), number: 0 })
    await this.#taker.manifest(this.#manifest)
  }

  async #piece(rest: string, body: Buffer): Promise<void> {
    const [, name = '', number = ''] = /^(.+)\/(\d{6})$/.exec(rest) ?? []
    const table = this.#manifest?.tables.find((one) => one.name === name)
    const found = this.#tables.get(name)
    if (!table || !found || Number(number) !== found.number + 1) throw damaged(`a piece of ${name || 'a table'} is not in its place`)
    found.number += 1
    found.rows += countRows(body)
    found.bytes += body.length
    found.hash.update(body)
    await this.#taker.piece(table, body)
  }

  async #file(name: string, body: Buffer): Promise<void> {
    this.#files[name] = { bytes: body.length, sha256: createHash('sha256').update(body).digest('hex') }
    await this.#taker.file(name, body)
  }

  async #finish(end: ArchiveEnd): Promise<void> {
    const tables = Object.fromEntries([...this.#tables].map(([name, { rows, bytes, hash }]) => [name, { rows, bytes, sha256: hash.digest('hex') }]))
    if (!isDeepStrictEqual(tables, end.tables) || !isDeepStrictEqual(this.#files, end.files)) throw damaged('it does not hold what it says it holds')
    this.summary = summaryOf(this.#manifest as ArchiveManifest, end)
    await this.#taker.end(this.summary)
  }
}

const readManifest = (body: Buffer): ArchiveManifest => {
  const format = (JSON.parse(body.toString()) as { format?: unknown }).format
  if (typeof format === 'number' && format > 1) throw new ArchiveError('newer', 'The backup was made by a newer ShellWeGo. Install that version, and restore with it.')
  return parse(ArchiveManifest, body)
}

const parse = <T extends z.ZodType>(schema: T, body: Buffer): z.output<T> => {
  const read = schema.safeParse(JSON.parse(body.toString()))
  if (!read.success) throw damaged('its list of contents cannot be read')
  return read.data
}

async function bodyOf(entry: AsyncIterable<Buffer>): Promise<Buffer> {
  const parts: Buffer[] = []
  let size = 0
  for await (const part of entry) {
    size += part.length
    if (size > LIMIT_BYTES) throw damaged('a part of it is too large')
    parts.push(part)
  }
  return Buffer.concat(parts)
}

export const readArchive = async (archive: Readable, key: ArchiveKey, taker: ArchiveTaker): Promise<ArchiveSummary> => {
  const reading = new Reading(taker)
  const taken: { fault: unknown } = { fault: null }
  try {
    const tar = extract()
    const plain = await opened(archive, key)
    plain.once('error', (error) => tar.destroy(error))
    plain.pipe(tar)
    for await (const entry of tar) {
      const body = await bodyOf(entry)
      // What the taker throws is its own fault, not the archive's.
      try { await reading.take(entry.header.name, body) } catch (error) { taken.fault = error; throw error }
    }
  } catch (error) {
    throw taken.fault === null || taken.fault instanceof SyntaxError ? bodyFault(error) : taken.fault
  } finally {
    archive.destroy()
  }
  if (!reading.summary) throw new ArchiveError('incomplete', 'The backup ends too early: it was broken off while it was made.')
  return reading.summary
}

const NOTHING: ArchiveTaker = { manifest: () => {}, piece: () => {}, file: () => {}, end: () => {} }
export const verifyArchive = (archive: Readable, key: ArchiveKey): Promise<ArchiveSummary> => readArchive(archive, key, NOTHING)
