import { z } from 'zod'
import { defineJob } from '../../../core/job.ts'
import { log } from '../../../core/log.ts'
import { runtime } from '../../../core/runtime.ts'
import { closePeriod } from './close-period.ts'

const PAGE = 200
const PARALLEL = 6

export interface ClosingReport { closed: number; invoiced: number; failed: number }

const dueOrganizations = async (now: Date, besides: readonly string[]): Promise<string[]> => {
  const { rows } = await runtime().databases.systemPool.query<{ org_id: string }>(
    `SELECT org_id FROM subscription WHERE period_end <= $1 AND (ended_at IS NULL OR period_start < ended_at) AND org_id <> ALL($2)
     ORDER BY period_end, org_id LIMIT $3`, [now, besides, PAGE])
  return rows.map((row) => row.org_id)
}

/** Closes every period that ended by `now`, oldest first, month after month. One customer's fault does not stop the others. */
export const closeDuePeriods = async (now: Date): Promise<ClosingReport> => {
  const report: ClosingReport = { closed: 0, invoiced: 0, failed: 0 }
  const failed: string[] = []
  for (let due = await dueOrganizations(now, failed); due.length > 0; due = await dueOrganizations(now, failed)) {
    const waiting = due.values()
    const work = async (): Promise<void> => {
      for (const orgId of waiting) {
        try {
          const result = await closePeriod(orgId, now)
          if (result !== 'not_due') report.closed += 1
          if (result === 'invoiced') report.invoiced += 1
        } catch (error) {
          failed.push(orgId)
          log.error({ orgId, error: error instanceof Error ? error.stack : String(error) }, 'closing a billing period failed')
        }
      }
    }
    await Promise.all(Array.from({ length: PARALLEL }, work))
  }
  return { ...report, failed: failed.length }
}

/** Start of the next period that ends in `(after, upTo]`, so that a moved test clock can stop at each. */
export const nextDueAt = async (after: Date, upTo: Date): Promise<Date | null> => {
  const { rows } = await runtime().databases.systemPool.query<{ at: Date | null }>(
    `SELECT min(period_end) AS at FROM subscription WHERE period_end > $1 AND period_end <= $2 AND (ended_at IS NULL OR period_start < ended_at)`, [after, upTo])
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
