import { z } from 'zod'
import { Instant, toInstant } from '../../../contract/time.ts'
import { ProviderName } from '../payment-wire.ts'
import type { PaymentMethod as MethodRow } from './method-state.ts'

const KINDS = ['card', 'mobile_money', 'bank'] as const
const STATES = ['active', 'broken', 'expired'] as const

export const PaymentMethod = z.object({
  id: z.string(), provider: ProviderName, kind: z.enum(KINDS), brand: z.string(), last4: z.string(),
  expires: z.object({ month: z.int(), year: z.int() }).nullable(), country: z.string().nullable(), default: z.boolean(),
  state: z.enum(STATES).describe('A broken one is refused by its bank and is not charged again'), failure_code: z.string().nullable(), created_at: Instant,
})
type PaymentMethod = z.infer<typeof PaymentMethod>

const isExpired = ({ expMonth, expYear }: MethodRow, now: Date): boolean =>
  expMonth !== null && expYear !== null && new Date(Date.UTC(expYear, expMonth, 1)) <= now

export const toMethod = (row: MethodRow, now: Date): PaymentMethod => ({
  id: row.id, provider: row.provider, kind: KINDS.find((kind) => kind === row.kind) ?? 'card', brand: row.brand, last4: row.last4,
  expires: row.expMonth !== null && row.expYear !== null ? { month: row.expMonth, year: row.expYear } : null, country: row.country, default: row.isDefault,
  state: row.state === 'broken' ? 'broken' : isExpired(row, now) ? 'expired' : 'active', failure_code: row.failureCode, created_at: toInstant(row.createdAt),
})
