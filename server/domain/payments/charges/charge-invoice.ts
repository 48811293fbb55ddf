import type { SystemDb } from '../../../core/db.ts'
import { recordEvent } from '../../../core/event.ts'
import { newId } from '../../../core/id.ts'
import { log } from '../../../core/log.ts'
import { runtime } from '../../../core/runtime.ts'
import { outstandingOf } from '../../billing/index.ts'
import type { PaymentMethod } from '../methods/method-state.ts'
import { stateOf, type PaymentAttempt } from '../payment-wire.ts'
import { PaymentProviderError } from '../ports.ts'
import { isUnderWay, leastOf, lockPaying } from '../prepare-attempt.ts'
import { findProvider } from '../registry.ts'
import { isPaid, OPEN_STATUSES } from '../rules/payment-state.ts'
import { failAttempt, retire } from '../start-checkout.ts'
import { settleAttempt } from '../settle-attempt.ts'
import { chargeAttempt } from './charge-attempt.ts'

export const CHARGE_REASONS = ['auto_pay', 'new_method', 'retry', 'customer', 'operator', 'top_up'] as const
export type ChargeReason = (typeof CHARGE_REASONS)[number]

export interface ChargeRequest {
  reason: ChargeReason
  /** The default method unless said. */
  methodId?: string | null
  /** The same cause charges once, however often its job runs. */
  key?: string
}
/** `under_way`: another payment of this invoice is, or the provider's answer is still to come. */
export type ChargeOutcome =
  | { outcome: 'nothing_due' | 'no_method' | 'too_small' | 'charged_before'; paymentId: string | null; failureCode: null }
  | { outcome: 'paid' | 'under_way'; paymentId: string; failureCode: null }
  | { outcome: 'failed' | 'requires_action'; paymentId: string; failureCode: string }

const done = (outcome: 'nothing_due' | 'no_method' | 'too_small' | 'charged_before', paymentId: string | null = null): ChargeOutcome => ({ outcome, paymentId, failureCode: null })

const usableMethod = (db: SystemDb, orgId: string, methodId: string | null): Promise<PaymentMethod | null> =>
  db.paymentMethod.findFirst({ where: { orgId, state: 'active', reusable: true, ...(methodId ? { id: methodId } : { isDefault: true }) } })

/** A checkout somebody left open minutes ago may be paid any moment; an older one counts as left behind. */
const FRESH_MS = 30 * 60_000
const blocks = (row: PaymentAttempt): boolean => {
  if (isUnderWay(row)) return true
  const rail = findProvider(row.provider)
  if (row.kind !== 'checkout' || row.state === 'requires_action' || rail?.capabilities.checkout === 'instructions') return false
  return Date.now() - row.createdAt.getTime() < FRESH_MS
}

/** Decides under the invoice's lock, and writes the attempt before anybody is asked. */
const begin = (invoiceId: string, { reason, methodId = null, key }: ChargeRequest): Promise<ChargeOutcome | PaymentAttempt> =>
  runtime().databases.asSystem('job', async (db) => {
    await lockPaying(db, invoiceId)
    const before = key ? await db.paymentAttempt.findUnique({ where: { key } }) : null
    if (before) return done('charged_before', before.id)
    // What is open before what is owed: a payment that is settled in between is still open in the first look, or paid in the second.
    const open = await db.paymentAttempt.findMany({ where: { invoiceId, state: { in: [...OPEN_STATUSES] } } })
    const invoice = await db.invoice.findUniqueOrThrow({ where: { id: invoiceId } })
    const amount = outstandingOf(invoice)
    if (amount <= 0n || !invoice.number) return done('nothing_due')
    const other = open.find(blocks)
    if (other) return { outcome: 'under_way', paymentId: other.id, failureCode: null }
    const method = await usableMethod(db, invoice.orgId, methodId)
    const rail = method && findProvider(method.provider)
    if (!method || !rail?.chargeSaved || !(rail.capabilities.currencies?.includes(invoice.currency) ?? true)) return done('no_method')
    if (amount < leastOf(rail, invoice.currency)) return done('too_small')
    const attempt = await db.paymentAttempt.create({
      data: {
        id: newId('payment'), orgId: invoice.orgId, invoiceId, kind: 'off_session', provider: method.provider, methodId: method.id, amount, currency: invoice.currency,
        state: 'created', reason, key: key ?? null,
      },
    })
    await recordEvent(db, {
      orgId: invoice.orgId, type: 'payment.started', subject: { type: 'payment', id: attempt.id }, actor: { type: 'job', name: 'charge-invoice' }, requestId: null,
      data: { invoice_id: invoiceId, provider: method.provider, reason },
    })
    return attempt
  })

const retireCheckouts = async (invoiceId: string): Promise<void> => {
  const open = await runtime().databases.asSystem('job', (db) => db.paymentAttempt.findMany({ where: { invoiceId, kind: 'checkout', state: 'pending' } }))
  for (const attempt of open) await retire(attempt)
}

const resultOf = async (paymentId: string): Promise<ChargeOutcome> => {
  const row = await runtime().databases.asSystem('job', (db) => db.paymentAttempt.findUniqueOrThrow({ where: { id: paymentId } }))
  const state = stateOf(row)
  if (isPaid(state)) return { outcome: 'paid', paymentId, failureCode: null }
  if (state === 'requires_action') return { outcome: 'requires_action', paymentId, failureCode: 'authentication_required' }
  if (state === 'failed' || state === 'canceled' || state === 'expired') return { outcome: 'failed', paymentId, failureCode: row.failureCode ?? 'unknown' }
  return { outcome: 'under_way', paymentId, failureCode: null }
}

/**
 * Charges a stored method for what is open on an invoice. Attempt row, then the provider under its key, then the books; a silence of the
 * provider leaves the attempt open, and reconciliation asks again under the same key.
 */
export const chargeInvoice = async (invoiceId: string, request: ChargeRequest): Promise<ChargeOutcome> => {
  await retireCheckouts(invoiceId)
  const begun = await begin(invoiceId, request)
  if ('outcome' in begun) return begun
  try {
    await settleAttempt(begun.id, await chargeAttempt(begun.id))
  } catch (error) {
    if (!(error instanceof PaymentProviderError)) throw error
    log.warn({ payment: begun.id, provider: begun.provider, code: error.code, error: error.message }, 'a charge was refused')
    if (!error.retryable) await failAttempt(begun.id, error.code)
  }
  return resultOf(begun.id)
}
