import { z } from 'zod'
import type { UserContext } from '../../core/context.ts'
import { DomainError, notFound, ruleViolated } from '../../core/error.ts'
import { command } from '../../core/operation.ts'
import { DunningAccount } from '../../contract/dunning.ts'
import { Instant } from '../../contract/time.ts'
import { lockOrganization } from '../quotas/index.ts'
import type { Acting } from './acting.ts'
import { openCase } from './advance.ts'
import { loadAccount } from './facts.ts'
import { readAccount } from './list-accounts.ts'
import { mailNotice } from './mails.ts'
import { advanceOne } from './sweep.ts'
import { recover, suspend } from './suspension.ts'

const OrgId = z.string().max(60)
const Reason = z.string().trim().min(3, 'Say why.').max(300)
const MOST_DAYS = 366

/** Locks the organization and its case; the emitted events are the organization's own. */
const begin = async (ctx: UserContext, orgId: string): Promise<Acting & { standing: string }> => {
  await lockOrganization(ctx.db, orgId)
  const org = await ctx.db.organization.findUnique({ where: { id: orgId, deletedAt: null }, select: { standing: true } })
  if (!org) throw notFound('organization')
  await openCase(ctx.db, orgId)
  return { db: ctx.db, orgId, now: ctx.now, standing: org.standing, emit: (type, subject, data) => ctx.emit(type, subject, data, orgId) }
}

const inFuture = (until: string, now: Date): Date => {
  const date = new Date(until)
  if (date <= now) throw ruleViolated('/until', 'in_the_past', 'Choose a time that is still to come.')
  if (date.getTime() - now.getTime() > MOST_DAYS * 86_400_000) throw ruleViolated('/until', 'too_late', 'A year is the longest pause.')
  return date
}

/** The plan is made anew at once, in its own transaction. */
const planAnew = async (ctx: UserContext, orgId: string) => {
  await ctx.enqueue(advanceOne, { subject_id: orgId, org_id: orgId }, { key: `dunning:${orgId}` })
  return readAccount(ctx.db, orgId)
}

const pause = async (ctx: UserContext, orgId: string, until: Date, reason: string): Promise<void> => {
  const by = ctx.actor.type === 'user' ? ctx.actor.userId : ''
  await ctx.db.dunningCase.update({ where: { orgId }, data: { pausedUntil: until, pauseReason: reason, pausedBy: by, seen: 'paused' } })
  await ctx.emit('organization.dunning_paused', { type: 'organization', id: orgId }, { until: until.toISOString(), reason }, orgId)
}

export const pauseDunning = command({
  name: 'admin.pause_dunning', summary: 'Let reminders, tries, suspension and deletion of one customer rest until a time', scope: 'staff',
  input: z.strictObject({ organization_id: OrgId, until: Instant, reason: Reason }), output: DunningAccount,
  rest: { method: 'POST', path: '/admin/organizations/{organization_id}/actions/pause-dunning', tag: 'Dunning' },
  run: async (ctx, { organization_id: orgId, until, reason }) => {
    await begin(ctx, orgId)
    await pause(ctx, orgId, inFuture(until, ctx.now), reason)
    return planAnew(ctx, orgId)
  },
})

export const resumeDunning = command({
  name: 'admin.resume_dunning', summary: 'End a pause before its time', scope: 'staff',
  input: z.strictObject({ organization_id: OrgId }), output: DunningAccount,
  rest: { method: 'POST', path: '/admin/organizations/{organization_id}/actions/resume-dunning', tag: 'Dunning' },
  run: async (ctx, { organization_id: orgId }) => {
    await begin(ctx, orgId)
    const own = await ctx.db.dunningCase.findUniqueOrThrow({ where: { orgId } })
    if (!own.pausedUntil || own.pausedUntil <= ctx.now) throw new DomainError('state_conflict', 'Dunning of this customer is not paused.')
    await ctx.db.dunningCase.update({ where: { orgId }, data: { pausedUntil: null, pauseReason: null, pausedBy: null, seen: 'resumed' } })
    await ctx.emit('organization.dunning_resumed', { type: 'organization', id: orgId }, {}, orgId)
    return planAnew(ctx, orgId)
  },
})

export const suspendOrganization = command({
  name: 'admin.suspend_organization', summary: 'Stop a customer\'s apps by hand; only the operator lifts it', scope: 'staff',
  input: z.strictObject({ organization_id: OrgId, reason: Reason }), output: DunningAccount,
  rest: { method: 'POST', path: '/admin/organizations/{organization_id}/actions/suspend', tag: 'Dunning' },
  run: async (ctx, { organization_id: orgId, reason }) => {
    const acting = await begin(ctx, orgId)
    if (acting.standing === 'suspended' || acting.standing === 'terminated') throw new DomainError('state_conflict', `The organization is ${acting.standing} already.`)
    await suspend(acting, 'operator')
    await ctx.db.dunningCase.update({ where: { orgId }, data: { heldAt: ctx.now, heldReason: reason, heldBy: ctx.user.userId } })
    return planAnew(ctx, orgId)
  },
})

export const unsuspendOrganization = command({
  name: 'admin.unsuspend_organization', summary: 'Lift a suspension by hand; what ran starts again. With unpaid invoices say until when dunning rests', scope: 'staff',
  input: z.strictObject({ organization_id: OrgId, reason: Reason, until: Instant.optional().describe('Required while invoices are past their grace') }), output: DunningAccount,
  rest: { method: 'POST', path: '/admin/organizations/{organization_id}/actions/unsuspend', tag: 'Dunning' },
  run: async (ctx, { organization_id: orgId, reason, until }) => {
    const acting = await begin(ctx, orgId)
    if (acting.standing !== 'suspended') throw new DomainError('state_conflict', `The organization is not suspended: it is ${acting.standing}.`)
    const account = await loadAccount(ctx.db, orgId, ctx.now)
    const overdue = account?.facts.invoices.some(({ dueAt }) => dueAt <= ctx.now) ?? false
    if (overdue && until === undefined) throw ruleViolated('/until', 'required', 'Invoices are unpaid: say until when dunning rests, else it is suspended again at once.')
    if (until !== undefined) await pause(ctx, orgId, inFuture(until, ctx.now), reason)
    await recover(acting, overdue ? 'past_due' : 'good', 'operator')
    if (account) await mailNotice(ctx.db, account, 'recovered', { key: `unsuspend:${ctx.requestId}`, on: null })
    return planAnew(ctx, orgId)
  },
})
