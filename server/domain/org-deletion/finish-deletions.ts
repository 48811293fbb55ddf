import { z } from 'zod'
import type { SystemDb } from '../../core/db.ts'
import { recordEvent } from '../../core/event.ts'
import { defineJob } from '../../core/job.ts'
import { runtime } from '../../core/runtime.ts'
import { retireApp } from '../apps/index.ts'
import { endSubscription } from '../billing/index.ts'

const ACTOR = { type: 'job', name: 'org-deletion.finish' } as const

/** Deletes what nobody undid in time. Invoices, ledger and audit log stay; the last usage is billed when its period closes. */
export const deleteDueOrganizations = async (now: Date): Promise<number> => {
  const { rows } = await runtime().databases.systemPool.query<{ id: string }>(
    'SELECT id FROM organization WHERE delete_after <= $1 AND deleted_at IS NULL ORDER BY delete_after, id', [now])
  let deleted = 0
  for (const { id } of rows) if (await runtime().databases.asSystem('job', (db) => deleteIfDue(db, id, now))) deleted += 1
  return deleted
}

export const nextDeletionAt = async (after: Date, upTo: Date): Promise<Date | null> => {
  const { rows } = await runtime().databases.systemPool.query<{ at: Date | null }>(
    'SELECT min(delete_after) AS at FROM organization WHERE delete_after > $1 AND delete_after <= $2 AND deleted_at IS NULL', [after, upTo])
  return rows[0]?.at ?? null
}

const deleteIfDue = async (db: SystemDb, orgId: string, now: Date): Promise<boolean> => {
  const [org] = await db.$queryRaw<{ delete_after: Date }[]>`
    SELECT delete_after FROM organization WHERE id = ${orgId} AND delete_after <= ${now}::timestamptz AND deleted_at IS NULL FOR NO KEY UPDATE`
  if (!org) return false
  const emit = (type: string, subject: { type: string; id: string }, data = {}) =>
    recordEvent(db, { orgId, type, subject, data, actor: ACTOR, requestId: null })
  for (const app of await db.app.findMany({ where: { orgId, deletedAt: null }, select: { id: true, name: true } })) await retireApp({ db, emit }, app)
  await endAccess(db, orgId)
  await endSubscription(db, orgId, org.delete_after)
  await db.organization.update({ where: { id: orgId }, data: { deletedAt: now } })
  await db.organizationDeletion.updateMany({ where: { orgId, undoneAt: null, completedAt: null }, data: { completedAt: now } })
  await emit('organization.deleted', { type: 'organization', id: orgId })
  return true
}

const endAccess = async (db: SystemDb, orgId: string): Promise<void> => {
  const at = new Date()
  await db.invitation.updateMany({ where: { orgId, acceptedAt: null, revokedAt: null }, data: { revokedAt: at } })
  await db.apiToken.updateMany({ where: { revokedAt: null, OR: [{ orgId }, { serviceAccount: { orgId } }] }, data: { revokedAt: at } })
  await db.serviceAccount.updateMany({ where: { orgId, disabledAt: null }, data: { disabledAt: at } })
  await db.membership.deleteMany({ where: { orgId } })
}

export const finishDeletions = defineJob({
  name: 'org-deletion.finish',
  payload: z.unknown(),
  run: async () => { await deleteDueOrganizations(runtime().clock.now()) },
})
