import { newId } from '../../core/id.ts'
import { runtime } from '../../core/runtime.ts'
import {
  cancelSubscription, changePlan, grantCredits, pauseSubscription, redeemCoupon, resumeSubscription, undoChange,
} from '../../domain/billing/index.ts'
import { ingestUsageEvents } from '../../domain/metering/index.ts'
import { settleAttempt } from '../../domain/payments/settle-attempt.ts'
import type { Caller } from '../actors.ts'
import type { Chance } from './random.ts'
import { COUPONS, METER, PLANS } from './seller.ts'

export interface Customer { orgId: string; owner: Caller }
export interface Moment { now: Date; chance: Chance; staff: Caller }
type Deed = (customer: Customer, moment: Moment) => Promise<unknown>

const HOUR_MS = 3_600_000
const DAY_MS = 24 * HOUR_MS
const WHEN = ['now', 'period_end'] as const

/** An instance ran for some hours until now. */
const run: Deed = async ({ orgId }, { now, chance }) => {
  const startedAt = new Date(now.getTime() - (1 + chance.whole(60)) * HOUR_MS / 4)
  await runtime().databases.systemPool.query({
    name: 'year-run', text: `INSERT INTO allocation_segment (id, org_id, app_id, instance_id, start_id, vcpu, memory_mib, started_at, ended_at)
      VALUES ($1, $2, 'app_test', $3, $4, $5, $6, $7, $8)`,
    values: [newId('segment'), orgId, newId('instance'), newId('segment'), 1 + chance.whole(4), 256 * (1 + chance.whole(8)), startedAt, now],
  })
}

/** Calls of the last month, some of a period that is closed already, some told twice. */
const call: Deed = async ({ orgId, owner }, { now, chance }) => {
  const events = Array.from({ length: 1 + chance.whole(4) }, (_, n) => ({
    id: `${now.toISOString()} ${n}`, source: 'year', type: METER, time: new Date(now.getTime() - chance.whole(chance.next() < 0.1 ? 34 * 24 : 20) * HOUR_MS).toISOString(),
    data: { value: `${chance.whole(900)}.${chance.whole(1000)}` },
  }))
  await owner.call(ingestUsageEvents, { organization_id: orgId, events: [...events, ...(chance.next() < 0.3 ? events : [])] })
}

const change: Deed = ({ orgId, owner }, { chance }) => owner.call(changePlan, {
  organization_id: orgId, plan_key: chance.pick(PLANS), quantity: 1 + chance.whole(5), when: chance.pick(WHEN),
})
const pause: Deed = ({ orgId, owner }) => owner.call(pauseSubscription, { organization_id: orgId })
const resume: Deed = ({ orgId, owner }) => owner.call(resumeSubscription, { organization_id: orgId })
const undo: Deed = ({ orgId, owner }) => owner.call(undoChange, { organization_id: orgId })
const cancel: Deed = ({ orgId, owner }, { chance }) => owner.call(cancelSubscription, { organization_id: orgId, when: chance.pick(WHEN) })
const redeem: Deed = ({ orgId, owner }, { chance }) => owner.call(redeemCoupon, { organization_id: orgId, code: chance.pick(COUPONS) })

const grant: Deed = ({ orgId }, { now, chance, staff }) => staff.call(grantCredits, {
  organization_id: orgId, amount: String(1 + chance.whole(5000)), reason: 'A good year', priority: chance.whole(3),
  ...(chance.next() < 0.5 ? { expires_on: new Date(now.getTime() + (2 + chance.whole(60)) * DAY_MS).toISOString().slice(0, 10) } : {}),
})

/** The oldest open invoice is paid by a rail: exactly, in part, or with something to spare. */
const pay: Deed = async ({ orgId }, { now, chance }) => {
  const attempt = await runtime().databases.asSystem('job', async (db) => {
    const invoice = await db.invoice.findFirst({ where: { orgId, state: { in: ['finalised', 'partially_paid'] }, kind: { not: 'pro_forma' } }, orderBy: [{ issuedAt: 'asc' }, { total: 'asc' }] })
    if (!invoice) return null
    const due = invoice.total - invoice.amountPaid - invoice.amountCredited
    const amount = chance.pick([due, due, due, due / 2n + 1n, due + 7n])
    return db.paymentAttempt.create({ data: { id: newId('payment'), orgId, invoiceId: invoice.id, provider: 'stripe', amount, currency: invoice.currency, state: 'pending' } })
  })
  if (!attempt) return
  const { amount, currency, id } = attempt
  await settleAttempt(id, {
    providerRef: id, paymentRef: null, attemptId: id, status: 'succeeded', amount: { minor: amount, currency }, refundedMinor: 0n, feeMinor: amount / 50n, paidAt: now, failure: null,
    failureCode: null, method: null,
  })
}

/** How often a customer does what, out of the sum of all. */
const DEEDS: readonly (readonly [weight: number, name: string, deed: Deed])[] = [
  [30, 'run', run], [25, 'call', call], [20, 'pay', pay], [8, 'change', change], [4, 'redeem', redeem], [4, 'grant', grant], [3, 'undo', undo],
  [2, 'pause', pause], [3, 'resume', resume], [1, 'cancel', cancel],
]
const ALL = DEEDS.reduce((sum, [weight]) => sum + weight, 0)

export const chooseDeed = (chance: Chance): { name: string; deed: Deed } => {
  let left = chance.whole(ALL)
  for (const [weight, name, deed] of DEEDS) {
    if (left < weight) return { name, deed }
    left -= weight
  }
  throw new Error('the weights do not add up')
}
