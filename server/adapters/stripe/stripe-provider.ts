/** The Stripe rail: hosted Checkout in payment mode, over the official SDK. */
import type Stripe from 'stripe'
import type {
  CheckoutAttempt, PaymentProvider, PaymentStatus, ProviderPayment, ProviderRefund, RefundRequest, StartedCheckout,
} from '../../domain/payments/ports.ts'
import { PaymentProviderError } from '../../domain/payments/ports.ts'
import { fromStripeAmount, toStripeAmount } from './amount.ts'
import { isStripeError, providerCall } from './errors.ts'
import { parseStripeWebhook } from './webhook.ts'

export type StripeConfig = {
  readonly secretKey: string
  readonly webhookSecrets: readonly string[]
  /** Another address than api.stripe.com: the sandbox, or a test. */
  readonly endpoint?: { readonly host: string; readonly port: number; readonly protocol: 'http' | 'https' }
}

const MINIMUMS = { USD: 50n, EUR: 50n, GBP: 30n, JPY: 50n } as const

async function createClient(config: StripeConfig): Promise<Stripe> {
  const { default: StripeClient } = await import('stripe')
  return new StripeClient(config.secretKey, {
    maxNetworkRetries: 2, timeout: 20_000, telemetry: false,
    ...(config.endpoint === undefined ? {} : config.endpoint),
  })
}

const asObject = <T extends object>(value: string | T | null | undefined): T | null => (typeof value === 'object' && value !== null ? value : null)
const idOf = (value: string | { id: string } | null | undefined): string | null => (typeof value === 'string' ? value : (value?.id ?? null))

function statusOf(session: Stripe.Checkout.Session, intent: Stripe.PaymentIntent | null, charge: Stripe.Charge | null): PaymentStatus {
  if (charge !== null && charge.amount_refunded > 0) return charge.amount_refunded >= charge.amount ? 'refunded' : 'partially_refunded'
  if (session.payment_status === 'paid' || intent?.status === 'succeeded') return 'succeeded'
  if (intent?.status === 'processing') return 'processing'
  if (intent?.status === 'canceled') return session.status === 'expired' ? 'expired' : 'canceled'
  if (session.status === 'expired') return 'expired'
  return session.status === 'complete' ? 'failed' : 'pending'
}

function feeOf(charge: Stripe.Charge | null, currency: string): bigint | null {
  const transaction = asObject(charge?.balance_transaction)
  if (transaction === null || transaction.currency.toUpperCase() !== currency) return null
  return fromStripeAmount(transaction.fee, currency)
}

function toPayment(session: Stripe.Checkout.Session): ProviderPayment {
  const intent = asObject(session.payment_intent)
  const charge = asObject(intent?.latest_charge)
  const currency = (intent?.currency ?? session.currency ?? '').toUpperCase()
  const status = statusOf(session, intent, charge)
  const minor = intent !== null && intent.amount_received > 0 ? intent.amount_received : (session.amount_total ?? 0)
  return {
    providerRef: session.id,
    paymentRef: idOf(session.payment_intent),
    attemptId: session.metadata?.['attempt_id'] ?? session.client_reference_id,
    status,
    amount: { minor: fromStripeAmount(minor, currency), currency },
    refundedMinor: fromStripeAmount(charge?.amount_refunded ?? 0, currency),
    feeMinor: feeOf(charge, currency),
    paidAt: charge?.paid === true ? new Date(charge.created * 1000) : null,
    failure: intent?.last_payment_error?.decline_code ?? intent?.last_payment_error?.code ?? null,
  }
}

function sessionParams(attempt: CheckoutAttempt): Stripe.Checkout.SessionCreateParams {
  const metadata = { attempt_id: attempt.id, invoice_id: attempt.invoiceId }
  const { minor, currency } = attempt.amount
  return {
    mode: 'payment',
    line_items: [{
      quantity: 1,
      price_data: { currency: currency.toLowerCase(), unit_amount: toStripeAmount(minor, currency), product_data: { name: attempt.description } },
    }],
    client_reference_id: attempt.id,
    customer_email: attempt.customerEmail,
    success_url: attempt.successUrl,
    cancel_url: attempt.cancelUrl,
    metadata,
    payment_intent_data: { metadata, description: attempt.description },
    ...(attempt.expiresAt === null ? {} : { expires_at: Math.floor(attempt.expiresAt.getTime() / 1000) }),
  }
}

const EXPAND = ['payment_intent.latest_charge.balance_transaction']

async function startCheckout(client: Stripe, attempt: CheckoutAttempt): Promise<StartedCheckout> {
  const session = await providerCall(() => client.checkout.sessions.create(sessionParams(attempt), { idempotencyKey: attempt.id }))
  if (session.url === null) throw new PaymentProviderError('provider_refused', 'Stripe answered a checkout without an address')
  return { url: session.url, providerRef: session.id }
}

async function findPayment(client: Stripe, providerRef: string): Promise<ProviderPayment | null> {
  try {
    return toPayment(await providerCall(() => client.checkout.sessions.retrieve(providerRef, { expand: EXPAND })))
  } catch (error) {
    if (error instanceof PaymentProviderError && isStripeError(error.cause) && error.cause.statusCode === 404) return null
    throw error
  }
}

async function sendRefund(client: Stripe, { id, payment, amount }: RefundRequest): Promise<ProviderRefund> {
  if (payment.paymentRef === null) throw new PaymentProviderError('provider_refused', 'nothing was paid that could be refunded')
  const params = { payment_intent: payment.paymentRef, amount: toStripeAmount(amount.minor, amount.currency), metadata: { refund_id: id } }
  const refund = await providerCall(() => client.refunds.create(params, { idempotencyKey: id }))
  const status = refund.status === 'succeeded' ? 'succeeded' : refund.status === 'failed' || refund.status === 'canceled' ? 'failed' : 'pending'
  return { providerRefundId: refund.id, status }
}

export function createStripeProvider(config: StripeConfig): PaymentProvider {
  let created: Promise<Stripe> | null = null
  const client = (): Promise<Stripe> => (created ??= createClient(config))
  return {
    name: 'stripe',
    capabilities: { currencies: null, hasEventId: true, sendsFailures: true, minimums: MINIMUMS },
    createCheckout: async (attempt) => startCheckout(await client(), attempt),
    fetchPayment: async (providerRef) => findPayment(await client(), providerRef),
    refund: async (request) => sendRefund(await client(), request),
    parseWebhook: async (rawBody, headers) => parseStripeWebhook(await client(), config, rawBody, headers),
  }
}
