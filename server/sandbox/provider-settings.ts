import { hmac } from '../core/crypto.ts'
import type { Env } from '../core/env.ts'
import type { FakeSecrets } from './providers/fake-provider.ts'

export interface SandboxSettings {
  port: number
  secrets: FakeSecrets
}

/** Keys of the sandbox providers, made from the installation's own secret: every process has the same, none is stored. */
export const sandboxSettings = (env: Pick<Env, 'SHELLWEGO_AUTH_SECRET' | 'SHELLWEGO_SANDBOX_PORT'>): SandboxSettings => {
  if (!env.SHELLWEGO_SANDBOX_PORT) throw new Error('SHELLWEGO_SANDBOX_PORT is required in sandbox mode')
  const derived = (name: string): string => hmac(env.SHELLWEGO_AUTH_SECRET, `sandbox:${name}`)
  return {
    port: env.SHELLWEGO_SANDBOX_PORT,
    secrets: {
      stripeApiKey: `sk_test_${derived('stripe-key')}`, stripeWebhookSecret: `whsec_${derived('stripe-webhook')}`, paystackSecretKey: `sk_test_${derived('paystack-key')}`,
      flutterwaveSecretKey: `FLWSECK_TEST-${derived('flutterwave-key')}-X`, flutterwaveSecretHash: derived('flutterwave-hash'),
      mpesa: { consumerKey: derived('mpesa-key'), consumerSecret: derived('mpesa-secret'), shortcode: '174379', passkey: derived('mpesa-passkey') },
    },
  }
}

/** How the real adapters reach the sandbox providers. */
export const sandboxAdapterConfig = (env: Pick<Env, 'SHELLWEGO_AUTH_SECRET' | 'SHELLWEGO_SANDBOX_PORT' | 'PORT'>) => {
  const { port, secrets } = sandboxSettings(env)
  const baseUrl = `http://127.0.0.1:${port}`
  return {
    stripe: { secretKey: secrets.stripeApiKey, webhookSecrets: [secrets.stripeWebhookSecret], endpoint: { host: '127.0.0.1', port, protocol: 'http' } },
    paystack: { secretKey: secrets.paystackSecretKey, baseUrl },
    flutterwave: { secretKey: secrets.flutterwaveSecretKey, secretHashes: [secrets.flutterwaveSecretHash], baseUrl },
    mpesa: {
      ...secrets.mpesa, callbackSecrets: [hmac(env.SHELLWEGO_AUTH_SECRET, 'mpesa-callback')], callbackUrl: `http://127.0.0.1:${env.PORT}/hooks/mpesa`, baseUrl,
    },
  } as const
}
