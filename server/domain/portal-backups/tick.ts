import { z } from 'zod'
import { recordEvent } from '../../core/event.ts'
import { defineJob, enqueue } from '../../core/job.ts'
import { runtime } from '../../core/runtime.ts'
import type { SystemDb } from '../../core/db.ts'
import type { PortalBackupPlan } from '../../../prisma/generated/client.ts'
import { beginBackup } from './backups.ts'
import { isDue, isOverdue } from './due.ts'
import { compareWithPlace } from './found.ts'
import { mailOperators } from './mails.ts'
import { addressOf, lastGood, placeName, readPlan } from './plan-row.ts'
import { portalArchives } from './ports.ts'
import { expired } from './retention.ts'
import { runBackup } from './run-backup.ts'

const begin = async (db: SystemDb, plan: PortalBackupPlan, now: Date): Promise<void> => {
  const [good, tried] = [await lastGood(db), await db.portalBackup.findFirst({ orderBy: { takenAt: 'desc' } })]
  if (!isDue({ hour: plan.hour, lastGoodAt: good?.takenAt ?? null, lastTriedAt: tried?.takenAt ?? null, since: plan.createdAt }, now)) return
  const row = await beginBackup(db, plan, 'scheduled', null)
  if (row) await enqueue(db, runBackup, { id: row.id })
}

/** Once a day as long as it lasts. */
const alarm = async (db: SystemDb, plan: PortalBackupPlan, now: Date): Promise<void> => {
  const good = await lastGood(db)
  const overdue = isOverdue({ hour: plan.hour, lastGoodAt: good?.takenAt ?? null, since: plan.createdAt }, now)
  if (!overdue || (plan.alarmedAt !== null && now.getTime() - plan.alarmedAt.getTime() < 24 * 3_600_000)) return
  await db.portalBackupPlan.update({ where: { id: 1 }, data: { alarmedAt: now } })
  const last = good ? `The newest good backup is of ${good.takenAt.toISOString()}.` : 'There is no good backup yet.'
  await recordEvent(db, { orgId: null, type: 'operator.backup_overdue', subject: { type: 'operator', id: 'portal_backups' }, actor: { type: 'job', name: tickBackups.name }, requestId: null })
  await mailOperators(db, { trouble: 'overdue', detail: last, key: now.toISOString().slice(0, 10) })
}

/** The row goes first: what lies in the place without one is found again by whoever lists it, a row without a file is a lie. */
const retire = async (plan: PortalBackupPlan): Promise<void> => {
  const { databases } = runtime()
  const rows = await databases.asSystem('job', (db) => db.portalBackup.findMany({ where: { state: 'ready', place: placeName(plan) } }))
  const rule = { daily: plan.keepDaily, weekly: plan.keepWeekly, monthly: plan.keepMonthly }
  const gone = new Set(expired(rows.map(({ id, takenAt, kind }) => ({ id, takenAt, kind, good: true })), rule))
  const place = portalArchives().open(addressOf(plan))
  for (const row of rows.filter(({ id }) => gone.has(id))) {
    await databases.asSystem('job', (db) => db.portalBackup.update({ where: { id: row.id }, data: { state: 'deleted' } }))
    await place.remove(row.name)
  }
}

/** Real time: machines are lost in it, not in business time. */
export const tickBackups = defineJob({
  name: 'portal_backups.tick', payload: z.object({}), maxAttempts: 1,
  run: async () => {
    const now = new Date()
    const plan = await runtime().databases.asSystem('job', async (db) => {
      const found = await readPlan(db)
      if (found) {
        await begin(db, found, now)
        await alarm(db, found, now)
      }
      return found
    })
    if (!plan) return
    await compareWithPlace(plan)
    await retire(plan)
  },
})
