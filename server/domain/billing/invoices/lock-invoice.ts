import type { SystemDb } from '../../../core/db.ts'
import { DomainError, notFound } from '../../../core/error.ts'
import { snapshotIn, type InvoiceRow } from './invoice-wire.ts'

/** An issued invoice, locked to the end of the transaction. */
export const lockIssued = async (db: SystemDb, id: string): Promise<InvoiceRow> => {
  await db.$queryRaw`SELECT id FROM invoice WHERE id = ${id} FOR UPDATE`
  const row = await db.invoice.findUnique({ where: { id } })
  if (!row) throw notFound('invoice')
  if (row.state === 'draft') throw new DomainError('state_conflict', 'This invoice is a draft yet. Finalise it first.')
  return row
}

/** Money that came in for it; prepaid credit it used is none. */
export const moneyPaid = (row: InvoiceRow): bigint => row.amountPaid - BigInt(snapshotIn(row).creditsApplied)
