import type { SystemDb } from '../core/db.ts'
import { newId } from '../core/id.ts'
import { runtime } from '../core/runtime.ts'
import { bookPayment } from '../domain/payments/book-payment.ts'

/** A payment that arrived: there is a receipt of it. */
const makePaid = async (db: SystemDb, orgId: string, attemptId: string, marker: string): Promise<string> => {
  const { invoice } = await db.paymentAttempt.findUniqueOrThrow({ where: { id: attemptId }, include: { invoice: true } })
  const attempt = await db.paymentAttempt.create({
    data: { id: newId('payment'), orgId, invoiceId: invoice.id, provider: 'stripe', providerRef: `${marker}-paid`, amount: 1n, currency: invoice.currency, state: 'succeeded' },
  })
  await bookPayment({ db, attempt, invoice, now: runtime().clock.now() }, 1n)
  return attempt.id
}

/** A stored card, the visit that stored it, a refund, a dispute and money in suspense. */
export const makePaymentObjects = (orgId: string, brandId: string, attemptId: string, marker: string) => runtime().databases.asSystem('job', async (db) => {
  const [methodId, setupId, refundId, disputeId, itemId] = [newId('paymentMethod'), newId('methodSetup'), newId('refund'), newId('dispute'), newId('suspenseItem')]
  const own = { orgId, attemptId, provider: 'stripe', amount: 1n, currency: 'USD' }
  const account = { accountRef: 'acct_1Estate', feeShare: '0' }
  await db.providerAccount.upsert({ where: { brandId_provider: { brandId, provider: 'stripe' } }, update: {}, create: { brandId, provider: 'stripe', ...account } })
  await db.paymentMethod.create({ data: { id: methodId, orgId, provider: 'stripe', providerMethodRef: marker, kind: 'card', brand: 'visa', last4: '4242', email: `${marker}@example.com` } })
  await db.methodSetup.create({ data: { id: setupId, orgId, provider: 'stripe', providerRef: `${marker}-setup`, state: 'failed' } })
  await db.refund.create({ data: { ...own, id: refundId, reason: marker, state: 'failed', key: marker } })
  await db.dispute.create({ data: { ...own, id: disputeId, providerDisputeId: marker, reason: marker, state: 'won' } })
  await db.suspenseItem.create({
    data: { id: itemId, brandId, provider: 'stripe', reference: marker, amount: 1n, currency: 'USD', cause: 'no_match', state: 'returned', receivedAt: runtime().clock.now(), key: marker },
  })
  const paidId = await makePaid(db, orgId, attemptId, marker)
  return { paid_payment_id: paidId, payment_method_id: methodId, setup_id: setupId, refund_id: refundId, dispute_id: disputeId, suspense_id: itemId }
})
