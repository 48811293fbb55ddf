/** What the sandbox Paystack accepts. */
import { z } from 'zod'

export const PAYSTACK_MINIMUMS = { NGN: 5000, USD: 200, GHS: 10, ZAR: 100, KES: 300, XOF: 100 } as const
const Currency = z.enum(['NGN', 'USD', 'GHS', 'ZAR', 'KES', 'XOF'])
const Subunits = z.union([z.int(), z.string().regex(/^\d+$/).transform(Number)]).pipe(z.int().min(1))
const Metadata = z.union([z.string(), z.record(z.string(), z.unknown())])

export const Initialize = z.strictObject({
  email: z.email(), amount: Subunits, currency: Currency.default('NGN'), reference: z.string().regex(/^[A-Za-z0-9.=-]{1,100}$/).optional(),
  callback_url: z.url({ protocol: /^https?$/ }).optional(), channels: z.array(z.string()).optional(), metadata: Metadata.optional(),
  plan: z.string().optional(), subaccount: z.string().regex(/^ACCT_[A-Za-z0-9]+$/).optional(), split_code: z.string().optional(),
  bearer: z.enum(['account', 'subaccount']).optional(), transaction_charge: z.int().min(0).optional(),
})
export type Order = z.output<typeof Initialize>
export const ChargeAuthorization = Initialize.extend({ authorization_code: z.string().min(1), queue: z.boolean().optional() })
export const RefundOrder = z.strictObject({
  transaction: z.union([z.string(), z.int()]), amount: Subunits.optional(), currency: Currency.optional(),
  merchant_note: z.string().max(200).optional(), customer_note: z.string().optional(),
})
export const Evidence = z.strictObject({
  customer_email: z.email(), customer_name: z.string().min(1), customer_phone: z.string().min(1), service_details: z.string().min(1),
  delivery_address: z.string().optional(), delivery_date: z.string().optional(),
})
export const Resolution = z.strictObject({
  resolution: z.enum(['merchant-accepted', 'declined']), message: z.string().min(1), refund_amount: z.int().min(0), uploaded_filename: z.string().min(1), evidence: z.int().optional(),
})
export const Deactivation = z.strictObject({ authorization_code: z.string().min(1) })
