// Applies prisma/migrations as `prisma migrate deploy` does (same lock, checksums and rows), without its CLI: milliseconds, not seconds.
import { createHash, randomUUID } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import pg from 'pg'
import { checkout } from '../host/files.ts'

const PRISMA_LOCK_ID = 72_707_369

interface AppliedRow {
  migration_name: string
  checksum: string
  finished_at: Date | null
}

interface Migration {
  name: string
  sql: string
  checksum: string
}

export function readMigrations(folder = path.join(checkout, 'prisma/migrations')): Migration[] {
  return readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map((entry) => entry.name)
    .sort()
    .map((name) => {
      const sql = readFileSync(path.join(folder, name, 'migration.sql'), 'utf8')
      return { name, sql, checksum: createHash('sha256').update(sql).digest('hex') }
    })
}

async function appliedMigrations(client: pg.Client): Promise<Map<string, AppliedRow>> {
  await client.query(`create table if not exists _prisma_migrations (
    id varchar(36) primary key not null, checksum varchar(64) not null, finished_at timestamptz, migration_name varchar(255) not null,
    logs text, rolled_back_at timestamptz, started_at timestamptz not null default now(), applied_steps_count integer not null default 0)`)
  const { rows } = await client.query<AppliedRow>(
    'select migration_name, checksum, finished_at from _prisma_migrations where rolled_back_at is null')
  return new Map(rows.map((row) => [row.migration_name, row]))
}

async function apply(client: pg.Client, migration: Migration): Promise<void> {
  const id = randomUUID()
  await client.query('insert into _prisma_migrations (id, checksum, migration_name) values ($1, $2, $3)',
    [id, migration.checksum, migration.name])
  try {
    await client.query(migration.sql)
  } catch (error) {
    await client.query('update _prisma_migrations set logs = $2 where id = $1', [id, String(error)])
    throw new Error(`migration ${migration.name} failed: ${String(error)}`, { cause: error })
  }
  await client.query('update _prisma_migrations set finished_at = now(), applied_steps_count = 1 where id = $1', [id])
}

/** Returns the names of the migrations it applied; `wanted` holds back those a restored backup did not have yet. */
export async function migrate(ownerUrl: string, folder?: string, wanted: (name: string) => boolean = () => true): Promise<string[]> {
  const migrations = readMigrations(folder).filter(({ name }) => wanted(name))
  const client = new pg.Client({ connectionString: ownerUrl })
  await client.connect()
  try {
    await client.query('select pg_advisory_lock($1)', [PRISMA_LOCK_ID])
    const applied = await appliedMigrations(client)
    const unfinished = [...applied.values()].find((row) => row.finished_at === null)
    if (unfinished) throw new Error(`migration ${unfinished.migration_name} failed earlier: see npx prisma migrate resolve`)
    const fresh: string[] = []
    for (const migration of migrations) {
      const row = applied.get(migration.name)
      if (row && row.checksum !== migration.checksum) throw new Error(`migration ${migration.name} was edited after it was applied`)
      if (row) continue
      await apply(client, migration)
      fresh.push(migration.name)
    }
    return fresh
  } finally {
    await client.end()
  }
}
