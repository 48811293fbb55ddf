import type { SystemDb } from '../../../core/db.ts'
import { recordEvent } from '../../../core/event.ts'
import { snapshotOf } from '../invoices/snapshot-of.ts'
import type { ComposedBill } from './compose-bills.ts'

export interface DraftUntil { finaliseAt: Date; heldFor: 'tax_check' | null }

/** Writes drafts as they stand now; they take no number and claim nothing. */
export const saveDrafts = async (db: SystemDb, bills: readonly ComposedBill[], until: DraftUntil, now: Date): Promise<void> => {
  for (const bill of bills) {
    const { id, buyer: { org, brand, entity }, sale, periodStart, periodEnd } = bill
    const sums = sale.held ? { subtotal: sale.subtotal, tax: 0n, total: sale.subtotal } : { subtotal: sale.subtotal, tax: sale.tax, total: sale.total }
    const data = { ...sums, entityId: entity.id, snapshot: { ...snapshotOf({ ...bill, kind: 'invoice', issuedAt: now, dueAt: null }), number: '' } as object, ...until }
    const { count } = await db.invoice.updateMany({ where: { id, state: 'draft' }, data })
    if (count > 0) continue
    await db.invoice.create({ data: { ...data, id, orgId: org.id, brandId: brand.id, state: 'draft', currency: sale.currency, periodStart, periodEnd } })
    await recordEvent(db, {
      orgId: org.id, type: 'invoice.drafted', subject: { type: 'invoice', id }, actor: { type: 'job', name: 'close-periods' }, requestId: null,
      data: { finalise_at: until.finaliseAt.toISOString(), ...(until.heldFor ? { held_for: until.heldFor } : {}) },
    })
  }
}
