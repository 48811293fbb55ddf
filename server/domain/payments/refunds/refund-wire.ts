import { z } from 'zod'
import { Money, toMoney } from '../../../contract/money.ts'
import { Instant, toInstant } from '../../../contract/time.ts'
import { ProviderName } from '../payment-wire.ts'
import type { Refund as RefundRow } from './book-refund.ts'

export const REFUND_STATES = ['requested', 'pending', 'succeeded', 'failed'] as const

export const Refund = z.object({
  id: z.string(), organization_id: z.string(), payment_id: z.string(), provider: ProviderName, amount: Money, state: z.enum(REFUND_STATES), reason: z.string(),
  credit_note_id: z.string().nullable(), failure: z.string().nullable(), created_at: Instant, updated_at: Instant,
})

export const toRefund = (row: RefundRow): z.infer<typeof Refund> => ({
  id: row.id, organization_id: row.orgId, payment_id: row.attemptId, provider: row.provider, amount: toMoney(row.amount, row.currency),
  state: REFUND_STATES.find((state) => state === row.state) ?? 'requested', reason: row.reason, credit_note_id: row.creditNoteId, failure: row.failure,
  created_at: toInstant(row.createdAt), updated_at: toInstant(row.updatedAt),
})
