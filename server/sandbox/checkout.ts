import { z } from 'zod'
import type { CompositeOperation } from '../core/composite.ts'
import { DomainError, fromZod, notFound, ruleViolated } from '../core/error.ts'
import { runtime } from '../core/runtime.ts'
import { Money, toMoney } from '../contract/money.ts'
import { findProvider } from '../domain/payments/index.ts'
import type { PaymentStatus } from '../domain/payments/ports.ts'
import type { CheckoutView } from './providers/checkout-view.ts'
import type { Payer } from './providers/fake-provider.ts'
import { PROVIDER_NAMES } from './providers/object-store.ts'
import { sandboxProviders } from './start-sandbox.ts'

const Provider = z.enum(PROVIDER_NAMES)
const SessionId = z.string().regex(/^[A-Za-z0-9_.=-]{1,120}$/)
const Input = z.strictObject({ provider: Provider, session_id: SessionId })

const STATUSES = ['open', 'challenge', 'paid', 'saved', 'pending', 'declined', 'expired'] as const
const Checkout = z.object({
  id: z.string(), provider: Provider, provider_label: z.string(), status: z.enum(STATUSES), payable: z.boolean(), message: z.string().nullable(),
  setup: z.boolean().describe('Nothing is paid: the card is only kept'), cards: z.array(z.object({ number: z.string(), label: z.string() })),
  amount: Money, amount_text: z.string(), description: z.string(), customer_email: z.string(), merchant: z.string(),
})
type Checkout = z.infer<typeof Checkout>

const STATUS_OF: Readonly<Record<string, Checkout['status']>> = {
  succeeded: 'paid', partially_refunded: 'paid', refunded: 'paid', processing: 'pending', failed: 'declined', expired: 'expired', canceled: 'expired',
}

const statusOf = (view: CheckoutView, payment: PaymentStatus): Checkout['status'] => {
  if (view.state === 'challenge') return 'challenge'
  if (view.setup === true) return view.state === 'open' ? 'open' : 'saved'
  return STATUS_OF[payment] ?? 'open'
}

/** Seen as the provider sees it; who sells and what for comes from the attempt that opened the checkout. */
const readCheckout = async ({ provider, session_id: id }: z.output<typeof Input>): Promise<Checkout> => {
  const view = await sandboxProviders().checkoutView(provider, id)
  const rail = findProvider(provider)
  const payment = await rail?.fetchPayment(id)
  if (!view || !rail) throw notFound('checkout')
  const { asked, ...seller } = await runtime().databases.asSystem('webhook-intake', async (db) => {
    const attempt = await db.paymentAttempt.findFirst({ where: { provider, OR: [{ providerRef: id }, { id: payment?.attemptId ?? '' }] }, include: { invoice: true } })
    const brand = attempt ? await db.brand.findUnique({ where: { id: attempt.invoice.brandId } }) : null
    const asked = attempt ? { minor: attempt.amount, currency: attempt.currency } : null
    return { asked, merchant: brand?.legalName ?? '', description: attempt ? `Invoice ${attempt.invoice.number ?? attempt.invoice.id}` : view.description }
  })
  // Some providers know nothing of a checkout until somebody tries to pay it.
  const amount = payment?.amount ?? asked
  if (!amount) throw notFound('checkout')
  return {
    id, provider, provider_label: rail.label, status: statusOf(view, payment?.status ?? 'pending'), payable: view.state === 'open', message: view.message, setup: view.setup ?? false,
    cards: [...view.cards ?? []], amount: toMoney(amount.minor, amount.currency), amount_text: view.amountText, customer_email: view.email ?? '', ...seller,
  }
}

const decoded = <I extends z.ZodType>(schema: I, raw: unknown): z.output<I> => {
  const parsed = schema.safeParse(raw)
  if (!parsed.success) throw fromZod(parsed.error)
  return parsed.data
}

/** Anybody with the address may see and pay it, as at a real provider. */
export const getSandboxCheckout: CompositeOperation<typeof Input, typeof Checkout> = {
  kind: 'composite',
  name: 'sandbox.get_checkout',
  summary: 'A checkout of the sandbox providers',
  scope: 'public',
  input: Input,
  output: Checkout,
  rest: { method: 'GET', path: '/test/checkouts/{provider}/{session_id}', tag: 'Sandbox' },
  handle: (_meta, raw) => readCheckout(decoded(Input, raw)),
}

const CompleteInput = Input.extend({
  outcome: z.enum(['success', 'decline', 'async']).optional(),
  card: z.string().regex(/^[0-9 ]{1,23}$/, 'A card number.').optional().describe('A test card the provider documents; for M-Pesa a result code, as 2001 for a wrong PIN'),
  authentication: z.enum(['pass', 'fail']).optional().describe('The payer\'s answer to 3-D Secure'),
})
const Completed = z.object({ status: z.enum(STATUSES), return_url: z.string().nullable() })

/** An answer to 3-D Secure without a card is about the card that waits for one. */
const payerOf = async ({ provider, session_id: id, outcome, card, authentication }: z.output<typeof CompleteInput>): Promise<Payer> => {
  if (outcome !== undefined && card === undefined && authentication === undefined) return outcome
  const number = card ?? (await sandboxProviders().checkoutView(provider, id))?.challengedCard ?? null
  if (number === null) throw ruleViolated('/card', 'required', 'Name an outcome, or a card.')
  return { card: number, ...(authentication === undefined ? {} : { authentication }) }
}

export const completeSandboxCheckout: CompositeOperation<typeof CompleteInput, typeof Completed> = {
  kind: 'composite',
  name: 'sandbox.complete_checkout',
  summary: 'Pay a sandbox checkout, decline it, or pay it by a slow transfer',
  scope: 'public',
  input: CompleteInput,
  output: Completed,
  rest: { method: 'POST', path: '/test/checkouts/{provider}/{session_id}/complete', tag: 'Sandbox' },
  handle: async (_meta, raw) => {
    const input = decoded(CompleteInput, raw)
    const checkout = { provider: input.provider, session_id: input.session_id }
    const result = await sandboxProviders().completeCheckout(checkout.provider, checkout.session_id, await payerOf(input))
    if (!result.ok && result.reason === 'not_found') throw notFound('checkout')
    if (!result.ok) throw new DomainError('state_conflict', 'This checkout is closed.')
    return { status: (await readCheckout(checkout)).status, return_url: result.redirectUrl }
  },
}

const SettleInput = Input.extend({ outcome: z.enum(['success', 'failure']) })

export const settleSandboxTransfer: CompositeOperation<typeof SettleInput, typeof Completed> = {
  kind: 'composite',
  name: 'sandbox.settle_transfer',
  summary: 'Let a slow sandbox transfer arrive or fail',
  scope: 'public',
  input: SettleInput,
  output: Completed,
  rest: { method: 'POST', path: '/test/checkouts/{provider}/{session_id}/settle', tag: 'Sandbox' },
  handle: async (_meta, raw) => {
    const { outcome, ...checkout } = decoded(SettleInput, raw)
    const result = await sandboxProviders().settleAsync(checkout.provider, checkout.session_id, outcome)
    if (!result.ok) throw result.reason === 'not_found' ? notFound('checkout') : new DomainError('state_conflict', 'No transfer is under way.')
    return { status: (await readCheckout(checkout)).status, return_url: result.redirectUrl }
  },
}
