import { setTimeout as sleep } from 'node:timers/promises'
import { DomainError, ruleViolated } from '../../core/error.ts'
import { log } from '../../core/log.ts'
import { runtime } from '../../core/runtime.ts'
import { invoiceLinks, type InvoiceRow } from '../billing/index.ts'
import type { PaymentAttempt } from './payment-wire.ts'
import { PaymentProviderError, type CheckoutAttempt, type StartedCheckout } from './ports.ts'
import { provider } from './registry.ts'
import { settleAttempt } from './settle-attempt.ts'

type LoadedAttempt = PaymentAttempt & { invoice: InvoiceRow }

const load = (attemptId: string): Promise<LoadedAttempt> =>
  runtime().databases.asSystem('job', (db) => db.paymentAttempt.findUniqueOrThrow({ where: { id: attemptId }, include: { invoice: true } }))

/** Made from stored facts alone, so that a repeated call carries the same parameters under the same key. */
const checkoutOf = (attempt: LoadedAttempt): Promise<CheckoutAttempt> =>
  runtime().databases.asSystem('job', async (db) => {
    const { invoice } = attempt
    const { url } = await invoiceLinks(db, invoice)
    const org = await db.organization.findUniqueOrThrow({ where: { id: attempt.orgId } })
    return {
      id: attempt.id, invoiceId: invoice.id, amount: { minor: attempt.amount, currency: attempt.currency }, description: `Invoice ${invoice.number ?? invoice.id}`,
      customerEmail: org.billingEmail, successUrl: `${url}?payment=${attempt.id}`, cancelUrl: url, expiresAt: null,
    }
  })

/** Fills in what the provider answered; a state that a webhook moved on already stays. */
const record = async (attemptId: string, started: StartedCheckout): Promise<void> => {
  await runtime().databases.asSystem('job', async (db) => {
    await db.paymentAttempt.update({ where: { id: attemptId }, data: { providerRef: started.providerRef, checkoutUrl: started.url } })
    await db.paymentAttempt.updateMany({ where: { id: attemptId, state: 'created' }, data: { state: 'pending' } })
  })
}

export const failAttempt = async (attemptId: string, reason: string, state: 'failed' | 'expired' = 'failed'): Promise<void> => {
  await runtime().databases.asSystem('job', (db) =>
    db.paymentAttempt.updateMany({ where: { id: attemptId, state: { in: ['created', 'pending'] } }, data: { state, failure: reason } }))
}

/** Asks the provider under the attempt's key and stores its answer. Safe to repeat after a crash anywhere in between. */
export const openCheckout = async (attempt: LoadedAttempt): Promise<StartedCheckout> => {
  const started = await provider(attempt.provider).createCheckout(await checkoutOf(attempt))
  await record(attempt.id, started)
  return started
}

/** A checkout from an earlier visit may be paid or expired by now: ask before sending anybody there. */
const isStillOpen = async (attempt: LoadedAttempt, providerRef: string): Promise<boolean> => {
  const observed = await provider(attempt.provider).fetchPayment(providerRef)
  if (!observed) return true
  await settleAttempt(attempt.id, observed)
  return observed.status === 'pending'
}

const WAIT_FOR_OTHER_CALL_MS = 2_000
const WAIT_STEP_MS = 100

/** The provider knows the attempt: another call of ours is about to store its address, or died before it did. */
const addressOfOtherCall = async (attemptId: string): Promise<string | null> => {
  for (let waited = 0; waited < WAIT_FOR_OTHER_CALL_MS; waited += WAIT_STEP_MS) {
    const { checkoutUrl } = await load(attemptId)
    if (checkoutUrl) return checkoutUrl
    await sleep(WAIT_STEP_MS)
  }
  return null
}

const explain = async (attempt: LoadedAttempt, error: PaymentProviderError): Promise<string> => {
  if (error.code === 'checkout_already_started') {
    const url = await addressOfOtherCall(attempt.id)
    if (url) return url
  }
  log.warn({ payment: attempt.id, provider: attempt.provider, code: error.code, error: error.message }, 'checkout was refused')
  if (error.retryable) throw new DomainError('provider_failed', 'The payment provider did not answer. Try again in a moment.', { cause: error })
  await failAttempt(attempt.id, error.code)
  if (error.code === 'amount_too_small' || error.code === 'currency_unsupported') throw ruleViolated('/provider', error.code, error.message)
  throw new DomainError('provider_failed', 'The payment provider refused the checkout. Try again, or choose another way to pay.', { cause: error })
}

/** Address of the provider's page for an attempt, made at most once per attempt; null when its checkout has ended meanwhile. */
export const startCheckout = async (attemptId: string): Promise<string | null> => {
  const attempt = await load(attemptId)
  if (attempt.checkoutUrl && attempt.providerRef) return (await isStillOpen(attempt, attempt.providerRef)) ? attempt.checkoutUrl : null
  try {
    return (await openCheckout(attempt)).url
  } catch (error) {
    if (error instanceof PaymentProviderError) return explain(attempt, error)
    throw error
  }
}
