import type { InvoiceItem } from '../../../../prisma/generated/client.ts'
import type { SystemDb, TenantDb } from '../../../core/db.ts'
import type { SaleLine } from '../invoices/sale.ts'

export type { InvoiceItem }

const group = (rows: readonly InvoiceItem[]) => {
  const groups = Map.groupBy(rows, (row) => `${row.orgId} ${row.currency}`)
  return (orgId: string, currency: string): InvoiceItem[] => groups.get(`${orgId} ${currency}`) ?? []
}

/** What waits for the next invoice, oldest first. The rows stay locked to the end of the transaction: an item is billed once. */
export const takeUnbilledItems = async (db: SystemDb, orgIds: readonly string[]) => {
  await db.$queryRaw`SELECT id FROM invoice_item WHERE org_id = ANY(${[...orgIds]}) AND invoice_id IS NULL AND settled_at IS NULL ORDER BY id FOR UPDATE`
  return readUnbilledItems(db, orgIds)
}

/** The same for a look only. */
export const readUnbilledItems = async (db: SystemDb | TenantDb, orgIds: readonly string[]) =>
  group(await db.invoiceItem.findMany({ where: { orgId: { in: [...orgIds] }, invoiceId: null, settledAt: null }, orderBy: [{ createdAt: 'asc' }, { key: 'asc' }] }))

/** They were discounted to nothing: no invoice shows them, and none asks for them again. */
export const settleItems = async (db: SystemDb, ids: readonly string[], at: Date): Promise<void> => {
  if (ids.length > 0) await db.invoiceItem.updateMany({ where: { id: { in: [...ids] }, invoiceId: null, settledAt: null }, data: { settledAt: at } })
}

/** An item as a line; without dates of its own it belongs to the period of the invoice. */
export const lineOfItem = (item: InvoiceItem, period: { start: string; end: string }): SaleLine => ({
  kind: item.kind, source: `item:${item.id}`, description: item.description, quantity: item.quantity, unit: '', unitAmount: item.unitAmount, amount: item.amount,
  product: item.product, periodStart: item.periodFrom ?? period.start, periodEnd: item.periodTo ?? period.end,
})
