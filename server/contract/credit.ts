/** Wire truth of credits: what an organization may spend on invoices before money is asked for. */
import { z } from 'zod'
import { Money } from './money.ts'
import { Instant } from './time.ts'

export const CREDIT_KINDS = ['paid', 'promotional'] as const
export const CREDIT_STATES = ['active', 'used', 'expired', 'revoked'] as const
export const CREDIT_MOVES = ['granted', 'invoice', 'returned', 'expired', 'revoked'] as const

export const CreditGrant = z.object({
  id: z.string(), organization_id: z.string(), kind: z.enum(CREDIT_KINDS), state: z.enum(CREDIT_STATES), amount: Money, remaining: Money,
  priority: z.number().int().describe('Lower is spent first'), reason: z.string(), expires_at: Instant.nullable().describe('Worth nothing from then on'),
  created_at: Instant,
})
export type CreditGrant = z.infer<typeof CreditGrant>

export const CreditMove = z.object({
  id: z.string(), type: z.enum(CREDIT_MOVES), amount: Money.describe('Negative where credit was taken'), credit_id: z.string(), kind: z.enum(CREDIT_KINDS),
  reason: z.string(), invoice_id: z.string().nullable(), at: Instant,
})
export type CreditMove = z.infer<typeof CreditMove>

export const CreditBalance = z.object({
  balance: Money, paid: Money, promotional: Money,
  expiring: z.array(z.object({ amount: Money, at: Instant })).describe('What ends and when, soonest first'),
})
export type CreditBalance = z.infer<typeof CreditBalance>
