import { z } from 'zod'
import { SnapshotView, VolumeId } from '../../contract/volume.ts'
import type { SystemDb, TenantDb } from '../../core/db.ts'
import { DomainError } from '../../core/error.ts'
import { command } from '../../core/operation.ts'
import { loadSnapshot } from './load-snapshot.ts'
import { loadVolume } from './load-volume.ts'
import { toSnapshot } from './wire.ts'

/** Snapshots of a volume that something under way still reads: a restore, a backup, or a volume being made from one. */
export const neededSnapshots = async (db: SystemDb | TenantDb, volumeId: string): Promise<Set<string>> => {
  const own = await db.volumeSnapshot.findMany({ where: { volumeId, deletedAt: null }, select: { id: true } })
  const ids = own.map(({ id }) => id)
  const readers = await db.volume.findMany({
    where: { purgedAt: null, OR: [{ sourceSnapshotId: { in: ids }, actualMib: null }, { restoreSnapshotId: { in: ids } }] },
    select: { sourceSnapshotId: true, actualMib: true, restoreSnapshotId: true, restoreToken: true, restored: true },
  })
  const carried = await db.volumeBackup.findMany({ where: { snapshotId: { in: ids }, state: 'creating', deletedAt: null }, select: { snapshotId: true } })
  return new Set([...carried.map((backup) => backup.snapshotId), ...readers.flatMap((r) => [
    ...(r.actualMib === null && r.sourceSnapshotId ? [r.sourceSnapshotId] : []),
    ...(r.restoreToken !== r.restored && r.restoreSnapshotId ? [r.restoreSnapshotId] : []),
  ])])
}

export const deleteSnapshot = command({
  name: 'volumes.delete_snapshot', summary: 'Delete a snapshot; others and the volume itself stay whole', scope: 'org', permission: 'apps:write',
  input: z.strictObject({ volume_id: VolumeId, snapshot_id: z.string().max(60) }), output: SnapshotView,
  rest: { method: 'DELETE', path: '/volumes/{volume_id}/snapshots/{snapshot_id}', status: 200, tag: 'Volumes' },
  run: async (ctx, input) => {
    const volume = await loadVolume(ctx, input.volume_id, { lock: true })
    const snapshot = await loadSnapshot(ctx, input.snapshot_id, volume.id)
    if ((await neededSnapshots(ctx.db, volume.id)).has(snapshot.id)) throw new DomainError('state_conflict', 'A volume or a backup is being made from the snapshot. Try again when it is ready.')
    const row = await ctx.db.volumeSnapshot.update({ where: { id: snapshot.id }, data: { state: 'deleting' } })
    await ctx.emit('snapshot.deleted', { type: 'snapshot', id: row.id }, { volume_id: volume.id, name: row.name })
    return toSnapshot(row)
  },
})
