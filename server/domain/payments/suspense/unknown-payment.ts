import type { SystemDb } from '../../../core/db.ts'
import { runtime } from '../../../core/runtime.ts'
import { platformFeeId } from '../accounts/book-share.ts'
import { attemptOf } from '../find-attempt.ts'
import { refundedOf } from '../refunds/book-refund.ts'
import type { PaymentAttempt } from '../payment-wire.ts'
import type { ProviderPayment } from '../ports.ts'
import { findProvider } from '../registry.ts'
import { isPaid } from '../rules/payment-state.ts'
import { settleAttempt } from '../settle-attempt.ts'
import { suspend } from './suspend.ts'

/** Somebody tells of a payment under a name we do not know: the provider is asked what it is. */
export const keepUnknownPayment = async (provider: string, reference: string | null): Promise<string> => {
  const observed = reference === null ? null : await findProvider(provider)?.fetchPayment(reference)
  return observed ? keepPayment(provider, observed) : 'unknown_reference'
}

/** A cheap look without locks: most of what a provider lists was settled long ago. */
const isNews = async (db: SystemDb, attempt: PaymentAttempt, payment: ProviderPayment): Promise<boolean> =>
  attempt.state !== payment.status || await refundedOf(db, attempt.id) < payment.refundedMinor
    || (payment.feeMinor !== null && payment.feeMinor > 0n && await db.ledgerTransaction.count({ where: { businessKey: `provider_fee:${attempt.provider}:${attempt.splitFee === null ? attempt.id : platformFeeId(attempt.id)}` } }) === 0)

/** What a provider was paid: it settles its attempt where there is one, and is kept in suspense where there is none. */
export const keepPayment = async (provider: string, payment: ProviderPayment): Promise<string> => {
  const known = await runtime().databases.asSystem('webhook-intake', async (db) => {
    const attempt = await attemptOf(db, provider, payment)
    return attempt && { attempt, isNews: await isNews(db, attempt, payment) }
  })
  if (known) return known.isNews ? settleAttempt(known.attempt.id, payment) : 'unchanged'
  const left = payment.amount.minor - payment.refundedMinor
  if (!isPaid(payment.status) || left <= 0n) return 'unknown_reference'
  const item = await runtime().databases.asSystem('webhook-intake', async (db) => {
    const { id: brandId } = await db.brand.findFirstOrThrow({ where: { parentId: null }, select: { id: true } })
    return suspend(db, {
      brandId, entityId: '', provider, reference: payment.providerRef, paymentRef: payment.paymentRef, amount: left, currency: payment.amount.currency,
      payer: '', note: payment.attemptId ? `Names payment ${payment.attemptId}`.slice(0, 200) : '', cause: 'no_match', at: runtime().clock.now(),
      key: `${provider}:${payment.paymentRef ?? payment.providerRef}`,
    })
  })
  return item ? 'suspended' : 'unchanged'
}
