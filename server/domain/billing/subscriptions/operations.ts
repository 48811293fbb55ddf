import { z } from 'zod'
import type { OrgContext } from '../../../core/context.ts'
import { DomainError, ruleViolated } from '../../../core/error.ts'
import { etagOf } from '../../../core/etag.ts'
import { defineList } from '../../../core/listing.ts'
import { command, query } from '../../../core/operation.ts'
import { Money } from '../../../contract/money.ts'
import { pageOf } from '../../../contract/page.ts'
import { lockOrganization } from '../../quotas/index.ts'
import { payableFirst } from './due-lines.ts'
import { applyPaidChange, awaitPayment, billChange } from './paid-change.ts'
import { performChange, type Acting } from './perform-change.ts'
import type { PreparedChange } from './prepare-change.ts'
import { Quote } from './quote.ts'
import { PlanInput, preparePause, preparePlanChange, prepareCancel, prepareResume } from './requests.ts'
import { settleSubscriptionsJob } from './settle-due.ts'
import { readState, takeState, type SubscriptionState } from './state.ts'
import { CHANGE_KINDS, CHANGE_STATES, ChangeWire, SubscriptionWire, toChange, toSubscription } from './subscription-wire.ts'
import { takeBackInvoice } from './take-back-invoice.ts'
import { undoOpen } from './undo-change.ts'

const tag = 'Subscription'
const PayFirst = { pay_first: z.boolean().default(false).describe('The change waits until an invoice of its own is paid') }
const Confirmed = { expected_total: z.int().optional().describe('Total of the preview in minor units; refused where it is another by now') }

export const getSubscription = query({
  name: 'subscription.get', summary: 'The organization\'s plan, its period, and what is about to change', scope: 'org', permission: 'billing:read',
  input: z.strictObject({}), output: SubscriptionWire, rest: { method: 'GET', path: '/subscription', tag }, etag: etagOf,
  run: async (ctx) => toSubscription(ctx.db, await readState(ctx.db, ctx.orgId, ctx.now)),
})

const Preview = z.object({
  action: z.enum(CHANGE_KINDS), when: z.enum(['now', 'period_end']), plan_key: z.string().nullable(), plan: z.string().nullable(),
  quantity: z.number().int().nullable(), quote: Quote,
  payable_first: Money.describe('What `pay_first` would ask for, before tax; 0 where nothing is paid in advance'),
  replaces: z.string().nullable().describe('The change that has not happened yet and would be cancelled'),
})

const toPreview = (prepared: PreparedChange): z.input<typeof Preview> => {
  const { kind, when, after, quote, state } = prepared
  const price = after && state.rowOf(after.priceListId)
  return {
    action: kind, when, plan_key: price?.planKey ?? null, plan: price?.name ?? null, quantity: after?.quantity ?? null, quote,
    payable_first: { amount: when === 'now' ? Math.max(0, payableFirst(prepared)) : 0, currency: state.row.currency }, replaces: state.open?.id ?? null,
  }
}

export const previewChange = query({
  name: 'subscription.preview', summary: 'What a change of the subscription would cost, to the minor unit, and from when it counts', scope: 'org',
  permission: 'billing:read',
  input: z.strictObject({ action: z.enum(['plan', 'pause', 'resume', 'cancel']).default('plan'), ...PlanInput }), output: Preview,
  rest: { method: 'POST', path: '/subscription/preview', tag },
  run: async (ctx, { action, ...input }) => {
    const state = await readState(ctx.db, ctx.orgId, ctx.now)
    if (action === 'pause') return toPreview(await preparePause(ctx, state))
    if (action === 'resume') return toPreview(await prepareResume(ctx, state))
    if (action === 'cancel') return toPreview(await prepareCancel(ctx, state, input.when ?? 'period_end'))
    return toPreview(await preparePlanChange(ctx, state, input, true))
  },
})

const actingOf = (ctx: OrgContext): Acting => ({ db: ctx.db, emit: (...event) => ctx.emit(...event), now: ctx.now, requestedBy: ctx.userId })

/** Locks, prepares, checks that the figures are those that were confirmed, and does it. */
const change = async (
  ctx: OrgContext, expected: number | undefined, prepare: (state: SubscriptionState) => Promise<PreparedChange>, perform = performChange,
): Promise<SubscriptionWire> => {
  await lockOrganization(ctx.db, ctx.orgId)
  const prepared = await prepare(await takeState(ctx.db, ctx.orgId, ctx.now))
  if (expected !== undefined && expected !== prepared.quote.total.amount) {
    throw new DomainError('state_conflict', 'The figures are others than those you saw. Look at the preview again.')
  }
  await perform(actingOf(ctx), prepared)
  return toSubscription(ctx.db, await readState(ctx.db, ctx.orgId, ctx.now))
}

