import type { SystemDb } from '../../core/db.ts'
import { beginFences, removeObject, setDesired } from '../nodes/index.ts'
import type { BackupSource } from '../../contract/node-api/backup.ts'
import type { VolumeObjectSpec } from '../../contract/node-api/volume.ts'
import { openSet } from './backups/bucket.ts'
import { openKey } from './volume-key.ts'

interface Origin { source: BackupSource | null; secrets: Record<string, string> }
const NO_ORIGIN: Origin = { source: null, secrets: {} }

/** The way to the backup a volume is made from, until it is made. */
const originOf = async (db: SystemDb, backupId: string): Promise<Origin> => {
  const backup = await db.volumeBackup.findUnique({ where: { id: backupId }, include: { set: true } })
  if (!backup) return NO_ORIGIN
  const { target, prefix, secrets } = await openSet(db, backup.set)
  return { source: { backup_id: backupId, target, prefix }, secrets: Object.fromEntries(Object.entries(secrets).map(([name, value]) => [`source_${name}`, value])) }
}

type Fences = Pick<VolumeObjectSpec, 'fence' | 'mode'>

/** Nothing to an agent that could not read it: its answers raise the fence all the same. */
const fencesOf = async (db: SystemDb, { nodeId, mode, leastFence }: { nodeId: string; mode: string; leastFence: number }): Promise<Fences> => {
  if (mode !== 'strict' && leastFence === 0) return {}
  if (!(await beginFences(db, nodeId))) return {}
  return { ...(leastFence > 0 ? { fence: leastFence } : {}), ...(mode === 'strict' ? { mode } : {}) }
}

/** Writes what the volume's node shall hold; while it may be brought back, a deleted one stays as it is. */
export const writeDesired = async (db: SystemDb, volumeId: string, now: Date): Promise<void> => {
  const volume = await db.volume.findUnique({
    where: { id: volumeId }, include: { snapshots: { where: { deletedAt: null, state: { not: 'deleting' } }, orderBy: [{ createdAt: 'asc' }, { id: 'asc' }], select: { id: true } } },
  })
  // A tombstone is never taken back.
  if (!volume || volume.purgedAt || (volume.purgeAt && volume.purgeAt <= now)) return
  const origin = volume.sourceBackupId && volume.actualMib === null ? await originOf(db, volume.sourceBackupId) : NO_ORIGIN
  await setDesired(db, volume.nodeId, {
    kind: 'volume', id: volume.id, desired: 'present',
    spec: {
      org_id: volume.orgId, size_mib: volume.sizeMib, source: origin.source ?? (volume.sourceSnapshotId ? { snapshot_id: volume.sourceSnapshotId } : null),
      restore: volume.restoreToken && volume.restoreSnapshotId ? { token: volume.restoreToken, snapshot_id: volume.restoreSnapshotId } : null,
      snapshots: volume.snapshots.map(({ id }) => id), secrets: { ...await openKey(volume), ...origin.secrets }, ...await fencesOf(db, volume),
    },
  })
}

export const removeDesired = (db: SystemDb, volume: { nodeId: string; id: string }): Promise<void> => removeObject(db, volume.nodeId, 'volume', volume.id)
