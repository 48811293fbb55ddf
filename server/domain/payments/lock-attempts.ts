import type { SystemDb } from '../../core/db.ts'
import type { InvoiceRow } from '../billing/index.ts'
import type { PaymentAttempt } from './payment-wire.ts'

export interface LockedAttempt { attempt: PaymentAttempt; invoice: InvoiceRow }

/**
 * Attempts, then their invoices, each in the order of their ids: every path that touches both locks them so. Rows that only point at them
 * (steps of dunning, refunds) do not wait for it.
 */
export const lockAttempts = async (db: SystemDb, ids: readonly string[]): Promise<LockedAttempt[]> => {
  await db.$queryRaw`SELECT id FROM payment_attempt WHERE id = ANY(${[...ids]}) ORDER BY id FOR NO KEY UPDATE`
  const attempts = new Map((await db.paymentAttempt.findMany({ where: { id: { in: [...ids] } } })).map((row) => [row.id, row]))
  const invoiceIds = [...new Set([...attempts.values()].map(({ invoiceId }) => invoiceId))]
  await db.$queryRaw`SELECT id FROM invoice WHERE id = ANY(${invoiceIds}) ORDER BY id FOR NO KEY UPDATE`
  const invoices = new Map((await db.invoice.findMany({ where: { id: { in: invoiceIds } } })).map((row) => [row.id, row]))
  return ids.map((id) => {
    const attempt = attempts.get(id)
    const invoice = attempt && invoices.get(attempt.invoiceId)
    if (!invoice) throw new Error(`payment ${id} is gone`)
    return { attempt, invoice }
  })
}

export const lockAttempt = async (db: SystemDb, id: string): Promise<LockedAttempt> => {
  const [locked] = await lockAttempts(db, [id])
  if (!locked) throw new Error(`payment ${id} is gone`)
  return locked
}
