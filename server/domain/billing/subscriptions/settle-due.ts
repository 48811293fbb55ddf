import { z } from 'zod'
import { recordEvent } from '../../../core/event.ts'
import { defineJob } from '../../../core/job.ts'
import { log } from '../../../core/log.ts'
import { runtime } from '../../../core/runtime.ts'
import { lockOrganization } from '../../quotas/index.ts'
import { eventOf, followDue, type Acting } from './perform-change.ts'
import { lockSubscription, readState } from './state.ts'

const ACTOR = { type: 'job', name: 'settle-subscriptions' } as const

const DUE = `SELECT org_id, effective_at AS at FROM subscription_change WHERE state = 'scheduled' AND effective_at <= $1
  UNION SELECT org_id, trial_ends_at FROM subscription WHERE status = 'trialing' AND trial_ends_at <= $1 ORDER BY at, org_id`

const settleOne = (orgId: string, now: Date): Promise<boolean> => runtime().databases.asSystem('job', async (db) => {
  const emit: Acting['emit'] = (type, subject, data) => recordEvent(db, { orgId, type, subject, actor: ACTOR, requestId: null, ...(data ? { data } : {}) })
  await lockOrganization(db, orgId)
  await lockSubscription(db, orgId)
  const state = await readState(db, orgId, now)
  const acting: Acting = { db, emit, now, requestedBy: ACTOR.name }
  const subject = { type: 'subscription', id: orgId }
  const { open, row } = state
  if (open?.state === 'scheduled' && open.effectiveAt <= now) {
    await followDue(acting, state, open.effectiveAt)
    await db.subscriptionChange.update({ where: { id: open.id }, data: { state: 'applied', settledAt: now } })
    await emit(eventOf(open.kind), subject, { change_id: open.id, kind: open.kind })
    return true
  }
  if (row.status !== 'trialing' || !row.trialEndsAt || row.trialEndsAt > now) return false
  await followDue(acting, state, row.trialEndsAt)
  await emit('subscription.trial_ended', subject, { plan: row.planKey })
  return true
})

/** Scheduled changes and ends of trials that are due, each once and each on its own. */
export const settleSubscriptions = async (now: Date): Promise<number> => {
  const { rows } = await runtime().databases.systemPool.query<{ org_id: string }>(DUE, [now])
  let settled = 0
  let failed = 0
  for (const { org_id: orgId } of rows) {
    try {
      if (await settleOne(orgId, now)) settled += 1
    } catch (error) {
      failed += 1
      log.error({ orgId, error: error instanceof Error ? error.stack : String(error) }, 'a change of a subscription failed')
    }
  }
  if (failed > 0 && settled === 0) throw new Error(`${failed} changes of subscriptions failed`)
  return settled
}

/** The next of them in `(after, upTo]`, so that a moved test clock can stop at each. */
export const nextSettlementAt = async (after: Date, upTo: Date): Promise<Date | null> => {
  const { rows } = await runtime().databases.systemPool.query<{ at: Date | null }>(
    `SELECT min(at) AS at FROM (SELECT effective_at AS at FROM subscription_change WHERE state = 'scheduled'
      UNION ALL SELECT trial_ends_at FROM subscription WHERE status = 'trialing') due WHERE at > $1 AND at <= $2`, [after, upTo])
  return rows[0]?.at ?? null
}

export const settleSubscriptionsJob = defineJob({
  name: 'settle-subscriptions', payload: z.unknown(), run: async () => { await settleSubscriptions(runtime().clock.now()) },
})
