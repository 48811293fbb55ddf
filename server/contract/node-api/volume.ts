/** What agent and portal say to each other about volumes. Part of version 1 of the node API. */
import { z } from 'zod'
import { BackupSource } from './backup.ts'

export const VolumeObjectSpec = z.strictObject({
  org_id: z.string(),
  size_mib: z.number().int().min(64),
  /** What it holds at first; null is an empty file system. */
  source: z.union([z.strictObject({ snapshot_id: z.string() }), BackupSource]).nullable(),
  /** Puts a snapshot back in place; each token once, and only while nobody uses the volume. */
  restore: z.strictObject({ token: z.string(), snapshot_id: z.string() }).nullable(),
  /** Those that shall exist, oldest first; others of this volume are deleted. */
  snapshots: z.array(z.string()).max(2_000),
  /** Instances with a lower fence may not write any more; only to agents that spoke of fencing. */
  fence: z.number().int().positive().optional(),
  /** Whoever has it open is killed when the node's lease runs out; absent: never. Only to agents that spoke of fencing. */
  mode: z.literal('strict').optional(),
  /** `key` opens an encrypted volume; without it the volume is plain. `source_…` open the backup it is made from. */
  secrets: z.record(z.string(), z.string()).default({}),
})
export type VolumeObjectSpec = z.infer<typeof VolumeObjectSpec>

/** A volume as one instance has it. The fence rises with each holder: an agent refuses one lower than it has seen. */
export const VolumeMount = z.strictObject({
  id: z.string(), mount_path: z.string().startsWith('/').max(255), read_only: z.boolean(), fence: z.number().int().positive(),
})
export type VolumeMount = z.infer<typeof VolumeMount>

export const SnapshotStatus = z.strictObject({
  id: z.string(), size_mib: z.number().int(),
  /** What it added to the store; blocks that another snapshot holds already cost nothing. */
  added_bytes: z.number().int().nonnegative(),
  /** Over its content: equal contents have equal checksums. */
  checksum: z.string().max(80),
  age_ms: z.number().int().nonnegative(),
})
export type SnapshotStatus = z.infer<typeof SnapshotStatus>

export const VolumeStatus = z.strictObject({
  size_mib: z.number().int().nonnegative(),
  /** Blocks in use on the node's disk. */
  used_mib: z.number().int().nonnegative(),
  /** The instance that has it open. */
  used_by: z.string().nullable(),
  restored: z.string().nullable(),
  /** The highest fence the node has on record; only to portals that spoke of fencing. */
  observed_fence: z.number().int().nonnegative().optional(),
  snapshots: z.array(SnapshotStatus).max(2_000),
})
export type VolumeStatus = z.infer<typeof VolumeStatus>
