import { z } from 'zod'
import { Etag } from './etag.ts'
import { Country, LocalDate } from './invoice.ts'
import { Instant } from './time.ts'

export const VAT_STATUS = ['none', 'pending', 'valid', 'invalid'] as const
export const LOCALES = ['en', 'fr', 'sw'] as const

export const TaxProfile = z.object({
  country: z.string().describe('Of the organization'), business: z.boolean(), tax_id: z.string().nullable(), region: z.string(),
  document_language: z.enum(LOCALES).nullable().describe('Of invoices; null = by the country'),
  vat_status: z.enum(VAT_STATUS).describe('What the EU register says of the number; invoices wait while it is asked'), vat_checked_at: Instant.nullable(),
  exempt: z.boolean().describe('Granted by the seller'), exempt_until: LocalDate.nullable(), exempt_evidence: z.string().nullable(), etag: Etag,
})
export type TaxProfile = z.infer<typeof TaxProfile>
export const taxProfileFields = {
  business: z.boolean(), tax_id: z.string().trim().max(30).nullable(), region: z.string().trim().max(60).default(''), document_language: z.enum(LOCALES).nullable().default(null),
}

/** Fraction as a decimal string. */
export const TaxFraction = z.string().regex(/^(0(\.\d{1,6})?|1(\.0{1,6})?)$/, 'a fraction like 0.075')

export const TaxRate = z.object({
  id: z.string(), brand_id: z.string(), country: z.string(), region: z.string(), product: z.string(), name: z.string(), rate: z.string(),
    inclusive: z.boolean(),
  active_from: LocalDate, active_to: LocalDate.nullable(), source: z.string(), current: z.boolean(), etag: Etag,
})
export type TaxRate = z.infer<typeof TaxRate>
export const taxRateFields = {
  country: Country, region: z.string().trim().max(60).default(''), product: z.string().trim().max(60).default(''), name: z.string().trim().min(1).max(60), rate: TaxFraction,
  inclusive: z.boolean().default(false), active_from: LocalDate, active_to: LocalDate.nullable().default(null), source: z.string().trim().max(200).default(''),
}

export const TAX_CATEGORIES = ['S', 'Z', 'E', 'AE', 'O', 'pending'] as const
export const TaxAffected = z.object({
  country: z.string(), category: z.enum(TAX_CATEGORIES), name: z.string(), rate: z.string(), inclusive: z.boolean(), organizations: z.number().int(),
  examples: z.array(z.object({ id: z.string(), name: z.string() })),
})
export type TaxAffected = z.infer<typeof TaxAffected>
