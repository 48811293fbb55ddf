/** What happens to money of the sandbox Stripe after it was received: refunds, disputes, payouts. */
import { testCard } from './stripe-cards.ts'
import type { BalanceTransactionObject, DisputeObject, RefundObject } from './stripe-money-objects.ts'
import { newBalanceTransaction, newDispute, newPayout, newRefund, reinstatement, withdrawal } from './stripe-money-objects.ts'
import type { ChargeObject, Metadata } from './stripe-objects.ts'
import { takeBackShare } from './stripe-shares.ts'
import type { StripeWorld } from './stripe-world.ts'

async function book(world: StripeWorld, transaction: BalanceTransactionObject): Promise<BalanceTransactionObject> {
  await world.balanceTransactions.put(transaction.id, transaction)
  return transaction
}

/** How a refund of this charge goes: by the card's number, or by the knob. */
async function courseOf(world: StripeWorld, charge: ChargeObject): Promise<{ later: 'succeeded' | 'failed' | null; status: 'succeeded' | 'pending' }> {
  const method = charge.payment_method === null ? null : await world.methods.get(charge.payment_method)
  const course = method === null ? undefined : testCard(method.sandbox_card).refund
  if (course === 'fails_later') return { later: 'failed', status: 'succeeded' }
  if (course === 'succeeds_later' || world.knobs().refunds === 'later') return { later: 'succeeded', status: 'pending' }
  return { later: null, status: 'succeeded' }
}

type Refunding = { readonly amount: number | undefined; readonly metadata: Metadata; readonly reverses: boolean; readonly refundsFee: boolean }

export async function refundCharge(world: StripeWorld, chargeId: string, { amount, metadata, reverses, refundsFee }: Refunding): Promise<RefundObject | 'too_much' | 'disputed' | 'not_shared' | 'no_fee' | null> {
  const charge = await world.charges.get(chargeId)
  if (charge === null) return null
  if (charge.disputed) return 'disputed'
  if (reverses && charge['transfer'] === undefined) return 'not_shared'
  if (refundsFee && charge['application_fee'] === null) return 'no_fee'
  const left = charge.amount - charge.amount_refunded
  const wanted = amount ?? left
  if (wanted > left || wanted <= 0) return 'too_much'
  const { later, status } = await courseOf(world, charge)
  const made = newRefund(charge, wanted, metadata, world.nowSeconds(), later, status)
  const transaction = await book(world, newBalanceTransaction({ amount: -wanted, fee: 0, currency: charge.currency, source: made.id, type: 'refund', now: world.nowSeconds() }))
  const refund: RefundObject = { ...made, balance_transaction: transaction.id, sandbox_reverses: reverses }
  const refunded = charge.amount_refunded + wanted
  const updated: ChargeObject = { ...charge, amount_refunded: refunded, refunded: refunded === charge.amount }
  await world.refunds.put(refund.id, refund)
  await world.charges.put(charge.id, updated)
  await takeBackShare(world, charge, { refunded, reverses, refundsFee })
  await world.record([['refund.created', refund], ['charge.refunded', updated]])
  return refund
}

async function endRefund(world: StripeWorld, refund: RefundObject, outcome: 'succeeded' | 'failed'): Promise<void> {
  const { sandbox_ends: _ends, ...rest } = refund
  const charge = await world.charges.get(refund.charge)
  if (outcome === 'succeeded' || charge === null) {
    const done = { ...rest, status: 'succeeded' } as const
    await world.refunds.put(done.id, done)
    return world.record([['refund.updated', done]])
  }
  const back = await book(world, newBalanceTransaction({ amount: refund.amount, fee: 0, currency: refund.currency, source: refund.id, type: 'refund_failure', now: world.nowSeconds() }))
  const failed = { ...rest, status: 'failed', failure_reason: 'expired_or_canceled_card', failure_balance_transaction: back.id } as unknown as RefundObject
  await world.refunds.put(failed.id, failed)
  await world.charges.put(charge.id, { ...charge, amount_refunded: charge.amount_refunded - refund.amount, refunded: false })
  return world.record([['refund.failed', failed], ['charge.refund.updated', failed]])
}

