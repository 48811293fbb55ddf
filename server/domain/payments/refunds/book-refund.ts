import type { Refund } from '../../../../prisma/generated/client.ts'
import { newId } from '../../../core/id.ts'
import type { SystemDb } from '../../../core/db.ts'
import { toWireAmount } from '../../../contract/money.ts'
import { postTransaction, refundFailed, refundPaid } from '../../billing/index.ts'
import { keepShare, returnShare } from '../accounts/book-share.ts'
import { stateOf } from '../payment-wire.ts'
import { isPaid } from '../rules/payment-state.ts'
import { tell, type Settling } from '../settling.ts'

export type { Refund }
type Booking = Pick<Settling, 'db' | 'attempt' | 'invoice' | 'now'>

/** All that went back or is on its way: what may still be refunded is the rest. */
export const refundedOf = async (db: Pick<SystemDb, 'refund'>, attemptId: string): Promise<bigint> => (await refundedSums(db, [attemptId])).get(attemptId) ?? 0n

export const refundedSums = async (db: Pick<SystemDb, 'refund'>, attemptIds: readonly string[]): Promise<ReadonlyMap<string, bigint>> => {
  if (attemptIds.length === 0) return new Map()
  const sums = await db.refund.groupBy({ by: ['attemptId'], where: { attemptId: { in: [...attemptIds] }, state: { not: 'failed' } }, _sum: { amount: true } })
  return new Map(sums.map(({ attemptId, _sum }) => [attemptId, _sum.amount ?? 0n]))
}

const sumOf = ({ attempt }: Booking, { id, provider, currency, amount }: Refund) => ({ id, provider, currency, amount, shared: attempt.splitFee !== null })
const placeIn = ({ attempt, invoice, now }: Booking) => ({ brandId: invoice.brandId, entityId: invoice.entityId, orgId: attempt.orgId, at: now })

/** Made at the provider, not here: a row of its own, so that every refund is one. */
export const bookForeignRefund = async (booking: Booking, amount: bigint): Promise<void> => {
  const { db, attempt } = booking
  const id = newId('refund')
  const refund = await db.refund.create({
    data: {
      id, orgId: attempt.orgId, attemptId: attempt.id, provider: attempt.provider, amount, currency: attempt.currency, reason: 'Made at the provider', state: 'succeeded', key: id,
    },
  })
  await bookRefund(booking, refund)
}

/** Once per refund, by its business key. */
export const bookRefund = async (booking: Booking, refund: Refund): Promise<void> => {
  const { db, attempt } = booking
  if (!(await postTransaction(db, placeIn(booking), refundPaid(sumOf(booking, refund))))) return
  await returnShare(booking, refund)
  await tell(booking, 'payment.refunded', { type: 'payment', id: attempt.id }, { refund_id: refund.id, amount: toWireAmount(refund.amount), currency: refund.currency })
}

/** The provider said it went through, and took that back. */
export const unbookRefund = async (booking: Booking, refund: Refund): Promise<void> => {
  await postTransaction(booking.db, placeIn(booking), refundFailed(sumOf(booking, refund)))
  await keepShare(booking, refund)
  await showRefunded(booking)
}

/** The attempt's state follows from what was refunded in the end; the one step back there is. */
export const showRefunded = async ({ db, attempt }: Booking): Promise<void> => {
  if (!isPaid(stateOf(attempt))) return
  const { _sum } = await db.refund.aggregate({ where: { attemptId: attempt.id, state: 'succeeded' }, _sum: { amount: true } })
  const refunded = _sum.amount ?? 0n
  const state = refunded === 0n ? 'succeeded' : refunded >= attempt.amount ? 'refunded' : 'partially_refunded'
  await db.paymentAttempt.update({ where: { id: attempt.id }, data: { state } })
}
