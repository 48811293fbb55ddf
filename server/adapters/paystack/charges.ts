/** Asking for money: at Paystack's page, or by an authorization the payer left. */
import { z } from 'zod'
import type { ChargeAttempt, CheckoutAttempt, ProviderPayment, SavedMethod, Split, StartedCheckout } from '../../domain/payments/ports.ts'
import { PaymentProviderError } from '../../domain/payments/ports.ts'
import { PAYSTACK_MINIMUMS, toSubunits } from './amount.ts'
import type { PaystackClient } from './client.ts'
import { failureOf } from './failure.ts'
import { findPayment, paystackReference, toPayment, Transaction } from './transactions.ts'

const Initialized = z.object({ authorization_url: z.url(), access_code: z.string(), reference: z.string() })
/** The bank wants its customer on the line. */
const Paused = z.object({ paused: z.literal(true), reference: z.string() })

/** The subaccount gets all but our part, and we bear the fees, as with every payment of ours. */
const splitParams = (split: Split | null, currency: string) =>
  (split === null ? {} : { subaccount: split.account, transaction_charge: toSubunits(split.feeMinor, currency), bearer: 'account' })

function orderOf(attempt: ChargeAttempt) {
  const { minor, currency } = attempt.amount
  const amount = toSubunits(minor, currency)
  const minimum = Object.entries(PAYSTACK_MINIMUMS).find(([code]) => code === currency)?.[1] ?? 0n
  if (minor < minimum) throw new PaymentProviderError('amount_too_small', `Paystack takes no less than ${minimum} minor units of ${currency}`)
  return { amount, currency, reference: paystackReference(attempt.id), ...splitParams(attempt.split, currency) }
}

export async function startCheckout(client: PaystackClient, attempt: CheckoutAttempt): Promise<StartedCheckout> {
  const started = await client.post('/transaction/initialize', {
    ...orderOf(attempt), email: attempt.customerEmail, callback_url: attempt.successUrl,
    metadata: { attempt_id: attempt.id, invoice_id: attempt.invoiceId, cancel_action: attempt.cancelUrl },
  }, Initialized)
  return { kind: 'redirect', url: started.authorization_url, providerRef: started.reference }
}

const unfinished = (attempt: ChargeAttempt, change: Pick<ProviderPayment, 'status' | 'failure' | 'failureCode'>): ProviderPayment => ({
  providerRef: paystackReference(attempt.id), paymentRef: null, attemptId: attempt.id, amount: attempt.amount, refundedMinor: 0n, feeMinor: null,
  paidAt: null, method: null, ...change,
})

const REFUSED_METHOD = /authori[sz]ation/i

/** The reference was used: by the call whose answer we never heard. What came of it is what Paystack knows. */
async function answerOf(client: PaystackClient, attempt: ChargeAttempt, error: PaymentProviderError): Promise<ProviderPayment> {
  if (error.code === 'checkout_already_started') {
    const known = await findPayment(client, attempt.id)
    if (known !== null) return known
  }
  if (error.code === 'provider_refused' && REFUSED_METHOD.test(error.message)) return unfinished(attempt,
    { status: 'failed', failure: error.message, failureCode: 'invalid_method' })
  throw error
}

export async function chargeSaved(client: PaystackClient, attempt: ChargeAttempt, method: SavedMethod): Promise<ProviderPayment> {
  const body = {
    ...orderOf(attempt), email: method.customerRef ?? method.email, authorization_code: method.providerMethodRef,
    metadata: JSON.stringify({ attempt_id: attempt.id, invoice_id: attempt.invoiceId }),
  }
  try {
    const charged = await client.post('/transaction/charge_authorization', body, z.union([Paused, Transaction]))
    if ('paused' in charged) return unfinished(attempt, { status: 'requires_action', failure: 'The bank asks for its customer',
      failureCode: 'authentication_required' })
    const payment = toPayment(charged, [])
    return payment.failureCode === null ? payment : { ...payment, failureCode: failureOf(charged.gateway_response ?? '') }
  } catch (error) {
    if (error instanceof PaymentProviderError) return answerOf(client, attempt, error)
    throw error
  }
}

export async function detachMethod(client: PaystackClient, method: SavedMethod): Promise<void> {
  try {
    await client.post('/customer/authorization/deactivate', { authorization_code: method.providerMethodRef }, z.unknown())
  } catch (error) {
    if (!(error instanceof PaymentProviderError) || error.code !== 'provider_refused') throw error
  }
}
