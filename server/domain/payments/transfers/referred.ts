import type { SystemDb } from '../../../core/db.ts'
import { findCreditorReferences } from '../../../contract/creditor-reference.ts'
import type { InvoiceRow } from '../../billing/index.ts'

/** Invoices of a seller whose creditor references stand in what a payer or a bank wrote; two at most, as two are none. */
export const invoicesReferred = async (db: SystemDb, entityId: string, text: string): Promise<InvoiceRow[]> => {
  const bodies = findCreditorReferences(text).map((reference) => reference.slice(4))
  if (bodies.length === 0) return []
  const rows = await db.$queryRaw<{ id: string }[]>`
    SELECT id FROM invoice WHERE entity_id = ${entityId} AND number IS NOT NULL AND replace(number, '-', '') = ANY(${bodies}) ORDER BY id LIMIT 2`
  return db.invoice.findMany({ where: { id: { in: rows.map(({ id }) => id) } } })
}
