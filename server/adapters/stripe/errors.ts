import type Stripe from 'stripe'
import type { PaymentProviderErrorCode } from '../../domain/payments/ports.ts'
import { PaymentProviderError } from '../../domain/payments/ports.ts'

/** By its name, not its class: the SDK (31 MB of memory) is loaded only by who calls it. */
export const isStripeError = (error: unknown): error is Stripe.errors.StripeError =>
  error instanceof Error && 'type' in error && typeof error.type === 'string' && error.type.startsWith('Stripe')

function codeOf(error: Stripe.errors.StripeError): PaymentProviderErrorCode {
  if (error.type === 'StripeAuthenticationError' || error.type === 'StripePermissionError') return 'provider_misconfigured'
  if (error.type === 'StripeConnectionError' || error.type === 'StripeRateLimitError') return 'provider_unavailable'
  if (error.type === 'StripeIdempotencyError') return 'idempotency_conflict'
  if (error.code === 'amount_too_small') return 'amount_too_small'
  return (error.statusCode ?? 0) >= 500 || error.statusCode === 409 ? 'provider_unavailable' : 'provider_refused'
}

/** Every call to Stripe passes here, so that only our closed codes leave the adapter. */
export async function providerCall<T>(call: () => Promise<T>): Promise<T> {
  try {
    return await call()
  } catch (error) {
    if (isStripeError(error)) throw new PaymentProviderError(codeOf(error), error.message, { cause: error })
    throw error
  }
}

/** What Stripe said itself, where it was Stripe. */
export const stripeCause = (error: unknown): Stripe.errors.StripeError | null =>
  error instanceof PaymentProviderError && isStripeError(error.cause) ? error.cause : null

/** Null where Stripe does not know the object. */
export async function orNull<T>(call: () => Promise<T>): Promise<T | null> {
  try {
    return await providerCall(call)
  } catch (error) {
    if (stripeCause(error)?.statusCode === 404) return null
    throw error
  }
}
