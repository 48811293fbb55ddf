import { z } from 'zod'
import { defineJob } from '../../core/job.ts'
import { runtime } from '../../core/runtime.ts'
import { settleDispute } from './disputes/settle-dispute.ts'
import { attemptOf } from './find-attempt.ts'
import { attemptById, isWaiting, markProcessed } from './event-rows.ts'
import { settleSetup } from './methods/setup-method.ts'
import { observeAttempt } from './observe-attempt.ts'
import type { PaymentAttempt } from './payment-wire.ts'
import { askProvider, findProvider } from './registry.ts'
import { advanceRefund } from './refunds/send-refund.ts'
import { settleAttempt } from './settle-attempt.ts'
import { keepUnknownPayment } from './suspense/unknown-payment.ts'

const Ref = z.string().nullable().default(null)
const Payload = z.object({
  provider: z.string(), dedupe_key: z.string(), kind: z.enum(['payment', 'refund', 'dispute', 'setup', 'payout', 'other']).default('payment'),
  provider_ref: z.string().nullable(), attempt_id: z.string().nullable(), payment_ref: Ref, dispute_ref: Ref, refund_ref: Ref,
})
type Payload = z.output<typeof Payload>

const findAttempt = async (payload: Payload): Promise<PaymentAttempt | null> => {
  const { provider, attempt_id: attemptId, provider_ref: providerRef, payment_ref: paymentRef } = payload
  const own = attemptId === null ? null : await attemptById(attemptId)
  if (own?.provider === provider) return own
  return runtime().databases.asSystem('webhook-intake', (db) => attemptOf(db, provider, { attemptId, providerRef, paymentRef }))
}

/** Refunds of ours that this may be news of; one that went through can still come back. */
const advanceRefundsOf = async (attempt: PaymentAttempt): Promise<void> => {
  const refunds = await runtime().databases.asSystem('webhook-intake', (db) => db.refund.findMany({
    where: { attemptId: attempt.id, requestedBy: { not: null }, state: { in: ['requested', 'pending', 'succeeded'] } }, select: { id: true },
  }))
  for (const { id } of refunds) await advanceRefund(id)
}

const aboutPayment = async (payload: Payload): Promise<string> => {
  const attempt = await findAttempt(payload)
  if (!attempt) return keepUnknownPayment(payload.provider, payload.provider_ref ?? payload.payment_ref)
  if (payload.kind === 'refund') await advanceRefundsOf(attempt)
  const hint = payload.provider_ref ?? payload.payment_ref
  const observed = await askProvider(payload.provider, () => observeAttempt(attempt, hint))
  if (observed) return settleAttempt(attempt.id, { ...observed, paymentRef: observed.paymentRef ?? payload.payment_ref })
  // Names an attempt of ours, but the provider says that what it is about is another's: that one is asked for.
  return hint === null || hint === attempt.providerRef ? 'unknown_at_provider' : keepUnknownPayment(payload.provider, hint)
}

const aboutDispute = async (payload: Payload): Promise<string> => {
  const rail = findProvider(payload.provider)
  const observed = payload.dispute_ref && rail?.fetchDispute ? await rail.fetchDispute(payload.dispute_ref) : null
  if (!observed) return 'unknown_at_provider'
  return await settleDispute(payload.provider, observed) ?? 'unknown_reference'
}

const aboutSetup = async ({ provider, provider_ref: providerRef }: Payload): Promise<string> => {
  const setup = providerRef && await runtime().databases.asSystem('webhook-intake', (db) => db.methodSetup.findFirst({ where: { provider, providerRef } }))
  return setup ? settleSetup(setup) : 'unknown_reference'
}

const act = (payload: Payload): Promise<string> => {
  switch (payload.kind) {
    case 'payment':
    case 'refund': return aboutPayment(payload)
    case 'dispute': return aboutDispute(payload)
    case 'setup': return aboutSetup(payload)
    default: return Promise.resolve('ignored')
  }
}

/** Most of it is waiting, for the provider and for the books that many share. */
const AT_ONCE = 100

/** The webhook only says that something happened; what, is read at the provider. */
export const processProviderEvent = defineJob({
  name: 'process-provider-event',
  payload: Payload,
  atOnce: AT_ONCE,
  run: async (payload) => {
    const { provider, dedupe_key: dedupeKey } = payload
    if (!(await isWaiting({ provider, dedupeKey }))) return
    await markProcessed({ provider, dedupeKey, outcome: await act(payload) })
  },
})
