import { z } from 'zod'
import type { CompositeOperation } from '../../core/composite.ts'
import { DomainError } from '../../core/error.ts'
import { call } from '../../core/operation.ts'
import { createPaymentAttempt } from './create-payment-attempt.ts'
import { ProviderName } from './payment-wire.ts'
import { startCheckout } from './start-checkout.ts'

const Input = z.strictObject({ invoice_id: z.string().max(60), provider: ProviderName })
const Output = z.object({ checkout_url: z.string(), payment_id: z.string() })

/** Attempt row, then the provider under its key, then the answer: three steps, none of them inside another's transaction. */
export const payInvoice: CompositeOperation<typeof Input, typeof Output> = {
  kind: 'composite',
  name: 'invoices.pay',
  summary: 'Start a hosted checkout for an invoice; send the customer to checkout_url',
  scope: 'org',
  permission: 'billing:pay',
  input: Input,
  output: Output,
  rest: { method: 'POST', path: '/invoices/{invoice_id}/pay', tag: 'Billing', keyed: true },
  handle: async (meta, raw) => {
    const first = await call(createPaymentAttempt, meta, raw)
    const url = await startCheckout(first.payment_id)
    if (url) return { payment_id: first.payment_id, checkout_url: url }
    const second = await call(createPaymentAttempt, { ...meta, idempotencyKey: null }, raw)
    const fresh = await startCheckout(second.payment_id)
    if (!fresh) throw new DomainError('provider_failed', 'The checkout ended at once. Try again in a moment.')
    return { payment_id: second.payment_id, checkout_url: fresh }
  },
}
