import { toWireAmount } from '../../contract/money.ts'
import { addPaidGrant, outstandingOf, paymentReceived, postTransaction } from '../billing/index.ts'
import { tell, type Settling } from './settling.ts'

type Booking = Pick<Settling, 'db' | 'attempt' | 'invoice' | 'now'>

/** Books what came for an attempt, once, and pays its invoice with it. `suspended`: it was kept in suspense until now. */
export const bookPayment = async (booking: Booking, amount: bigint, suspended = false): Promise<void> => {
  const { db, attempt, invoice, now } = booking
  const due = outstandingOf(invoice)
  const booked = await postTransaction(db, { brandId: invoice.brandId, entityId: invoice.entityId, orgId: attempt.orgId, at: now },
    paymentReceived({ attemptId: attempt.id, provider: attempt.provider, currency: attempt.currency, amount, due, suspended }))
  if (!booked) throw new Error(`payment ${attempt.id} was booked before it was seen as paid`)
  await creditSurplus(booking, amount - (due > 0n ? due : 0n))
  await tell(booking, 'payment.succeeded', { type: 'payment', id: attempt.id }, { amount: toWireAmount(amount), currency: attempt.currency, invoice_id: invoice.id })
  if (due <= 0n) return
  const amountPaid = invoice.amountPaid + (amount < due ? amount : due)
  const paid = amount >= due
  await db.invoice.update({ where: { id: invoice.id }, data: { amountPaid, state: paid ? 'paid' : 'partially_paid', ...(paid ? { paidAt: now } : {}) } })
  if (paid) await tell(booking, 'invoice.paid', { type: 'invoice', id: invoice.id }, { payment_id: attempt.id, number: invoice.number })
}

/** What was paid beyond the invoice is the customer's, and settles the next one first. */
const creditSurplus = async ({ db, attempt, invoice, now }: Booking, surplus: bigint): Promise<void> => {
  if (surplus <= 0n) return
  await addPaidGrant(db, {
    orgId: attempt.orgId, brandId: invoice.brandId, entityId: invoice.entityId, currency: attempt.currency, amount: surplus, key: `payment:${attempt.id}`, at: now,
    reason: `Paid above invoice ${invoice.number ?? invoice.id}`,
  })
}
