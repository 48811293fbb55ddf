import { z } from 'zod'
import { defineJob } from '../../core/job.ts'
import { log } from '../../core/log.ts'
import { runtime } from '../../core/runtime.ts'
import { observeAttempt } from './observe-attempt.ts'
import type { PaymentAttempt } from './payment-wire.ts'
import { failAttempt } from './start-checkout.ts'
import { settleAttempt } from './settle-attempt.ts'

const PAGE = 200
const GIVE_UP_MS = 48 * 3_600_000

/** Every minute for ten minutes, then every ten minutes; real time, as the providers live in it. */
const dueAttempts = async (olderThanMs: number): Promise<PaymentAttempt[]> => {
  const { rows } = await runtime().databases.systemPool.query<{ id: string }>(
    `SELECT id FROM payment_attempt WHERE state IN ('created', 'pending', 'processing') AND created_at <= now() - $1 * interval '1 millisecond'
       AND (created_at > now() - interval '10 minutes' OR updated_at <= now() - interval '10 minutes')
     ORDER BY updated_at LIMIT $2`, [olderThanMs, PAGE])
  return runtime().databases.asSystem('job', (db) => db.paymentAttempt.findMany({ where: { id: { in: rows.map((row) => row.id) } } }))
}

const reconcile = async (attempt: PaymentAttempt): Promise<void> => {
  const observed = await observeAttempt(attempt)
  if (observed) await settleAttempt(attempt.id, observed)
  else if (Date.now() - attempt.createdAt.getTime() > GIVE_UP_MS) await failAttempt(attempt.id, 'never_started', 'expired')
  else await runtime().databases.asSystem('job', (db) => db.paymentAttempt.update({ where: { id: attempt.id }, data: { updatedAt: new Date() } }))
}

/** Asks the providers about every open attempt, as if no webhook existed. One provider's silence does not stop the rest. */
export const reconcileOpenPayments = async (olderThanMs: number): Promise<number> => {
  const attempts = await dueAttempts(olderThanMs)
  for (const attempt of attempts) {
    try {
      await reconcile(attempt)
    } catch (error) {
      log.warn({ payment: attempt.id, error: error instanceof Error ? error.message : String(error) }, 'reconciling a payment failed')
    }
  }
  return attempts.length
}

export const reconcilePayments = defineJob({
  name: 'reconcile-payments',
  payload: z.unknown(),
  run: async () => {
    await reconcileOpenPayments(60_000)
  },
})
