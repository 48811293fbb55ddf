import Stripe from 'stripe'
import type { PaymentProviderErrorCode } from '../../domain/payments/ports.ts'
import { PaymentProviderError } from '../../domain/payments/ports.ts'

function codeOf(error: Stripe.errors.StripeError): PaymentProviderErrorCode {
  if (error instanceof Stripe.errors.StripeAuthenticationError || error instanceof Stripe.errors.StripePermissionError) return 'provider_misconfigured'
  if (error instanceof Stripe.errors.StripeConnectionError || error instanceof Stripe.errors.StripeRateLimitError) return 'provider_unavailable'
  if (error instanceof Stripe.errors.StripeIdempotencyError) return 'idempotency_conflict'
  if (error.code === 'amount_too_small') return 'amount_too_small'
  return (error.statusCode ?? 0) >= 500 ? 'provider_unavailable' : 'provider_refused'
}

/** Every call to Stripe passes here, so that only our closed codes leave the adapter. */
export async function providerCall<T>(call: () => Promise<T>): Promise<T> {
  try {
    return await call()
  } catch (error) {
    if (error instanceof Stripe.errors.StripeError) throw new PaymentProviderError(codeOf(error), error.message, { cause: error })
    throw error
  }
}
