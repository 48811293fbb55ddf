import type { SystemDb } from '../../../core/db.ts'
import { newId } from '../../../core/id.ts'
import { outstandingOf, type InvoiceRow } from '../../billing/index.ts'
import { invoicesReferred } from '../transfers/referred.ts'
import { bookPayment } from '../book-payment.ts'
import { suspend, type Suspended } from './suspend.ts'

export interface ReceivedMoney {
  brandId: string
  /** Whose account it came to. */
  entityId: string
  provider: string
  /** What the payer wrote: an invoice's number, a creditor reference, or words around one. */
  reference: string
  amount: bigint
  currency: string
  at: Date
  payer: string
  /** The same money is received once. */
  key: string
  /** Known already, by a person or a better rule than the reference. */
  invoiceId?: string
}
export type Received =
  | { outcome: 'booked'; paymentId: string; invoiceId: string } | { outcome: 'suspense'; itemId: string } | { outcome: 'duplicate' }

const NUMBER = /[A-Z0-9]{2,12}(?:-[A-Z]{2})?-\d{4}-\d{4,9}/g

/** The one issued invoice of this seller the text names; two are none. */
const invoiceNamed = async (db: SystemDb, { entityId, reference, invoiceId }: ReceivedMoney): Promise<InvoiceRow | null> => {
  if (invoiceId) return db.invoice.findFirst({ where: { id: invoiceId, entityId, number: { not: null } } })
  const attempt = await db.paymentAttempt.findFirst({ where: { providerRef: reference.trim(), kind: 'checkout', invoice: { entityId } }, include: { invoice: true } })
  if (attempt) return attempt.invoice
  const byReference = await invoicesReferred(db, entityId, reference)
  if (byReference.length > 0) return byReference.length === 1 ? byReference[0] ?? null : null
  const numbers = [...new Set(reference.toUpperCase().match(NUMBER) ?? [])]
  const found = numbers.length === 0 ? [] : await db.invoice.findMany({ where: { entityId, number: { in: numbers } }, take: 2 })
  return found.length === 1 ? found[0] ?? null : null
}

const causeOf = (invoice: InvoiceRow | null, { currency }: ReceivedMoney): Suspended['cause'] | null => {
  if (!invoice) return 'no_match'
  if (invoice.currency !== currency) return 'currency_mismatch'
  return outstandingOf(invoice) > 0n ? null : 'invoice_closed'
}

/** Books money that arrived without being asked for: on the invoice it names, or into suspense for a person to decide. Once per key. */
export const receiveMoney = async (db: SystemDb, money: ReceivedMoney): Promise<Received> => {
  await db.$executeRaw`SELECT pg_advisory_xact_lock(hashtextextended(${`received:${money.key}`}, 0))`
  const { provider, key, amount, currency, at } = money
  if (await db.paymentAttempt.count({ where: { provider, providerRef: key } }) > 0) return { outcome: 'duplicate' }
  if (await db.suspenseItem.count({ where: { key } }) > 0) return { outcome: 'duplicate' }
  const named = await invoiceNamed(db, money)
  if (named) await db.$queryRaw`SELECT id FROM invoice WHERE id = ${named.id} FOR UPDATE`
  const invoice = named && await db.invoice.findUniqueOrThrow({ where: { id: named.id } })
  const cause = causeOf(invoice, money)
  if (cause !== null || !invoice) {
    const itemId = await suspend(db, {
      brandId: money.brandId, entityId: money.entityId, provider, reference: money.reference, paymentRef: null, amount, currency, payer: money.payer,
      note: named?.number ? `Names invoice ${named.number}` : '', cause: cause ?? 'no_match', at, key,
    })
    return itemId ? { outcome: 'suspense', itemId } : { outcome: 'duplicate' }
  }
  const attempt = await db.paymentAttempt.create({
    data: { id: newId('payment'), orgId: invoice.orgId, invoiceId: invoice.id, kind: 'transfer', provider, providerRef: key, paymentRef: money.reference, amount, currency, state: 'succeeded' },
  })
  await bookPayment({ db, attempt, invoice, now: at }, amount)
  await closeInstructions(db, invoice.id, attempt.id)
  return { outcome: 'booked', paymentId: attempt.id, invoiceId: invoice.id }
}

/** Whoever was told where to transfer to has done so. */
const closeInstructions = async (db: SystemDb, invoiceId: string, paidBy: string): Promise<void> => {
  const { state } = await db.invoice.findUniqueOrThrow({ where: { id: invoiceId }, select: { state: true } })
  if (state !== 'paid') return
  await db.paymentAttempt.updateMany({
    where: { invoiceId, provider: 'bank_transfer', kind: 'checkout', id: { not: paidBy }, state: { in: ['created', 'pending'] } }, data: { state: 'canceled', failure: 'paid_by_transfer' },
  })
}
