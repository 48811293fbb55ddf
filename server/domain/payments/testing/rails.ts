import { createFlutterwaveProvider } from '../../../adapters/flutterwave/flutterwave-provider.ts'
import { createPaystackProvider } from '../../../adapters/paystack/paystack-provider.ts'
import { createStripeProvider } from '../../../adapters/stripe/stripe-provider.ts'
import { runtime } from '../../../core/runtime.ts'
import { sandboxAdapterConfig } from '../../../sandbox/provider-settings.ts'
import type { PaymentProvider } from '../ports.ts'

/** The real adapters, pointed at the stand-ins of this runtime. */
export const rails = (): PaymentProvider[] => {
  const config = sandboxAdapterConfig(runtime().env)
  return [createStripeProvider(config.stripe), createPaystackProvider(config.paystack), createFlutterwaveProvider(config.flutterwave)]
}
