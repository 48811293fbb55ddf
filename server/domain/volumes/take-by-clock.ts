import type { SystemDb } from '../../core/db.ts'
import { recordEvent } from '../../core/event.ts'
import { newId } from '../../core/id.ts'
import { MAX_SNAPSHOTS } from '../../contract/volume.ts'
import type { Volume, VolumeSchedule } from '../../../prisma/generated/client.ts'

/** Full is full: what is missed then is taken at the next step, when older ones have gone. */
export const takeByClock = async (db: SystemDb, volume: Volume, schedule: VolumeSchedule, expiresAt: Date, now: Date): Promise<void> => {
  if (await db.volumeSnapshot.count({ where: { volumeId: volume.id, deletedAt: null } }) >= MAX_SNAPSHOTS) return
  const { headSnapshotId } = await db.volume.findUniqueOrThrow({ where: { id: volume.id }, select: { headSnapshotId: true } })
  const id = newId('snapshot')
  await db.volumeSnapshot.create({
    data: {
      id, orgId: volume.orgId, volumeId: volume.id, name: `${volume.name} ${now.toISOString().slice(0, 16).replace('T', ' ')}`, kind: 'scheduled', scheduleId: schedule.id,
      parentId: headSnapshotId, sizeMib: volume.actualMib ?? volume.sizeMib, expiresAt,
    },
  })
  await db.volume.update({ where: { id: volume.id }, data: { headSnapshotId: id } })
  await recordEvent(db, {
    orgId: volume.orgId, type: 'snapshot.created', subject: { type: 'snapshot', id }, actor: { type: 'job', name: 'volumes.sweep' }, requestId: null,
    data: { volume_id: volume.id, kind: 'scheduled' },
  })
}
