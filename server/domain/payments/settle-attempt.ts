import type { SystemDb } from '../../core/db.ts'
import { log } from '../../core/log.ts'
import { runtime } from '../../core/runtime.ts'
import { postTransaction, providerFee, type InvoiceRow } from '../billing/index.ts'
import { bookPayment } from './book-payment.ts'
import { storeMethod } from './methods/store-method.ts'
import { isPayerOther, markMethodBroken } from './methods/method-state.ts'
import { bookForeignRefund, refundedOf } from './refunds/book-refund.ts'
import { suspend } from './suspense/suspend.ts'
import { tell, type Settling } from './settling.ts'
import { stateOf, type PaymentAttempt } from './payment-wire.ts'
import type { ProviderPayment } from './ports.ts'
import { isClosed, isForeign, settle, type PaymentProblem } from './rules/payment-state.ts'

export type SettleOutcome = 'paid' | 'unchanged' | 'moved' | PaymentProblem

/** The attempt, then its invoice: every path that touches both locks them in this order. */
export const lockAttempt = async (db: SystemDb, attemptId: string) => {
  await db.$queryRaw`SELECT id FROM payment_attempt WHERE id = ${attemptId} FOR UPDATE`
  const attempt = await db.paymentAttempt.findUniqueOrThrow({ where: { id: attemptId } })
  await db.$queryRaw`SELECT id FROM invoice WHERE id = ${attempt.invoiceId} FOR UPDATE`
  const invoice: InvoiceRow = await db.invoice.findUniqueOrThrow({ where: { id: attempt.invoiceId } })
  return { attempt, invoice }
}

/** Applies what the provider says to the attempt and its invoice. Row locks make it one at a time; a second run books nothing. */
export const settleAttempt = (attemptId: string, observed: ProviderPayment): Promise<SettleOutcome> =>
  runtime().databases.asSystem('job', async (db) => {
    const { attempt, invoice } = await lockAttempt(db, attemptId)
    const { status, amount, refundedMinor } = observed
    // Of a shared payment the provider's fee is the platform's; what it costs the seller is the platform's part.
    const feeMinor = attempt.splitFee ?? observed.feeMinor
    const settlement = settle(
      { status: stateOf(attempt), minor: attempt.amount, currency: attempt.currency, refundedMinor: await refundedOf(db, attempt.id), feeMinor: null },
      { status, minor: amount.minor, currency: amount.currency, refundedMinor, feeMinor, otherPayer: await isPayerOther(db, attempt, observed.method) },
    )
    const settling: Settling = { db, attempt, invoice, settlement, now: runtime().clock.now() }
    if (settlement.problem) log.error({ payment: attempt.id, problem: settlement.problem }, 'a payment differs from what was asked')
    if (isForeign(settlement.problem)) return suspendForeign(settling, observed)
    return apply(settling, observed)
  })

/** The money came, but it is no payment of this invoice: a person decides what becomes of it. */
const suspendForeign = async ({ db, attempt, invoice, settlement, now }: Settling, observed: ProviderPayment): Promise<SettleOutcome> => {
  const problem = settlement.problem ?? 'currency_mismatch'
  await db.paymentAttempt.update({
    where: { id: attempt.id }, data: { state: settlement.status, failure: problem, failureCode: 'unknown', ...referencesOf(attempt, observed) },
  })
  await suspend(db, {
    brandId: invoice.brandId, entityId: invoice.entityId, provider: attempt.provider, reference: observed.providerRef, paymentRef: observed.paymentRef,
    amount: observed.amount.minor, currency: observed.amount.currency, payer: '', note: `For invoice ${invoice.number ?? invoice.id}`, at: now,
    cause: problem === 'customer_mismatch' ? 'customer_mismatch' : 'currency_mismatch', key: `payment:${attempt.id}`,
  })
  return problem
}

/** The first name stays: a rail may call the same payment by its checkout, and later by its charge. */
const referencesOf = (attempt: PaymentAttempt, { providerRef, paymentRef }: ProviderPayment) =>
  ({ ...(attempt.providerRef === null ? { providerRef } : {}), ...(paymentRef === null ? {} : { paymentRef }) })

const apply = async (settling: Settling, observed: ProviderPayment): Promise<SettleOutcome> => {
  const { db, attempt, settlement } = settling
  const closed = isClosed(settlement.status)
  const failure = settlement.problem ?? (closed ? observed.failure : attempt.failure)
  const failureCode = observed.failureCode ?? (settlement.status === 'failed' ? attempt.failureCode ?? 'unknown' : attempt.failureCode)
  await db.paymentAttempt.update({
    where: { id: attempt.id },
    data: { state: settlement.status, failure, failureCode: settlement.book.payment ? null : failureCode, ...referencesOf(attempt, observed) },
  })
  await bookFeeAndRefund(settling)
  if (settlement.book.payment) {
    await bookPayment(settling, settlement.book.payment.minor)
    if (attempt.saveMethod && observed.method) await storeMethod(db, { attempt, facts: observed.method })
    return 'paid'
  }
  if (settlement.status === attempt.state) return 'unchanged'
  await tellOfFailure(settling, failureCode ?? '')
  return 'moved'
}

const tellOfFailure = async (settling: Settling, failureCode: string): Promise<void> => {
  const { attempt, settlement: { status } } = settling
  const subject = { type: 'payment', id: attempt.id }
  const data = { invoice_id: attempt.invoiceId, reason: failureCode, kind: attempt.kind }
  if (status === 'failed') await tell(settling, 'payment.failed', subject, data)
  if (status === 'requires_action') await tell(settling, 'payment.requires_action', subject, data)
  if (status === 'failed' && attempt.methodId) await markMethodBroken(settling.db, attempt.methodId, failureCode, attempt.provider)
}

const bookFeeAndRefund = async (settling: Settling): Promise<void> => {
  const { db, attempt, invoice, settlement, now } = settling
  const where = { brandId: invoice.brandId, entityId: invoice.entityId, orgId: attempt.orgId, at: now }
  const { feeMinor, refundMinor } = settlement.book
  const { currency, provider } = attempt
  if (feeMinor !== null) await postTransaction(db, where, providerFee({ id: attempt.id, provider, currency, amount: feeMinor }))
  if (refundMinor !== null) await bookForeignRefund(settling, refundMinor)
}
