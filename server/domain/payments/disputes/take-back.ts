import { z } from 'zod'
import { recordEvent } from '../../../core/event.ts'
import { defineJob } from '../../../core/job.ts'
import { runtime } from '../../../core/runtime.ts'
import { toWireAmount } from '../../../contract/money.ts'
import { takeBackCredit } from '../../billing/index.ts'

/** A dispute was lost: credit that its payment bought, or left over, is no longer the customer's, as far as it is not spent. */
export const takeBackDisputed = defineJob({
  name: 'take-back-disputed-credit',
  payload: z.object({ subject_id: z.string() }),
  run: ({ subject_id: id }) => runtime().databases.asSystem('job', async (db) => {
    const dispute = await db.dispute.findUnique({ where: { id }, include: { attempt: { include: { invoice: true } } } })
    if (dispute?.state !== 'lost') return
    const { attempt: { id: attemptId, invoice }, orgId, currency, provider } = dispute
    const bought = invoice.kind === 'credit_purchase' ? [`credit_purchase:${invoice.id}`] : []
    const taken = await takeBackCredit(db, { disputeId: id, keys: [...bought, `payment:${attemptId}`], most: dispute.amount, at: runtime().clock.now() })
    // Paid and lost within moments: its credit is still on its way, and this is tried again.
    if (taken === null && bought.length > 0 && invoice.state === 'paid') throw new Error(`the credit of ${invoice.id} is not there yet`)
    if (!taken) return
    await recordEvent(db, {
      orgId, type: 'credit.revoked', subject: { type: 'dispute', id }, actor: { type: 'provider', provider }, requestId: null,
      data: { amount: toWireAmount(taken), currency, reason: 'The payment it came from was disputed and lost' },
    })
  }),
})
