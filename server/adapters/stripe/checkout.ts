/** Hosted pages: one that takes a payment and may keep the card, one that only keeps it. */
import type Stripe from 'stripe'
import type { CheckoutAttempt, ProviderSetup, SetupRequest, Split, StartedCheckout } from '../../domain/payments/ports.ts'
import { PaymentProviderError } from '../../domain/payments/ports.ts'
import { toStripeAmount, toStripePart } from './amount.ts'
import { asObject, secondsOf } from './client.ts'
import { orNull, providerCall, stripeCause } from './errors.ts'
import { methodFacts } from './payments.ts'

/** The reseller is whom the invoice names, so the charge is made on their behalf; our part is the application fee. */
export const splitParams = (split: Split | null, currency: string) => (split === null ? {} : {
  transfer_data: { destination: split.account }, on_behalf_of: split.account, application_fee_amount: toStripePart(split.feeMinor, currency),
})

/** A payer Stripe knows is named by id; a new one becomes a customer only if the card is to be kept. */
const payerParams = (customerRef: string | null, email: string, keep: boolean) => {
  if (customerRef !== null) return { customer: customerRef }
  return { customer_email: email, ...(keep ? { customer_creation: 'always' as const } : {}) }
}

function paymentParams(attempt: CheckoutAttempt): Stripe.Checkout.SessionCreateParams {
  const metadata = { attempt_id: attempt.id, invoice_id: attempt.invoiceId }
  const { minor, currency } = attempt.amount
  return {
    mode: 'payment',
    line_items: [{
      quantity: 1,
      price_data: { currency: currency.toLowerCase(), unit_amount: toStripeAmount(minor, currency), product_data: { name: attempt.description } },
    }],
    client_reference_id: attempt.id, success_url: attempt.successUrl, cancel_url: attempt.cancelUrl, metadata,
    ...payerParams(attempt.customerRef, attempt.customerEmail, attempt.saveMethod),
    payment_intent_data: {
      metadata, description: attempt.description, ...(attempt.saveMethod ? { setup_future_usage: 'off_session' as const } : {}), ...splitParams(attempt.split, currency),
    },
    ...(attempt.expiresAt === null ? {} : { expires_at: secondsOf(attempt.expiresAt) }),
  }
}

async function openSession(client: Stripe, params: Stripe.Checkout.SessionCreateParams, key: string): Promise<{ url: string; providerRef: string }> {
  const session = await providerCall(() => client.checkout.sessions.create(params, { idempotencyKey: key }))
  if (session.url === null) throw new PaymentProviderError('provider_refused', 'Stripe answered a checkout without an address')
  return { url: session.url, providerRef: session.id }
}

export const startCheckout = async (client: Stripe, attempt: CheckoutAttempt): Promise<StartedCheckout> =>
  ({ kind: 'redirect', ...await openSession(client, paymentParams(attempt), attempt.id) })

export const startSetup = (client: Stripe, setup: SetupRequest): Promise<{ url: string; providerRef: string }> => {
  const metadata = { setup_id: setup.id }
  return openSession(client, {
    mode: 'setup', currency: setup.currency.toLowerCase(), client_reference_id: setup.id, success_url: setup.successUrl, cancel_url: setup.cancelUrl, metadata,
    ...payerParams(setup.customerRef, setup.customerEmail, true), setup_intent_data: { metadata },
  }, setup.id)
}

function setupStatus(session: Stripe.Checkout.Session, intent: Stripe.SetupIntent | null): ProviderSetup['status'] {
  if (intent?.status === 'succeeded') return 'succeeded'
  return session.status === 'open' ? 'pending' : 'failed'
}

/** By the session, or by the setup intent that an event names. */
export async function findSetup(client: Stripe, ref: string): Promise<ProviderSetup | null> {
  if (ref.startsWith('seti_')) {
    const intent = await orNull(() => client.setupIntents.retrieve(ref, { expand: ['payment_method'] }))
    if (intent === null) return null
    return { status: intent.status === 'succeeded' ? 'succeeded' : 'pending', setupId: intent.metadata?.['setup_id'] ?? null, method: methodFacts(intent.payment_method) }
  }
  const session = await orNull(() => client.checkout.sessions.retrieve(ref, { expand: ['setup_intent.payment_method'] }))
  if (session === null || session.mode !== 'setup') return null
  const intent = asObject(session.setup_intent)
  const status = setupStatus(session, intent)
  return { status, setupId: session.metadata?.['setup_id'] ?? null, method: status === 'succeeded' ? methodFacts(intent?.payment_method ?? null) : null }
}

/** A checkout that is paid, expired or unknown stays what it is. */
export async function cancelCheckout(client: Stripe, ref: string): Promise<void> {
  if (!ref.startsWith('cs_')) return
  try {
    await orNull(() => client.checkout.sessions.expire(ref))
  } catch (error) {
    if (stripeCause(error)?.statusCode !== 400) throw error
  }
}
