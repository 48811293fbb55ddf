import { newId } from '../core/id.ts'
import { runtime } from '../core/runtime.ts'

/** A volume at rest with a snapshot, a schedule and what was measured of it, and another that an instance has open. */
export const makeVolumes = (orgId: string, instanceId: string, nodeId: string, marker: string) => runtime().databases.asSystem('job', async (db) => {
  const [volumeId, heldId, snapshotId, scheduleId] = [newId('volume'), newId('volume'), newId('snapshot'), newId('volumeSchedule')]
  const { appId } = await db.instance.findUniqueOrThrow({ where: { id: instanceId } })
  await db.appNetwork.create({ data: { appId, orgId, restricted: true, rules: [{ to: `${marker}.example.com`, protocol: 'tcp', ports: null }] } })
  const at = new Date('2026-01-01T00:00:00Z')
  const volume = { orgId, nodeId, sizeMib: 64, phase: 'running', actualMib: 64, usedMib: 1, reason: marker }
  await db.node.update({ where: { id: nodeId }, data: { diskFreeMib: 1_000_000 } })
  await db.volume.create({ data: { ...volume, id: volumeId, name: `v-${marker}` } })
  await db.volume.create({ data: { ...volume, id: heldId, name: `h-${marker}`, fence: 1 } })
  await db.volumeHold.create({ data: { orgId, volumeId: heldId, instanceId, fence: 1 } })
  await db.volumeSnapshot.create({ data: { id: snapshotId, orgId, volumeId, name: marker, kind: 'manual', state: 'ready', sizeMib: 64, addedBytes: 1n, checksum: marker, takenAt: at } })
  await db.volumeSchedule.create({ data: { id: scheduleId, orgId, volumeId, everyMinutes: 1440, keepHours: 24, nextAt: new Date('2099-01-01T00:00:00Z') } })
  await db.volumeSegment.create({ data: { id: newId('volumeSegment'), orgId, volumeId, appId: '', meter: 'volume_gib_seconds', sizeMib: 64, startedAt: at, endedAt: at } })
  return { volume_id: volumeId, snapshot_id: snapshotId, schedule_id: scheduleId }
})
