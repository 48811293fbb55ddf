import type { SystemDb } from '../../../core/db.ts'
import { recordEvents } from '../../../core/event.ts'
import { snapshotOf } from '../invoices/snapshot-of.ts'
import type { ComposedBill } from './compose-bills.ts'

export interface DraftUntil { finaliseAt: Date; heldFor: 'tax_check' | null }

const ACTOR = { type: 'job', name: 'close-periods' } as const

/** Writes drafts as they stand now; they take no number and claim nothing. */
export const saveDrafts = async (db: SystemDb, bills: readonly ComposedBill[], until: DraftUntil, now: Date): Promise<void> => {
  const columnsOf = (bill: ComposedBill) => {
    const { sale, buyer: { entity } } = bill
    const sums = sale.held ? { subtotal: sale.subtotal, tax: 0n, total: sale.subtotal } : { subtotal: sale.subtotal, tax: sale.tax, total: sale.total }
    return { ...sums, entityId: entity.id, snapshot: { ...snapshotOf({ ...bill, kind: 'invoice', issuedAt: now, dueAt: null }), number: '' } as object, ...until }
  }
  const made = bills.filter(({ draftId }) => draftId === null)
  for (const bill of bills) if (bill.draftId !== null) await db.invoice.updateMany({ where: { id: bill.draftId, state: 'draft' }, data: columnsOf(bill) })
  await db.invoice.createMany({
    data: made.map((bill) => ({
      ...columnsOf(bill), id: bill.id, orgId: bill.buyer.org.id, brandId: bill.buyer.brand.id, state: 'draft', currency: bill.sale.currency,
      periodStart: bill.periodStart, periodEnd: bill.periodEnd,
    })),
  })
  await recordEvents(db, made.map(({ id, buyer }) => ({
    orgId: buyer.org.id, type: 'invoice.drafted', subject: { type: 'invoice', id }, actor: ACTOR, requestId: null,
    data: { finalise_at: until.finaliseAt.toISOString(), ...(until.heldFor ? { held_for: until.heldFor } : {}) },
  })))
}
