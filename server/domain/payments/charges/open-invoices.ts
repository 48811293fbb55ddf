import type { SystemDb } from '../../../core/db.ts'
import type { InvoiceRow } from '../../billing/index.ts'

/** What a customer owes, oldest first. Orders of credit are left out: nobody is made to buy credit. */
export const openInvoicesOf = (db: SystemDb, orgId: string): Promise<InvoiceRow[]> => db.invoice.findMany({
  where: { orgId, state: { in: ['finalised', 'partially_paid'] }, number: { not: null }, kind: { notIn: ['credit_purchase', 'pro_forma'] } },
  orderBy: [{ dueAt: 'asc' }, { id: 'asc' }],
})
