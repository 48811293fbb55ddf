import { newId } from '../core/id.ts'
import { runtime } from '../core/runtime.ts'
import { newSetKeys, sealPlatformSecret, sealSecret } from '../domain/volumes/backups/keys.ts'

/** A volume at rest with a snapshot, a schedule and what was measured of it, and another that an instance has open. */
export const makeVolumes = (orgId: string, instanceId: string, nodeId: string, marker: string) => runtime().databases.asSystem('job', async (db) => {
  const [volumeId, heldId, snapshotId, scheduleId] = [newId('volume'), newId('volume'), newId('snapshot'), newId('volumeSchedule')]
  const { appId } = await db.instance.findUniqueOrThrow({ where: { id: instanceId } })
  await db.appNetwork.create({ data: { appId, orgId, restricted: true, rules: [{ to: `${marker}.example.com`, protocol: 'tcp', ports: null }] } })
  const at = new Date('2026-01-01T00:00:00Z')
  await db.appAutoscaling.create({ data: { appId, orgId, enabled: false, policy: { min: 1, max: 2, targets: { cpu_percent: 60 } }, reason: marker } })
  await db.scalingDecision.create({ data: { id: newId('scalingDecision'), orgId, appId, at, kind: 'up', fromReplicas: 1, toReplicas: 2, wanted: 2, cause: 'cpu', reason: marker } })
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

interface OfVolume { volume_id: string; snapshot_id: string }

/** A bucket with a backup of the volume in it that was proven once; and the bucket of the installation. */
export const makeBackups = (orgId: string, nodeId: string, { volume_id: volumeId, snapshot_id: snapshotId }: OfVolume, marker: string) => runtime().databases.asSystem('job', async (db) => {
  const [targetId, setId, backupId, drillId] = [newId('backupTarget'), newId('backupSet'), newId('backup'), newId('drill')]
  const place = { endpoint: 'https://s3.example.com', region: 'eu-central-1', bucket: `b-${marker}`, accessKeyId: 'AK' }
  const at = new Date('2026-01-01T00:00:00Z')
  const of = { orgId, setId, volumeId }
  await db.backupTarget.create({ data: { id: targetId, orgId, ...place, ...await sealSecret(orgId, targetId, `${marker} secret`) } })
  const keys = await newSetKeys({ id: volumeId, orgId, encrypted: false, sealedKey: null }, setId)
  await db.backupSet.create({ data: { id: setId, orgId, volumeId, targetId, nodeId, ...keys } })
  await db.volumeBackup.create({ data: { ...of, id: backupId, snapshotId, name: marker, kind: 'manual', state: 'ready', sizeMib: 64, addedBytes: 1n, checksum: marker, finishedAt: at } })
  await db.restoreDrill.create({ data: { ...of, id: drillId, backupId, kind: 'manual', state: 'passed', detail: marker, bytes: 1n, tookMs: 1, startedAt: at, finishedAt: at } })
  await db.platformBackupTarget.upsert({ where: { id: 'platform' }, update: {}, create: { ...place, bucket: 'platform', sealedSecret: sealPlatformSecret('secret') } })
  return { target_id: targetId, backup_id: backupId }
})
