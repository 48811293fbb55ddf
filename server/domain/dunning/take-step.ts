import { newId } from '../../core/id.ts'
import { enqueue } from '../../core/job.ts'
import { retireApp } from '../apps/index.ts'
import { endSubscription } from '../billing/index.ts'
import type { Acting } from './acting.ts'
import { chargeAgain, type Charge } from './charge.ts'
import { exportOrganization } from './export.ts'
import type { Account } from './facts.ts'
import { mailNotice, mailReminder } from './mails.ts'
import type { Step } from './plan.ts'
import { stepAt } from './step-at.ts'
import { recover, suspend } from './suspension.ts'

/** The row first: whoever wrote it takes the step, everybody else finds it taken. */
const claim = async ({ db, orgId, now }: Acting, step: Step): Promise<string | null> => {
  const id = newId('dunningStep')
  const outcome = step.skip ? 'skipped' : step.kind === 'retry' ? 'started' : 'done'
  const { count } = await db.dunningStep.createMany({
    data: { id, orgId, invoiceId: step.invoiceId, key: step.key, kind: step.kind, plannedAt: step.at, doneAt: now, outcome }, skipDuplicates: true,
  })
  return count === 0 ? null : id
}

const remind = async (acting: Acting, account: Account, step: Step): Promise<void> => {
  const row = await acting.db.invoice.findUniqueOrThrow({ where: { id: step.invoiceId ?? '' } })
  await mailReminder(acting.db, account, row, step.days ?? 0)
  await acting.emit('invoice.reminded', { type: 'invoice', id: row.id }, { days: step.days, number: row.number })
}

const tellOverdue = async ({ db, emit }: Acting, step: Step): Promise<void> => {
  const row = await db.invoice.findUniqueOrThrow({ where: { id: step.invoiceId ?? '' }, select: { id: true, number: true } })
  await emit('invoice.overdue', { type: 'invoice', id: row.id }, { number: row.number })
}

const suspendFor = async (acting: Acting, account: Account, step: Step): Promise<void> => {
  await suspend(acting, step.invoiceId ?? '')
  const on = stepAt(acting.now, account.policy.retentionDays, account.policy.hour, account.facts.timezone)
  await mailNotice(acting.db, account, 'suspended', { key: step.key, on })
}

/** Apps and secrets go, the export of what there was stays; invoices, ledger and people stay too. */
const terminate = async (acting: Acting, account: Account, step: Step): Promise<void> => {
  const { db, orgId, now, emit } = acting
  const kept = await exportOrganization(db, orgId, now)
  for (const app of await db.app.findMany({ where: { orgId, deletedAt: null }, select: { id: true, name: true } })) await retireApp(acting, app)
  await endSubscription(db, orgId, now)
  await db.organization.update({ where: { id: orgId }, data: { standing: 'terminated' } })
  await db.dunningCase.update({ where: { orgId }, data: { terminatedAt: now, stoppedAppIds: [], export: { ...kept } } })
  await emit('organization.terminated', { type: 'organization', id: orgId }, { apps: kept.apps.length })
  await mailNotice(db, account, 'terminated', { key: step.key, on: null })
}

const lastNotice = (acting: Acting, account: Account, step: Step): Promise<void> => {
  const { policy, facts } = account
  return mailNotice(acting.db, account, 'last_notice', { key: step.key, on: stepAt(acting.now, policy.lastNoticeDays, policy.hour, facts.timezone) })
}

const comeBack = async (acting: Acting, account: Account, step: Step): Promise<void> => {
  const { invoices, now } = account.facts
  await recover(acting, invoices.some(({ dueAt }) => dueAt <= now) ? 'past_due' : 'good', 'settled')
  await mailNotice(acting.db, account, 'recovered', { key: step.key, on: null })
}

/** Real time until another process may take the charge over. */
const TAKE_OVER_MS = 120_000

const plannedCharge = async ({ db }: Acting, stepId: string, invoiceId: string): Promise<Charge> => {
  await enqueue(db, chargeAgain, { step_id: stepId }, { key: `dunning-charge:${stepId}`, runAt: new Date(Date.now() + TAKE_OVER_MS) })
  return { stepId, invoiceId }
}

/** Takes one step in the caller's transaction, which holds the organization's row. What a saved method is to be charged for is returned. */
export const takeStep = async (acting: Acting, account: Account, step: Step): Promise<Charge | null> => {
  const id = await claim(acting, step)
  if (id === null || step.skip) return null
  switch (step.kind) {
    case 'reminder': await remind(acting, account, step); break
    case 'overdue': await tellOverdue(acting, step); break
    case 'suspend': await suspendFor(acting, account, step); break
    case 'last_notice': await lastNotice(acting, account, step); break
    case 'terminate': await terminate(acting, account, step); break
    case 'recover': await comeBack(acting, account, step); break
    case 'retry': return plannedCharge(acting, id, step.invoiceId ?? '')
  }
  return null
}
