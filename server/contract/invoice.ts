import { z } from 'zod'
import { Etag } from './etag.ts'
import { Currency, DecimalString, MinorAmount, Money } from './money.ts'
import { Instant } from './time.ts'

export const INVOICE_KINDS = ['invoice', 'pro_forma', 'one_off', 'credit_purchase'] as const
export const SETTLEMENTS = ['receivable', 'credit', 'refund'] as const
export type Settlement = (typeof SETTLEMENTS)[number]
export const CLEARANCE_STATES = ['pending', 'cleared', 'rejected'] as const

/** Local date, `2026-11-30`. */
export const LocalDate = z.iso.date()
export const Country = z.string().regex(/^[A-Z]{2}$/, 'must be the two capitals of ISO 3166')
const id = z.string().max(60)

export const InvoiceHistory = z.object({ type: z.string(), at: Instant, actor: z.string(), note: z.string().nullable() })

export const Clearance = z.object({
  state: z.enum(CLEARANCE_STATES), irn: z.string().describe('Invoice reference number'), csid: z.string().nullable().describe('Cryptographic stamp of the tax authority'),
  qr: z.string().nullable(), detail: z.string().nullable(),
})

export const CreditNote = z.object({
  id: z.string(), organization_id: z.string(), organization_name: z.string(), number: z.string(), invoice_id: z.string(), invoice_number: z.string(),
    currency: z.string(),
  settlement: z.enum(SETTLEMENTS), reason: z.string(), net: Money, tax: Money, total: Money, issued_at: Instant,
  lines: z.array(z.object({ line: z.number().int().describe('Position on the invoice, from 1'), description: z.string(), net: Money })),
  taxes: z.array(z.object({ name: z.string(), rate: z.string(), base: Money, amount: Money })),
  pdf_url: z.string(), xml_url: z.string(), clearance: Clearance.nullable(),
})
export type CreditNote = z.infer<typeof CreditNote>

/** Without `lines` the whole of what is left of the invoice; of a line without `amount` the whole of what is left of it. */
export const CreditNoteLines = z.array(z.strictObject({
  line: z.int().min(1).describe('Position on the invoice, from 1'),
  amount: MinorAmount.optional().describe('Minor units before tax; the rest of the line unless said'),
})).min(1).max(1000)

export const CreditNotePreview = z.object({
  net: Money, tax: Money, total: Money,
  lines: z.array(z.object({ line: z.number().int(), description: z.string(), net: Money, remaining: Money.describe('What was left of the line before') })),
  taxes: z.array(z.object({ name: z.string(), rate: z.string(), base: Money, amount: Money })),
  settlements: z.array(z.object({ settlement: z.enum(SETTLEMENTS), at_most: Money })),
})

export const InvoiceItem = z.object({
  id: z.string(), organization_id: z.string(), kind: z.string(), description: z.string(), quantity: z.string(), unit_amount: z.string().nullable(),
    amount: Money,
  product: z.string(), reason: z.string().nullable(), invoice_id: z.string().nullable(), created_at: Instant,
})
export type InvoiceItem = z.infer<typeof InvoiceItem>

export const NewLine = z.strictObject({
  description: z.string().trim().min(1).max(300), quantity: DecimalString.default('1'), unit_amount: DecimalString.describe('Major units'),
  product: z.string().trim().min(1).max(60).default('services'), from: LocalDate.optional(), to: LocalDate.optional().describe('Exclusive'),
})
export type NewLine = z.infer<typeof NewLine>

export const ADJUSTMENT_STATES = ['requested', 'approved', 'rejected'] as const
export const Adjustment = z.object({
  id: z.string(), organization_id: z.string(), organization_name: z.string(), amount: Money, description: z.string(), reason: z.string(),
    state: z.enum(ADJUSTMENT_STATES),
  requested_by: z.object({ id: z.string(), name: z.string() }), decided_by: z.object({ id: z.string(), name: z.string() }).nullable(),
  decision_note: z.string().nullable(), decided_at: Instant.nullable(), created_at: Instant,
})
export type Adjustment = z.infer<typeof Adjustment>

export const LegalEntity = z.object({
  id: z.string(), brand_id: z.string(), name: z.string(), address: z.string(), country: z.string(), region: z.string(), tax_id: z.string().nullable(),
  registration_no: z.string().nullable(), prefix: z.string().describe('First part of its invoice numbers'), bank_details: z.string(), default: z.boolean(),
  clearance_service_id: z.string().nullable().describe('Set: its documents are cleared by the tax authority under this service id'),
  archived_at: Instant.nullable(), organizations: z.number().int().describe('Customers assigned to it'), etag: Etag,
})
export type LegalEntity = z.infer<typeof LegalEntity>

export const entityFields = {
  name: z.string().trim().min(1).max(120), address: z.string().trim().max(300), country: Country, region: z.string().trim().max(60),
    tax_id: z.string().trim().max(30).nullable(),
  registration_no: z.string().trim().max(40).nullable(), bank_details: z.string().trim().max(500),
  clearance_service_id: z.string().regex(/^[A-Z0-9]{8}$/, 'eight capitals and digits').nullable(),
}
export const EntityPrefix = z.string().regex(/^[A-Z0-9]{2,10}$/, 'two to ten capitals and digits')

export const SellerSettings = z.object({
  brand_id: z.string(), grace_minutes: z.number().int().describe('How long a draft waits for late usage'), payment_term_days: z.number().int(),
  approval_limits: z.array(Money).describe('An adjustment above the limit of its currency needs a second person; without a limit each does'), etag: Etag,
})
export const SellerSettingsInput = {
  brand_id: id, grace_minutes: z.int().min(0).max(7 * 24 * 60), payment_term_days: z.int().min(0).max(365),
  approval_limits: z.array(z.strictObject({ amount: MinorAmount.min(0), currency: Currency })).max(20),
}

export const Statement = z.object({
  from: LocalDate, to: LocalDate, currency: z.string(), opening: Money.describe('Owed before the first day; negative = in the customer\'s favour'), closing: Money,
  rows: z.array(z.object({
    date: LocalDate, type: z.enum(['invoice', 'payment', 'credit_note', 'credit_used', 'void', 'write_off']), document: z.string(), invoice_id: z.string().nullable(), amount: Money, balance: Money,
  })),
})
export type Statement = z.infer<typeof Statement>
