import type { Prisma } from '../../../../prisma/generated/client.ts'
import type { BaseContext } from '../../../core/context.ts'
import type { SystemDb, TenantDb } from '../../../core/db.ts'
import { newId } from '../../../core/id.ts'
import { enqueue } from '../../../core/job.ts'
import { haltApp } from '../../apps/index.ts'
import { phaseAt, type Phase } from '../rules/recurring.ts'
import { localDateOf, startOfLocalDate } from '../rules/period.ts'
import { periodColumns, periodOf } from '../subscription.ts'
import { addDueCharges } from './due-charges.ts'
import { takeBackInvoice } from './take-back-invoice.ts'
import { addChangeItems, type PreparedChange } from './prepare-change.ts'
import type { ChangeRow, SubscriptionState } from './state.ts'
import { writePhases } from './write-phases.ts'

/** An operation, or a job that acts for one organization. */
export interface Acting { db: SystemDb | TenantDb; emit: BaseContext['emit']; now: Date; requestedBy: string }

const EVENT_OF = {
  plan: 'subscription.changed', pause: 'subscription.paused', resume: 'subscription.resumed', cancel: 'subscription.cancelled',
  migration: 'subscription.migrated',
} as const
export const eventOf = (kind: string): string => EVENT_OF[kind as keyof typeof EVENT_OF]

const subject = (orgId: string) => ({ type: 'subscription', id: orgId })

/** What nobody pays for does not run. */
export const haltApps = async ({ db, emit }: Pick<Acting, 'db' | 'emit'>, orgId: string): Promise<void> => {
  const running = await db.$queryRaw<{ id: string }[]>`
    SELECT id FROM app WHERE org_id = ${orgId} AND desired = 'running' AND deleted_at IS NULL ORDER BY id FOR UPDATE`
  for (const { id } of running) await haltApp({ db, emit }, id)
}

/** The row says in short what the phases say of one day. */
const columnsOf = ({ rowOf }: Pick<SubscriptionState, 'rowOf'>, phase: Phase | undefined, endedAt: Date): Prisma.SubscriptionUncheckedUpdateInput => {
  if (!phase) return { status: 'cancelled', endedAt }
  return {
    priceListId: phase.priceListId, planKey: rowOf(phase.priceListId).planKey, quantity: phase.quantity, anchorMode: phase.anchor.mode,
    anchorDate: phase.anchor.date,
    status: phase.paused ? 'paused' : phase.trial ? 'trialing' : 'active', endedAt: null,
  }
}

/** Takes over what applies on a day. The caller holds the row. */
export const followPhases = async (
  acting: Pick<Acting, 'db' | 'emit'>, state: Pick<SubscriptionState, 'row' | 'rowOf'>, phase: Phase | undefined, at: Date,
): Promise<void> => {
  const { orgId } = state.row
  await acting.db.subscription.update({ where: { orgId }, data: { ...columnsOf(state, phase, at), cancelAt: null, version: { increment: 1 } } })
  if (!phase || phase.paused) await haltApps(acting, orgId)
}

export const closeOpenChange = async ({ db, emit, now }: Acting, open: ChangeRow | null): Promise<void> => {
  if (!open) return
  await db.subscriptionChange.update({ where: { orgId_id: { orgId: open.orgId, id: open.id } }, data: { state: 'cancelled', settledAt: now } })
  if (open.state === 'awaiting_payment') await enqueue(db, takeBackInvoice, { change_id: open.id })
  await emit('subscription.change_cancelled', subject(open.orgId), { change_id: open.id, kind: open.kind })
}

const applyNow = async (acting: Acting, { state, planned, after, trialEnd, now }: PreparedChange): Promise<void> => {
  const { row, org } = state
  const phase = after ? phaseAt(planned.phases, planned.from) : undefined
  await followPhases(acting, state, phase, now)
  const trial = phase?.trial && !row.trialEndsAt && trialEnd ? { trialEndsAt: startOfLocalDate(trialEnd, org.timezone) } : {}
  // The period keeps the instant it began at: usage is measured from there.
  const period = { ...periodColumns(periodOf(planned.period, org.timezone)), periodStart: row.periodStart }
  await acting.db.subscription.update({ where: { orgId: row.orgId }, data: { ...period, ...trial } })
}

/** Writes a prepared change, in the transaction that locked its subscription. */
export const performChange = async (acting: Acting, prepared: PreparedChange): Promise<void> => {
  const { db, now, requestedBy } = acting
  const { kind, when, after, quote, effectiveAt, state: { row, open } } = prepared
  await closeOpenChange(acting, open)
  const change = await db.subscriptionChange.create({
    data: {
      id: newId('subscriptionChange'), orgId: row.orgId, kind, state: when === 'now' ? 'applied' : 'scheduled', timing: when,
      priceListId: after?.priceListId ?? null,
      quantity: after?.quantity ?? null, effectiveAt, quote, requestedBy, requestedAt: now, settledAt: when === 'now' ? now : null,
    },
  })
  await carryOut(acting, prepared, change.id)
}

/** The change itself, once its row is written. */
export const carryOut = async (acting: Acting, prepared: PreparedChange, changeId: string): Promise<void> => {
  const { db, emit } = acting
  const { kind, when, after, quote, effectiveAt, planned, state: { row } } = prepared
  await addChangeItems(db, changeId, prepared)
  await writePhases(db, row.orgId, planned.phases)
  if (when === 'now') await applyNow(acting, prepared)
  else await db.subscription.update({ where: { orgId: row.orgId }, data: { cancelAt: after === null ? effectiveAt : null, version: { increment: 1 } } })
  const data = { change_id: changeId, kind, effective_at: quote.effective_at, total: quote.total.amount }
  await emit(when === 'now' ? eventOf(kind) : 'subscription.change_scheduled', subject(row.orgId), data)
}

/** A scheduled change comes to pass, or a trial ends: the phases have said so all along. */
export const followDue = async (acting: Acting, state: SubscriptionState, at: Date): Promise<void> => {
  const date = localDateOf(at, state.org.timezone)
  const phase = phaseAt(state.phases, date)
  const { orgId, trialEndsAt } = state.row
  await followPhases(acting, state, phase, at)
  if (phase?.trial && phase.to && !trialEndsAt) {
    await acting.db.subscription.update({ where: { orgId }, data: { trialEndsAt: startOfLocalDate(phase.to, state.org.timezone) } })
  }
  if (phase) await addDueCharges(acting.db, orgId, date)
}
