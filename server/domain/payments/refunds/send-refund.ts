import { z } from 'zod'
import { recordEvent } from '../../../core/event.ts'
import { defineJob } from '../../../core/job.ts'
import { log } from '../../../core/log.ts'
import { runtime } from '../../../core/runtime.ts'
import { toWireAmount } from '../../../contract/money.ts'
import { KEY_LIFETIME_MS } from '../observe-attempt.ts'
import { PaymentProviderError, type PaymentProvider, type ProviderRefund } from '../ports.ts'
import { findProvider } from '../registry.ts'
import { lockAttempt } from '../lock-attempts.ts'
import { bookRefund, showRefunded, unbookRefund, type Refund } from './book-refund.ts'

const load = (id: string) => runtime().databases.asSystem('job', (db) => db.refund.findUniqueOrThrow({ where: { id }, include: { attempt: true } }))
type Loaded = Awaited<ReturnType<typeof load>>

/** Asked under the refund's id. What was sent before is read again first, where the provider can say; a forgotten key is never used. */
const ask = async (rail: PaymentProvider, refund: Loaded): Promise<ProviderRefund | null> => {
  const request = {
    id: refund.id, payment: { providerRef: refund.attempt.providerRef ?? refund.attempt.id, paymentRef: refund.attempt.paymentRef },
    amount: { minor: refund.amount, currency: refund.currency }, providerRefundId: refund.providerRefundId,
  }
  const isKeyAlive = Date.now() - refund.createdAt.getTime() < KEY_LIFETIME_MS
  if (refund.state !== 'requested' || !isKeyAlive) {
    const earlier = await rail.fetchRefund?.(request)
    if (earlier) return earlier
    if (refund.state !== 'requested') return null
    if (!rail.fetchRefund) throw new PaymentProviderError('provider_refused', 'nobody knows whether the provider made this refund')
  }
  return rail.refund(request)
}

/** Stores what the provider says, and books what follows: once when it went through, and back when it failed after all. */
const record = (id: string, answer: ProviderRefund): Promise<void> => runtime().databases.asSystem('job', async (db) => {
  const { attemptId } = await db.refund.findUniqueOrThrow({ where: { id } })
  const booking = { db, now: runtime().clock.now(), ...(await lockAttempt(db, attemptId)) }
  const before = await db.refund.findUniqueOrThrow({ where: { id } })
  if (before.state === 'failed' || (before.state === 'succeeded' && answer.status !== 'failed')) return
  const data = { state: answer.status, providerRefundId: answer.providerRefundId, failure: answer.failure ?? null }
  const refund = await db.refund.update({ where: { id }, data })
  if (answer.status === 'succeeded') await bookRefund(booking, refund)
  if (answer.status === 'failed' && before.state === 'succeeded') await unbookRefund(booking, refund)
  if (answer.status === 'failed') await tellFailed(db, refund)
  if (answer.status === 'succeeded') await showRefunded(booking)
})

const tellFailed = (db: Parameters<typeof recordEvent>[0], { id, orgId, attemptId, amount, currency, provider, failure }: Refund): Promise<void> =>
  recordEvent(db, {
    orgId, type: 'refund.failed', subject: { type: 'payment', id: attemptId }, requestId: null, actor: { type: 'provider', provider },
    data: { refund_id: id, amount: toWireAmount(amount), currency, reason: failure ?? '' },
  })

/** One step of a refund: send it, or read how it stands. */
export const advanceRefund = async (id: string): Promise<void> => {
  const refund = await load(id)
  const rail = findProvider(refund.provider)
  if (!rail || refund.state === 'failed') return
  try {
    const answer = await ask(rail, refund)
    if (answer) await record(id, answer)
  } catch (error) {
    if (!(error instanceof PaymentProviderError)) throw error
    log.warn({ refund: id, provider: rail.name, code: error.code, error: error.message }, 'a refund was refused')
    if (error.retryable) throw error
    if (refund.state === 'requested') await record(id, { providerRefundId: refund.providerRefundId ?? '', status: 'failed', failure: error.message.slice(0, 300) })
  }
}

export const sendRefund = defineJob({
  name: 'send-refund',
  payload: z.object({ refund_id: z.string() }),
  run: ({ refund_id: id }) => advanceRefund(id),
})
