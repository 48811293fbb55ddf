/** What the sandbox Stripe accepts, as strictly as the real one refuses. */
import { z } from 'zod'

const Whole = z.string().regex(/^\d+$/, 'Invalid integer').transform(Number).pipe(z.int())
const Metadata = z.record(z.string().max(40), z.string().max(500)).refine((entries) => Object.keys(entries).length <= 50).default({})
const Url = z.url({ protocol: /^https?$/ }).max(5000)
const Currency = z.string().regex(/^[a-z]{3}$/)
const True = z.literal('true')
const Expand = z.array(z.string()).optional()
const Destination = z.strictObject({ destination: z.string(), amount: Whole.optional() })
const Connect = { application_fee_amount: Whole.optional(), on_behalf_of: z.string().optional(), transfer_data: Destination.optional() }

const LineItem = z.strictObject({
  quantity: Whole.pipe(z.int().min(1)),
  price_data: z.strictObject({
    currency: Currency, unit_amount: Whole, product_data: z.strictObject({ name: z.string().min(1), description: z.string().optional() }),
  }),
})
const sessionFields = {
  success_url: Url, cancel_url: Url.optional(), client_reference_id: z.string().max(200).optional(), customer: z.string().optional(),
  customer_email: z.email().optional(),
  customer_creation: z.enum(['always', 'if_required']).optional(), expires_at: Whole.optional(), metadata: Metadata, expand: Expand,
}
const PaymentSession = z.strictObject({
  mode: z.literal('payment'), ...sessionFields, line_items: z.array(LineItem).min(1).max(100),
  payment_intent_data: z.strictObject({
    metadata: Metadata, description: z.string().optional(), setup_future_usage: z.enum(['off_session', 'on_session']).optional(), ...Connect,
  }).default({ metadata: {} }),
})
const SetupSession = z.strictObject({
  mode: z.literal('setup'), ...sessionFields, currency: Currency,
  setup_intent_data: z.strictObject({ metadata: Metadata, description: z.string().optional() }).default({ metadata: {} }),
})
export const SessionCreate = z.discriminatedUnion('mode', [PaymentSession, SetupSession])
export type SessionParams = z.output<typeof SessionCreate>

/** Only confirmed and off-session: the one way the product makes intents itself. */
export const IntentCreate = z.strictObject({
  amount: Whole, currency: Currency, customer: z.string(), payment_method: z.string(), confirm: True, off_session: True, description: z.string().optional(),
  receipt_email: z.email().optional(), metadata: Metadata, expand: Expand, error_on_requires_action: True.optional(), ...Connect,
})

export const RefundCreate = z.strictObject({
  payment_intent: z.string().optional(), charge: z.string().optional(), amount: Whole.pipe(z.int().min(1)).optional(),
  reason: z.enum(['duplicate', 'fraudulent', 'requested_by_customer']).optional(), metadata: Metadata,
  reverse_transfer: True.optional(), refund_application_fee: True.optional(), expand: Expand,
})
export const CustomerCreate = z.strictObject({ email: z.email().optional(), name: z.string().optional(), metadata: Metadata, expand: Expand })
export const DisputeUpdate = z.strictObject({
  evidence: z.record(z.string(), z.string().max(20_000)).default({}), submit: z.enum(['true', 'false']).optional(), metadata: Metadata, expand: Expand,
})

const MINIMUMS: Readonly<Record<string, number>> = { usd: 50, eur: 50, gbp: 30, jpy: 50 }
export const minimumOf = (currency: string): number => MINIMUMS[currency] ?? 1

const HUNDREDS = new Set(['ugx', 'isk'])
const TENS = new Set(['bhd', 'jod', 'kwd', 'omr', 'tnd'])
/** Two-decimal by protocol though the currency has none, or three decimals of which the last must be zero. */
export const isWholeUnit = (amount: number, currency: string): boolean => {
  if (HUNDREDS.has(currency)) return amount % 100 === 0
  return !TENS.has(currency) || amount % 10 === 0
}

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
