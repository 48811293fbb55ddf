import pg from 'pg'
import { inject } from 'vitest'
import { urlsOf, type TestDatabase } from '../db/testing.ts'

const made: TestDatabase[] = []
export const dropAll = async (): Promise<void> => { for (const database of made.splice(0)) await database.drop() }

/** Sees past row-level security, as nothing of the product does. */
export const superuserOf = ({ ownerUrl }: Pick<TestDatabase, 'ownerUrl'>): string => {
  const url = new URL(inject('testServer').superuserUrl)
  url.pathname = new URL(ownerUrl).pathname
  return url.href
}

export async function ask<T extends object>(url: string, sql: string, values: unknown[] = []): Promise<T[]> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  try { return (await client.query<T>(sql, values)).rows } finally { await client.end() }
}

/** Another database of the server, with nothing in it. */
export async function emptyDatabase(): Promise<TestDatabase> {
  const name = `empty_${Math.random().toString(36).slice(2)}`
  await ask(inject('testServer').superuserUrl, `CREATE DATABASE ${name} OWNER shellwego_owner`)
  const urls = urlsOf(inject('testServer'), name)
  await ask(urls.ownerUrl, `GRANT CONNECT, CREATE ON DATABASE ${name} TO shellwego_system`)
  await ask(urls.ownerUrl, `GRANT CONNECT ON DATABASE ${name} TO shellwego_app`)
  const database = { ...urls, drop: async () => { await ask(inject('testServer').superuserUrl, `DROP DATABASE IF EXISTS ${name} WITH (FORCE)`) } }
  made.push(database)
  return database
}

export const TABLES = `SELECT n.nspname || '.' || c.relname AS name FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
  WHERE c.relkind = 'r' AND n.nspname NOT LIKE 'pg\\_%' AND n.nspname <> 'information_schema' AND c.relname NOT IN ('_prisma_migrations', 'migrations') ORDER BY 1`

/** Every row of every table, and everything that guards them. */
export async function everything(database: Pick<TestDatabase, 'ownerUrl'>): Promise<Record<string, unknown>> {
  const url = superuserOf(database)
  const found: Record<string, unknown> = {}
  for (const { name } of await ask<{ name: string }>(url, TABLES)) {
    const quoted = name.split('.').map((part) => `"${part}"`).join('.')
    const hidden = name === 'public.control_epoch' ? "- 'epoch' - 'recovering_since' - 'backup_taken_at' - 'resumed_at'" : ''
    found[name] = (await ask<{ sum: string }>(url, `SELECT count(*) || ' ' || coalesce(md5(string_agg(r, ';' ORDER BY r)), '') AS sum FROM (SELECT (to_jsonb(t) ${hidden})::text AS r FROM ${quoted} t) x`))[0]?.sum
  }
  found.guards = await ask(url, `SELECT oid::regclass::text AS name, relrowsecurity, relforcerowsecurity, (SELECT array_agg(tgname::text || tgenabled::text ORDER BY tgname) FROM pg_trigger WHERE tgrelid = c.oid AND NOT tgisinternal) AS triggers
    FROM pg_class c WHERE relkind IN ('r', 'p') AND relnamespace = 'public'::regnamespace ORDER BY 1`)
  found.constraints = await ask(url, `SELECT conrelid::regclass::text AS on, conname, pg_get_constraintdef(oid) AS says, convalidated FROM pg_constraint WHERE connamespace = 'public'::regnamespace ORDER BY 1, 2, 3`)
  found.policies = await ask(url, "SELECT tablename, policyname, roles::text[], cmd, qual, with_check FROM pg_policies WHERE schemaname = 'public' ORDER BY 1, 2")
  found.grants = await ask(url, `SELECT oid::regclass::text AS name, (SELECT array_agg(a::text ORDER BY a::text) FROM unnest(relacl) a) AS acl FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r', 'p', 'S') ORDER BY 1`)
  found.sequences = await ask(url, "SELECT schemaname, sequencename, last_value FROM pg_sequences WHERE schemaname = 'public' ORDER BY 1, 2")
  return found
}
