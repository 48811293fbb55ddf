/** Backups of the installation itself: format of the archive, and what people see of it. */
import { z } from 'zod'
import { BucketAddress } from './backup.ts'
import { Etag } from './etag.ts'
import { pageOf } from './page.ts'
import { Instant } from './time.ts'

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

export const PORTAL_BACKUP_STATUSES = ['queued', 'running', 'ready', 'failed', 'deleted'] as const
export const PortalBackup = z.object({
  id: z.string(), name: z.string(), kind: z.enum(['manual', 'scheduled', 'found']), status: z.enum(PORTAL_BACKUP_STATUSES),
  place: z.string().describe('Folder or bucket'), progress: z.number().min(0).max(1), code: ArchiveCode.nullable(), reason: z.string().nullable(),
  bytes: z.number().int().nullable(), rows: z.number().int().nullable(),
  opened_by: z.enum(['recipient', 'passphrase']).nullable().describe('What a restore needs: the identity of the recipient, or the passphrase'),
  proven_at: Instant.nullable().describe('When it was last read back from where it lies, decrypted and compared'), proof_fault: z.string().nullable(),
  taken_at: Instant, finished_at: Instant.nullable(),
})
export type PortalBackup = z.infer<typeof PortalBackup>
export const PortalBackupPage = pageOf(PortalBackup)

const keep = (least: number, most: number) => z.number().int().min(least).max(most)
export const KeepRule = z.strictObject({ daily: keep(1, 366), weekly: keep(0, 520), monthly: keep(0, 240) })
export type KeepRule = z.infer<typeof KeepRule>

const Folder = z.strictObject({ kind: z.literal('folder'), path: z.string().min(2).max(1000).regex(/^\/[^\0]+$/, 'Enter a path that begins with /.').meta({ examples: ['/mnt/backups'] }) })
const bucket = { kind: z.literal('s3'), ...BucketAddress.shape, prefix: z.string().max(200).regex(/^([A-Za-z0-9._-]+\/)*$/, 'End it with a slash, as backups/.').default('').meta({ examples: ['shellwego/'] }) }
export const BackupPlanInput = z.strictObject({
  place: z.discriminatedUnion('kind', [
    Folder,
    z.strictObject({ ...bucket, access_key_id: z.string().min(1).max(200), secret_access_key: z.string().min(1).max(500).optional().describe('Left out: the present one stays') }),
  ]),
  hour: z.number().int().min(0).max(23).nullable().describe('Each day at this hour, UTC; null: by hand only'),
  keep: KeepRule.default({ daily: 7, weekly: 4, monthly: 12 }),
})
export type BackupPlanInput = z.infer<typeof BackupPlanInput>

export const BackupPlan = z.object({
  place: z.discriminatedUnion('kind', [Folder, z.strictObject({ ...bucket, access_key_id: z.string().describe('Its secret is never shown') })]).nullable(),
  hour: z.number().int().nullable(), keep: KeepRule,
  opened_by: z.enum(['recipient', 'passphrase']).nullable().describe('Null: backups cannot be encrypted yet, and none are made'),
  last_good_at: Instant.nullable(), last_proven_at: Instant.nullable(), last_failed_at: Instant.nullable(), last_fault: z.string().nullable(),
  overdue: z.boolean().describe('The newest good one is older than 36 hours'), restore_command: z.string(), etag: Etag,
})
export type BackupPlan = z.infer<typeof BackupPlan>

export const StrayView = z.object({
  node_id: z.string(), node: z.string(), kind: z.enum(['vm', 'volume']), id: z.string(), phase: z.string(), app: z.string().nullable(),
  organization: z.string().nullable(), image: z.string().nullable(), decision: z.enum(['adopted', 'removed']).nullable(),
  adoptable: z.boolean(), why_not: z.string().nullable(), seen_at: Instant,
})
export type StrayView = z.infer<typeof StrayView>

export const Recovery = z.object({
  active: z.boolean(), since: Instant.nullable(), backup_taken_at: Instant.nullable(), resumed_at: Instant.nullable(),
  nodes: z.array(z.object({ id: z.string(), hostname: z.string(), heard: z.boolean().describe('It has reported since the restore') })),
  strays: z.array(StrayView),
})
export type Recovery = z.infer<typeof Recovery>
