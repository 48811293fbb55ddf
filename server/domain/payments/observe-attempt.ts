import { chargeAttempt } from './charges/charge-attempt.ts'
import { PaymentProviderError, type PaymentProvider, type ProviderPayment } from './ports.ts'
import type { PaymentAttempt } from './payment-wire.ts'
import { provider } from './registry.ts'
import { failAttempt, openCheckout } from './start-checkout.ts'

/** Providers forget idempotency keys after a day; from then on a repeated call would be a second payment. */
export const KEY_LIFETIME_MS = 23 * 3_600_000
const CLOCK_SKEW_MS = 10 * 60_000
const PAGES = 50

const isKeyAlive = (attempt: PaymentAttempt): boolean => Date.now() - attempt.createdAt.getTime() < KEY_LIFETIME_MS
const isOurs = (attempt: PaymentAttempt, payment: ProviderPayment | null): payment is ProviderPayment =>
  payment !== null && (payment.attemptId === null || payment.attemptId === attempt.id)

/** Its key may be forgotten: what the provider was paid since is looked through before anybody concludes that nothing was. */
const searchFor = async (rail: PaymentProvider, attempt: PaymentAttempt): Promise<ProviderPayment | null> => {
  const since = new Date(attempt.createdAt.getTime() - CLOCK_SKEW_MS)
  let cursor: string | null = null
  for (let page = 0; rail.listPayments && page < PAGES; page += 1) {
    const { payments, next } = await rail.listPayments(since, cursor)
    const found = payments.find((payment) => payment.attemptId === attempt.id)
    if (found) return found
    if (next === null) break
    cursor = next
  }
  const byOurName = await rail.fetchPayment(attempt.id)
  return byOurName?.attemptId === attempt.id ? byOurName : null
}

/** The call that lost its answer, made again under the same key. Never after the key's life: then it is only searched for. */
const repeat = async (rail: PaymentProvider, attempt: PaymentAttempt): Promise<ProviderPayment | null> => {
  if (!isKeyAlive(attempt)) return searchFor(rail, attempt)
  if (attempt.kind === 'off_session') return chargeAttempt(attempt.id)
  // Asked again, a phone would ring again; its answer finds us without the reference.
  if (rail.capabilities.checkout === 'push') return null
  try {
    return await rail.fetchPayment((await openCheckout(attempt.id)).providerRef)
  } catch (error) {
    if (!(error instanceof PaymentProviderError) || error.retryable) throw error
    if (error.code === 'checkout_already_started') return rail.fetchPayment(attempt.id)
    await failAttempt(attempt.id, error.code)
    return null
  }
}

/** What the provider itself says about an attempt now, never what a webhook said. Null when it knows nothing of it. */
export const observeAttempt = async (attempt: PaymentAttempt, hint: string | null = null): Promise<ProviderPayment | null> => {
  if (attempt.kind === 'manual' || attempt.kind === 'transfer') return null
  const rail = provider(attempt.provider)
  const observed = await (attempt.providerRef ? rail.fetchPayment(attempt.providerRef) : (hint && await hinted(rail, attempt, hint)) || repeat(rail, attempt))
  return isOurs(attempt, observed) ? observed : null
}

const hinted = async (rail: PaymentProvider, attempt: PaymentAttempt, hint: string): Promise<ProviderPayment | null> => {
  const observed = await rail.fetchPayment(hint)
  return isOurs(attempt, observed) ? observed : null
}

