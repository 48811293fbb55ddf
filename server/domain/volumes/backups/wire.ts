import { toInstant, toInstantOrNull } from '../../../contract/time.ts'
import type { BackupTarget, BackupView, DrillView } from '../../../contract/backup.ts'
import { fromMib } from '../../apps/index.ts'
import type { BackupTarget as TargetRow, RestoreDrill, VolumeBackup } from '../../../../prisma/generated/client.ts'

export const BACKUP_PARTS = { set: { select: { targetId: true, progressId: true, progress: true } }, volume: { select: { name: true } } } as const
type BackupRow = VolumeBackup & { set: { targetId: string | null; progressId: string | null; progress: number | null }; volume: { name: string } }

/** The database holds words to their lists. */
export const toBackup = (b: BackupRow): BackupView => ({
  id: b.id, volume_id: b.volumeId, volume_name: b.volume.name, name: b.name, kind: b.kind as BackupView['kind'],
  status: b.state as BackupView['status'], status_reason: b.reason, target_id: b.set.targetId,
  size: fromMib(b.sizeMib), added_bytes: b.addedBytes === null ? null : Number(b.addedBytes), checksum: b.checksum,
  progress: b.state === 'creating' && b.set.progressId === b.id ? b.set.progress : null, taken_at: toInstant(b.createdAt), finished_at: toInstantOrNull(b.finishedAt),
  expires_at: toInstantOrNull(b.expiresAt), proven_at: toInstantOrNull(b.provenAt), created_by: b.createdBy,
})

export const toDrill = (d: RestoreDrill): DrillView => ({
  id: d.id, volume_id: d.volumeId, backup_id: d.backupId, status: d.state as DrillView['status'],
  detail: d.detail, bytes: d.bytes === null ? null : Number(d.bytes),
  seconds: d.tookMs === null ? null : d.tookMs / 1000, kind: d.kind as DrillView['kind'], started_at: toInstant(d.startedAt), finished_at: toInstantOrNull(d.finishedAt),
})

export const toTarget = (t: TargetRow & { sets: { _count: { backups: number } }[] }): BackupTarget => ({
  id: t.id, endpoint: t.endpoint, region: t.region, bucket: t.bucket, access_key_id: t.accessKeyId,
  backups: t.sets.reduce((sum, set) => sum + set._count.backups, 0),
  tested_at: toInstantOrNull(t.testedAt), test_fault: t.testFault, created_by: t.createdBy, created_at: toInstant(t.createdAt),
})
