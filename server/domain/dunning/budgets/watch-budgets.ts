import { z } from 'zod'
import type { Budget as BudgetRow, Organization } from '../../../../prisma/generated/client.ts'
import type { SystemDb } from '../../../core/db.ts'
import { newId } from '../../../core/id.ts'
import { defineJob } from '../../../core/job.ts'
import { log } from '../../../core/log.ts'
import { runtime } from '../../../core/runtime.ts'
import { formatMoney, toWireAmount } from '../../../contract/money.ts'
import { readRunningLines } from '../../billing/index.ts'
import { consoleOrigin, queueMail } from '../../mail/index.ts'
import { lockOrganization } from '../../quotas/index.ts'
import { actingJob, type Acting } from '../acting.ts'
import { thresholdsReached } from './rule.ts'
import { releaseApps, stopApps } from './stop-apps.ts'

interface Watched { acting: Acting; org: Organization; row: BudgetRow; spent: bigint; periodFrom: string }

const capOf = ({ hardCap, stopApps: stop }: BudgetRow): 'none' | 'refuse' | 'stop' => (hardCap ? (stop ? 'stop' : 'refuse') : 'none')

/** The row decides who tells: one per period and threshold. */
const alert = async ({ acting, org, row, spent, periodFrom }: Watched, threshold: number): Promise<void> => {
  const { db, orgId, now, emit } = acting
  const { count } = await db.budgetAlert.createMany({
    data: { id: newId('budgetAlert'), orgId, periodFrom, threshold, spent, amount: row.amount, currency: row.currency, at: now }, skipDuplicates: true,
  })
  if (count === 0) return
  await emit('budget.alerted', { type: 'organization', id: orgId }, { threshold, spent: toWireAmount(spent), amount: toWireAmount(row.amount), currency: row.currency })
  await queueMail(db, {
    brandId: org.brandId, to: org.billingEmail, template: 'budget-alert', dedupeKey: `budget:${orgId}:${periodFrom}:${threshold}`,
    props: {
      organization: org.name, threshold: String(threshold), spent: formatMoney(spent, row.currency), budget: formatMoney(row.amount, row.currency),
      cap: capOf(row), url: `${await consoleOrigin(db, org.brandId)}/${org.slug}/billing/budget`,
    },
  })
}

/** Reached or not, by the spend of now: a higher budget or a new period ends it without anybody's help. */
const applyCap = async ({ acting, row, spent, periodFrom }: Watched): Promise<void> => {
  const { db, orgId, emit } = acting
  const reachedIn = spent >= row.amount ? periodFrom : null
  if (reachedIn !== row.reachedIn) {
    await db.budget.update({ where: { orgId }, data: { reachedIn } })
    if (reachedIn !== null) await emit('budget.reached', { type: 'organization', id: orgId }, { spent: toWireAmount(spent), currency: row.currency })
  }
  if (reachedIn !== null && capOf(row) === 'stop') await stopApps(acting, row)
  else await releaseApps(acting, row)
}

const watchOne = async (db: SystemDb, orgId: string, now: Date): Promise<void> => {
  await lockOrganization(db, orgId)
  const row = await db.budget.findUnique({ where: { orgId } })
  const org = await db.organization.findUnique({ where: { id: orgId, deletedAt: null } })
  if (!row || !org) return
  const { lines, period } = await readRunningLines({ db, orgId, now })
  const watched = { acting: actingJob(db, orgId, now), org, row, spent: lines.reduce((sum, line) => sum + line.amount, 0n), periodFrom: period.start }
  for (const threshold of thresholdsReached(watched.spent, row.amount)) await alert(watched, threshold)
  await applyCap(watched)
}

/** Compares every budget with the spend of now. How many were looked at. */
export const watchBudgets = async (now: Date): Promise<number> => {
  const { databases } = runtime()
  const { rows } = await databases.systemPool.query<{ org_id: string }>('SELECT b.org_id FROM budget b JOIN organization o ON o.id = b.org_id WHERE o.deleted_at IS NULL ORDER BY b.org_id')
  for (const { org_id: orgId } of rows) {
    try {
      await databases.asSystem('job', (db) => watchOne(db, orgId, now))
    } catch (error) {
      log.error({ organization: orgId, error: error instanceof Error ? error.stack : String(error) }, 'comparing a budget failed')
    }
  }
  return rows.length
}

const DAY_MS = 86_400_000

/** Budgets are not crossed at a known instant: a moved test clock looks once a day, and just before each period ends. */
export const nextBudgetLook = async (after: Date, upTo: Date): Promise<Date | null> => {
  const { rows } = await runtime().databases.systemPool.query<{ at: Date | null }>(
    `SELECT least($1::timestamptz + interval '1 day', min(s.period_end - interval '1 second') FILTER (WHERE s.period_end - interval '1 second' > $1)) AS at
     FROM budget b JOIN subscription s ON s.org_id = b.org_id WHERE s.ended_at IS NULL HAVING count(*) > 0`, [after])
  const at = rows[0]?.at ?? null
  return at !== null && at <= upTo && at.getTime() - after.getTime() <= DAY_MS ? at : null
}

export const watchBudget = defineJob({
  name: 'budgets.watch_one',
  payload: z.object({ org_id: z.string() }),
  run: ({ org_id: orgId }) => runtime().databases.asSystem('job', (db) => watchOne(db, orgId, runtime().clock.now())),
})

export const watchAllBudgets = defineJob({
  name: 'budgets.watch',
  payload: z.unknown(),
  run: async () => { await watchBudgets(runtime().clock.now()) },
})