/** Ends what is under way; a card made to fail later fails whatever is asked. */
export async function settleRefunds(world: StripeWorld, outcome: 'succeeded' | 'failed'): Promise<number> {
  const waiting = (await world.refunds.list()).filter((refund) => refund.sandbox_ends !== undefined)
  for (const refund of waiting) await endRefund(world, refund, refund.sandbox_ends === 'failed' ? 'failed' : outcome)
  return waiting.length
}

const chargeOf = async (world: StripeWorld, ref: string): Promise<ChargeObject | null> => {
  const session = await world.sessions.get(ref)
  const intent = await world.intents.get(session?.payment_intent ?? ref)
  return world.charges.get(intent?.latest_charge ?? ref)
}

export async function openDispute(world: StripeWorld, ref: string, reason = 'fraudulent'): Promise<string | null> {
  const charge = await chargeOf(world, ref)
  if (charge === null || charge.disputed) return null
  const dispute = newDispute(charge, reason, world.nowSeconds())
  const taken = await book(world, withdrawal(dispute, world.nowSeconds()))
  const opened: DisputeObject = { ...dispute, balance_transactions: [taken] }
  await world.charges.put(charge.id, { ...charge, disputed: true })
  await world.disputes.put(opened.id, opened)
  await world.record([['charge.dispute.created', opened], ['charge.dispute.funds_withdrawn', opened]])
  return opened.id
}

export async function closeDispute(world: StripeWorld, id: string, outcome: 'won' | 'lost'): Promise<boolean> {
  const dispute = await world.disputes.get(id)
  if (dispute === null || dispute.status === 'won' || dispute.status === 'lost') return false
  const back = outcome === 'won' ? [await book(world, reinstatement(dispute, world.nowSeconds()))] : []
  const closed: DisputeObject = { ...dispute, status: outcome, balance_transactions: [...dispute.balance_transactions, ...back] }
  await world.disputes.put(id, closed)
  await world.record([['charge.dispute.closed', closed], ...(outcome === 'won' ? [['charge.dispute.funds_reinstated', closed] as const] : [])])
  return true
}

/** Evidence is final once submitted, as at the real bank. */
export async function answerDispute(world: StripeWorld, id: string, evidence: Readonly<Record<string, string>>, submit: boolean): Promise<DisputeObject | 'closed' | null> {
  const dispute = await world.disputes.get(id)
  if (dispute === null) return null
  if (dispute.status !== 'needs_response') return 'closed'
  const answered: DisputeObject = {
    ...dispute, evidence: { ...dispute.evidence, ...evidence }, status: submit ? 'under_review' : dispute.status,
    evidence_details: { ...dispute.evidence_details, has_evidence: true, submission_count: dispute.evidence_details.submission_count + (submit ? 1 : 0) },
  }
  await world.disputes.put(id, answered)
  await world.record([['charge.dispute.updated', answered]])
  return answered
}

/** One payout per currency of all that was not paid out yet; a balance below zero waits. */
export async function makePayouts(world: StripeWorld): Promise<readonly string[]> {
  const open = (await world.balanceTransactions.list()).filter((transaction) => transaction.sandbox_payout === null)
  const made: string[] = []
  for (const [currency, transactions] of Map.groupBy(open, (transaction) => transaction.currency)) {
    const sum = transactions.reduce((total, transaction) => total + transaction.net, 0)
    if (sum <= 0) continue
    const payout = newPayout(sum, currency, world.nowSeconds())
    await world.payouts.put(payout.id, payout)
    for (const transaction of transactions) await world.balanceTransactions.put(transaction.id, { ...transaction, sandbox_payout: payout.id })
    await world.record([['payout.paid', payout], ['payout.reconciliation_completed', payout]])
    made.push(payout.id)
  }
  return made
}