export const changePlan = command({
  name: 'subscription.change',
  summary: 'Change plan, quantity or the days periods begin on, now or at the end of the period. It replaces a change that has not happened yet',
  scope: 'org', permission: 'billing:write', input: z.strictObject({ ...PlanInput, ...Confirmed, ...PayFirst }), output: SubscriptionWire,
  rest: { method: 'POST', path: '/subscription/change', tag }, etag: etagOf,
  run: async (ctx, { expected_total: expected, pay_first: payFirst, ...input }) => {
    if (!payFirst) return change(ctx, expected, (state) => preparePlanChange(ctx, state, input))
    if (input.when === 'period_end' || input.anchor) {
      throw ruleViolated('/pay_first', 'only_now', 'Only a change of plan or quantity that counts now can be paid first.')
    }
    return change(ctx, expected, (state) => preparePlanChange(ctx, state, { ...input, when: 'now' }), awaitPayment)
  },
})

export const pauseSubscription = command({
  name: 'subscription.pause', summary: 'Pause the subscription: apps stop, the plan costs nothing until it is resumed', scope: 'org',
  permission: 'billing:write',
  input: z.strictObject(Confirmed), output: SubscriptionWire, rest: { method: 'POST', path: '/subscription/pause', tag }, etag: etagOf,
  run: async (ctx, input) => change(ctx, input.expected_total, (state) => preparePause(ctx, state)),
})

export const resumeSubscription = command({
  name: 'subscription.resume', summary: 'Go on with a paused subscription, or begin again with one that ended', scope: 'org', permission: 'billing:write',
  input: z.strictObject(Confirmed), output: SubscriptionWire, rest: { method: 'POST', path: '/subscription/resume', tag }, etag: etagOf,
  run: async (ctx, input) => change(ctx, input.expected_total, (state) => prepareResume(ctx, state)),
})

export const cancelSubscription = command({
  name: 'subscription.cancel', summary: 'End the subscription at the end of the period, or now: apps stop then', scope: 'org', permission: 'billing:write',
  input: z.strictObject({ when: z.enum(['now', 'period_end']).default('period_end'), ...Confirmed }), output: SubscriptionWire,
  rest: { method: 'POST', path: '/subscription/cancel', tag }, etag: etagOf,
  run: async (ctx, input) => change(ctx, input.expected_total, (state) => prepareCancel(ctx, state, input.when)),
})

export const undoChange = command({
  name: 'subscription.undo', summary: 'Take back a change that is scheduled or waits for its payment', scope: 'org', permission: 'billing:write',
  input: z.strictObject({}), output: SubscriptionWire, rest: { method: 'POST', path: '/subscription/undo', tag }, etag: etagOf,
  run: async (ctx) => {
    await undoOpen(actingOf(ctx), await takeState(ctx.db, ctx.orgId, ctx.now))
    return toSubscription(ctx.db, await readState(ctx.db, ctx.orgId, ctx.now))
  },
})

const changes = defineList({
  name: 'subscription_changes',
  fields: {
    state: { kind: 'enum', values: CHANGE_STATES, column: 'state', filter: true }, kind: { kind: 'enum', values: CHANGE_KINDS, column: 'kind', filter: true },
    requested_at: { kind: 'time', column: 'requestedAt', range: true, sort: true },
    effective_at: { kind: 'time', column: 'effectiveAt', range: true, sort: true },
  },
  sort: '-requested_at',
})

export const listChanges = query({
  name: 'subscription.changes', summary: 'Every change of the subscription, the newest first', scope: 'org', permission: 'billing:read',
  input: z.strictObject(changes.input), output: pageOf(ChangeWire), rest: { method: 'GET', path: '/subscription/changes', tag },
  run: async (ctx, input) => {
    const page = changes.page(ctx, input)
    const include = { priceList: { select: { name: true, planKey: true } } }
    const rows = await ctx.db.subscriptionChange.findMany({ where: page.where, orderBy: page.orderBy, take: page.take, include })
    return page.of(rows, toChange)
  },
})

export const subscriptionOperations = [
  getSubscription, previewChange, changePlan, pauseSubscription, resumeSubscription, cancelSubscription, undoChange, listChanges,
]
export const subscriptionJobs = [settleSubscriptionsJob, billChange, applyPaidChange, takeBackInvoice]
export const subscriptionCrontab = ['* * * * * settle-subscriptions']
