import { z } from 'zod'
import { ruleViolated } from '../../../core/error.ts'
import { recordEvent } from '../../../core/event.ts'
import { newId } from '../../../core/id.ts'
import { defineJob, enqueue } from '../../../core/job.ts'
import { runtime } from '../../../core/runtime.ts'
import { lockOrganization } from '../../quotas/index.ts'
import { issueSale } from '../invoices/issue-sale.ts'
import { addInvoiceItem } from '../items/add-invoice-item.ts'
import { dueLines, dueOf, payableFirst } from './due-lines.ts'
import { carryOut, closeOpenChange, type Acting } from './perform-change.ts'
import { prepareChange, presentTerms, type PreparedChange } from './prepare-change.ts'
import { takeState, withPlan } from './state.ts'

const ACTOR = { type: 'job', name: 'paid-change' } as const

/** An invoice of its own for a change that is to be paid before it happens. */
export const billChange = defineJob({
  name: 'bill-change', payload: z.object({ change_id: z.string() }),
  run: ({ change_id: id }) => runtime().databases.asSystem('job', async (db) => {
    await db.$queryRaw`SELECT 1 FROM subscription_change WHERE id = ${id} FOR UPDATE`
    const change = await db.subscriptionChange.findFirst({ where: { id, state: 'awaiting_payment', invoiceId: null } })
    if (!change) return
    const lines = dueOf(change).map(({ description, amount, from, to }, index) => ({
      kind: 'proration', source: `change:${id}:${index}`, description, quantity: '1', unit: '', unitAmount: null, amount: BigInt(amount), product: 'plan',
      periodStart: from, periodEnd: to,
    }))
    const invoice = await issueSale(db, { orgId: change.orgId, kind: 'one_off', lines, now: runtime().clock.now(), actor: ACTOR })
    await db.subscriptionChange.update({ where: { id }, data: { invoiceId: invoice.id } })
    if (invoice.state === 'paid') await enqueue(db, applyPaidChange, { subject_id: invoice.id, org_id: change.orgId })
  }),
})

/** Nothing of the change happens until its invoice is paid. */
export const awaitPayment = async (acting: Acting, prepared: PreparedChange): Promise<void> => {
  const { db, emit, now, requestedBy } = acting
  const { kind, after, quote, effectiveAt, state: { row, open } } = prepared
  if (payableFirst(prepared) <= 0) {
    throw ruleViolated('/pay_first', 'nothing_to_pay', 'Nothing is to be paid before this change. Leave pay_first out.')
  }
  await closeOpenChange(acting, open)
  const change = await db.subscriptionChange.create({
    data: {
      id: newId('subscriptionChange'), orgId: row.orgId, kind, state: 'awaiting_payment', timing: 'now', priceListId: after?.priceListId ?? null,
      quantity: after?.quantity ?? null,
      effectiveAt, quote: { ...quote, due: dueLines(prepared) }, requestedBy, requestedAt: now,
    },
  })
  await enqueue(db, billChange, { change_id: change.id })
  await db.subscription.update({ where: { orgId: row.orgId }, data: { version: { increment: 1 } } })
  const data = { change_id: change.id, kind, awaits_payment: true, total: quote.total.amount }
  await emit('subscription.change_scheduled', { type: 'subscription', id: row.orgId }, data)
}

/** The change happens on the day it is paid, at that day's figures; what was paid for it comes off them. */
export const applyPaidChange = defineJob({
  name: 'apply-paid-change', payload: z.object({ subject_id: z.string(), org_id: z.string().nullable() }),
  run: ({ subject_id: invoiceId }) => runtime().databases.asSystem('job', async (db) => {
    const found = await db.subscriptionChange.findFirst({ where: { invoiceId, state: 'awaiting_payment' } })
    if (!found?.priceListId) return
    const now = runtime().clock.now()
    const { orgId, priceListId } = found
    await lockOrganization(db, orgId)
    const state = await takeState(db, orgId, now)
    const { open } = state
    if (open?.id !== found.id) return
    const acting: Acting = {
      db, now, requestedBy: ACTOR.name,
      emit: (type, subject, data) => recordEvent(db, { orgId, type, subject, actor: ACTOR, requestId: null, ...(data ? { data } : {}) }),
    }
    // One that was paused or ended meanwhile stays so; the money counts for the next invoice.
    if (state.row.status === 'paused' || state.row.status === 'cancelled') return closeOpenChange(acting, open)
    const known = withPlan(state, await db.priceList.findUniqueOrThrow({ where: { id: priceListId } }))
    const before = presentTerms(known)
    const after = { ...before, priceListId, quantity: found.quantity ?? before.quantity }
    const prepared = await prepareChange(db, known, { kind: 'plan', when: 'now', now, after })
    await db.subscriptionChange.update({ where: { id: found.id }, data: { state: 'applied', settledAt: now, effectiveAt: now } })
    await carryOut(acting, prepared, found.id)
    await addInvoiceItem(db, {
      orgId, currency: state.row.currency, kind: 'proration', description: 'Paid before the change',
      amount: -dueOf(found).reduce((sum, line) => sum + BigInt(line.amount), 0n),
      product: 'plan', key: `change:${found.id}:paid`,
    })
  }),
})
