/** What the sandbox Stripe accepts, as strictly as the real one refuses. */
import { z } from 'zod'

const Whole = z.string().regex(/^\d+$/, 'Invalid integer').transform(Number).pipe(z.int())
const Metadata = z.record(z.string().max(40), z.string().max(500)).refine((entries) => Object.keys(entries).length <= 50).default({})
const Url = z.url({ protocol: /^https?$/ }).max(5000)

export const SessionCreate = z.strictObject({
  mode: z.literal('payment'),
  line_items: z.array(z.strictObject({
    quantity: Whole.pipe(z.int().min(1)),
    price_data: z.strictObject({
      currency: z.string().regex(/^[a-z]{3}$/), unit_amount: Whole,
      product_data: z.strictObject({ name: z.string().min(1), description: z.string().optional() }),
    }),
  })).min(1).max(100),
  success_url: Url,
  cancel_url: Url.optional(),
  client_reference_id: z.string().max(200).optional(),
  customer_email: z.email().optional(),
  expires_at: Whole.optional(),
  metadata: Metadata,
  payment_intent_data: z.strictObject({ metadata: Metadata, description: z.string().optional() }).default({ metadata: {} }),
  expand: z.array(z.string()).optional(),
})

export const RefundCreate = z.strictObject({
  payment_intent: z.string().optional(),
  charge: z.string().optional(),
  amount: Whole.pipe(z.int().min(1)).optional(),
  reason: z.enum(['duplicate', 'fraudulent', 'requested_by_customer']).optional(),
  metadata: Metadata,
  expand: z.array(z.string()).optional(),
})

const MINIMUMS: Readonly<Record<string, number>> = { usd: 50, eur: 50, gbp: 30, jpy: 50 }
export const minimumOf = (currency: string): number => MINIMUMS[currency] ?? 1

/** `line_items.0.price_data` -> `line_items[0][price_data]` */
const paramName = (path: readonly PropertyKey[]): string => path.map((part, index) => (index === 0 ? String(part) : `[${String(part)}]`)).join('')

export type ParamFault = { readonly message: string; readonly param: string; readonly code: 'parameter_unknown' | 'parameter_missing' | 'parameter_invalid' }

export function paramFault(error: z.ZodError): ParamFault {
  const issue = error.issues[0]
  if (issue?.code === 'unrecognized_keys') {
    const param = paramName([...issue.path, issue.keys[0] ?? ''])
    return { message: `Received unknown parameter: ${param}`, param, code: 'parameter_unknown' }
  }
  const param = paramName(issue?.path ?? [])
  const missing = issue?.code === 'invalid_type' && issue.message.endsWith('received undefined')
  return missing
    ? { message: `Missing required param: ${param}.`, param, code: 'parameter_missing' }
    : { message: `Invalid ${param}: ${issue?.message ?? 'invalid'}`, param, code: 'parameter_invalid' }
}
