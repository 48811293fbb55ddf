/** How the sandbox Paystack says yes and no. */
import type { z } from 'zod'
import type { Call, Reply } from './http.ts'

export const ok = (message: string, data: unknown, meta?: object): Reply => ({ status: 200,
  body: { status: true, message, data, ...(meta === undefined ? {} : { meta }) } })
export const fault = (status: number, message: string, code: string): Reply =>
  ({ status, body: { status: false, message, code, type: 'validation_error', meta: { nextStep: 'Check the request' } } })
export const duplicate = (): Reply => fault(400, 'Duplicate Transaction Reference', 'duplicate_reference')

/** Pages count from one; the real service calls its parameters by either name. */
export function pageOf<T>(message: string, rows: readonly T[], query: URLSearchParams, show: (row: T) => object): Reply {
  const perPage = Math.min(200, Number(query.get('perPage') ?? query.get('per_page') ?? '50') || 50)
  const page = Math.max(1, Number(query.get('page') ?? '1') || 1)
  const meta = { total: rows.length, total_volume: 0, skipped: (page - 1) * perPage, perPage, page, pageCount: Math.max(1, Math.ceil(rows.length / perPage)) }
  return ok(message, rows.slice((page - 1) * perPage, page * perPage).map(show), meta)
}

type Parsed<S extends z.ZodType> = { readonly ok: true; readonly data: z.output<S> } | { readonly ok: false; readonly reply: Reply }

export function parseBody<S extends z.ZodType>(schema: S, call: Call): Parsed<S> {
  let json: unknown
  try {
    json = JSON.parse(call.body)
  } catch {
    return { ok: false, reply: fault(400, 'Invalid JSON', 'invalid_json') }
  }
  const parsed = schema.safeParse(json)
  if (parsed.success) return { ok: true, data: parsed.data }
  const issue = parsed.error.issues[0]
  return { ok: false, reply: fault(400, `${issue?.path.join('.') ?? ''}: ${issue?.message ?? 'invalid'}`, 'invalid_params') }
}
