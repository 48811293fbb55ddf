import type { SystemDb } from '../../core/db.ts'
import { recordEvent } from '../../core/event.ts'
import { log } from '../../core/log.ts'
import { runtime } from '../../core/runtime.ts'
import { outstandingOf, addPaidGrant, paymentReceived, postTransaction, providerFee, refundPaid, type InvoiceRow } from '../billing/index.ts'
import { stateOf, type PaymentAttempt } from './payment-wire.ts'
import type { ProviderPayment } from './ports.ts'
import { isClosed, settle, type Settlement } from './rules/payment-state.ts'

export type SettleOutcome = 'paid' | 'unchanged' | 'moved' | 'currency_mismatch'

interface Settling { db: SystemDb; attempt: PaymentAttempt; invoice: InvoiceRow; settlement: Settlement; now: Date }

/** Applies what the provider says to the attempt and its invoice. Row locks make it one at a time; a second run books nothing. */
export const settleAttempt = (attemptId: string, observed: ProviderPayment): Promise<SettleOutcome> =>
  runtime().databases.asSystem('job', async (db) => {
    await db.$queryRaw`SELECT id FROM payment_attempt WHERE id = ${attemptId} FOR UPDATE`
    const attempt = await db.paymentAttempt.findUniqueOrThrow({ where: { id: attemptId } })
    await db.$queryRaw`SELECT id FROM invoice WHERE id = ${attempt.invoiceId} FOR UPDATE`
    const invoice = await db.invoice.findUniqueOrThrow({ where: { id: attempt.invoiceId } })
    const { status, amount, refundedMinor, feeMinor } = observed
    const settlement = settle(
      { status: stateOf(attempt), minor: attempt.amount, currency: attempt.currency, refundedMinor: await bookedRefunds(db, attempt.id), feeMinor: null },
      { status, minor: amount.minor, currency: amount.currency, refundedMinor, feeMinor },
    )
    if (settlement.problem) log.error({ payment: attempt.id, problem: settlement.problem }, 'a payment differs from what was asked')
    if (settlement.problem === 'currency_mismatch') {
      await db.paymentAttempt.update({ where: { id: attempt.id }, data: { failure: settlement.problem } })
      return 'currency_mismatch'
    }
    return apply({ db, attempt, invoice, settlement, now: runtime().clock.now() }, observed)
  })

const apply = async (settling: Settling, observed: ProviderPayment): Promise<SettleOutcome> => {
  const { db, attempt, settlement } = settling
  const failure = settlement.problem ?? (isClosed(settlement.status) ? observed.failure : attempt.failure)
  await db.paymentAttempt.update({ where: { id: attempt.id }, data: { state: settlement.status, providerRef: observed.providerRef, failure } })
  await bookFeeAndRefund(settling)
  if (settlement.book.payment) {
    await bookPayment(settling, settlement.book.payment.minor)
    return 'paid'
  }
  if (settlement.status === attempt.state) return 'unchanged'
  if (settlement.status === 'failed') await tell(settling, 'payment.failed', { type: 'payment', id: attempt.id }, { reason: observed.failure ?? '' })
  return 'moved'
}

const bookPayment = async (settling: Settling, amount: bigint): Promise<void> => {
  const { db, attempt, invoice, now } = settling
  const due = outstandingOf(invoice)
  const booked = await postTransaction(db, { brandId: invoice.brandId, entityId: invoice.entityId, orgId: attempt.orgId, at: now },
    paymentReceived({ attemptId: attempt.id, provider: attempt.provider, currency: attempt.currency, amount, due }))
  if (!booked) throw new Error(`payment ${attempt.id} was booked before it was seen as paid`)
  await creditSurplus(settling, amount - (due > 0n ? due : 0n))
  await tell(settling, 'payment.succeeded', { type: 'payment', id: attempt.id }, { amount: Number(amount), currency: attempt.currency })
  if (due <= 0n) return
  const amountPaid = invoice.amountPaid + (amount < due ? amount : due)
  const paid = amount >= due
  await db.invoice.update({ where: { id: invoice.id }, data: { amountPaid, state: paid ? 'paid' : 'partially_paid', ...(paid ? { paidAt: now } : {}) } })
  if (paid) await tell(settling, 'invoice.paid', { type: 'invoice', id: invoice.id }, { payment_id: attempt.id, number: invoice.number })
}

/** What was paid beyond the invoice is the customer's, and settles the next one first. */
const creditSurplus = async ({ db, attempt, invoice, now }: Settling, surplus: bigint): Promise<void> => {
  if (surplus <= 0n) return
  await addPaidGrant(db, {
    orgId: attempt.orgId, brandId: invoice.brandId, entityId: invoice.entityId, currency: attempt.currency, amount: surplus, key: `payment:${attempt.id}`, at: now,
    reason: `Paid above invoice ${invoice.number ?? invoice.id}`,
  })
}

const bookFeeAndRefund = async ({ db, attempt, invoice, settlement, now }: Settling): Promise<void> => {
  const where = { brandId: invoice.brandId, entityId: invoice.entityId, orgId: attempt.orgId, at: now }
  const { feeMinor, refundMinor } = settlement.book
  const { currency, provider } = attempt
  if (feeMinor !== null) await postTransaction(db, where, providerFee({ id: attempt.id, provider, currency, amount: feeMinor }))
  if (refundMinor !== null) {
    await postTransaction(db, where, refundPaid({ id: `${attempt.id}:${settlement.refundedMinor}`, provider, currency, amount: refundMinor }))
  }
}

/** Refunds made at the provider and booked so far; the ledger is where they are kept. */
const bookedRefunds = async (db: SystemDb, attemptId: string): Promise<bigint> => {
  const { _sum } = await db.ledgerEntry.aggregate({
    where: { account: 'refunds', transaction: { businessKey: { startsWith: `refund:${attemptId}:` } } }, _sum: { amount: true },
  })
  return _sum.amount ?? 0n
}

const tell = (settling: Settling, type: string, subject: { type: string; id: string }, data: Record<string, string | number | null>): Promise<void> =>
  recordEvent(settling.db, {
    orgId: settling.attempt.orgId, type, subject, data, requestId: null, actor: { type: 'provider', provider: settling.attempt.provider },
  })
