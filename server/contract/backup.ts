import { z } from 'zod'
import { Etag } from './etag.ts'
import { pageOf } from './page.ts'
import { Instant } from './time.ts'

export const MAX_BACKUP_TARGETS = 5
export const MAX_BACKUPS = 1_000
/** Daily, weekly, every 30 days. */
export const DRILL_HOURS = [24, 168, 720] as const

export const BucketAddress = z.strictObject({
  endpoint: z.string().min(1, 'Enter the address of the S3 service.').max(500).describe('As https://s3.eu-central-1.amazonaws.com'),
  region: z.string().min(1).max(60).regex(/^[a-z0-9-]+$/, 'Use lower-case letters, digits and hyphens.').default('us-east-1'),
  bucket: z.string().min(3, 'Enter the name of a bucket.').max(63).regex(/^[a-z0-9][a-z0-9.-]+[a-z0-9]$/, 'Use lower-case letters, digits, dots and hyphens.'),
})
export const BucketCredentials = z.strictObject({
  access_key_id: z.string().min(1, 'Enter the id of the access key.').max(200), secret_access_key: z.string().min(1, 'Enter the secret of the access key.').max(500),
})

export const BackupTarget = z.object({
  id: z.string(), endpoint: z.string(), region: z.string(), bucket: z.string(), access_key_id: z.string().describe('Its secret is never shown'),
  backups: z.number().int(), tested_at: Instant.nullable(), test_fault: z.string().nullable().describe('Why the last test failed'), created_by: z.string().nullable(), created_at: Instant,
})
export type BackupTarget = z.infer<typeof BackupTarget>
export const BackupTargetPage = pageOf(BackupTarget)
export const TargetTest = z.object({ ok: z.boolean(), detail: z.string() })
export const PlatformTarget = z.object({
  target: BucketAddress.extend({ access_key_id: z.string() }).nullable().describe('Where organizations without a bucket of their own are backed up to'), etag: Etag,
})

export const BACKUP_STATUSES = ['creating', 'ready', 'failed', 'deleting'] as const
export const BackupView = z.object({
  id: z.string(), volume_id: z.string(), volume_name: z.string(), name: z.string(), kind: z.enum(['manual', 'scheduled']), status: z.enum(BACKUP_STATUSES),
  status_reason: z.string().nullable(), target_id: z.string().nullable().describe('Null: the bucket of the installation'),
  size: z.string(), added_bytes: z.number().int().nullable().describe('What it stores beyond earlier backups'), checksum: z.string().nullable().describe('Of its content, as of the snapshot it was made from'),
  progress: z.number().min(0).max(1).nullable(), taken_at: Instant, finished_at: Instant.nullable(), expires_at: Instant.nullable(),
  proven_at: Instant.nullable().describe('When a restore of it was last carried out and checked'), created_by: z.string().nullable(),
})
export type BackupView = z.infer<typeof BackupView>
export const BackupPage = pageOf(BackupView)

export const DrillView = z.object({
  id: z.string(), volume_id: z.string(), backup_id: z.string(), status: z.enum(['running', 'passed', 'failed']), detail: z.string().nullable(),
  bytes: z.number().int().nullable(), seconds: z.number().nullable(), kind: z.enum(['manual', 'scheduled']), started_at: Instant, finished_at: Instant.nullable(),
})
export type DrillView = z.infer<typeof DrillView>
export const DrillPage = pageOf(DrillView)

/** What a volume says of its safety outside its node. */
export const VolumeSafety = z.object({
  last_backup_at: Instant.nullable(), last_proven_at: Instant.nullable().describe('The last restore that was carried out and checked'),
  last_drill: z.enum(['running', 'passed', 'failed']).nullable(), last_drill_detail: z.string().nullable().describe('What it found'),
  drill_every_hours: z.number().int().nullable(),
  fault: z.string().nullable().describe('Why backups do not come about'),
})
