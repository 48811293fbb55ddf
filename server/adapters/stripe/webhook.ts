/** Stripe events: signature on the raw bytes, then only ids leave this file; the job reads the object itself. */
import type Stripe from 'stripe'
import type { ParsedWebhook, WebhookEvent, WebhookHeaders } from '../../domain/payments/ports.ts'

type Keys = { readonly secretKey: string; readonly webhookSecrets: readonly string[] }
const isLive = (secretKey: string): boolean => /^[rs]k_live_/.test(secretKey)

type References = Pick<WebhookEvent, 'providerRef' | 'paymentRef' | 'attemptId'>

const idOf = (value: unknown): string | null => {
  if (typeof value === 'string') return value
  return typeof value === 'object' && value !== null && 'id' in value && typeof value.id === 'string' ? value.id : null
}

function kindOf(type: string): WebhookEvent['kind'] {
  if (type.startsWith('charge.dispute.')) return 'dispute'
  if (type.startsWith('refund.') || type === 'charge.refunded' || type.startsWith('charge.refund.')) return 'refund'
  if (type.startsWith('checkout.session.') || type.startsWith('payment_intent.') || type.startsWith('charge.')) return 'payment'
  return 'other'
}

function referencesOf(object: object): References {
  const field = (name: string): unknown => Reflect.get(object, name)
  const metadata = field('metadata')
  const attempt: unknown = typeof metadata === 'object' && metadata !== null ? Reflect.get(metadata, 'attempt_id') : undefined
  const type = field('object')
  return {
    providerRef: type === 'checkout.session' ? idOf(field('id')) : null,
    paymentRef: type === 'payment_intent' ? idOf(field('id')) : idOf(field('payment_intent')),
    attemptId: typeof attempt === 'string' ? attempt : null,
  }
}

/** Several secrets while one is being rolled. An event of the other mode is no news of ours, whoever signed it. */
export function parseStripeWebhook(client: Stripe, { secretKey, webhookSecrets: secrets }: Keys, rawBody: Buffer, headers: WebhookHeaders): ParsedWebhook {
  const signature = headers['stripe-signature']
  if (typeof signature !== 'string' || signature === '') return { ok: false, reason: 'signature_missing' }
  for (const secret of secrets) {
    try {
      const event = client.webhooks.constructEvent(rawBody, signature, secret)
      if (event.livemode !== isLive(secretKey)) return { ok: false, reason: 'wrong_mode' }
      return { ok: true, event: { dedupeKey: event.id, type: event.type, kind: kindOf(event.type), ...referencesOf(event.data.object) } }
    } catch (error) {
      if (error instanceof SyntaxError || error instanceof TypeError) return { ok: false, reason: 'malformed' }
    }
  }
  return { ok: false, reason: 'signature_invalid' }
}
