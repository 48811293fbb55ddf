/** Paystack events: HMAC-SHA512 of the raw bytes under the secret key. No event id and no time, so a replay must be harmless. */
import { createHmac, timingSafeEqual } from 'node:crypto'
import { z } from 'zod'
import type { ParsedWebhook, WebhookEvent, WebhookHeaders } from '../../domain/payments/ports.ts'

const Identity = z.union([z.number(), z.string()])
const Metadata = z.object({ attempt_id: z.string() }).partial().nullish().catch(null)
const Body = z.object({
  event: z.string().min(1),
  data: z.object({
    domain: z.string().nullish(),
    id: Identity.optional(),
    reference: z.string().nullish(),
    transaction_reference: z.string().nullish(),
    transaction: z.object({ reference: z.string(), metadata: Metadata }).partial().nullish().catch(null),
    metadata: Metadata,
  }),
})

function kindOf(event: string): WebhookEvent['kind'] {
  if (event.startsWith('charge.dispute.')) return 'dispute'
  if (event.startsWith('refund.')) return 'refund'
  return event.startsWith('charge.') ? 'payment' : 'other'
}

export const paystackSignature = (rawBody: Buffer, secretKey: string): string => createHmac('sha512', secretKey).update(rawBody).digest('hex')

function isSigned(rawBody: Buffer, secretKey: string, signature: string): boolean {
  const expected = Buffer.from(paystackSignature(rawBody, secretKey))
  const given = Buffer.from(signature.toLowerCase())
  return given.length === expected.length && timingSafeEqual(given, expected)
}

function parseJson(rawBody: Buffer): unknown {
  try {
    return JSON.parse(rawBody.toString('utf8'))
  } catch {
    return undefined
  }
}

export function parsePaystackWebhook(secretKey: string, rawBody: Buffer, headers: WebhookHeaders): ParsedWebhook {
  const signature = headers['x-paystack-signature']
  if (typeof signature !== 'string' || signature === '') return { ok: false, reason: 'signature_missing' }
  if (!isSigned(rawBody, secretKey, signature)) return { ok: false, reason: 'signature_invalid' }
  const body = Body.safeParse(parseJson(rawBody))
  if (!body.success) return { ok: false, reason: 'malformed' }
  const { event, data } = body.data
  if (data.domain && (data.domain === 'live') !== secretKey.startsWith('sk_live_')) return { ok: false, reason: 'wrong_mode' }
  const own = data.id === undefined ? null : String(data.id)
  const reference = data.transaction_reference ?? data.transaction?.reference ?? data.reference ?? null
  return {
    ok: true,
    event: {
      dedupeKey: `${event}:${data.id ?? reference ?? paystackSignature(rawBody, secretKey).slice(0, 32)}`,
      type: event, kind: kindOf(event), providerRef: reference, paymentRef: null,
      attemptId: data.metadata?.attempt_id ?? data.transaction?.metadata?.attempt_id ?? null,
      disputeRef: kindOf(event) === 'dispute' ? own : null, refundRef: kindOf(event) === 'refund' ? own : null,
    },
  }
}
