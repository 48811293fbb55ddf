import type { Actor } from '../../../core/context.ts'
import type { SystemDb } from '../../../core/db.ts'
import { runtime } from '../../../core/runtime.ts'
import { snapshotIn } from '../invoices/invoice-wire.ts'
import { loadTerms } from '../subscriptions/load-terms.ts'
import { composeBills, type Bill } from './compose-bills.ts'
import { settleBills } from './settle-bills.ts'

const ACTOR = { type: 'job', name: 'finalise-drafts' } as const

/** The oldest of each customer: what two of them bill together is shared out one after the other. */
export const dueDrafts = async (now: Date, besides: readonly string[], limit: number): Promise<string[]> => {
  const { rows } = await runtime().databases.systemPool.query<{ id: string }>(
    `SELECT DISTINCT ON (org_id) id FROM invoice WHERE state = 'draft' AND kind = 'invoice' AND finalise_at <= $1 AND id <> ALL($2)
     ORDER BY org_id, period_start LIMIT $3`, [now, besides, limit])
  return rows.map((row) => row.id)
}

/** Those of them that were not issued. */
export const stillDrafts = async (ids: readonly string[]): Promise<string[]> => {
  const { rows } = await runtime().databases.systemPool.query<{ id: string }>(`SELECT id FROM invoice WHERE id = ANY($1) AND state = 'draft'`, [ids])
  return rows.map((row) => row.id)
}

/** Makes drafts anew from what is known now, late usage included, and issues them. One that somebody else finalised meanwhile is left alone. */
export const finaliseDrafts = (ids: readonly string[], now: Date): Promise<number> =>
  runtime().databases.asSystem('job', (db) => finaliseDraftsIn(db, ids, now, ACTOR))

export const finaliseDraftsIn = async (db: SystemDb, ids: readonly string[], now: Date, actor: Actor): Promise<number> => {
  await db.$queryRaw`SELECT id FROM invoice WHERE id = ANY(${[...ids]}) AND state = 'draft' ORDER BY org_id, id FOR UPDATE`
  const drafts = await db.invoice.findMany({ where: { id: { in: [...ids] }, state: 'draft', kind: 'invoice' }, orderBy: [{ orgId: 'asc' }, { id: 'asc' }] })
  if (drafts.length === 0) return 0
  const rows = new Map((await db.subscription.findMany({ where: { orgId: { in: drafts.map(({ orgId }) => orgId) } } })).map((row) => [row.orgId, row]))
  const bills = drafts.flatMap((draft): Bill[] => {
    const row = rows.get(draft.orgId)
    const { periodStart: periodFrom, periodEnd: periodTo } = snapshotIn(draft)
    const period = { periodStart: draft.periodStart, periodEnd: draft.periodEnd, periodFrom, periodTo }
    return row ? [{ draftId: draft.id, subscription: { ...row, ...period, currency: draft.currency } }] : []
  })
  const terms = await loadTerms(db, bills.map(({ subscription }) => subscription.orgId))
  return settleBills(db, await composeBills(db, bills, terms, now), now, actor)
}
