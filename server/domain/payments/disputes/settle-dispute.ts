import type { Dispute } from '../../../../prisma/generated/client.ts'
import { newId } from '../../../core/id.ts'
import { log } from '../../../core/log.ts'
import { runtime } from '../../../core/runtime.ts'
import { toWireAmount } from '../../../contract/money.ts'
import { disputeLost, disputeOpened, disputeWon, postTransaction, providerFee } from '../../billing/index.ts'
import { platformSeller } from '../accounts/platform-seller.ts'
import { attemptOf } from '../find-attempt.ts'
import type { ProviderDispute } from '../ports.ts'
import { lockAttempt } from '../lock-attempts.ts'
import { tell, type Settling } from '../settling.ts'

export type { Dispute }
export const DISPUTE_STATES = ['needs_response', 'under_review', 'won', 'lost'] as const
export type DisputeState = (typeof DISPUTE_STATES)[number]

const isDecided = (state: string): boolean => state === 'won' || state === 'lost'

/** Forward only, whatever order news arrives in; a decision is final. */
export const nextDisputeState = (current: string | null, observed: DisputeState): DisputeState => {
  const known = DISPUTE_STATES.find((state) => state === current)
  if (!known) return observed
  if (isDecided(known)) return known
  return DISPUTE_STATES.indexOf(observed) > DISPUTE_STATES.indexOf(known) ? observed : known
}

type Booking = Pick<Settling, 'db' | 'attempt' | 'invoice' | 'now'>

/** What the provider holds back leaves what is on its way to us; the decision moves it on. Of a shared payment it is the platform's, whole. */
const book = async ({ db, attempt, invoice, now }: Booking, dispute: Dispute): Promise<void> => {
  const seller = attempt.splitFee === null ? { brandId: invoice.brandId, entityId: invoice.entityId } : await platformSeller(db)
  const where = { ...seller, orgId: attempt.orgId, at: now }
  const sum = { id: dispute.id, provider: dispute.provider, currency: dispute.currency, amount: dispute.amount }
  await postTransaction(db, where, disputeOpened(sum))
  if (dispute.fee > 0n) await postTransaction(db, where, providerFee({ ...sum, amount: dispute.fee }))
  if (dispute.state === 'won') await postTransaction(db, where, disputeWon(sum))
  if (dispute.state === 'lost') await postTransaction(db, where, disputeLost(sum))
}

/** Applies what the provider says of a dispute. Null where it is about no payment of ours. */
export const settleDispute = (provider: string, observed: ProviderDispute): Promise<DisputeState | null> =>
  runtime().databases.asSystem('job', async (db) => {
    const found = await attemptOf(db, provider, observed)
    if (!found) return null
    const { attempt, invoice } = await lockAttempt(db, found.id)
    if (observed.amount.currency !== attempt.currency || observed.amount.minor <= 0n) {
      log.error({ payment: attempt.id, dispute: observed.disputeRef, currency: observed.amount.currency }, 'a dispute is not about what was paid')
      return null
    }
    const before = await db.dispute.findUnique({ where: { provider_providerDisputeId: { provider, providerDisputeId: observed.disputeRef } } })
    const state = nextDisputeState(before?.state ?? null, observed.status)
    if (before && before.state !== observed.status && isDecided(before.state)) log.warn({ dispute: before.id, now: observed.status }, 'a decided dispute changed at the provider')
    const now = runtime().clock.now()
    const data = { state, dueBy: observed.dueBy, fee: observed.feeMinor, closedAt: isDecided(state) ? before?.closedAt ?? now : null }
    const dispute = before
      ? await db.dispute.update({ where: { id: before.id }, data })
      : await db.dispute.create({
        data: {
          ...data, id: newId('dispute'), orgId: attempt.orgId, attemptId: attempt.id, provider, providerDisputeId: observed.disputeRef,
          amount: observed.amount.minor, currency: observed.amount.currency, reason: observed.reason,
        },
      })
    await book({ db, attempt, invoice, now }, dispute)
    await tellOf({ db, attempt }, before, dispute)
    return state
  })

const tellOf = async (settling: Pick<Settling, 'db' | 'attempt'>, before: Dispute | null, dispute: Dispute): Promise<void> => {
  const subject = { type: 'dispute', id: dispute.id }
  const data = { payment_id: dispute.attemptId, amount: toWireAmount(dispute.amount), currency: dispute.currency, reason: dispute.reason }
  if (!before) await tell(settling, 'dispute.opened', subject, data)
  if (isDecided(dispute.state) && before?.state !== dispute.state) await tell(settling, 'dispute.closed', subject, { ...data, outcome: dispute.state })
}
