import { z } from 'zod'
import { defineJob } from '../../../core/job.ts'
import { log } from '../../../core/log.ts'
import { runtime } from '../../../core/runtime.ts'
import { billLateUsage, LATE_USAGE_DUE } from './bill-late-usage.ts'
import { closePeriodsOf, type ClosedPeriods } from './close-period.ts'
import { dueDrafts, finaliseDrafts, stillDrafts } from './finalise-drafts.ts'

/** Periods closed in one transaction, how many such transactions at once, and how many are looked up at once: each look costs as much. */
const BATCH = 50
const AT_ONCE = 4
const PAGE = 20_000

export interface ClosingReport extends ClosedPeriods { failed: number }

const dueOrganizations = async (now: Date, besides: readonly string[]): Promise<string[]> => {
  const { rows } = await runtime().databases.systemPool.query<{ org_id: string }>(
    `SELECT org_id FROM subscription WHERE period_end <= $1 AND (ended_at IS NULL OR period_start < ended_at) AND org_id <> ALL($2)
     ORDER BY period_end, org_id LIMIT $3`, [now, besides, PAGE])
  return rows.map((row) => row.org_id)
}

const inBatches = async (ids: readonly string[], act: (batch: readonly string[]) => Promise<void>): Promise<void> => {
  const starts = Array.from({ length: Math.ceil(ids.length / BATCH) }, (_, i) => i * BATCH).values()
  await Promise.all(Array.from({ length: AT_ONCE }, async () => {
    for (const start of starts) await act(ids.slice(start, start + BATCH))
  }))
}

/** All at once; where one of them is at fault, each on its own, so that it stops nobody else. */
const closeTogether = async (orgIds: readonly string[], now: Date, onFault: (orgId: string, error: unknown) => void): Promise<ClosedPeriods> => {
  try {
    return await closePeriodsOf(orgIds, now)
  } catch (error) {
    const [only] = orgIds
    if (only !== undefined && orgIds.length === 1) {
      onFault(only, error)
      return { closed: 0, invoiced: 0 }
    }
  }
  const total = { closed: 0, invoiced: 0 }
  for (const orgId of orgIds) {
    const one = await closeTogether([orgId], now, onFault)
    total.closed += one.closed
    total.invoiced += one.invoiced
  }
  return total
}

/** Closes every period that ended by `now`, oldest first, month after month, and issues the drafts that are due. */
export const closeDuePeriods = async (now: Date): Promise<ClosingReport> => {
  const report: ClosingReport = { closed: 0, invoiced: 0, failed: 0 }
  const failed: string[] = []
  const onFault = (orgId: string, error: unknown): void => {
    failed.push(orgId)
    log.error({ orgId, error: error instanceof Error ? error.stack : String(error) }, 'closing a billing period failed')
  }
  for (let due = await dueOrganizations(now, failed); due.length > 0; due = await dueOrganizations(now, failed)) {
    await inBatches(due, async (batch) => {
      const result = await closeTogether(batch, now, onFault)
      report.closed += result.closed
      report.invoiced += result.invoiced
    })
  }
  report.invoiced += await finaliseDueDrafts(now, onFault)
  report.invoiced += await billLateUsage(now, onFault)
  return { ...report, failed: failed.length }
}

const finaliseTogether = async (batch: readonly string[], now: Date, onFault: (subject: string, error: unknown) => void): Promise<number> => {
  try {
    return await finaliseDrafts(batch, now)
  } catch {
    let issued = 0
    for (const id of batch) issued += await finaliseDrafts([id], now).catch((error: unknown) => { onFault(id, error); return 0 })
    return issued
  }
}

/** Issues the drafts whose grace period is over; each is tried once a run, also one that has to wait on. */
const finaliseDueDrafts = async (now: Date, onFault: (subject: string, error: unknown) => void): Promise<number> => {
  const waiting: string[] = []
  let issued = 0
  for (let due = await dueDrafts(now, waiting, PAGE); due.length > 0; due = await dueDrafts(now, waiting, PAGE)) {
    await inBatches(due, async (batch) => { issued += await finaliseTogether(batch, now, onFault) })
    waiting.push(...await stillDrafts(due))
  }
  return issued
}

/** The next period end, or end of a draft's grace period, in `(after, upTo]`, so that a moved test clock can stop at each. */
export const nextDueAt = async (after: Date, upTo: Date): Promise<Date | null> => {
  const { rows } = await runtime().databases.systemPool.query<{ at: Date | null }>(
    `SELECT min(at) AS at FROM (
       SELECT period_end AS at FROM subscription WHERE ended_at IS NULL OR period_start < ended_at
       UNION ALL SELECT finalise_at FROM invoice WHERE state = 'draft' AND held_for IS NULL
       UNION ALL ${LATE_USAGE_DUE}) due WHERE at > $1 AND at <= $2`, [after, upTo])
  return rows[0]?.at ?? null
}

export const closePeriods = defineJob({
  name: 'close-periods',
  payload: z.unknown(),
  run: async () => {
    const { failed } = await closeDuePeriods(runtime().clock.now())
    if (failed > 0) throw new Error(`${failed} billing periods could not be closed`)
  },
})
