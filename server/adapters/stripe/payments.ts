/** What Stripe knows of a payment, in our words: from a checkout session, or from a payment intent alone. */
import type Stripe from 'stripe'
import type { FailureCode, PaymentStatus, ProviderPayment, SavedMethodFacts } from '../../domain/payments/ports.ts'
import { PaymentProviderError } from '../../domain/payments/ports.ts'
import { fromStripeAmount } from './amount.ts'
import { asObject, dateOf, idOf, secondsOf } from './client.ts'
import { orNull, providerCall } from './errors.ts'
import { failureOf } from './failure.ts'

const INTENT_PARTS = ['latest_charge.balance_transaction', 'latest_charge.refunds', 'payment_method'] as const
export const expandIntent = (prefix = ''): string[] => INTENT_PARTS.map((part) => `${prefix}${part}`)

type Money = { readonly intent: Stripe.PaymentIntent; readonly charge: Stripe.Charge | null; readonly currency: string; readonly refunded: number }

/** Refunds that are done; one that waits, or failed later, is not. */
function refundedOf(charge: Stripe.Charge | null): number {
  if (charge === null) return 0
  const { refunds } = charge
  if (!refunds || refunds.has_more) return charge.amount_refunded
  return refunds.data.filter((refund) => refund.status === 'succeeded').reduce((sum, refund) => sum + refund.amount, 0)
}

const moneyOf = (intent: Stripe.PaymentIntent): Money => {
  const charge = asObject(intent.latest_charge)
  return { intent, charge, currency: intent.currency.toUpperCase(), refunded: refundedOf(charge) }
}

function paidStatus({ charge, refunded }: Money): PaymentStatus {
  if (charge === null || refunded === 0) return 'succeeded'
  return refunded >= charge.amount ? 'refunded' : 'partially_refunded'
}

function intentStatus(money: Money): PaymentStatus {
  const { intent } = money
  if (intent.status === 'succeeded') return paidStatus(money)
  if (intent.status === 'processing') return 'processing'
  if (intent.status === 'canceled') return 'canceled'
  if (intent.status === 'requires_action') return 'requires_action'
  if (!intent.last_payment_error) return 'pending'
  return failureOf(intent.last_payment_error) === 'authentication_required' ? 'requires_action' : 'failed'
}

/** While the page is open its payer may try another card; what failed there is not final. */
function sessionStatus(session: Stripe.Checkout.Session, money: Money | null): PaymentStatus {
  if (money?.intent.status === 'succeeded') return paidStatus(money)
  if (session.payment_status === 'paid') return 'succeeded'
  if (money?.intent.status === 'processing') return 'processing'
  if (session.status === 'expired') return 'expired'
  if (money?.intent.status === 'canceled') return 'canceled'
  return session.status === 'complete' ? 'failed' : 'pending'
}

function feeOf({ charge, currency }: Money): bigint | null {
  const transaction = asObject(charge?.balance_transaction)
  return transaction === null || transaction.currency.toUpperCase() !== currency ? null : fromStripeAmount(transaction.fee, currency)
}

/** Only a method that belongs to a customer may be charged again. */
export function methodFacts(value: string | Stripe.PaymentMethod | null): SavedMethodFacts | null {
  const method = asObject(value)
  const customerRef = idOf(method?.customer)
  if (method === null || customerRef === null) return null
  const { card } = method
  return {
    providerMethodRef: method.id, customerRef, kind: card ? 'card' : 'bank', brand: card?.brand ?? method.type, last4: card?.last4 ?? '',
    expMonth: card?.exp_month ?? null,
    expYear: card?.exp_year ?? null, reusable: true, country: card?.country ?? null,
  }
}

type Described = Pick<ProviderPayment, 'paymentRef' | 'refundedMinor' | 'feeMinor' | 'paidAt' | 'failure' | 'failureCode' | 'method'>
const NOTHING: Described = { paymentRef: null, refundedMinor: 0n, feeMinor: null, paidAt: null, failure: null, failureCode: null, method: null }

function describe(money: Money): Described {
  const { intent, charge, currency, refunded } = money
  const error = intent.status === 'succeeded' ? null : intent.last_payment_error
  const code: FailureCode | null = error ? failureOf(error) : null
  return {
    paymentRef: intent.id, refundedMinor: fromStripeAmount(refunded, currency), feeMinor: feeOf(money),
    paidAt: charge?.paid === true ? dateOf(charge.created) : null,
    failure: error?.decline_code ?? error?.code ?? null, failureCode: code, method: methodFacts(intent.payment_method),
  }
}

export function intentPayment(intent: Stripe.PaymentIntent): ProviderPayment {
  const money = moneyOf(intent)
  const amount = intent.amount_received > 0 ? intent.amount_received : intent.amount
  return {
    ...describe(money), providerRef: intent.id, attemptId: intent.metadata['attempt_id'] ?? null, status: intentStatus(money),
    amount: { minor: fromStripeAmount(amount, money.currency), currency: money.currency },
  }
}

function sessionPayment(session: Stripe.Checkout.Session): ProviderPayment {
  const intent = asObject(session.payment_intent)
  const money = intent === null ? null : moneyOf(intent)
  const currency = (intent?.currency ?? session.currency ?? '').toUpperCase()
  const amount = intent !== null && intent.amount_received > 0 ? intent.amount_received : (session.amount_total ?? 0)
  return {
    ...(money === null ? NOTHING : describe(money)), providerRef: session.id, attemptId: session.metadata?.['attempt_id'] ?? session.client_reference_id,
    status: sessionStatus(session, money), amount: { minor: fromStripeAmount(amount, currency), currency },
  }
}

/** Attempts of which only our own id is known: a call whose answer was lost a day ago or more. Found a minute after it was made. */
async function searchByAttempt(client: Stripe, attemptId: string): Promise<ProviderPayment | null> {
  if (!/^[A-Za-z0-9_-]+$/.test(attemptId)) return null
  const query = `metadata['attempt_id']:'${attemptId}'`
  const { data } = await providerCall(() => client.paymentIntents.search({ query, limit: 10, expand: expandIntent('data.') }))
  const best = data.find((intent) => intent.status === 'succeeded') ?? data[0]
  return best === undefined ? null : intentPayment(best)
}

export async function findPayment(client: Stripe, ref: string): Promise<ProviderPayment | null> {
  if (ref.startsWith('cs_')) {
    const session = await orNull(() => client.checkout.sessions.retrieve(ref, { expand: expandIntent('payment_intent.') }))
    return session === null ? null : sessionPayment(session)
  }
  if (!ref.startsWith('pi_')) return searchByAttempt(client, ref)
  const intent = await orNull(() => client.paymentIntents.retrieve(ref, { expand: expandIntent() }))
  return intent === null ? null : intentPayment(intent)
}

const PAGE = 100

export async function listPayments(client: Stripe, since: Date, cursor: string | null): Promise<{ payments: ProviderPayment[]; next: string | null }> {
  const params = { created: { gte: secondsOf(since) }, limit: PAGE, expand: expandIntent('data.'), ...(cursor === null ? {} : { starting_after: cursor }) }
  const page = await providerCall(() => client.paymentIntents.list(params))
  const last = page.data.at(-1)
  if (page.has_more && last === undefined) throw new PaymentProviderError('provider_refused', 'Stripe answered an empty page with more to come')
  return { payments: page.data.filter((intent) => intent.status === 'succeeded').map(intentPayment), next: page.has_more ? (last?.id ?? null) : null }
}
