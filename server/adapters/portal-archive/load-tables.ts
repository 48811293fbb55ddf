/**
 * Fills tables that exist and hold nothing of worth, as their owner and without a superuser: foreign keys are put aside and checked again at
 * the end, triggers rest, and the owner is not held back by row-level security while it loads. One transaction: all of it or nothing.
 */
import { once } from 'node:events'
import type pg from 'pg'
import { from as copyFrom, type CopyStreamQuery } from 'pg-copy-streams'
import type { ArchiveManifest } from '../../contract/portal-backup.ts'
import { ArchiveError } from '../../domain/portal-backups/ports.ts'
import { columnList, quoted } from './catalogue.ts'

type Table = ArchiveManifest['tables'][number]

interface ForeignKey { name: string; table: string; definition: string }
interface Guarded { name: string; forced: boolean }

const FOREIGN_KEYS = `SELECT conname AS name, conrelid::regclass::text AS table, pg_get_constraintdef(oid) AS definition FROM pg_constraint
  WHERE contype = 'f' AND conparentid = 0 AND connamespace = ANY($1::regnamespace[]) ORDER BY conrelid::regclass::text, conname`
const GUARDED = `SELECT oid::regclass::text AS name, relforcerowsecurity AS forced FROM pg_class
  WHERE relkind IN ('r', 'p') AND relnamespace = ANY($1::regnamespace[]) AND pg_has_role(relowner, 'MEMBER') ORDER BY 1`

/** Taken, or gone: what went wrong was told by its error event. */
const drained = (stream: NodeJS.WritableStream): Promise<void> => new Promise((resolve) => {
  const done = (): void => {
    stream.off('drain', done).off('close', done)
    resolve()
  }
  stream.once('drain', done).once('close', done)
})

/** Loads the tables of some schemas that belong to the connection's role. */
export class TableLoader {
  readonly #client: pg.Client
  readonly #schemas: string[]
  #keys: ForeignKey[] = []
  #tables: Guarded[] = []
  #copy: { table: string; stream: CopyStreamQuery & NodeJS.WritableStream } | null = null
  #fault: Error | null = null

  constructor(client: pg.Client, schemas: string[]) {
    this.#client = client
    this.#schemas = schemas
  }

  /** Empties the tables, and puts aside what stands in the way of loading. */
  async begin(tables: readonly Table[]): Promise<void> {
    const client = this.#client
    await client.query('BEGIN')
    await client.query('SET LOCAL statement_timeout = 0; SET LOCAL lock_timeout = 0; SET LOCAL synchronous_commit = on')
    this.#keys = (await client.query<ForeignKey>(FOREIGN_KEYS, [this.#schemas])).rows
    this.#tables = (await client.query<Guarded>(GUARDED, [this.#schemas])).rows
    for (const { name, table } of this.#keys) await client.query(`ALTER TABLE ${table} DROP CONSTRAINT "${name}"`)
    for (const { name, forced } of this.#tables) {
      await client.query(`ALTER TABLE ${name} DISABLE TRIGGER USER`)
      if (forced) await client.query(`ALTER TABLE ${name} NO FORCE ROW LEVEL SECURITY`)
    }
    if (tables.length > 0) await client.query(`TRUNCATE ${tables.map(({ name }) => quoted(name)).join(', ')}`)
  }

  async write(table: Table, piece: Buffer): Promise<void> {
    if (this.#copy?.table !== table.name) {
      await this.#finishTable()
      const stream = this.#client.query(copyFrom(`COPY ${quoted(table.name)} (${columnList(table.columns)}) FROM STDIN`)) as CopyStreamQuery & NodeJS.WritableStream
      stream.on('error', (error: Error) => { this.#fault = error })
      this.#copy = { table: table.name, stream }
    }
    const { stream } = this.#copy
    if (this.#fault) throw loadFault(this.#fault)
    if (!stream.write(piece)) await drained(stream)
    if (this.#fault) throw loadFault(this.#fault)
  }

  async #finishTable(): Promise<void> {
    const copy = this.#copy
    this.#copy = null
    if (!copy) return
    copy.stream.end()
    try {
      if (this.#fault) throw this.#fault
      await once(copy.stream, 'finish')
    } catch (error) {
      throw loadFault(error)
    }
  }

  /** Puts everything back and checks it: a row that refers to none ends the restore. */
  async end(sequences: Readonly<Record<string, string>>): Promise<void> {
    await this.#finishTable()
    const client = this.#client
    try {
      for (const { name, table, definition } of this.#keys) await client.query(`ALTER TABLE ${table} ADD CONSTRAINT "${name}" ${definition}`)
      for (const { name, forced } of this.#tables) {
        await client.query(`ALTER TABLE ${name} ENABLE TRIGGER USER`)
        if (forced) await client.query(`ALTER TABLE ${name} FORCE ROW LEVEL SECURITY`)
      }
      for (const [name, last] of Object.entries(sequences)) {
        if (this.#schemas.includes(name.split('.')[0] ?? '')) await client.query('SELECT setval($1::regclass, $2)', [quoted(name), last])
      }
      await client.query('COMMIT')
    } catch (error) {
      throw loadFault(error)
    }
  }

  /** Nothing of it happened. */
  async giveUp(): Promise<void> {
    const copy = this.#copy
    this.#copy = null
    if (copy) (copy.stream as unknown as { destroy(error: Error): void }).destroy(new Error('given up'))
    await this.#client.query('ROLLBACK').catch(() => undefined)
  }
}

const loadFault = (error: unknown): Error => {
  if (error instanceof ArchiveError) return error
  const { code = '', message } = error as Error & { code?: string }
  if (code === '53100') return new ArchiveError('no_space', 'The disk of the database is full. Nothing was restored.', error)
  if (code.startsWith('23') || code.startsWith('22')) return new ArchiveError('damaged', `The backup does not fit together: ${message}.`, error)
  return new ArchiveError('failed', `The database did not take the backup: ${message}.`, error)
}
