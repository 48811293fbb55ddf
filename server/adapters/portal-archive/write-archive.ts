/** Makes an archive: one snapshot of all tables, then the files, then a list of all that was put in. Memory stays flat. */
import { createHash } from 'node:crypto'
import path from 'node:path'
import { Readable } from 'node:stream'
import pg from 'pg'
import { to as copyTo } from 'pg-copy-streams'
import { ARCHIVE_FORMAT, type ArchiveEnd, type ArchiveManifest } from '../../contract/portal-backup.ts'
import type { ArchiveSummary, WriteOptions } from '../../domain/portal-backups/ports.ts'
import {
  columnList, quoted, readMigrationRows, readMonths, readQueueVersion, readSequences, readTables, requireAllVisible,
} from './catalogue.ts'
import { listFiles, readSmall, settingsText } from './data-files.ts'
import { PRODUCT } from './product.ts'
import { tarEnd, tarEntry } from './tar.ts'

const PIECE_BYTES = 2 * 2 ** 20
const NEWLINE = 10

const json = (name: string, value: unknown): Generator<Buffer> => tarEntry(name, Buffer.from(JSON.stringify(value)))

/** Text format: a line break is a row's end, those within a value are escaped. */
export const countRows = (piece: Buffer): number => {
  let rows = 0
  for (let at = piece.indexOf(NEWLINE); at >= 0; at = piece.indexOf(NEWLINE, at + 1)) rows += 1
  return rows
}

async function* pieces(stream: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  let held: Buffer[] = []
  let size = 0
  for await (const chunk of stream) {
    held.push(chunk)
    size += chunk.length
    if (size < PIECE_BYTES) continue
    yield Buffer.concat(held)
    held = []
    size = 0
  }
  if (size > 0) yield Buffer.concat(held)
}

async function* tableEntries(client: pg.Client, { name, columns }: ArchiveManifest['tables'][number], end: ArchiveEnd): AsyncGenerator<Buffer> {
  const hash = createHash('sha256')
  const found = { rows: 0, bytes: 0 }
  let number = 0
  for await (const piece of pieces(client.query(copyTo(`COPY (SELECT ${columnList(columns)} FROM ${quoted(name)}) TO STDOUT`)))) {
    number += 1
    found.rows += countRows(piece)
    found.bytes += piece.length
    hash.update(piece)
    yield* tarEntry(`tables/${name}/${String(number).padStart(6, '0')}`, piece)
  }
  end.tables[name] = { ...found, sha256: hash.digest('hex') }
}

async function* fileEntries({ data, environment }: WriteOptions, end: ArchiveEnd): AsyncGenerator<Buffer> {
  const names = await listFiles(data)
  const settings = names.includes('settings.env') ? [] : ['settings.env']
  for (const name of [...names, ...settings]) {
    const body = settings.includes(name) ? Buffer.from(settingsText(environment, data)) : await readSmall(path.join(data, name))
    if (!body) continue
    end.files[name] = { bytes: body.length, sha256: createHash('sha256').update(body).digest('hex') }
    yield* tarEntry(`files/${name}`, body)
  }
}

async function readManifest(client: pg.Client, now: Date): Promise<ArchiveManifest> {
  await requireAllVisible(client)
  return {
    format: ARCHIVE_FORMAT, product: PRODUCT, taken_at: now.toISOString(), migrations: await readMigrationRows(client),
    queue_version: await readQueueVersion(client), tables: await readTables(client), usage_months: await readMonths(client),
    sequences: await readSequences(client),
  }
}

const SNAPSHOT = [
  "SET idle_in_transaction_session_timeout = 0; SET statement_timeout = 0; SET DateStyle = 'ISO'; SET TimeZone = 'UTC'; SET extra_float_digits = 3",
  'BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY',
]

async function* entries(options: WriteOptions, told: (summary: ArchiveSummary) => void): AsyncGenerator<Buffer> {
  const client = new pg.Client({ connectionString: options.databaseUrl, keepAlive: true })
  // Told by the query that fails of it.
  client.on('error', () => undefined)
  await client.connect()
  const end: ArchiveEnd = { tables: {}, files: {} }
  try {
    for (const statement of SNAPSHOT) await client.query(statement)
    const manifest = await readManifest(client, options.now)
    yield* json('manifest.json', manifest)
    for (const [index, table] of manifest.tables.entries()) {
      yield* tableEntries(client, table, end)
      options.progress?.((index + 1) / (manifest.tables.length + 1))
    }
    yield* fileEntries(options, end)
    yield* json('end.json', end)
    yield tarEnd()
    told(summaryOf(manifest, end))
  } finally {
    await client.end().catch(() => undefined)
  }
}

export const summaryOf = (manifest: ArchiveManifest, end: ArchiveEnd): ArchiveSummary => {
  const tables = Object.values(end.tables)
  return {
    manifest, rows: tables.reduce((sum, table) => sum + table.rows, 0),
    bytes: [...tables, ...Object.values(end.files)].reduce((sum, part) => sum + part.bytes, 0),
  }
}

/** The plain archive; `told` hears what is in it when all of it was read. A fault ends the stream, so that half of one is never whole. */
export const writeArchive = (options: WriteOptions, told: (summary: ArchiveSummary) => void): Readable =>
  Readable.from(entries(options, told), { objectMode: false, highWaterMark: PIECE_BYTES })
