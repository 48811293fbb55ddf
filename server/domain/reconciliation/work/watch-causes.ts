import { z } from 'zod'
import type { SystemDb } from '../../../core/db.ts'
import { defineJob } from '../../../core/job.ts'
import { runtime } from '../../../core/runtime.ts'
import { formatMoney } from '../../../contract/money.ts'
import { openWorkItem, settleWorkItem } from './work-items.ts'

const MOST = 1_000

const aboutSuspense = async (db: SystemDb, id: string, now: Date): Promise<void> => {
  const item = await db.suspenseItem.findUnique({ where: { id } })
  if (!item) return
  // Paid at a provider without an attempt of ours, or arrived and fits nothing: the same act decides both.
  const kind = item.cause === 'no_match' && item.provider !== 'bank_transfer' ? 'provider_only_payment' : 'unmatched_money'
  if (item.state !== 'open') return settleWorkItem(db, kind, id, `The money was ${item.state}.`, now)
  await openWorkItem(db, {
    kind, cause: id, subject: { type: 'suspense', id }, title: `${formatMoney(item.amount, item.currency)} from ${item.payer || 'an unknown payer'}`,
    facts: { provider: item.provider, reference: item.reference, cause: item.cause, note: item.note || null },
  }, now)
  // A return that the provider refused: money that was settled is on the list again.
  await db.workItem.updateMany({ where: { key: `${kind}:${id}`, state: { not: 'open' } }, data: { state: 'open', doneAt: null, doneBy: null, note: item.note || null } })
}

const customerOf = async (db: SystemDb, id: string): Promise<string> =>
  (await db.organization.findUniqueOrThrow({ where: { id }, select: { name: true } })).name

const aboutDispute = async (db: SystemDb, id: string, now: Date): Promise<void> => {
  const dispute = await db.dispute.findUnique({ where: { id } })
  if (!dispute) return
  if (dispute.state !== 'needs_response') return settleWorkItem(db, 'dispute_due', id, `The dispute is ${dispute.state.replaceAll('_', ' ')}.`, now)
  await openWorkItem(db, {
    kind: 'dispute_due', cause: id, subject: { type: 'dispute', id }, customerId: dispute.orgId, dueAt: dispute.dueBy,
    title: `${formatMoney(dispute.amount, dispute.currency)} of ${await customerOf(db, dispute.orgId)} is disputed: ${dispute.reason.replaceAll('_', ' ')}`,
    facts: { provider: dispute.provider, reference: dispute.providerDisputeId, payment_id: dispute.attemptId, due_by: dispute.dueBy?.toISOString() ?? null },
  }, now)
}

const aboutRefund = async (db: SystemDb, id: string, now: Date): Promise<void> => {
  const refund = await db.refund.findUnique({ where: { id } })
  if (refund?.state !== 'failed') return
  await openWorkItem(db, {
    kind: 'refund_failed', cause: id, subject: { type: 'refund', id }, customerId: refund.orgId,
    title: `A refund of ${formatMoney(refund.amount, refund.currency)} to ${await customerOf(db, refund.orgId)} failed`,
    facts: { provider: refund.provider, payment_id: refund.attemptId, why: refund.failure, reason: refund.reason },
  }, now)
}

/** Disputes and refunds tell under the name of their payment. */
const aboutPayment = async (db: SystemDb, id: string, now: Date): Promise<void> => {
  for (const dispute of await db.dispute.findMany({ where: { attemptId: id }, select: { id: true } })) await aboutDispute(db, dispute.id, now)
  for (const refund of await db.refund.findMany({ where: { attemptId: id, state: 'failed' }, select: { id: true } })) await aboutRefund(db, refund.id, now)
}

const ABOUT = { sus: aboutSuspense, dsp: aboutDispute, rfd: aboutRefund, pay: aboutPayment } as const

const look = async (id: string): Promise<void> => {
  const about = Object.entries(ABOUT).find(([prefix]) => id.startsWith(`${prefix}_`))?.[1]
  if (about) await runtime().databases.asSystem('job', (db) => about(db, id, runtime().clock.now()))
}

/** Once per event about suspense, disputes and refunds. */
export const noteCause = defineJob({
  name: 'note-work-cause',
  payload: z.object({ subject_id: z.string() }),
  run: ({ subject_id: id }) => look(id),
})

/** What events missed: causes without an open item, and open items whose cause is gone. */
export const sweepCauses = async (): Promise<number> => {
  const { rows } = await runtime().databases.systemPool.query<{ id: string }>(
    `(SELECT s.id FROM suspense_item s WHERE s.state = 'open' AND NOT EXISTS (SELECT FROM work_item w WHERE w.subject_id = s.id AND w.state = 'open') LIMIT $1)
     UNION ALL (SELECT d.id FROM dispute d WHERE d.state = 'needs_response' AND NOT EXISTS (SELECT FROM work_item w WHERE w.key = 'dispute_due:' || d.id) LIMIT $1)
     UNION ALL (SELECT r.id FROM refund r WHERE r.state = 'failed' AND NOT EXISTS (SELECT FROM work_item w WHERE w.key = 'refund_failed:' || r.id) LIMIT $1)
     UNION ALL (SELECT w.subject_id FROM work_item w JOIN suspense_item s ON s.id = w.subject_id WHERE w.subject_type = 'suspense' AND w.state = 'open' AND s.state <> 'open' LIMIT $1)
     UNION ALL (SELECT w.subject_id FROM work_item w JOIN dispute d ON d.id = w.subject_id WHERE w.kind = 'dispute_due' AND w.state = 'open' AND d.state <> 'needs_response' LIMIT $1)`, [MOST])
  for (const { id } of rows) await look(id)
  return rows.length
}
