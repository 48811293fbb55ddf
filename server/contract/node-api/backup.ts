/** What agent and portal say to each other about backups outside the node. Part of version 1 of the node API. */
import { z } from 'zod'

/** A bucket that speaks S3. Its keys are among the secrets of what names it. */
export const BucketTarget = z.strictObject({
  endpoint: z.string().max(500), region: z.string().max(60), bucket: z.string().max(63),
  /** Null: the operator's own choice. Otherwise a customer's, and only public addresses are meant, or networks of this list. */
  guard: z.strictObject({ allow: z.string().max(4_000), plain_http: z.boolean() }).nullable(),
})
export type BucketTarget = z.infer<typeof BucketTarget>

/** All backups of one volume in one bucket, below a prefix of their own. Secrets: `access_key_id`, `secret_access_key`, `key`, `volume_key`. */
export const BackupObjectSpec = z.strictObject({
  org_id: z.string(), volume_id: z.string(), target: BucketTarget, prefix: z.string().max(300),
  /** Those that shall exist, oldest first; others below the prefix are deleted with what only they hold. */
  backups: z.array(z.strictObject({ id: z.string(), snapshot_id: z.string() })).max(2_000),
  /** Proves that a backup can be restored; each token once. */
  drill: z.strictObject({ token: z.string(), backup_id: z.string() }).nullable(),
  secrets: z.record(z.string(), z.string()).default({}),
})
export type BackupObjectSpec = z.infer<typeof BackupObjectSpec>

/** What a volume holds at first, out of a bucket. The keys are the volume's secrets, named `source_…`. */
export const BackupSource = z.strictObject({ backup_id: z.string(), target: BucketTarget, prefix: z.string().max(300) })
export type BackupSource = z.infer<typeof BackupSource>

export const DrillResult = z.strictObject({
  token: z.string(), backup_id: z.string(), ok: z.boolean(), detail: z.string().max(500),
  bytes: z.number().int().nonnegative(), took_ms: z.number().int().nonnegative(),
})
export type DrillResult = z.infer<typeof DrillResult>

export const BackupStatus = z.strictObject({
  backups: z.array(z.strictObject({
    id: z.string(), size_mib: z.number().int(), checksum: z.string().max(80),
    /** What it added in the bucket when it was made. */
    added_bytes: z.number().int().nonnegative(),
  })).max(2_000),
  /** Given up for good. */
  failed: z.array(z.strictObject({ id: z.string(), reason: z.string().max(500) })).max(2_000),
  progress: z.strictObject({ id: z.string(), done: z.number().int(), total: z.number().int() }).nullable(),
  drill: DrillResult.nullable(),
})
export type BackupStatus = z.infer<typeof BackupStatus>
