import type { ObjectStatus } from '../../contract/node-api/v1.ts'
import type { SystemDb } from '../../core/db.ts'
import { newId } from '../../core/id.ts'
import { planSleep } from './sleep-rule.ts'

/** Writes down when a start slept; after its allocation segment. Only what ever slept costs a question. */
export const noteSleep = async (db: SystemDb, status: ObjectStatus, now: Date): Promise<void> => {
  const { vm_start_id: startId, phase } = status
  if (startId === null || (phase !== 'sleeping' && status.slept_ms === undefined)) return
  const segment = await db.allocationSegment.findUnique({ where: { startId }, select: { orgId: true, appId: true, startedAt: true } })
  if (!segment) return
  const rows = await db.sleepSegment.findMany({ where: { startId } })
  const known = rows.map((row) => ({ startedAt: row.startedAt, endedAt: row.endedAt, toldMs: Number(row.toldMs) }))
  const own = { orgId: segment.orgId, appId: segment.appId, startId }
  for (const change of planSleep(status, segment.startedAt, known, now)) {
    if (change.type === 'rise') await db.sleepSegment.updateMany({ where: { startId, endedAt: null }, data: { endedAt: change.at, toldMs: change.toldMs } })
    else if (change.type === 'fall') await db.sleepSegment.create({ data: { id: newId('sleep'), ...own, startedAt: change.at, toldMs: change.toldMs } })
    else await db.sleepSegment.create({ data: { id: newId('sleep'), ...own, startedAt: change.from, endedAt: change.to, toldMs: change.toldMs } })
  }
}
