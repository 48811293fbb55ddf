import { z } from 'zod'
import type { CompositeOperation } from '../../core/composite.ts'
import { DomainError, notFound, ruleViolated } from '../../core/error.ts'
import { call, command } from '../../core/operation.ts'
import { runtime } from '../../core/runtime.ts'
import { chargeInvoice, type ChargeOutcome } from './charges/charge-invoice.ts'
import { createPaymentAttempt } from './create-payment-attempt.ts'
import { stateOf, type PaymentAttempt } from './payment-wire.ts'
import { payable, WayToPay } from './prepare-attempt.ts'
import { startCheckout } from './start-checkout.ts'
import { PAYMENT_STATUSES } from './rules/payment-state.ts'

const InvoiceId = z.string().max(60)
const Input = z.strictObject({
  invoice_id: InvoiceId, ...WayToPay, provider: WayToPay.provider.optional(),
  payment_method_id: z.string().max(60).optional().describe('Charge this stored method now, instead of a checkout at a provider'),
})

/** What the payer does next: go to `checkout_url`, do as `message` says, or transfer as `instructions` say. None of them: it is done. */
export const StartedPayment = z.object({
  payment_id: z.string(), state: z.enum(PAYMENT_STATUSES), checkout_url: z.string().nullable(), message: z.string().nullable(),
  instructions: z.array(z.object({ label: z.string(), value: z.string() })),
})
type StartedPayment = z.infer<typeof StartedPayment>
const Said = z.object({ message: z.string().optional(), lines: z.array(z.object({ label: z.string(), value: z.string() })).optional() })

export const toStartedPayment = (row: PaymentAttempt): StartedPayment => {
  const said = Said.safeParse(row.instructions).data
  return { payment_id: row.id, state: stateOf(row), checkout_url: row.checkoutUrl, message: said?.message ?? null, instructions: said?.lines ?? [] }
}

/** Runs `create` again where the attempt it gave has ended at the provider meanwhile: once, then something is wrong there. */
export const beginPayment = async (create: (again: boolean) => Promise<{ payment_id: string }>): Promise<StartedPayment> => {
  const first = await startCheckout((await create(false)).payment_id)
  if (first) return toStartedPayment(first)
  const second = await startCheckout((await create(true)).payment_id)
  if (!second) throw new DomainError('provider_failed', 'The checkout ended at once. Try again in a moment.')
  return toStartedPayment(second)
}

const Charge = z.strictObject({ invoice_id: InvoiceId, payment_method_id: z.string().max(60) })

/** Authorises a charge of a stored method, and finds invoice and method; the charge itself is no part of a transaction. */
const authoriseCharge = command({
  name: 'payments.authorise_charge',
  summary: 'Check that a stored method may be charged for an invoice',
  scope: 'org',
  permission: 'billing:pay',
  quiet: 'the charge tells by payment.started',
  input: Charge,
  output: Charge,
  run: async ({ db }, { invoice_id: id, payment_method_id: methodId }) => {
    const invoice = await db.invoice.findFirst({ where: { id, number: { not: null } } })
    if (!invoice) throw notFound('invoice')
    payable(invoice)
    const method = await db.paymentMethod.findFirst({ where: { id: methodId, state: { not: 'detached' } } })
    if (!method) throw notFound('payment method')
    if (method.state === 'broken') throw ruleViolated('/payment_method_id', 'method_broken', 'The bank refuses this card or account. Add another one.')
    return { invoice_id: id, payment_method_id: methodId }
  },
})

const REFUSALS: Partial<Record<ChargeOutcome['outcome'], string>> = {
  nothing_due: 'This invoice is paid already.', under_way: 'A payment of this invoice is under way. Wait for its result before you pay again.',
  charged_before: 'This was charged already.',
}

const charge = async (invoiceId: string, methodId: string, key: string | null): Promise<StartedPayment> => {
  const charged = await chargeInvoice(invoiceId, { reason: 'customer', methodId, ...(key ? { key: `customer:${invoiceId}:${key}` } : {}) })
  const { outcome, paymentId } = charged
  if (outcome === 'no_method') throw ruleViolated('/payment_method_id', 'not_usable', 'This method cannot be charged for this invoice. Choose another way to pay.')
  if (outcome === 'too_small') throw ruleViolated('/payment_method_id', 'amount_too_small', 'The sum is below what this provider takes. It is added to your next invoice, or pay it another way.')
  const refusal = REFUSALS[outcome]
  const row = paymentId ? await runtime().databases.asSystem('job', (db) => db.paymentAttempt.findUniqueOrThrow({ where: { id: paymentId } })) : null
  if (!row || (refusal !== undefined && row.methodId !== methodId)) throw new DomainError('state_conflict', refusal ?? 'There is nothing to pay.')
  return toStartedPayment(row)
}

/** Attempt row, then the provider under its key, then the answer: three steps, none of them inside another's transaction. */
export const payInvoice: CompositeOperation<typeof Input, typeof StartedPayment> = {
  kind: 'composite',
  keepsAnswer: true,
  name: 'invoices.pay',
  summary: 'Pay an invoice: send the customer to checkout_url, or show message or instructions; with payment_method_id the stored method is charged at once',
  scope: 'org',
  permission: 'billing:pay',
  input: Input,
  output: StartedPayment,
  rest: { method: 'POST', path: '/invoices/{invoice_id}/pay', tag: 'Billing', keyed: true },
  handle: async (meta, raw) => {
    if ((raw as { payment_method_id?: unknown } | null)?.payment_method_id === undefined) {
      return beginPayment((again) => call(createPaymentAttempt, again ? { ...meta, idempotencyKey: null } : meta, raw))
    }
    const { invoice_id: invoiceId, payment_method_id: methodId } = await call(authoriseCharge, { ...meta, idempotencyKey: null }, raw)
    return charge(invoiceId, methodId, meta.idempotencyKey)
  },
}
export const payingOperations = [createPaymentAttempt, authoriseCharge]
