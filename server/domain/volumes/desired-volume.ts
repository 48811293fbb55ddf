import type { SystemDb } from '../../core/db.ts'
import { removeObject, setDesired } from '../nodes/index.ts'
import { openKey } from './volume-key.ts'

/** Writes what the volume's node shall hold; while it may be brought back, a deleted one stays as it is. */
export const writeDesired = async (db: SystemDb, volumeId: string, now: Date): Promise<void> => {
  const volume = await db.volume.findUnique({
    where: { id: volumeId }, include: { snapshots: { where: { deletedAt: null, state: { not: 'deleting' } }, orderBy: [{ createdAt: 'asc' }, { id: 'asc' }], select: { id: true } } },
  })
  // A tombstone is never taken back.
  if (!volume || volume.purgedAt || (volume.purgeAt && volume.purgeAt <= now)) return
  await setDesired(db, volume.nodeId, {
    kind: 'volume', id: volume.id, desired: 'present',
    spec: {
      org_id: volume.orgId, size_mib: volume.sizeMib, source: volume.sourceSnapshotId ? { snapshot_id: volume.sourceSnapshotId } : null,
      restore: volume.restoreToken && volume.restoreSnapshotId ? { token: volume.restoreToken, snapshot_id: volume.restoreSnapshotId } : null,
      snapshots: volume.snapshots.map(({ id }) => id), secrets: await openKey(volume),
    },
  })
}

export const removeDesired = (db: SystemDb, volume: { nodeId: string; id: string }): Promise<void> => removeObject(db, volume.nodeId, 'volume', volume.id)
