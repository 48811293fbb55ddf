import { z } from 'zod'
import { defineJob } from '../../core/job.ts'
import { log } from '../../core/log.ts'
import { runtime } from '../../core/runtime.ts'
import { openSetups, settleSetup } from './methods/setup-method.ts'
import { observeAttempt } from './observe-attempt.ts'
import type { PaymentAttempt } from './payment-wire.ts'
import { askProvider, findProvider } from './registry.ts'
import { advanceRefund } from './refunds/send-refund.ts'
import { failAttempt } from './start-checkout.ts'
import { settleAttempt } from './settle-attempt.ts'

const PAGE = 500
/** Most of it is waiting, for the provider and for the books that many share. */
const AT_ONCE = 100
const GIVE_UP_MS = 48 * 3_600_000
/** A bank takes days, and whoever pays by it may take weeks. */
const GIVE_UP_TRANSFER_MS = 60 * 24 * 3_600_000
/** The phone asks for a minute. Money that comes all the same is booked: a closed attempt can still be paid. */
const GIVE_UP_PUSH_MS = 5 * 60_000

const patienceWith = ({ provider, providerRef }: PaymentAttempt): number => {
  const checkout = findProvider(provider)?.capabilities.checkout
  if (checkout === 'instructions') return GIVE_UP_TRANSFER_MS
  return checkout === 'push' && providerRef === null ? GIVE_UP_PUSH_MS : GIVE_UP_MS
}
/** A sweep ends before the next one begins; what is left comes first then. */
const SWEEP_MS = 50_000

/** Every minute for ten minutes, then every ten minutes; real time, as the providers live in it. */
const dueAttempts = async (olderThanMs: number, begun: Date): Promise<PaymentAttempt[]> => {
  const { rows } = await runtime().databases.systemPool.query<{ id: string }>(
    `SELECT id FROM payment_attempt WHERE state IN ('created', 'pending', 'requires_action', 'processing') AND kind IN ('checkout', 'off_session')
       AND created_at <= now() - $1 * interval '1 millisecond' AND updated_at < $3
       AND (created_at > now() - interval '10 minutes' OR updated_at <= now() - interval '10 minutes')
     ORDER BY updated_at LIMIT $2`, [olderThanMs, PAGE, begun])
  return runtime().databases.asSystem('job', (db) => db.paymentAttempt.findMany({ where: { id: { in: rows.map((row) => row.id) } } }))
}

const reconcile = async (attempt: PaymentAttempt): Promise<void> => {
  const observed = await askProvider(attempt.provider, () => observeAttempt(attempt))
  const isOld = Date.now() - attempt.createdAt.getTime() > patienceWith(attempt)
  if (observed) await settleAttempt(attempt.id, observed)
  if (isOld && (!observed || observed.status === 'pending' || observed.status === 'requires_action')) await failAttempt(attempt.id, observed ? 'never_paid' : 'never_started', 'expired')
  else if (!observed) await touch(attempt.id)
}

const touch = async (id: string): Promise<void> => {
  await runtime().databases.asSystem('job', (db) => db.paymentAttempt.update({ where: { id }, data: { updatedAt: new Date() } }))
}

/** One provider's silence does not stop the rest; what failed is asked for again in the next sweep. */
const each = async <T extends { id: string }>(rows: readonly T[], act: (row: T) => Promise<unknown>, failed?: (row: T) => Promise<void>): Promise<void> => {
  const waiting = rows.values()
  const work = async (): Promise<void> => {
    for (const row of waiting) {
      try {
        await act(row)
      } catch (error) {
        log.warn({ row: row.id, error: error instanceof Error ? error.message : String(error) }, 'reconciling a payment failed')
        await failed?.(row)
      }
    }
  }
  await Promise.all(Array.from({ length: AT_ONCE }, work))
}

/** Asks the providers about every open attempt, as if no webhook existed. */
export const reconcileOpenPayments = async (olderThanMs: number): Promise<number> => {
  const begun = new Date()
  let asked = 0
  while (Date.now() - begun.getTime() < SWEEP_MS) {
    const attempts = await dueAttempts(olderThanMs, begun)
    await each(attempts, reconcile, ({ id }) => touch(id))
    asked += attempts.length
    if (attempts.length < PAGE) break
  }
  await each(await openSetups(), settleSetup)
  await each(await openRefunds(olderThanMs), ({ id }) => advanceRefund(id))
  return asked
}

const openRefunds = (olderThanMs: number) => runtime().databases.asSystem('job', (db) => db.refund.findMany({
  where: { state: { in: ['requested', 'pending'] }, createdAt: { lte: new Date(Date.now() - olderThanMs) } }, select: { id: true }, orderBy: { updatedAt: 'asc' }, take: PAGE,
}))

export const reconcilePayments = defineJob({
  name: 'reconcile-payments',
  payload: z.unknown(),
  run: async () => {
    await reconcileOpenPayments(60_000)
  },
})
