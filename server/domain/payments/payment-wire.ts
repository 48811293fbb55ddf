import { z } from 'zod'
import type { PaymentAttempt } from '../../../prisma/generated/client.ts'
import { Money, toMoney } from '../../contract/money.ts'
import { Instant, toInstant } from '../../contract/time.ts'
import { isPaid, PAYMENT_STATUSES, type PaymentStatus } from './rules/payment-state.ts'

export type { PaymentAttempt }
/** An open set: a rail is one folder and one line of the composition. */
export const ProviderName = z.string().regex(/^[a-z][a-z0-9_]{1,30}$/, 'Must be the name of a payment provider, as `stripe`.')

const OUTCOMES = ['pending', 'succeeded', 'failed'] as const
export const PAYMENT_KINDS = ['checkout', 'off_session', 'manual', 'transfer'] as const

export const Payment = z.object({
  id: z.string(), invoice_id: z.string(), provider: ProviderName, kind: z.enum(PAYMENT_KINDS), amount: Money,
  state: z.enum(PAYMENT_STATUSES), status: z.enum(OUTCOMES), payment_method_id: z.string().nullable(),
  reference: z.string(), reason: z.string().nullable().describe('In the provider\'s words'), failure_code: z.string().nullable(),
  at: Instant, created_at: Instant, updated_at: Instant,
})
export type Payment = z.infer<typeof Payment>

export const stateOf = (row: Pick<PaymentAttempt, 'state'>): PaymentStatus => PAYMENT_STATUSES.find((status) => status === row.state) ?? 'created'

const PENDING = new Set<PaymentStatus>(['created', 'pending', 'requires_action', 'processing'])
const outcomeOf = (state: PaymentStatus): (typeof OUTCOMES)[number] => {
  if (isPaid(state)) return 'succeeded'
  return PENDING.has(state) ? 'pending' : 'failed'
}

export const toPayment = (row: PaymentAttempt): Payment => ({
  id: row.id, invoice_id: row.invoiceId, provider: row.provider, kind: PAYMENT_KINDS.find((kind) => kind === row.kind) ?? 'checkout', amount: toMoney(row.amount, row.currency),
  state: stateOf(row), status: outcomeOf(stateOf(row)), payment_method_id: row.methodId,
  reference: row.providerRef ?? row.id, reason: row.failure, failure_code: row.failureCode,
  at: toInstant(row.updatedAt), created_at: toInstant(row.createdAt), updated_at: toInstant(row.updatedAt),
})
