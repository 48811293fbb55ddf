/** Stripe events: signature on the raw bytes, then only ids leave this file; the job reads the object itself. */
import type Stripe from 'stripe'
import type { ParsedWebhook, WebhookEvent, WebhookHeaders } from '../../domain/payments/ports.ts'

type Keys = { readonly secretKey: string; readonly webhookSecrets: readonly string[] }
const isLive = (secretKey: string): boolean => /^[rs]k_live_/.test(secretKey)

type References = Pick<WebhookEvent, 'providerRef' | 'paymentRef' | 'attemptId' | 'disputeRef' | 'refundRef'>

const idOf = (value: unknown): string | null => {
  if (typeof value === 'string') return value
  return typeof value === 'object' && value !== null && 'id' in value && typeof value.id === 'string' ? value.id : null
}

const KINDS: ReadonlyArray<readonly [string, WebhookEvent['kind']]> = [
  ['charge.dispute.', 'dispute'], ['refund.', 'refund'], ['charge.refund', 'refund'], ['checkout.session.', 'payment'], ['payment_intent.', 'payment'], ['charge.', 'payment'],
  ['setup_intent.', 'setup'], ['payout.', 'payout'],
]

/** What happens in a connected account is that account's business. */
function kindOf({ type, account, data }: Stripe.Event): WebhookEvent['kind'] {
  if (account !== undefined && account !== '') return 'other'
  const kind = KINDS.find(([prefix]) => type.startsWith(prefix))?.[1] ?? 'other'
  return kind === 'payment' && Reflect.get(data.object, 'mode') === 'setup' ? 'setup' : kind
}

/** Objects that are looked up by their own id. */
const OWN_REFERENCE = new Set<unknown>(['checkout.session', 'setup_intent', 'payout'])

function referencesOf(object: object): References {
  const field = (name: string): unknown => Reflect.get(object, name)
  const metadata = field('metadata')
  const attempt: unknown = typeof metadata === 'object' && metadata !== null ? Reflect.get(metadata, 'attempt_id') : undefined
  const type = field('object')
  const own = idOf(field('id'))
  return {
    providerRef: OWN_REFERENCE.has(type) ? own : null,
    paymentRef: type === 'payment_intent' ? own : idOf(field('payment_intent')),
    attemptId: typeof attempt === 'string' ? attempt : null,
    disputeRef: type === 'dispute' ? own : null,
    refundRef: type === 'refund' ? own : null,
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
      return { ok: true, event: { dedupeKey: event.id, type: event.type, kind: kindOf(event), ...referencesOf(event.data.object) } }
    } catch (error) {
      if (error instanceof SyntaxError || error instanceof TypeError) return { ok: false, reason: 'malformed' }
    }
  }
  return { ok: false, reason: 'signature_invalid' }
}
