import type { ScheduleView, SnapshotView, VolumeView } from '../../contract/volume.ts'
import { toInstant, toInstantOrNull } from '../../contract/time.ts'
import { versionOf } from '../../core/etag.ts'
import { SAFETY_PARTS, toSafety, type SafetyRow } from './backups/safety.ts'
import { fromMib } from '../apps/index.ts'
import { statusOf, type VolumeFacts } from './rules/status.ts'

/** What a volume's row is read with. */
export const VOLUME_PARTS = { ...SAFETY_PARTS, hold: true, _count: { select: { snapshots: { where: { deletedAt: null } } } } } as const

export interface VolumeRow extends Omit<VolumeFacts, 'held'>, SafetyRow {
  id: string; orgId: string; name: string; encrypted: boolean; mode: string; replacesId: string | null
  reason: string | null; usedMib: number | null; mountPath: string | null
  readOnly: boolean; nodeId: string
  sourceSnapshotId: string | null; sourceBackupId: string | null; headSnapshotId: string | null; version: number
  createdBy: string | null; createdAt: Date; updatedAt: Date
  purgeAt: Date | null
  hold: { instanceId: string } | null; _count: { snapshots: number }
}

export const volumeStatus = (v: VolumeRow) => statusOf({ ...v, held: v.hold !== null })

/** `silent`: the nodes that are not heard. */
export const toVolume = (v: VolumeRow, silent: ReadonlyMap<string, Date>): VolumeView => ({
  id: v.id, organization_id: v.orgId, name: v.name, status: volumeStatus(v), status_reason: v.reason, size: fromMib(v.sizeMib),
  used: v.usedMib === null ? null : fromMib(v.usedMib), filesystem: 'ext4', type: 'persistent', encrypted: v.encrypted, mode: v.mode === 'strict' ? 'strict' : 'pinned',
  app_id: v.appId, mount_path: v.mountPath, read_only: v.readOnly,
  in_use_by: v.hold?.instanceId ?? null, node_id: v.nodeId, silent_since: toInstantOrNull(silent.get(v.nodeId) ?? null),
  source_snapshot_id: v.sourceSnapshotId, head_snapshot_id: v.headSnapshotId,
  source_backup_id: v.sourceBackupId, replaces_id: v.replacesId, safety: toSafety(v), snapshots: v._count.snapshots, version: v.version,
  created_by: v.createdBy, created_at: toInstant(v.createdAt), updated_at: toInstant(v.updatedAt),
  deleted_at: toInstantOrNull(v.deletedAt), purge_at: toInstantOrNull(v.purgeAt),
})

interface SnapshotRow {
  id: string; volumeId: string; name: string; description: string; kind: string; state: string; parentId: string | null; sizeMib: number
  addedBytes: bigint | null
  checksum: string | null; takenAt: Date | null; expiresAt: Date | null; createdBy: string | null; createdAt: Date
}

/** The database holds the two words to their lists. */
export const toSnapshot = (s: SnapshotRow): SnapshotView => ({
  id: s.id, volume_id: s.volumeId, name: s.name, description: s.description, kind: s.kind as SnapshotView['kind'], status: s.state as SnapshotView['status'],
  parent_id: s.parentId, size: fromMib(s.sizeMib), added_bytes: s.addedBytes === null ? null : Number(s.addedBytes), checksum: s.checksum,
  taken_at: toInstantOrNull(s.takenAt), expires_at: toInstantOrNull(s.expiresAt), created_by: s.createdBy, created_at: toInstant(s.createdAt),
})

interface ScheduleRow { id: string; volumeId: string; what: string; everyMinutes: number; keepHours: number; enabled: boolean; nextAt: Date; createdAt: Date }
export const toSchedule = (s: ScheduleRow): ScheduleView => ({
  id: s.id, volume_id: s.volumeId, what: s.what === 'backup' ? 'backup' : 'snapshot', every_minutes: s.everyMinutes, keep_hours: s.keepHours, enabled: s.enabled, next_at: toInstant(s.nextAt),
  etag: versionOf([s.everyMinutes, s.keepHours, s.enabled]), created_at: toInstant(s.createdAt),
})
