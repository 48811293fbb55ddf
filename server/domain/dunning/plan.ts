import type { Policy } from './policy.ts'
import { retryDaysFor, type LastFailure, type Method } from './retry-rule.ts'
import { later, stepAt } from './step-at.ts'

export type StandingName = 'good' | 'past_due' | 'suspended' | 'terminated'
export type StepKind = 'reminder' | 'overdue' | 'retry' | 'suspend' | 'last_notice' | 'terminate' | 'recover'

export interface InvoiceFacts { id: string; issuedAt: Date; dueAt: Date; lastFailure: LastFailure | null }

export interface Facts {
  now: Date
  timezone: string
  standing: StandingName
  suspendedAt: Date | null
  /** The operator stopped it by hand. */
  held: boolean
  pausedUntil: Date | null
  /** What may be charged without asking. */
  method: Method | null
  /** Open ones only: issued, with something left to pay. */
  invoices: readonly InvoiceFacts[]
  /** Keys of steps taken or left out, and when. */
  done: ReadonlyMap<string, Date>
}

/** `skip`: its time has passed and a later one stands for it. */
export interface Step { kind: StepKind; key: string; invoiceId: string | null; at: Date; days: number | null; skip: boolean }

/** A term shorter than the notice: the invoice itself was the news. */
const FRESH_MS = 2 * 86_400_000

const step = (kind: StepKind, key: string, at: Date, invoiceId: string | null, days: number | null = null): Step =>
  ({ kind, key, at, invoiceId, days, skip: false })

/** Of several whose time has come the last one is taken; one that is later than its reason, or overtaken, is left out. */
const onlyLast = (steps: readonly Step[], now: Date): Step[] => {
  const due = steps.filter((one) => one.at <= now)
  return steps.map((one) => ({ ...one, skip: one.at <= now && one !== due.at(-1) }))
}

const remindersOf = (policy: Policy, { now, timezone, done, pausedUntil }: Facts, { id, issuedAt, dueAt }: InvoiceFacts): Step[] => {
  const key = (days: number): string => `${id}:reminder:${days}`
  const steps = policy.reminderDays.map((days) => step('reminder', key(days), later(stepAt(dueAt, days, policy.hour, timezone), pausedUntil), id, days))
  const lastDone = policy.reminderDays.findLastIndex((days) => done.has(key(days)))
  const open = onlyLast(steps.filter((one) => !done.has(one.key)), now)
  return open.map((one) => {
    const early = (one.days ?? 0) < 0
    const useless = early && (one.at.getTime() - issuedAt.getTime() < FRESH_MS || one.at > dueAt || now > dueAt)
    const overtaken = steps.findIndex(({ key: own }) => own === one.key) < lastDone
    return { ...one, skip: one.skip || useless || overtaken }
  })
}

const retriesOf = (policy: Policy, { now, timezone, done, pausedUntil, method }: Facts, { id, dueAt, lastFailure }: InvoiceFacts): Step[] => {
  const steps = retryDaysFor(policy.retryDays, method, lastFailure)
    .map((days, index) => step('retry', `${id}:retry:${index + 1}`, later(stepAt(dueAt, days, policy.hour, timezone), pausedUntil), id, days))
  return onlyLast(steps.filter((one) => !done.has(one.key)), now)
}

export const graceEnd = (policy: Policy, timezone: string, { dueAt }: { dueAt: Date }): Date => stepAt(dueAt, policy.graceDays, policy.hour, timezone)

const worstOf = (policy: Policy, { invoices, timezone }: Facts): { id: string; at: Date } | null => invoices
  .map((invoice) => ({ id: invoice.id, at: graceEnd(policy, timezone, invoice) }))
  .reduce<{ id: string; at: Date } | null>((worst, one) => (worst === null || one.at < worst.at ? one : worst), null)

/** Notice first, and never an end before the days of the notice are over. */
const endOf = (policy: Policy, { timezone, done, pausedUntil, suspendedAt }: Facts, worst: { id: string; at: Date }): Step[] => {
  const since = later(worst.at, suspendedAt)
  const [noticeKey, endKey] = [`last_notice:${since.toISOString()}`, `terminate:${since.toISOString()}`]
  const at = (from: Date, days: number) => later(stepAt(from, days, policy.hour, timezone), pausedUntil)
  const noticeAt = done.get(noticeKey) ?? at(since, policy.retentionDays - policy.lastNoticeDays)
  const end = later(at(since, policy.retentionDays), stepAt(noticeAt, policy.lastNoticeDays, policy.hour, timezone))
  const steps = [step('last_notice', noticeKey, noticeAt, worst.id), step('terminate', endKey, end, worst.id)]
  return steps.filter((one) => !done.has(one.key))
}

const standingSteps = (policy: Policy, facts: Facts): Step[] => {
  const { standing, held, now, pausedUntil, invoices } = facts
  const worst = worstOf(policy, facts)
  const owes = worst !== null && worst.at <= now
  if (standing === 'terminated') return invoices.length === 0 && !held ? [recover(now)] : []
  if (standing === 'suspended') {
    if (held) return []
    return owes ? endOf(policy, facts, worst) : [recover(now)]
  }
  if (worst === null) return []
  const at = later(worst.at, pausedUntil)
  // The same invoice may suspend again, after somebody lifted it by hand.
  return [step('suspend', `suspend:${worst.id}:${later(at, now).toISOString()}`, at, worst.id)]
}

const recover = (now: Date): Step => step('recover', `recover:${now.toISOString()}`, now, null)

/** Everything that is still to happen if nothing changes, soonest first. Pure; what happened is in `done` and never planned again. */
export const dunningPlan = (policy: Policy, facts: Facts): Step[] => {
  const { invoices, done, standing } = facts
  if (standing === 'terminated') return standingSteps(policy, facts)
  const overdue = invoices.map(({ id, dueAt }) => step('overdue', `${id}:overdue`, dueAt, id)).filter((one) => !done.has(one.key))
  const each = invoices.flatMap((invoice) => [...remindersOf(policy, facts, invoice), ...retriesOf(policy, facts, invoice)])
  return [...overdue, ...each, ...standingSteps(policy, facts)].sort((a, b) => a.at.getTime() - b.at.getTime())
}

/** How an organization stands once every step whose time has come was taken. */
export const standingNow = ({ standing, invoices, now }: Facts): StandingName => {
  if (standing === 'suspended' || standing === 'terminated') return standing
  return invoices.some(({ dueAt }) => dueAt <= now) ? 'past_due' : 'good'
}
