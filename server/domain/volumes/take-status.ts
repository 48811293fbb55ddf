import type { ObjectStatus } from '../../contract/node-api/v1.ts'
import type { VolumeStatus } from '../../contract/node-api/volume.ts'
import type { SystemDb } from '../../core/db.ts'
import { recordEvent } from '../../core/event.ts'
import type { IntakeContext } from '../nodes/index.ts'
import type { Volume } from '../../../prisma/generated/client.ts'
import { writeSegments } from './write-segments.ts'

interface Locked { generation: number | null; desired: string | null; fence: number | null }
interface Row extends Volume, Omit<Locked, 'fence'> {}

/** Of a node that knows less of who may write than it was told: it speaks of an earlier time. */
const isFenced = (status: ObjectStatus, least: number): boolean => (status.volume?.observed_fence ?? least) < least

/** Takes over what the agent says of its volumes. Returns the ids whose tombstone is confirmed. */
export const takeVolumeStatuses = async (context: IntakeContext, statuses: ObjectStatus[]): Promise<string[]> => {
  const gone: string[] = []
  for (const status of statuses) {
    const [locked] = await context.db.$queryRaw<Locked[]>`
      SELECT o.generation, o.desired, (o.spec->>'fence')::int AS fence FROM volume v LEFT JOIN node_object o ON o.node_id = v.node_id AND o.kind = 'volume' AND o.id = v.id
      WHERE v.id = ${status.id} AND v.node_id = ${context.nodeId} FOR UPDATE OF v`
    const volume = locked && await context.db.volume.findUnique({ where: { id: status.id } })
    if (!locked || !volume || status.generation < (locked.generation ?? 0) || isFenced(status, locked.fence ?? 0)) continue
    if (status.phase === 'absent') {
      if (locked.desired !== 'absent') continue
      gone.push(status.id)
      await confirmGone(context, volume)
    } else {
      await takeOne(context, { ...volume, generation: locked.generation, desired: locked.desired }, status)
    }
  }
  return gone
}

type Data = Record<string, string | number | null>
const tell = ({ db, nodeId }: IntakeContext, volume: Volume, type: string, subject: { type: string; id: string }, data: Data): Promise<void> =>
  recordEvent(db, { orgId: volume.orgId, type, subject, actor: { type: 'node', nodeId }, requestId: null, data })

const confirmGone = async (context: IntakeContext, volume: Volume): Promise<void> => {
  const nothing = { sealedKey: null, keyId: null, actualMib: null, usedMib: null, usedBy: null }
  await context.db.volume.update({ where: { id: volume.id }, data: { purgedAt: new Date(), ...nothing } })
  await context.db.volumeSnapshot.updateMany({ where: { volumeId: volume.id, deletedAt: null }, data: { deletedAt: new Date() } })
  await writeSegments(context.db, volume.id, context.now)
  await tell(context, volume, 'volume.purged', { type: 'volume', id: volume.id }, { name: volume.name })
}

const takeOne = async (context: IntakeContext, row: Row, status: ObjectStatus): Promise<void> => {
  const found = status.volume
  const next = {
    phase: status.phase, code: status.code, reason: status.reason, actualMib: found?.size_mib ?? null, usedMib: found?.used_mib ?? null,
    usedBy: found?.used_by ?? null, restored: found?.restored ?? row.restored,
  }
  const seen = (['phase', 'code', 'actualMib', 'usedBy', 'restored'] as const).some((field) => row[field] !== next[field])
  if (seen || row.usedMib !== next.usedMib || row.reason !== next.reason) await context.db.volume.update({ where: { id: row.id }, data: next })
  const snapshotsChanged = found ? await takeSnapshots(context, row, found) : false
  if (seen || snapshotsChanged) await writeSegments(context.db, row.id, context.now)
  if (seen) await tell(context, row, 'volume.changed', { type: 'volume', id: row.id }, { app_id: row.appId, phase: status.phase, code: status.code })
}

/** The list is complete as of this generation: one that shall go and is not in it is gone. */
const takeSnapshots = async (context: IntakeContext, row: Row, { snapshots }: VolumeStatus): Promise<boolean> => {
  const known = await openSnapshots(context.db, row.id)
  let changed = false
  for (const snapshot of known) {
    const found = snapshots.find(({ id }) => id === snapshot.id)
    if (snapshot.state === 'creating' && found) {
      changed = true
      await context.db.volumeSnapshot.update({
        where: { id: snapshot.id },
        data: { state: 'ready', sizeMib: found.size_mib, addedBytes: BigInt(found.added_bytes), checksum: found.checksum, takenAt: new Date(context.now.getTime() - found.age_ms) },
      })
      await tell(context, row, 'snapshot.ready', { type: 'snapshot', id: snapshot.id }, { volume_id: row.id, app_id: row.appId })
    } else if (snapshot.state === 'deleting' && !found) {
      changed = true
      await context.db.volumeSnapshot.update({ where: { id: snapshot.id }, data: { deletedAt: new Date() } })
    }
  }
  return changed
}

const openSnapshots = (db: SystemDb, volumeId: string) =>
  db.volumeSnapshot.findMany({ where: { volumeId, deletedAt: null, state: { in: ['creating', 'deleting'] } }, select: { id: true, state: true } })
