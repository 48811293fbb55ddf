import { z } from 'zod'
import { Size } from './app.ts'
import { VolumeSafety } from './backup.ts'
import { Etag } from './etag.ts'
import { pageOf } from './page.ts'
import { Instant } from './time.ts'

export const VOLUME_STATUSES = ['creating', 'detached', 'attached', 'detaching', 'restoring', 'resizing', 'error', 'deleted'] as const
export type VolumeStatus = (typeof VOLUME_STATUSES)[number]

/** Sizes are whole steps, so that what is billed is exact. */
export const VOLUME_STEP_MIB = 64
export const MAX_VOLUME_MIB = 500 * 1024
export const MAX_VOLUMES_PER_APP = 8
export const MAX_SNAPSHOTS = 500
/** After this time a deleted volume is gone for good. */
export const UNDO_HOURS = 72

/** State table: what may be asked of a volume in each state. Server, console and tests ask this one. */
export const volumeCan = {
  attach: (s: VolumeStatus): boolean => s === 'detached' || s === 'creating',
  detach: (s: VolumeStatus): boolean => s !== 'deleted',
  resize: (s: VolumeStatus): boolean => s === 'detached' || s === 'attached',
  snapshot: (s: VolumeStatus): boolean => s !== 'deleted' && s !== 'creating' && s !== 'error' && s !== 'restoring',
  restore: (s: VolumeStatus): boolean => s === 'detached' || s === 'attached' || s === 'error',
  delete: (s: VolumeStatus): boolean => s === 'detached' || s === 'creating' || s === 'error' || s === 'resizing',
  undelete: (s: VolumeStatus): boolean => s === 'deleted',
} as const

export const VOLUME_MODES = ['pinned', 'strict'] as const
export const VolumeMode = z.enum(VOLUME_MODES).describe('What becomes of its app when its node is cut off: pinned runs on there, strict stops by itself')
export type VolumeMode = z.infer<typeof VolumeMode>

/** A volume whose node is silent. */
export const VolumeRecovery = z.object({
  state: z.enum(['wait', 'needs_operator', 'possible']).describe('Whether its last backup may take its place on another node now'),
  detail: z.string(), wait_seconds: z.number().int(), node_seen_at: Instant.describe('When the node was last heard'),
  backup: z.object({ id: z.string(), data_from: Instant }).nullable().describe('The newest one that can be restored; what was written later is not in it'),
})
export type VolumeRecovery = z.infer<typeof VolumeRecovery>

export const VolumeName = z.string().min(2, 'Use at least two characters.').max(40)
  .regex(/^[a-z]([a-z0-9-]*[a-z0-9])?$/, 'Use lower-case letters, digits and hyphens, starting with a letter.')
export const MountPath = z.string().min(1).max(255).regex(/^[^\u0000:]*$/, 'Leave out colons and control characters.')
export const VolumeId = z.string().max(60)

/** 15 minutes, hourly, every 6 hours, daily, weekly. */
export const SCHEDULE_MINUTES = [15, 60, 360, 1440, 10_080] as const

export const SnapshotView = z.object({
  id: z.string(), volume_id: z.string(), name: z.string(), description: z.string(),
  kind: z.enum(['manual', 'scheduled', 'before_restore', 'clone', 'backup']), status: z.enum(['creating', 'ready', 'deleting']),
  parent_id: z.string().nullable().describe('What the volume descended from when it was taken'),
  size: z.string(), added_bytes: z.number().int().nullable().describe('What it stores beyond other snapshots'),
  checksum: z.string().nullable().describe('Of its content: equal contents have equal checksums'),
  taken_at: Instant.nullable(), expires_at: Instant.nullable(), created_by: z.string().nullable(), created_at: Instant,
})
export type SnapshotView = z.infer<typeof SnapshotView>

export const ScheduleView = z.object({
  id: z.string(), volume_id: z.string(), what: z.enum(['snapshot', 'backup']), every_minutes: z.number().int(), keep_hours: z.number().int(), enabled: z.boolean(), next_at: Instant,
  etag: Etag, created_at: Instant,
})
export type ScheduleView = z.infer<typeof ScheduleView>

export const VolumeView = z.object({
  id: z.string(), organization_id: z.string(), name: z.string(), status: z.enum(VOLUME_STATUSES), status_reason: z.string().nullable(),
  size: z.string(), used: z.string().nullable().describe('What it occupies on its node'), filesystem: z.literal('ext4'), type: z.literal('persistent'),
  encrypted: z.boolean(), mode: VolumeMode,
  app_id: z.string().nullable(), mount_path: z.string().nullable(), read_only: z.boolean(),
  in_use_by: z.string().nullable().describe('The instance that has it open'), node_id: z.string(),
  silent_since: Instant.nullable().describe('When its node was last heard, while that is silent; null while it is heard'),
  source_snapshot_id: z.string().nullable(), head_snapshot_id: z.string().nullable().describe('The snapshot its present content descends from'),
  source_backup_id: z.string().nullable(), replaces_id: z.string().nullable().describe('The volume it took the place of when the node of that one was lost'), safety: VolumeSafety,
  snapshots: z.number().int(), version: z.number().int(), created_by: z.string().nullable(), created_at: Instant, updated_at: Instant,
  deleted_at: Instant.nullable(), purge_at: Instant.nullable().describe('Until then a deleted volume can be brought back'),
})
export type VolumeView = z.infer<typeof VolumeView>
export const VolumeDetail = VolumeView.extend({ snapshot_list: z.array(SnapshotView), schedules: z.array(ScheduleView), recovery: VolumeRecovery.nullable().describe('Null while its node is heard') })
export type VolumeDetail = z.infer<typeof VolumeDetail>
export const VolumePage = pageOf(VolumeView)
export const SnapshotPage = pageOf(SnapshotView)

export const CreateVolume = z.strictObject({
  name: VolumeName, size: Size.default('1g'), snapshot_id: z.string().max(60).optional().describe('What it holds at first; without it, nothing'),
  encrypted: z.boolean().default(false).describe('Its node never stores a plain byte; what is made from a snapshot is as encrypted as that'),
  mode: VolumeMode.default('pinned'),
  app_id: z.string().max(60).optional().describe('Attach it at once'), mount_path: MountPath.optional(),
})
