import { z } from 'zod'
import type { SystemDb } from '../../core/db.ts'
import { recordEvent } from '../../core/event.ts'
import { defineJob } from '../../core/job.ts'
import { runtime } from '../../core/runtime.ts'
import type { Volume, VolumeSchedule } from '../../../prisma/generated/client.ts'
import { neededSnapshots } from './delete-snapshot.ts'
import { removeDesired } from './desired-volume.ts'
import { backUpByClock } from './backups/by-clock.ts'
import { giveUpUnmade } from './backups/forget-backups.ts'
import { takeByClock } from './take-by-clock.ts'
import { stillHeld, takeRight } from './fencing/fence-off.ts'
import { planSchedules } from './rules/schedule.ts'

const BATCH = 200

/** Each minute: what is due by the clock. Snapshots by schedule are taken, those past their time go, deleted volumes go for good. */
export const sweepVolumes = defineJob({
  name: 'volumes.sweep',
  payload: z.object({}).loose(),
  run: async () => {
    const now = runtime().clock.now()
    for (const id of await dueVolumes(now)) await runtime().databases.asSystem('job', (db) => sweepOne(db, id, now))
    for (const id of await stillHeld()) await takeRight(id)
    for (const id of await purgeable(now)) await runtime().databases.asSystem('job', (db) => purge(db, id, now))
  },
})

const dueVolumes = async (now: Date): Promise<string[]> => {
  const { rows } = await runtime().databases.systemPool.query<{ id: string }>(
    `SELECT DISTINCT v.id FROM volume v WHERE v.deleted_at IS NULL AND v.actual_mib IS NOT NULL AND (
       EXISTS (SELECT FROM volume_schedule s WHERE s.volume_id = v.id AND s.enabled AND s.next_at <= $1)
       OR EXISTS (SELECT FROM volume_snapshot p WHERE p.volume_id = v.id AND p.deleted_at IS NULL AND p.state = 'ready' AND p.expires_at <= $1)) LIMIT ${BATCH}`, [now])
  return rows.map((row) => row.id)
}

const purgeable = async (now: Date): Promise<string[]> => {
  const { rows } = await runtime().databases.systemPool.query<{ id: string }>(
    `SELECT v.id FROM volume v WHERE v.purge_at <= $1 AND v.purged_at IS NULL
       AND NOT EXISTS (SELECT FROM node_object o WHERE o.node_id = v.node_id AND o.kind = 'volume' AND o.id = v.id AND o.desired = 'absent') LIMIT ${BATCH}`, [now])
  return rows.map((row) => row.id)
}

const sweepOne = async (db: SystemDb, id: string, now: Date): Promise<void> => {
  await db.$executeRaw`SELECT 1 FROM volume WHERE id = ${id} FOR UPDATE`
  const volume = await db.volume.findUnique({ where: { id }, include: { schedules: true, snapshots: { where: { deletedAt: null, state: 'ready', expiresAt: { not: null } } } } })
  if (!volume || volume.deletedAt) return
  const plan = planSchedules(volume.schedules, volume.snapshots, await neededSnapshots(db, id), now)
  for (const { scheduleId, nextAt } of plan.next) await db.volumeSchedule.update({ where: { id: scheduleId }, data: { nextAt } })
  for (const snapshotId of plan.expire) await expire(db, volume, snapshotId)
  for (const due of plan.take) {
    const schedule = scheduleOf(volume.schedules, due.scheduleId)
    await (schedule.what === 'backup' ? backUpByClock(db, volume, due.expiresAt, now) : takeByClock(db, volume, schedule, due.expiresAt, now))
  }
}

const scheduleOf = (schedules: readonly VolumeSchedule[], id: string): VolumeSchedule => {
  const found = schedules.find((schedule) => schedule.id === id)
  if (!found) throw new Error(`schedule ${id} is not the volume's`)
  return found
}

const ACTOR = { type: 'job', name: 'volumes.sweep' } as const

const expire = async (db: SystemDb, volume: Volume, id: string): Promise<void> => {
  const row = await db.volumeSnapshot.update({ where: { id }, data: { state: 'deleting' } })
  await recordEvent(db, { orgId: volume.orgId, type: 'snapshot.deleted', subject: { type: 'snapshot', id }, actor: ACTOR, requestId: null, data: { volume_id: volume.id, name: row.name, expired: true } })
}

/** A volume whose snapshot another one is just being made from waits for that. */
const purge = async (db: SystemDb, id: string, now: Date): Promise<void> => {
  await db.$executeRaw`SELECT 1 FROM volume WHERE id = ${id} FOR UPDATE`
  const volume = await db.volume.findUnique({ where: { id }, include: { hold: true } })
  if (!volume?.purgeAt || volume.purgeAt > now || volume.hold) return
  await giveUpUnmade(db, id, now)
  if ((await neededSnapshots(db, id)).size > 0) return
  await removeDesired(db, volume)
}
