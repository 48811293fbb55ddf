import { z } from 'zod'
import type { PaymentAttempt } from '../../../prisma/generated/client.ts'
import { Money, toMoney } from '../../contract/money.ts'
import { Instant, toInstant } from '../../contract/time.ts'
import { isPaid, PAYMENT_STATUSES, type PaymentStatus } from './rules/payment-state.ts'

export type { PaymentAttempt }
export const PROVIDERS = ['stripe', 'paystack'] as const
export const ProviderName = z.enum(PROVIDERS)

const OUTCOMES = ['pending', 'succeeded', 'failed'] as const

export const Payment = z.object({
  id: z.string(), invoice_id: z.string(), provider: ProviderName, amount: Money, state: z.enum(PAYMENT_STATUSES), status: z.enum(OUTCOMES),
  reference: z.string(), reason: z.string().nullable(), at: Instant, created_at: Instant, updated_at: Instant,
})
export type Payment = z.infer<typeof Payment>

export const stateOf = (row: PaymentAttempt): PaymentStatus => PAYMENT_STATUSES.find((status) => status === row.state) ?? 'created'

const outcomeOf = (state: PaymentStatus): (typeof OUTCOMES)[number] => {
  if (isPaid(state)) return 'succeeded'
  return state === 'created' || state === 'pending' || state === 'processing' ? 'pending' : 'failed'
}

export const toPayment = (row: PaymentAttempt): Payment => ({
  id: row.id, invoice_id: row.invoiceId, provider: ProviderName.parse(row.provider), amount: toMoney(row.amount, row.currency),
  state: stateOf(row), status: outcomeOf(stateOf(row)), reference: row.providerRef ?? row.id, reason: row.failure,
  at: toInstant(row.updatedAt), created_at: toInstant(row.createdAt), updated_at: toInstant(row.updatedAt),
})
