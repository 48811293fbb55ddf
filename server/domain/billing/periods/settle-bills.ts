import type { Actor } from '../../../core/context.ts'
import type { SystemDb } from '../../../core/db.ts'
import { bookCoupons } from '../coupons/coupons-for.ts'
import { issueInvoices, type InvoiceToIssue } from '../invoices/issue-invoices.ts'
import { addInvoiceItems, type NewInvoiceItem } from '../items/add-invoice-item.ts'
import { settleItems } from '../items/unbilled-items.ts'
import type { ComposedBill } from './compose-bills.ts'
import { gatewayMinimum } from './gateway-minimum.ts'
import { outcomeOf, type BillOutcome } from './outcome.ts'
import { saveDrafts } from './save-drafts.ts'

const isLast = ({ subscription: { endedAt, periodEnd } }: ComposedBill): boolean => endedAt !== null && endedAt <= periodEnd

const decide = (bill: ComposedBill): BillOutcome =>
  outcomeOf({ sale: bill.sale, hasItems: bill.itemIds.length > 0, last: isLast(bill), minimum: gatewayMinimum(bill.sale.currency) })

/** Issues, keeps as drafts, carries over or drops what was made; answers how many invoices were issued. */
export const settleBills = async (db: SystemDb, bills: readonly ComposedBill[], now: Date, actor: Actor): Promise<number> => {
  const decided = bills.map((bill) => ({ bill, outcome: decide(bill) }))
  const of = (outcome: BillOutcome): ComposedBill[] => decided.filter((entry) => entry.outcome === outcome).map((entry) => entry.bill)
  const issued = of('issue').flatMap((bill): InvoiceToIssue[] => (bill.sale.held ? [] : [{ ...bill, kind: 'invoice', sale: bill.sale, issuedAt: now }]))
  const dropped = [...of('nothing'), ...of('carry')]
  await addInvoiceItems(db, of('carry').flatMap(carriedItems))
  await bookCoupons(db, of('nothing').flatMap((bill) => (bill.sale.held ? [] : bill.sale.coupons.map(({ coupon, amount }) => (
    { orgId: bill.buyer.org.id, redemptionId: coupon.redemptionId, periodStart: bill.periodStart, invoiceId: null, amount,
      currency: bill.sale.currency, at: now })))))
  await settleItems(db, of('nothing').flatMap((bill) => (!bill.sale.held && bill.sale.discount > 0n ? bill.itemIds : [])), now)
  await db.invoice.deleteMany({ where: { state: 'draft', id: { in: dropped.flatMap(({ draftId }) => draftId ?? []) } } })
  await saveDrafts(db, of('hold'), { finaliseAt: now, heldFor: 'tax_check' }, now)
  if (issued.length > 0) await issueInvoices(db, issued, actor)
  return issued.length
}

/** The charges as items of the next invoice. Coupons and credit of this one were not used. */
const carriedItems = ({ subscription: { orgId }, sale, charges, periodStart }: ComposedBill): NewInvoiceItem[] =>
  charges.filter((line) => line.amount !== 0n).map((line, index) => ({
    orgId, currency: sale.currency, kind: 'carried_over', description: line.description, quantity: line.quantity, unitAmount: line.unitAmount, amount: line.amount,
    product: line.product, periodFrom: line.periodStart, periodTo: line.periodEnd, reason: 'Too little for an invoice of its own', key: `carried:${periodStart.toISOString()}:${index}`,
  }))
