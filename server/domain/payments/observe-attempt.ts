import { runtime } from '../../core/runtime.ts'
import { PaymentProviderError, type ProviderPayment } from './ports.ts'
import type { PaymentAttempt } from './payment-wire.ts'
import { provider } from './registry.ts'
import { failAttempt, openCheckout } from './start-checkout.ts'

/** Providers forget idempotency keys after a day; from then on a repeated call would open a second checkout. */
const KEY_LIFETIME_MS = 23 * 3_600_000

/** The provider's name for an attempt. Where a crash lost it, the same call under the same key gives it again. */
const referenceOf = async (attempt: PaymentAttempt, hint: string | null): Promise<string | null> => {
  const known = attempt.providerRef ?? hint
  if (known) return known
  if (Date.now() - attempt.createdAt.getTime() > KEY_LIFETIME_MS) return null
  const loaded = await runtime().databases.asSystem('job', (db) => db.paymentAttempt.findUniqueOrThrow({ where: { id: attempt.id }, include: { invoice: true } }))
  try {
    return (await openCheckout(loaded)).providerRef
  } catch (error) {
    if (!(error instanceof PaymentProviderError) || error.retryable) throw error
    return error.code === 'checkout_already_started' ? attempt.id : refuse(attempt.id, error.code)
  }
}

const refuse = async (attemptId: string, reason: string): Promise<null> => {
  await failAttempt(attemptId, reason)
  return null
}

/** What the provider itself says about an attempt now, never what a webhook said. Null when it knows nothing of it. */
export const observeAttempt = async (attempt: PaymentAttempt, hint: string | null = null): Promise<ProviderPayment | null> => {
  const reference = await referenceOf(attempt, hint)
  if (!reference) return null
  const observed = await provider(attempt.provider).fetchPayment(reference)
  return observed && (observed.attemptId === null || observed.attemptId === attempt.id) ? observed : null
}
