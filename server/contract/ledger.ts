/** Wire truth of the books: debits positive, credits negative. */
import { z } from 'zod'
import { Money } from './money.ts'
import { Instant } from './time.ts'

export const LEDGER_CLASSES = ['asset', 'liability', 'income', 'expense'] as const

export const AccountBalance = z.object({
  brand_id: z.string(), entity_id: z.string().nullable().describe('Seller; null = the brand\'s only one'), account: z.string(), class: z.enum(LEDGER_CLASSES),
  balance: Money, entries: z.number().int(),
})
export type AccountBalance = z.infer<typeof AccountBalance>

export const LedgerLine = z.object({
  id: z.string(), transaction_id: z.string(), business_key: z.string().describe('What caused it'), description: z.string(), brand_id: z.string(),
  entity_id: z.string().nullable(), organization_id: z.string().nullable(), account: z.string(), amount: Money, balance: Money.nullable().describe('Running balance of the statement'), at: Instant,
})
export type LedgerLine = z.infer<typeof LedgerLine>

export const LedgerFinding = z.object({ rule: z.string(), subject: z.string(), detail: z.string() })
export type LedgerFinding = z.infer<typeof LedgerFinding>

export const LedgerRule = z.object({ name: z.string(), meaning: z.string() })

export const LedgerCheck = z.object({
  id: z.string(), at: Instant, ok: z.boolean(), findings: z.array(LedgerFinding).describe('The first 100'), duration_ms: z.number().int(),
})
export type LedgerCheck = z.infer<typeof LedgerCheck>
