/** What a database holds that belongs into an archive, as its own catalogue says. */
import type pg from 'pg'
import type { ArchiveManifest } from '../../contract/portal-backup.ts'
import { ArchiveError } from '../../domain/portal-backups/ports.ts'

export const QUEUE_SCHEMA = 'graphile_worker'
/** Kept by those who make the tables; the archive names their versions instead. */
const OWN_BOOKS = ['public._prisma_migrations', `${QUEUE_SCHEMA}.migrations`, 'public.restore_in_progress']

type Tables = ArchiveManifest['tables']

const TABLES = `
  SELECT n.nspname || '.' || c.relname AS name,
    (SELECT array_agg(a.attname::text ORDER BY a.attnum) FROM pg_attribute a
      WHERE a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped AND a.attgenerated = '') AS columns
  FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
  WHERE c.relkind IN ('r', 'p') AND NOT c.relispartition AND n.nspname IN ('public', '${QUEUE_SCHEMA}') ORDER BY 1`

/** Parents of partitions once; their parts come back by date. */
export const readTables = async (client: pg.ClientBase): Promise<Tables> => {
  const { rows } = await client.query<Tables[number]>(TABLES)
  return rows.filter(({ name }) => !OWN_BOOKS.includes(name))
}

/**
 * A policy that shows less than everything would make an archive that lacks rows and does not know it. So each table must be open to us
 * as a whole, and each one that exists must be ours to read.
 */
const HIDDEN = `
  SELECT c.oid::regclass::text AS name FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
  WHERE c.relkind IN ('r', 'p') AND NOT c.relispartition AND n.nspname IN ('public', '${QUEUE_SCHEMA}') AND c.relname <> 'restore_in_progress'
    AND (NOT has_table_privilege(c.oid, 'SELECT') OR (row_security_active(c.oid) AND (
      NOT EXISTS (SELECT FROM pg_policy p WHERE p.polrelid = c.oid AND p.polpermissive AND p.polcmd IN ('*', 'r')
        AND pg_get_expr(p.polqual, c.oid) = 'true' AND EXISTS (SELECT FROM unnest(p.polroles) r WHERE r = 0 OR pg_has_role(r, 'MEMBER')))
      OR EXISTS (SELECT FROM pg_policy p WHERE p.polrelid = c.oid AND NOT p.polpermissive AND p.polcmd IN ('*', 'r')
        AND EXISTS (SELECT FROM unnest(p.polroles) r WHERE r = 0 OR pg_has_role(r, 'MEMBER'))))))`

export const requireAllVisible = async (client: pg.ClientBase): Promise<void> => {
  const { rows } = await client.query<{ name: string }>(HIDDEN)
  if (rows.length === 0) return
  throw new ArchiveError('hidden_rows', `The role that makes backups may not see all of ${rows.map((r) => r.name).join(', ')}.`)
}

export const readMonths = async (client: pg.ClientBase): Promise<string[]> => {
  const { rows } = await client.query<{ month: string }>(
    `SELECT substring(pg_get_expr(c.relpartbound, c.oid) FROM 'FROM \\(''(\\d{4}-\\d{2}-\\d{2})') AS month
     FROM pg_inherits i JOIN pg_class c ON c.oid = i.inhrelid WHERE i.inhparent = 'public.usage_event'::regclass ORDER BY 1`)
  return rows.map((r) => r.month)
}

/** Numbers already given away, so that a restored database does not give them twice. */
export const readSequences = async (client: pg.ClientBase): Promise<Record<string, string>> => {
  const { rows } = await client.query<{ name: string; last: string }>(
    `SELECT schemaname || '.' || sequencename AS name, last_value::text AS last FROM pg_sequences
     WHERE schemaname IN ('public', '${QUEUE_SCHEMA}') AND last_value IS NOT NULL ORDER BY 1`)
  return Object.fromEntries(rows.map((r) => [r.name, r.last]))
}

export const readMigrationRows = async (client: pg.ClientBase): Promise<ArchiveManifest['migrations']> => {
  const { rows } = await client.query<{ name: string; checksum: string }>(
    'SELECT migration_name AS name, checksum FROM _prisma_migrations WHERE rolled_back_at IS NULL AND finished_at IS NOT NULL ORDER BY 1')
  return rows
}

export const readQueueVersion = async (client: pg.ClientBase): Promise<number> =>
  (await client.query<{ id: number }>(`SELECT coalesce(max(id), 0)::int AS id FROM ${QUEUE_SCHEMA}.migrations`)).rows[0]?.id ?? 0

/** `public.app` as SQL; names are of our own catalogue and checked by the manifest's schema. */
export const quoted = (name: string): string => name.split('.').map((part) => `"${part}"`).join('.')
export const columnList = (columns: readonly string[]): string => columns.map((column) => `"${column}"`).join(', ')
