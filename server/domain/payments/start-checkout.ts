import { setTimeout as sleep } from 'node:timers/promises'
import type { Prisma } from '../../../prisma/generated/client.ts'
import { DomainError, ruleViolated } from '../../core/error.ts'
import { log } from '../../core/log.ts'
import { runtime } from '../../core/runtime.ts'
import { invoiceLinks, type InvoiceRow } from '../billing/index.ts'
import type { PaymentAttempt } from './payment-wire.ts'
import { PaymentProviderError, type CheckoutAttempt, type StartedCheckout } from './ports.ts'
import { findProvider, provider } from './registry.ts'
import { settleAttempt } from './settle-attempt.ts'
import { splitOf } from './accounts/split-of.ts'

type LoadedAttempt = PaymentAttempt & { invoice: InvoiceRow }

const load = (attemptId: string): Promise<LoadedAttempt> =>
  runtime().databases.asSystem('job', (db) => db.paymentAttempt.findUniqueOrThrow({ where: { id: attemptId }, include: { invoice: true } }))

/** Made from stored facts alone, so that a repeated call carries the same parameters under the same key. */
const checkoutOf = (attempt: LoadedAttempt): Promise<CheckoutAttempt> =>
  runtime().databases.asSystem('job', async (db) => {
    const { invoice, phone, saveMethod, returnUrl } = attempt
    const url = returnUrl ?? (await invoiceLinks(db, invoice)).url
    const org = await db.organization.findUniqueOrThrow({ where: { id: attempt.orgId } })
    return {
      id: attempt.id, invoiceId: invoice.id, amount: { minor: attempt.amount, currency: attempt.currency }, description: `Invoice ${invoice.number ?? invoice.id}`,
      customerEmail: org.billingEmail, successUrl: `${url}?payment=${attempt.id}`, cancelUrl: url, expiresAt: null,
      phone, saveMethod, customerRef: null, split: splitOf(attempt),
    }
  })

const shown = (started: StartedCheckout): { checkoutUrl?: string; instructions?: Prisma.InputJsonObject } => {
  if (started.kind === 'redirect') return { checkoutUrl: started.url }
  return { instructions: started.kind === 'push' ? { message: started.message } : { lines: started.lines.map(({ label, value }) => ({ label, value })) } }
}

/** Fills in what the provider answered; a state that a webhook moved on already stays. */
const record = async (attemptId: string, started: StartedCheckout): Promise<void> => {
  await runtime().databases.asSystem('job', async (db) => {
    await db.paymentAttempt.update({ where: { id: attemptId }, data: { providerRef: started.providerRef, ...shown(started) } })
    await db.paymentAttempt.updateMany({ where: { id: attemptId, state: 'created' }, data: { state: 'pending' } })
  })
}

export const failAttempt = async (attemptId: string, reason: string, state: 'failed' | 'expired' | 'canceled' = 'failed'): Promise<void> => {
  await runtime().databases.asSystem('job', (db) =>
    db.paymentAttempt.updateMany({ where: { id: attemptId, state: { in: ['created', 'pending', 'requires_action'] } }, data: { state, failure: reason } }))
}

/** Asks the provider under the attempt's key and stores its answer. Safe to repeat after a crash anywhere in between. */
export const openCheckout = async (attemptId: string): Promise<StartedCheckout> => {
  const attempt = await load(attemptId)
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

/** The provider knows the attempt: another call of ours is about to store its answer, or died before it did. */
const answerOfOtherCall = async (attemptId: string): Promise<boolean> => {
  for (let waited = 0; waited < WAIT_FOR_OTHER_CALL_MS; waited += WAIT_STEP_MS) {
    if ((await load(attemptId)).providerRef) return true
    await sleep(WAIT_STEP_MS)
  }
  return false
}

/** False: its checkout is at the provider, but its address was lost with whoever asked for it. Nobody can pay it; another one is opened. */
const explain = async (attempt: LoadedAttempt, error: PaymentProviderError): Promise<boolean> => {
  if (error.code === 'checkout_already_started') {
    if (await answerOfOtherCall(attempt.id)) return true
    await failAttempt(attempt.id, error.code)
    if (attempt.phone === null) return false
    throw new DomainError('state_conflict', 'Another request is waiting on that phone. Answer or cancel it there, then try again.')
  }
  log.warn({ payment: attempt.id, provider: attempt.provider, code: error.code, error: error.message }, 'checkout was refused')
  if (error.retryable) throw new DomainError('provider_failed', 'The payment provider did not answer. Try again in a moment.', { cause: error })
  await failAttempt(attempt.id, error.code)
  if (error.code === 'amount_too_small' || error.code === 'currency_unsupported') throw ruleViolated('/provider', error.code, error.message)
  throw new DomainError('provider_failed', 'The payment provider refused the checkout. Try again, or choose another way to pay.', { cause: error })
}

/** Checkouts of the same invoice that were opened elsewhere are taken back, so that two tabs cannot both be paid. */
const retireOthers = async (attempt: LoadedAttempt): Promise<void> => {
  const others = await runtime().databases.asSystem('job', (db) => db.paymentAttempt.findMany({
    where: { invoiceId: attempt.invoiceId, kind: 'checkout', state: 'pending', id: { not: attempt.id }, providerRef: { not: null } },
  }))
  for (const other of others) await retire(other)
}

/** What the provider says of it afterwards counts: it may have been paid in this very moment. */
export const retire = async (attempt: PaymentAttempt): Promise<void> => {
  const rail = findProvider(attempt.provider)
  if (!rail?.cancelCheckout || !attempt.providerRef) return
  try {
    await rail.cancelCheckout(attempt.providerRef)
    const observed = await rail.fetchPayment(attempt.providerRef)
    if (observed) await settleAttempt(attempt.id, observed)
  } catch (error) {
    log.warn({ payment: attempt.id, error: String(error) }, 'an older checkout could not be taken back')
  }
}

/** Each call of a rail that pushes makes a phone ring: whoever moves the attempt on makes the one call there ever is for it. */
const mayAsk = async (attempt: LoadedAttempt): Promise<boolean> => {
  if (findProvider(attempt.provider)?.capabilities.checkout !== 'push') return true
  const { count } = await runtime().databases.asSystem('job', (db) =>
    db.paymentAttempt.updateMany({ where: { id: attempt.id, state: 'created' }, data: { state: 'pending' } }))
  return count === 1
}

/** Begins the payment at the provider, at most once per attempt; null when it has ended there meanwhile. */
export const startCheckout = async (attemptId: string): Promise<PaymentAttempt | null> => {
  const attempt = await load(attemptId)
  if (attempt.providerRef) return (await isStillOpen(attempt, attempt.providerRef)) ? attempt : null
  await retireOthers(attempt)
  const { invoice } = await load(attemptId)
  if (invoice.state === 'paid') {
    await failAttempt(attemptId, 'invoice_paid', 'canceled')
    throw new DomainError('state_conflict', 'This invoice is paid already.')
  }
  try {
    if (await mayAsk(attempt)) await openCheckout(attemptId)
    else await answerOfOtherCall(attemptId)
  } catch (error) {
    if (!(error instanceof PaymentProviderError)) throw error
    if (!(await explain(attempt, error))) return null
  }
  return load(attemptId)
}
