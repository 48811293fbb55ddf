import type { Actor } from '../../../core/context.ts'
import type { SystemDb } from '../../../core/db.ts'
import { recordEvents } from '../../../core/event.ts'
import { toWireAmount } from '../../../contract/money.ts'
import { enqueueClearance } from '../clearance/clear-document.ts'
import { bookCoupons } from '../coupons/coupons-for.ts'
import { bookCredits, creditsByKind } from '../credits/grants.ts'
import { postTransactions } from '../ledger/post-transaction.ts'
import type { DocumentKind } from '../pdf/snapshot.ts'
import { creditPurchaseIssued, invoiceFinalised, type LedgerTransaction } from '../rules/ledger.ts'
import { localDateOf } from '../rules/period.ts'
import { dueDate } from './due-date.ts'
import type { Buyer } from './load-buyers.ts'
import { numberedInsert, seriesOf, type NumberedRow } from './number-series.ts'
import type { ComposedSale } from './sale.ts'
import { snapshotOf, type SnapshotPrice } from './snapshot-of.ts'

export type InvoiceKind = Exclude<DocumentKind, 'credit_note'>

/** A sale about to become an invoice; a draft keeps its id. */
export interface InvoiceToIssue {
  id: string
  kind: InvoiceKind
  buyer: Buyer
  sale: ComposedSale
  period: { start: string; end: string }
  periodStart: Date
  periodEnd: Date
  price: SnapshotPrice | null
  /** Items that are on it. */
  itemIds: readonly string[]
  issuedAt: Date
  note?: string | null
}

const bookingOf = ({ id, kind, sale }: InvoiceToIssue): LedgerTransaction => {
  const { currency, total, tax, credits } = sale
  if (kind === 'credit_purchase') return creditPurchaseIssued({ invoiceId: id, currency, amount: total })
  return invoiceFinalised({ invoiceId: id, currency, net: total - tax, tax, creditsUsed: creditsByKind(credits) })
}

const rowOf = (invoice: InvoiceToIssue): NumberedRow => {
  const { id, kind, buyer: { org, brand, entity, settings }, sale, periodStart, periodEnd, issuedAt } = invoice
  const dueAt = kind === 'pro_forma' ? null : dueDate(issuedAt, org.timezone, settings.paymentTermDays)
  const settled = sale.amountDue === 0n
  return {
    id, org_id: org.id, brand_id: brand.id, entity_id: entity.id, kind, state: kind === 'pro_forma' ? 'issued' : settled ? 'paid' : 'finalised', currency: sale.currency,
    period_start: periodStart, period_end: periodEnd, subtotal: sale.subtotal.toString(), tax: sale.tax.toString(), total: sale.total.toString(),
    amount_paid: kind === 'pro_forma' ? '0' : sale.creditsApplied.toString(), snapshot: snapshotOf({ ...invoice, dueAt }), issued_at: issuedAt, due_at: dueAt, paid_at: settled && kind !== 'pro_forma' ? issuedAt : null,
  }
}

/**
 * Books, announces and numbers invoices in the caller's transaction. The statement that inserts them takes their numbers and comes late,
 * so that the seller's series is locked as briefly as possible; a rollback gives the numbers back.
 */
export const issueInvoices = async (db: SystemDb, invoices: readonly InvoiceToIssue[], actor: Actor): Promise<void> => {
  const claims = invoices.filter(({ kind }) => kind !== 'pro_forma')
  await bookCoupons(db, claims.flatMap(({ id, periodStart, sale, buyer, issuedAt }) => sale.coupons.map(({ coupon, amount }) => (
    { orgId: buyer.org.id, redemptionId: coupon.redemptionId, periodStart, invoiceId: id, amount, currency: sale.currency, at: issuedAt }))))
  await bookCredits(db, claims.flatMap(({ id, sale, buyer, issuedAt }) => sale.credits.map((use) => ({ ...use, orgId: buyer.org.id, invoiceId: id,
    at: issuedAt }))))
  await postTransactions(db, claims.filter(({ sale }) => sale.total !== 0n).map((invoice) => ({
    brandId: invoice.buyer.brand.id, entityId: invoice.buyer.entity.id, orgId: invoice.buyer.org.id, at: invoice.issuedAt, transaction: bookingOf(invoice),
  })))
  await recordEvents(db, invoices.map(({ id, kind, sale, buyer }) => ({
    orgId: buyer.org.id, type: kind === 'pro_forma' ? 'invoice.pro_forma_issued' : 'invoice.finalised', subject: { type: 'invoice', id }, actor, requestId: null,
    data: { total: toWireAmount(sale.total), currency: sale.currency },
  })))
  const bySeries = Map.groupBy(invoices, ({ buyer: { entity, org }, kind, issuedAt }) => `${entity.id} ${seriesOf(entity.prefix, kind, localDateOf(issuedAt, org.timezone))}`)
  for (const key of [...bySeries.keys()].sort()) {
    const [entityId = '', series = ''] = key.split(' ')
    const own = bySeries.get(key) ?? []
    const numbers = await numberedInsert(db, entityId, series, own.map(rowOf))
    await enqueueClearance(db, own.filter(({ kind }) => kind !== 'pro_forma').map(({ id, buyer, issuedAt }) => (
      { documentId: id, kind: 'invoice', orgId: buyer.org.id, entity: buyer.entity, number: numbers.get(id) ?? '', issuedOn: localDateOf(issuedAt, buyer.org.timezone) })))
  }
  await markBilled(db, claims)
}

const markBilled = async (db: SystemDb, invoices: readonly InvoiceToIssue[]): Promise<void> => {
  const rows = invoices.flatMap(({ id, itemIds }) => itemIds.map((item) => ({ id, item })))
  if (rows.length === 0) return
  const billed = await db.$executeRaw`
    UPDATE invoice_item i SET invoice_id = r.id FROM jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) AS r (id text, item text)
    WHERE i.id = r.item AND i.invoice_id IS NULL AND i.settled_at IS NULL`
  if (billed !== rows.length) throw new Error('an item of an invoice was billed meanwhile')
}
