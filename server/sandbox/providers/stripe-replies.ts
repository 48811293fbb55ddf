/** How the sandbox Stripe says yes and no. */
import type { z } from 'zod'
import type { Reply } from './http.ts'
import type { CardError } from './stripe-cards.ts'
import { publicObject } from './stripe-objects.ts'
import { paramFault } from './stripe-params.ts'

export const ok = (body: unknown): Reply => ({ status: 200, body })
export const fault = (status: number, message: string, code?: string, param?: string): Reply => ({
  status, body: { error: { type: 'invalid_request_error', message, ...(code === undefined ? {} : { code }), ...(param === undefined ? {} : { param }) } },
})
export const missing = (what: string, id: string, param = 'id'): Reply => fault(param === 'id' ? 404 : 400, `No such ${what}: '${id}'`, 'resource_missing', param)
export const cardRefused = (error: CardError, intent: object): Reply => ({ status: 402, body: { error: { ...error, payment_intent: publicObject(intent) } } })

type Parsed<S extends z.ZodType> = { readonly ok: true; readonly params: z.output<S> } | { readonly ok: false; readonly reply: Reply }

export function parseParams<S extends z.ZodType>(schema: S, body: unknown): Parsed<S> {
  const parsed = schema.safeParse(body)
  if (parsed.success) return { ok: true, params: parsed.data }
  const { message, code, param } = paramFault(parsed.error)
  return { ok: false, reply: fault(400, message, code, param) }
}
