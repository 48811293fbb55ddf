import type { Refund } from '../../../../prisma/generated/client.ts'
import type { SystemDb } from '../../../core/db.ts'
import {
  partOf, platformFee, platformFeeReturned, postTransaction, providerFee, sellerFeeKept, sellerFeeReturned, sharedRefundFailed, type Posting,
} from '../../billing/index.ts'
import type { PaymentAttempt } from '../payment-wire.ts'
import { platformSeller, type Seller } from './platform-seller.ts'

interface Booking { db: SystemDb; attempt: PaymentAttempt; invoice: Seller; now: Date }

/** The platform's books name what a provider took for a shared payment by this. */
export const platformFeeId = (attemptId: string): string => `platform:${attemptId}`

/** What the seller pays for one, and of a shared one what the platform gets and pays. Each once, by its key. */
export const feePostings = ({ attempt, invoice, platform, at, sellerFee, providerFeeMinor }: {
  attempt: PaymentAttempt; invoice: Seller; platform: Seller | null; at: Date; sellerFee: bigint | null; providerFeeMinor: bigint | null
}): Posting[] => {
  const sum = { id: attempt.id, provider: attempt.provider, currency: attempt.currency }
  const where = { brandId: invoice.brandId, entityId: invoice.entityId, orgId: attempt.orgId, at }
  const own = sellerFee === null ? [] : [{ ...where, transaction: providerFee({ ...sum, amount: sellerFee, shared: platform !== null }) }]
  if (!platform) return own
  const ours = [
    ...(attempt.splitFee ? [platformFee({ ...sum, amount: attempt.splitFee })] : []),
    ...(providerFeeMinor ? [providerFee({ ...sum, id: platformFeeId(attempt.id), amount: providerFeeMinor })] : []),
  ]
  return [...own, ...ours.map((transaction) => ({ ...where, ...platform, transaction }))]
}

/** What our part of refunds is booked as, refund by refund. */
const returnedOf = async (db: SystemDb, refundIds: readonly string[]): Promise<bigint> => {
  const { _sum } = await db.ledgerEntry.aggregate({
    where: { account: 'platform_fees', transaction: { businessKey: { in: refundIds.map((id) => `platform_fee_returned:${id}`) } } }, _sum: { amount: true },
  })
  return _sum.amount ?? 0n
}

const sumOf = ({ id, provider, currency, amount }: Refund) => ({ id, provider, currency, amount })
const places = async ({ db, attempt, invoice, now }: Booking) => {
  const seller = { brandId: invoice.brandId, entityId: invoice.entityId, orgId: attempt.orgId, at: now }
  return { seller, platform: { ...seller, ...await platformSeller(db) } }
}

/** A refund of a shared payment takes our part back in proportion, from the platform to the seller. */
export const returnShare = async (booking: Booking, refund: Refund): Promise<void> => {
  const { db, attempt } = booking
  if (!attempt.splitFee) return
  const refunds = await db.refund.findMany({ where: { attemptId: attempt.id, state: 'succeeded' }, select: { id: true, amount: true } })
  const refunded = refunds.reduce((sum, { amount }) => sum + amount, 0n)
  const part = partOf(attempt.splitFee, attempt.amount, refunded) - await returnedOf(db, refunds.map(({ id }) => id))
  if (part <= 0n) return
  const { seller, platform } = await places(booking)
  await postTransaction(db, seller, sellerFeeReturned({ ...sumOf(refund), amount: part }))
  await postTransaction(db, platform, platformFeeReturned({ ...sumOf(refund), amount: part }))
}

/** It failed later: the money is with the platform, and the seller's books are as if it had never been. */
export const keepShare = async (booking: Booking, refund: Refund): Promise<void> => {
  const { db, attempt } = booking
  if (attempt.splitFee === null) return
  const part = await returnedOf(db, [refund.id])
  const { seller, platform } = await places(booking)
  if (part > 0n) await postTransaction(db, seller, sellerFeeKept({ ...sumOf(refund), amount: part }))
  await postTransaction(db, platform, sharedRefundFailed({ ...sumOf(refund), part }))
}
