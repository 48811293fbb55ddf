import { z } from 'zod'
import type { PaymentAttempt } from '../payment-wire.ts'
import { INVOICE_KINDS } from '../../../contract/invoice.ts'
import { Money, toMoney } from '../../../contract/money.ts'
import { isMismatch, railName } from '../../../contract/payment-words.ts'
import { Instant, toInstant } from '../../../contract/time.ts'
import { ProviderName, stateOf } from '../payment-wire.ts'
import { findProvider } from '../registry.ts'
import { isPaid, PAYMENT_STATUSES } from '../rules/payment-state.ts'

const WAYS = ['redirect', 'push', 'instructions'] as const

const PayWay = z.object({
  provider: ProviderName, name: z.string(), kind: z.enum(WAYS), saves_methods: z.boolean(),
  minimum: Money.nullable().describe('Set where the sum is too small for this way'),
})

const CheckoutPayment = z.object({
  id: z.string(), provider: ProviderName, name: z.string(), way: z.enum(WAYS), state: z.enum(PAYMENT_STATUSES), amount: Money,
  checkout_url: z.string().nullable().describe('Where the payer goes on, while that is possible'),
  message: z.string().nullable(), instructions: z.array(z.object({ label: z.string(), value: z.string() })),
  failure_code: z.string().nullable(), payment_method_id: z.string().nullable().describe('The stored method it was charged to; never told by a link'),
  created_at: Instant, updated_at: Instant,
})

/** All that a page of payment shows; it says nothing of the customer beyond this one invoice. */
export const Checkout = z.object({
  invoice_id: z.string(), number: z.string(), kind: z.enum(INVOICE_KINDS), status: z.string(),
  issued_at: Instant.nullable(), due_at: Instant.nullable(), paid_at: Instant.nullable(),
  total: Money, amount_due: Money,
  seller: z.object({ name: z.string(), address: z.string().nullable(), tax_id: z.string().nullable(), support_email: z.string().nullable() }),
  buyer: z.object({ name: z.string() }), lines: z.array(z.object({ description: z.string(), amount: Money })),
  ways: z.array(PayWay), payment: CheckoutPayment.nullable().describe('The latest try'),
  receipt: z.object({ payment_id: z.string(), amount: Money, name: z.string(), at: Instant }).nullable().describe('The latest payment that arrived'),
})
export type Checkout = z.infer<typeof Checkout>

export const waysToPay = (rails: readonly string[], amount: bigint, currency: string): z.infer<typeof PayWay>[] => rails.flatMap((provider) => {
  const rail = findProvider(provider)
  if (!rail) return []
  const { checkout, savesMethods, minimums } = rail.capabilities
  const minimum = minimums[currency] ?? 0n
  return [{
    provider: rail.name, name: rail.label, kind: checkout, saves_methods: savesMethods,
    minimum: amount < minimum ? toMoney(minimum, currency) : null,
  }]
})

const Instructions = z.object({ message: z.string().optional(), lines: z.array(z.object({ label: z.string(), value: z.string() })).optional() })
/** Whose phone it was is nobody else's to read: the last three digits tell it to its owner. */
const withoutNumbers = (text: string): string => text.replace(/\+?\d{6,12}(\d{3})(?!\d)/g, '…$1')

const OPEN = new Set(['created', 'pending', 'requires_action'])

export const toCheckoutPayment = (row: PaymentAttempt, byLink: boolean): z.infer<typeof CheckoutPayment> => {
  const rail = findProvider(row.provider)
  const said = Instructions.safeParse(row.instructions).data
  return {
    id: row.id, provider: row.provider, name: rail?.label ?? railName(row.provider), way: rail?.capabilities.checkout ?? 'redirect', state: stateOf(row),
    amount: toMoney(row.amount, row.currency), checkout_url: OPEN.has(row.state) ? row.checkoutUrl : null,
    message: said?.message === undefined ? null : withoutNumbers(said.message), instructions: said?.lines ?? [],
    failure_code: isMismatch(row.failure) ? row.failure : row.failureCode, payment_method_id: byLink ? null : row.methodId,
    created_at: toInstant(row.createdAt), updated_at: toInstant(row.updatedAt),
  }
}

/** The one that matters now: money under way before whatever was begun later. */
export const latestOf = (attempts: readonly PaymentAttempt[]): PaymentAttempt | null => attempts.find((row) => row.state === 'processing') ?? attempts[0] ?? null

export const receiptOf = (attempts: readonly PaymentAttempt[]): Checkout['receipt'] => {
  const paid = attempts.find((row) => isPaid(stateOf(row)))
  if (!paid) return null
  const name = findProvider(paid.provider)?.label ?? railName(paid.provider)
  return { payment_id: paid.id, amount: toMoney(paid.amount, paid.currency), name, at: toInstant(paid.updatedAt) }
}
