/** Wire truth of the seller's reports. Months are UTC, as the ledger's instants are. */
import { z } from 'zod'
import { Money } from './money.ts'

export const Month = z.string().regex(/^\d{4}-(0[1-9]|1[0-2])$/, 'Write a month as 2026-12.')

export const RevenueRow = z.object({
  month: z.string().describe('2026-12'), plan_key: z.string().nullable().describe('Null where no plan was involved'), plan_name: z.string().nullable(),
  issued: Money.describe('Revenue of finalised invoices, after discounts, before tax'), plan_fees: Money, usage: Money, other: Money,
  credited: Money.describe('Taken back by credit notes'), voided: Money, net: Money, invoices: z.number().int(),
})
export type RevenueRow = z.infer<typeof RevenueRow>

export const MrrRow = z.object({
  month: z.string().describe('2026-12'), start: Money, new: Money, returned: Money, expansion: Money, contraction: Money, churn: Money, end: Money,
  customers: z.number().int(), joined: z.number().int(), left: z.number().int(),
})
export type MrrRow = z.infer<typeof MrrRow>

export const TaxRow = z.object({
  period: z.string().describe('2026-12, or 2026-Q4'), entity_id: z.string(), entity_name: z.string(), country: z.string(), name: z.string(), category: z.string(),
  rate: z.string().describe('Fraction'), base: Money, tax: Money, documents: z.number().int(),
})
export type TaxRow = z.infer<typeof TaxRow>
