/** Charges of a kept card while nobody is there. */
import type Stripe from 'stripe'
import type { ChargeAttempt, ProviderPayment, SavedMethod } from '../../domain/payments/ports.ts'
import { PaymentProviderError } from '../../domain/payments/ports.ts'
import { toStripeAmount } from './amount.ts'
import { splitParams } from './checkout.ts'
import { providerCall, stripeCause } from './errors.ts'
import { failureOf } from './failure.ts'
import { expandIntent, intentPayment } from './payments.ts'

function chargeParams(attempt: ChargeAttempt, method: SavedMethod, customer: string): Stripe.PaymentIntentCreateParams {
  const { minor, currency } = attempt.amount
  return {
    amount: toStripeAmount(minor, currency), currency: currency.toLowerCase(), customer, payment_method: method.providerMethodRef, off_session: true,
    confirm: true,
    description: attempt.description, metadata: { attempt_id: attempt.id, invoice_id: attempt.invoiceId }, expand: expandIntent(),
    ...splitParams(attempt.split, currency),
  }
}

const refused = (attempt: ChargeAttempt, failure: string, failureCode: ProviderPayment['failureCode']): ProviderPayment => ({
  providerRef: attempt.id, paymentRef: null, attemptId: attempt.id, status: 'failed', amount: attempt.amount, refundedMinor: 0n, feeMinor: null,
  paidAt: null, failure, failureCode,
  method: null,
})

/** The bank's refusal is an answer; so is a card or customer that is gone. Everything else is an error. */
function answerOf(attempt: ChargeAttempt, error: unknown): ProviderPayment {
  const cause = stripeCause(error)
  if (cause?.payment_intent) return intentPayment(cause.payment_intent)
  if (cause?.type === 'StripeCardError') return refused(attempt, cause.decline_code ?? cause.code ?? 'card_declined', failureOf(cause))
  if (cause?.type === 'StripeInvalidRequestError' && (cause.param === 'payment_method' || cause.param === 'customer')) {
    return refused(attempt, cause.code ?? 'payment_method_gone', 'invalid_method')
  }
  throw error
}

export async function chargeSaved(client: Stripe, attempt: ChargeAttempt, method: SavedMethod): Promise<ProviderPayment> {
  const { customerRef } = method
  if (customerRef === null) return refused(attempt, 'payment_method_without_customer', 'invalid_method')
  try {
    return intentPayment(await providerCall(() => client.paymentIntents.create(chargeParams(attempt, method, customerRef), { idempotencyKey: attempt.id })))
  } catch (error) {
    if (error instanceof PaymentProviderError) return answerOf(attempt, error)
    throw error
  }
}

/** Detached already, or never known: either way it cannot be charged again. */
export async function detachMethod(client: Stripe, method: SavedMethod): Promise<void> {
  try {
    await providerCall(() => client.paymentMethods.detach(method.providerMethodRef))
  } catch (error) {
    const status = stripeCause(error)?.statusCode
    if (status !== 400 && status !== 404) throw error
  }
}
