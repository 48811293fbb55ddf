/** Backups of the installation itself: format of the archive, and what people see of it. */
import { z } from 'zod'

export const ARCHIVE_FORMAT = 1

export const ArchiveCode = z.enum([
  'wrong_key', 'damaged', 'incomplete', 'not_a_backup', 'newer', 'edited', 'not_empty', 'hidden_rows', 'no_space', 'no_lock',
  'place_unreachable', 'place_refused', 'place_failed', 'missing', 'interrupted', 'failed',
])
export type ArchiveCode = z.infer<typeof ArchiveCode>

const TableName = z.string().regex(/^[a-z_][a-z0-9_]*\.[a-z_][a-z0-9_]*$/)
const Column = z.string().regex(/^[a-z_][a-z0-9_]*$/)

/** First entry of an archive: what is in it, and which product can read it. */
export const ArchiveManifest = z.strictObject({
  format: z.literal(ARCHIVE_FORMAT),
  product: z.string().max(60),
  taken_at: z.iso.datetime(),
  migrations: z.array(z.strictObject({ name: z.string().max(200), checksum: z.string().regex(/^[0-9a-f]{64}$/) })),
  queue_version: z.number().int().nonnegative(),
  tables: z.array(z.strictObject({ name: TableName, columns: z.array(Column) })),
  usage_months: z.array(z.iso.date()),
  sequences: z.record(z.string(), z.string().regex(/^\d+$/)),
})
export type ArchiveManifest = z.infer<typeof ArchiveManifest>

const Digest = z.string().regex(/^[0-9a-f]{64}$/)
/** Last entry: without it the archive is not whole. */
export const ArchiveEnd = z.strictObject({
  tables: z.record(TableName, z.strictObject({ rows: z.number().int(), bytes: z.number().int(), sha256: Digest })),
  files: z.record(z.string(), z.strictObject({ bytes: z.number().int(), sha256: Digest })),
})
export type ArchiveEnd = z.infer<typeof ArchiveEnd>
