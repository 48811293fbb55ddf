/**
 * Daraja signs no callback. Its address does it instead: attempt, sum and their HMAC are its last part, another one for each attempt,
 * so an address that leaks opens nothing else. The body is believed only as to which request to ask about.
 */
import { createHmac, timingSafeEqual } from 'node:crypto'
import { z } from 'zod'
import type { ParsedWebhook, WebhookHeaders } from '../../domain/payments/ports.ts'

const TOKEN = /^([A-Za-z0-9_-]{1,60})\.(\d{1,9})\.([A-Za-z0-9_-]{43})$/
const sealOf = (secret: string, attemptId: string, shillings: string): string =>
  createHmac('sha256', secret).update(`mpesa-callback:${attemptId}.${shillings}`).digest('base64url')

export const callbackToken = (secret: string, attemptId: string, shillings: number): string => `${attemptId}.${shillings}.${sealOf(secret, attemptId, String(shillings))}`

const Item = z.object({ Name: z.string(), Value: z.union([z.string(), z.number()]).optional() })
const Body = z.object({
  Body: z.object({
    stkCallback: z.object({
      CheckoutRequestID: z.string().regex(/^[A-Za-z0-9_-]{1,80}$/), ResultCode: z.union([z.number(), z.string()]).transform(String), ResultDesc: z.string(),
      CallbackMetadata: z.object({ Item: z.array(Item) }).nullish(),
    }),
  }),
})

const equal = (a: string, b: string): boolean => a.length === b.length && timingSafeEqual(Buffer.from(a), Buffer.from(b))

function readToken(secrets: readonly string[], token: string): { attemptId: string; shillings: string } | null {
  const [, attemptId, shillings, seal] = TOKEN.exec(token) ?? []
  if (attemptId === undefined || shillings === undefined || seal === undefined) return null
  return secrets.map((secret) => equal(sealOf(secret, attemptId, shillings), seal)).some(Boolean) ? { attemptId, shillings } : null
}

function parseJson(rawBody: Buffer): unknown {
  try {
    return JSON.parse(rawBody.toString('utf8'))
  } catch {
    return undefined
  }
}

/** What we call a request: Daraja's id and what was asked, which its query does not tell. */
export const requestRef = (checkoutRequestId: string, shillings: number | string): string => `${checkoutRequestId}.${shillings}`
export const readRequestRef = (ref: string): { id: string; shillings: number } | null => {
  const [, id, shillings] = /^([A-Za-z0-9_-]{1,80})\.(\d{1,9})$/.exec(ref) ?? []
  return id === undefined ? null : { id, shillings: Number(shillings) }
}

/** `x-hook-token` is what followed `/hooks/mpesa/`; the inbound door sets it and takes nobody else's. */
export function parseCallback(secrets: readonly string[], rawBody: Buffer, headers: WebhookHeaders): ParsedWebhook {
  const token = headers['x-hook-token']
  if (typeof token !== 'string' || token === '') return { ok: false, reason: 'signature_missing' }
  const asked = readToken(secrets, token)
  if (asked === null) return { ok: false, reason: 'signature_invalid' }
  const parsed = Body.safeParse(parseJson(rawBody))
  if (!parsed.success) return { ok: false, reason: 'malformed' }
  const { CheckoutRequestID: id, ResultCode: code, CallbackMetadata: facts } = parsed.data.Body.stkCallback
  const receipt = facts?.Item.find(({ Name }) => Name === 'MpesaReceiptNumber')?.Value
  return {
    ok: true,
    event: {
      dedupeKey: receipt === undefined ? `${id}:${code}` : `receipt:${receipt}`, kind: 'payment', type: `stk.${code}`,
      providerRef: requestRef(id, asked.shillings), paymentRef: receipt === undefined ? null : String(receipt), attemptId: asked.attemptId,
    },
  }
}
