import type { SystemDb } from '../../core/db.ts'
import { newId } from '../../core/id.ts'
import { planSegments, type StorageMeter } from './rules/segments.ts'

/** Brings what is billed in line with what is stored. `now` is business time; a deletion ends it at its own instant. */
export const writeSegments = async (db: SystemDb, volumeId: string, now: Date): Promise<void> => {
  const volume = await db.volume.findUnique({ where: { id: volumeId } })
  if (!volume) return
  const { _sum: sum } = await db.volumeSnapshot.aggregate({ where: { volumeId, deletedAt: null }, _sum: { addedBytes: true } })
  const open = await db.volumeSegment.findMany({ where: { volumeId, endedAt: null } })
  const change = planSegments(
    { exists: volume.actualMib !== null && volume.deletedAt === null, sizeMib: volume.sizeMib, appId: volume.appId ?? '', snapshotBytes: sum.addedBytes ?? 0n },
    open.map((row) => ({ ...row, meter: row.meter as StorageMeter })),
  )
  const end = volume.deletedAt ?? now
  for (const row of open.filter(({ id }) => change.close.includes(id))) {
    const endedAt = new Date(Math.max(row.startedAt.getTime(), Math.min(end.getTime(), now.getTime())))
    await db.volumeSegment.update({ where: { id: row.id }, data: { endedAt } })
  }
  for (const segment of change.open) await db.volumeSegment.create({ data: { id: newId('volumeSegment'), orgId: volume.orgId, volumeId, ...segment, startedAt: now } })
}
