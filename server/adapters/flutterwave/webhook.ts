/** Flutterwave v3 webhooks carry a static secret, no signature of the body: nothing in them is believed but which payment to ask about. */
import { createHash, timingSafeEqual } from 'node:crypto'
import { z } from 'zod'
import type { ParsedWebhook, WebhookEvent, WebhookHeaders } from '../../domain/payments/ports.ts'
import type { FlutterwaveConfig } from './client.ts'

const Identity = z.union([z.number(), z.string()]).transform(String)
const Body = z.object({
  event: z.string().min(1),
  data: z.object({
    id: Identity, status: z.string().nullish(), tx_ref: z.string().nullish(), flw_ref: z.string().nullish(), transaction_id: Identity.nullish(),
  }),
})

function kindOf(event: string): WebhookEvent['kind'] {
  if (event.startsWith('refund')) return 'refund'
  if (event.startsWith('chargeback')) return 'dispute'
  return event.startsWith('charge.') ? 'payment' : 'other'
}

const digest = (text: string): Buffer => createHash('sha256').update(text).digest()

/** Digests have one length, so that the time tells neither the secret nor how long it is; all are compared. */
const isOurs = (given: string, hashes: readonly string[]): boolean =>
  hashes.map((hash) => hash !== '' && timingSafeEqual(digest(hash), digest(given))).some(Boolean)

function parseJson(rawBody: Buffer): unknown {
  try {
    return JSON.parse(rawBody.toString('utf8'))
  } catch {
    return undefined
  }
}

export function parseFlutterwaveWebhook({ secretKey, secretHashes }: FlutterwaveConfig, rawBody: Buffer, headers: WebhookHeaders): ParsedWebhook {
  const given = headers['verif-hash']
  if (typeof given !== 'string' || given === '') return { ok: false, reason: 'signature_missing' }
  if (!isOurs(given, secretHashes)) return { ok: false, reason: 'signature_invalid' }
  const body = Body.safeParse(parseJson(rawBody))
  if (!body.success) return { ok: false, reason: 'malformed' }
  const { event, data } = body.data
  // Only test payments say what they are; live ones are told apart by asking under our own key.
  if (/^FLW-?MOCK/i.test(data.flw_ref ?? '') && !secretKey.startsWith('FLWSECK_TEST')) return { ok: false, reason: 'wrong_mode' }
  const kind = kindOf(event)
  return {
    ok: true,
    event: {
      dedupeKey: `${event}:${data.id}:${data.status ?? ''}`, type: event, kind,
      providerRef: data.tx_ref ?? null, paymentRef: kind === 'payment' ? data.id : (data.transaction_id ?? null), attemptId: null,
      ...(kind === 'refund' ? { refundRef: data.id } : {}), ...(kind === 'dispute' ? { disputeRef: data.id } : {}),
    },
  }
}
