/** What becomes of money after it was received: refunds, disputes, payouts. */
import type Stripe from 'stripe'
import type { ProviderDispute, ProviderPayout, ProviderRefund, RefundRequest } from '../../domain/payments/ports.ts'
import { PaymentProviderError } from '../../domain/payments/ports.ts'
import { fromStripeAmount, toStripeAmount } from './amount.ts'
import { asObject, dateOf, idOf, secondsOf } from './client.ts'
import { orNull, providerCall } from './errors.ts'

const REFUND_STATUS: Readonly<Record<string, ProviderRefund['status']>> = { succeeded: 'succeeded', failed: 'failed', canceled: 'failed' }
const toRefund = (refund: Stripe.Refund): ProviderRefund =>
  ({ providerRefundId: refund.id, status: REFUND_STATUS[refund.status ?? ''] ?? 'pending', failure: refund.failure_reason ?? null })

/** What was shared is taken back in proportion from who has it. */
async function shareParams(client: Stripe, intentId: string): Promise<{ reverse_transfer?: true; refund_application_fee?: true }> {
  const intent = await providerCall(() => client.paymentIntents.retrieve(intentId))
  if (!intent.transfer_data) return {}
  return { reverse_transfer: true, ...(intent.application_fee_amount ? { refund_application_fee: true as const } : {}) }
}

export async function sendRefund(client: Stripe, { id, payment, amount }: RefundRequest): Promise<ProviderRefund> {
  const intentId = payment.paymentRef ?? (payment.providerRef.startsWith('pi_') ? payment.providerRef : null)
  if (intentId === null) throw new PaymentProviderError('provider_refused', 'nothing was paid that could be refunded')
  const params = { payment_intent: intentId, amount: toStripeAmount(amount.minor, amount.currency), metadata: { refund_id: id },
    ...await shareParams(client, intentId) }
  return toRefund(await providerCall(() => client.refunds.create(params, { idempotencyKey: id })))
}

export async function findRefund(client: Stripe, request: RefundRequest & { providerRefundId: string | null }): Promise<ProviderRefund | null> {
  const { providerRefundId: known, payment } = request
  if (known !== null) {
    const refund = await orNull(() => client.refunds.retrieve(known))
    return refund === null ? null : toRefund(refund)
  }
  const intentId = payment.paymentRef ?? payment.providerRef
  const { data } = await providerCall(() => client.refunds.list({ payment_intent: intentId, limit: 100 }))
  const made = data.find((refund) => refund.metadata?.['refund_id'] === request.id)
  return made === undefined ? null : toRefund(made)
}

const DISPUTE_STATUS: Readonly<Record<string, ProviderDispute['status']>> = {
  needs_response: 'needs_response', warning_needs_response: 'needs_response', under_review: 'under_review', warning_under_review: 'under_review',
  won: 'won', warning_closed: 'won', prevented: 'won', lost: 'lost',
}

function toDispute(dispute: Stripe.Dispute): ProviderDispute {
  const currency = dispute.currency.toUpperCase()
  const fee = dispute.balance_transactions.filter((row) => row.currency === dispute.currency).reduce((sum, row) => sum + row.fee, 0)
  return {
    disputeRef: dispute.id, providerRef: null, paymentRef: idOf(dispute.payment_intent),
    attemptId: asObject(dispute.payment_intent)?.metadata['attempt_id'] ?? null,
    amount: { minor: fromStripeAmount(dispute.amount, currency), currency }, feeMinor: fromStripeAmount(Math.max(0, fee), currency), reason: dispute.reason,
    status: DISPUTE_STATUS[dispute.status] ?? 'under_review', dueBy: dispute.evidence_details.due_by === null ? null : dateOf(dispute.evidence_details.due_by),
  }
}

const EXPAND_DISPUTE = ['payment_intent']

export async function findDispute(client: Stripe, ref: string): Promise<ProviderDispute | null> {
  const dispute = await orNull(() => client.disputes.retrieve(ref, { expand: EXPAND_DISPUTE }))
  return dispute === null ? null : toDispute(dispute)
}

/** Final once sent: Stripe passes it to the bank. */
export const submitEvidence = async (client: Stripe, ref: string, text: string): Promise<void> => {
  await providerCall(() => client.disputes.update(ref, { evidence: { uncategorized_text: text }, submit: true }))
}

const all = async <T>(list: AsyncIterable<T>): Promise<T[]> => {
  const rows: T[] = []
  for await (const row of list) rows.push(row)
  return rows
}

export async function listDisputes(client: Stripe, since: Date): Promise<ProviderDispute[]> {
  const params = { created: { gte: secondsOf(since) }, limit: 100, expand: EXPAND_DISPUTE.map((part) => `data.${part}`) }
  return (await providerCall(() => all(client.disputes.list(params)))).map(toDispute)
}

/** The payment a row of a payout came from; rows of refunds and disputes have none. */
const paymentOf = (row: Stripe.BalanceTransaction): string | null => {
  const source = asObject(row.source)
  return source !== null && source.object === 'charge' ? idOf(source.payment_intent) : null
}

async function toPayout(client: Stripe, payout: Stripe.Payout): Promise<ProviderPayout> {
  const rows = (await providerCall(() => all(client.balanceTransactions.list({ payout: payout.id, limit: 100,
    expand: ['data.source'] })))).filter((row) => row.type !== 'payout')
  const currency = payout.currency.toUpperCase()
  return {
    id: payout.id, amount: fromStripeAmount(payout.amount, currency), currency, arrivedAt: dateOf(payout.arrival_date),
    feeMinor: fromStripeAmount(rows.reduce((sum, row) => sum + row.fee, 0), currency), paymentRefs: rows.flatMap((row) => paymentOf(row) ?? []),
  }
}

export async function listPayouts(client: Stripe, since: Date): Promise<ProviderPayout[]> {
  const payouts = await providerCall(() => all(client.payouts.list({ created: { gte: secondsOf(since) }, limit: 100 })))
  const paid: ProviderPayout[] = []
  for (const payout of payouts.filter(({ status }) => status === 'paid')) paid.push(await toPayout(client, payout))
  return paid
}
