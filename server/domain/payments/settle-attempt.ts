import type { SystemDb } from '../../core/db.ts'
import { grouped } from '../../core/grouped.ts'
import { log } from '../../core/log.ts'
import { runtime } from '../../core/runtime.ts'
import { feePostings } from './accounts/book-share.ts'
import { platformSeller, type Seller } from './accounts/platform-seller.ts'
import { addReceived, emptyBooking, eventOf, writeBooking, type Booking } from './booking.ts'
import { storeMethod } from './methods/store-method.ts'
import { markMethodBroken, payersOf } from './methods/method-state.ts'
import { bookForeignRefund, refundedSums } from './refunds/book-refund.ts'
import { suspend } from './suspense/suspend.ts'
import type { Settling } from './settling.ts'
import { lockAttempts, type LockedAttempt } from './lock-attempts.ts'
import { stateOf } from './payment-wire.ts'
import type { ProviderPayment } from './ports.ts'
import { isClosed, isForeign, isPaid, settle, type PaymentProblem } from './rules/payment-state.ts'

export type SettleOutcome = 'paid' | 'unchanged' | 'moved' | PaymentProblem
interface Observation { attemptId: string; observed: ProviderPayment }
/** `platform`: whose part of a shared payment is booked. */
type Observed = Settling & { observed: ProviderPayment; failureCode: string | null; platform: Seller | null }
/** What settling one payment needs beyond its rows; done after them, as it is rare. */
type Later = (() => Promise<unknown>)[]

/** Many share a transaction: the books of one busy minute cost what those of one payment did. */
const MOST = 50
const LANES = 2
/** Whoever is busy with one of them must not hold up the others: without it each waits for itself alone. */
const GROUP_PATIENCE = '300ms'

const withFacts = async (db: SystemDb, rows: readonly (LockedAttempt & Observation)[]): Promise<Observed[]> => {
  const refunded = await refundedSums(db, rows.filter(({ observed }) => observed.refundedMinor > 0n).map(({ attempt }) => attempt.id))
  const payers = await payersOf(db, rows.flatMap(({ attempt, observed }) => (attempt.methodId && observed.method?.customerRef ? [attempt.methodId] : [])))
  const platform = rows.some(({ attempt }) => attempt.splitFee !== null) ? await platformSeller(db) : null
  const now = runtime().clock.now()
  return rows.map(({ attempt, invoice, observed }) => {
    const { status, amount, refundedMinor, method } = observed
    const payer = attempt.methodId ? payers.get(attempt.methodId) : undefined
    const otherPayer = payer !== undefined && method?.customerRef != null && payer !== method.customerRef
    const settlement = settle(
      { status: stateOf(attempt), minor: attempt.amount, currency: attempt.currency, refundedMinor: refunded.get(attempt.id) ?? 0n, feeMinor: null },
      // Of a shared payment the provider's fee is the platform's; what it costs the seller is the platform's part.
      { status, minor: amount.minor, currency: amount.currency, refundedMinor, feeMinor: attempt.splitFee ?? observed.feeMinor, otherPayer },
    )
    if (settlement.problem) log.error({ payment: attempt.id, problem: settlement.problem }, 'a payment differs from what was asked')
    const failureCode = observed.failureCode ?? (settlement.status === 'failed' ? attempt.failureCode ?? 'unknown' : attempt.failureCode)
    return { db, attempt, invoice, settlement, now, observed, failureCode, platform: attempt.splitFee === null ? null : platform }
  })
}

/** The money came, but it is no payment of this invoice: a person decides what becomes of it. */
const addForeign = (booking: Booking, later: Later, { db, attempt, invoice, settlement, now, observed }: Observed): SettleOutcome => {
  const problem = settlement.problem ?? 'currency_mismatch'
  const { providerRef, paymentRef, amount: { minor: amount, currency } } = observed
  booking.attempts.push({ id: attempt.id, state: settlement.status, failure: problem, failureCode: 'unknown', providerRef, paymentRef })
  later.push(() => suspend(db, {
    brandId: invoice.brandId, entityId: invoice.entityId, provider: attempt.provider, reference: providerRef, paymentRef, amount, currency, payer: '',
    note: `For invoice ${invoice.number ?? invoice.id}`, at: now, cause: problem === 'customer_mismatch' ? 'customer_mismatch' : 'currency_mismatch', key: `payment:${attempt.id}`,
  }))
  return problem
}

const addSettled = (booking: Booking, later: Later, settling: Observed): SettleOutcome => {
  const { db, attempt, invoice, settlement, now, observed, failureCode, platform } = settling
  const { payment, feeMinor, refundMinor } = settlement.book
  const failure = settlement.problem ?? (isClosed(settlement.status) ? observed.failure : attempt.failure)
  const { providerRef, paymentRef, method } = observed
  booking.attempts.push({ id: attempt.id, state: settlement.status, failure, failureCode: payment ? null : failureCode, providerRef, paymentRef })
  if (isPaid(settlement.status)) {
    booking.postings.push(...feePostings({ attempt, invoice, platform, at: now, sellerFee: feeMinor, providerFeeMinor: observed.feeMinor }))
  }
  if (payment) addReceived(booking, { attempt, invoice: booking.invoices.get(invoice.id) ?? invoice, now, amount: payment.minor })
  if (refundMinor !== null) later.push(() => bookForeignRefund(settling, refundMinor))
  if (payment && attempt.saveMethod && method) later.push(() => storeMethod(db, { attempt, facts: method }))
  if (payment) return 'paid'
  if (settlement.status === attempt.state) return 'unchanged'
  addFailure(booking, later, settling)
  return 'moved'
}

const addFailure = (booking: Booking, later: Later, { db, attempt, settlement: { status }, failureCode }: Observed): void => {
  const reason = failureCode ?? ''
  const type = status === 'failed' ? 'payment.failed' : status === 'requires_action' ? 'payment.requires_action' : null
  if (type) booking.events.push(eventOf(attempt, type, { type: 'payment', id: attempt.id }, { invoice_id: attempt.invoiceId, reason, kind: attempt.kind }))
  const { methodId } = attempt
  if (status === 'failed' && methodId) later.push(() => markMethodBroken(db, methodId, reason, attempt.provider))
}

const settleTogether = (observations: readonly Observation[]): Promise<SettleOutcome[]> => runtime().databases.asSystem('job', async (db) => {
  if (observations.length > 1) await db.$executeRaw`SELECT set_config('lock_timeout', ${GROUP_PATIENCE}, true)`
  const locked = await lockAttempts(db, observations.map(({ attemptId }) => attemptId))
  const settlings = await withFacts(db, observations.map((observation, index) => ({ ...observation, ...locked[index] as LockedAttempt })))
  const [booking, later] = [emptyBooking(), [] as Later]
  const outcomes = settlings.map((one) => (isForeign(one.settlement.problem) ? addForeign(booking, later, one) : addSettled(booking, later, one)))
  await writeBooking(db, booking)
  for (const act of later) await act()
  return outcomes
})

const settleOne = grouped<Observation, SettleOutcome>({ most: MOST, lanes: LANES, keyOf: ({ attemptId }) => attemptId, together: settleTogether })

/** Applies what the provider says to the attempt and its invoice. Row locks make it one at a time; a second run books nothing. */
export const settleAttempt = (attemptId: string, observed: ProviderPayment): Promise<SettleOutcome> => settleOne({ attemptId, observed })
