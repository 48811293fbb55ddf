import type Stripe from 'stripe'

export type StripeConfig = {
  readonly secretKey: string
  /** Several while one is being rolled. */
  readonly webhookSecrets: readonly string[]
  /** Another address than api.stripe.com: the sandbox, or a test. */
  readonly endpoint?: { readonly host: string; readonly port: number; readonly protocol: 'http' | 'https' }
  readonly timeoutMs?: number
}

/** The SDK is loaded with the first call: it is large, and many processes never pay anything. */
export async function createClient({ secretKey, endpoint = undefined, timeoutMs = 20_000 }: StripeConfig): Promise<Stripe> {
  const { default: StripeClient } = await import('stripe')
  return new StripeClient(secretKey, { maxNetworkRetries: 2, timeout: timeoutMs, telemetry: false, ...(endpoint === undefined ? {} : endpoint) })
}

export const asObject = <T extends object>(value: string | T | null | undefined): T | null => (typeof value === 'object' && value !== null ? value : null)
export const idOf = (value: string | { id: string } | null | undefined): string | null => (typeof value === 'string' ? value : (value?.id ?? null))
export const dateOf = (seconds: number): Date => new Date(seconds * 1000)
export const secondsOf = (date: Date): number => Math.floor(date.getTime() / 1000)
