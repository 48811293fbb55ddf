import { z } from 'zod'
import type { ReconciliationRun as RunRow } from '../../../../prisma/generated/client.ts'
import { violatedUnique } from '../../../core/db.ts'
import { newId } from '../../../core/id.ts'
import { defineJob } from '../../../core/job.ts'
import { log } from '../../../core/log.ts'
import { runtime } from '../../../core/runtime.ts'
import { findProvider, providerNames, settleDispute } from '../../payments/index.ts'
import { queueUnbooked } from '../lines/book-bank-lines.ts'
import { recordPayouts } from '../payouts/record-payouts.ts'
import { sweepCauses } from '../work/watch-causes.ts'
import { checkHealth } from './check-health.ts'
import { compareLedger } from './compare-ledger.ts'
import { comparePage } from './compare-payments.ts'
import { count, type Figures } from './figures.ts'

/** Payments are looked at again for this long: providers add fees and refunds later, and their lists lag. */
const OVERLAP_MS = 26 * 3_600_000
const FIRST_MS = 30 * 86_400_000
const KEPT_MS = 90 * 86_400_000

const Progress = z.record(z.string(), z.object({ cursor: z.string().nullable(), done: z.boolean() }))
type Progress = z.infer<typeof Progress>
interface Run { id: string; startedAt: Date; progress: Progress; figures: Figures; resumed: boolean }

const toRun = (row: RunRow, resumed: boolean): Run =>
  ({ id: row.id, startedAt: row.startedAt, progress: Progress.parse(row.progress), figures: z.record(z.string(), z.number()).parse(row.figures), resumed })

const running = () => runtime().databases.asSystem('job', (db) => db.reconciliationRun.findFirst({ where: { state: 'running' } }))

/** The one that a crash left behind, else a new one. The database allows one at a time. */
const openRun = async (): Promise<Run> => {
  const left = await running()
  if (left) return toRun(left, true)
  const startedAt = new Date()
  try {
    return toRun(await runtime().databases.asSystem('job', (db) => db.reconciliationRun.create({
      data: { id: newId('reconciliationRun'), startedAt, state: 'running', since: new Date(startedAt.getTime() - OVERLAP_MS) },
    })), false)
  } catch (error) {
    const other = violatedUnique(error) === null ? null : await running()
    if (!other) throw error
    return toRun(other, true)
  }
}

const save = (run: Run) => runtime().databases.asSystem('job', (db) =>
  db.reconciliationRun.update({ where: { id: run.id }, data: { progress: run.progress, figures: run.figures } }))

/** From where the last complete comparison ended: a provider that was down for a day is compared over that day. */
const sinceOf = async (provider: string): Promise<Date> => {
  const health = await runtime().databases.asSystem('job', (db) => db.providerHealth.findUnique({ where: { provider } }))
  return new Date(health?.comparedTo ? health.comparedTo.getTime() - OVERLAP_MS : Date.now() - FIRST_MS)
}

const compareProvider = async (run: Run, name: string): Promise<void> => {
  const rail = findProvider(name)
  const since = await sinceOf(name)
  const seen = new Set<string>()
  const began = run.progress[name]?.cursor ?? null
  if (rail?.listPayments) {
    let cursor = began
    do {
      const page = await rail.listPayments(since, cursor)
      for (const id of await comparePage(name, page.payments, run.figures)) seen.add(id)
      cursor = page.next
      run.progress[name] = { cursor, done: false }
      await save(run)
    } while (cursor !== null)
  }
  for (const dispute of await rail?.listDisputes?.(since) ?? []) await settleDispute(name, dispute)
  await compareLedger(name, since, seen, run.figures)
  await recordPayouts(name, since, run.figures)
  run.progress[name] = { cursor: null, done: true }
  await save(run)
  await runtime().databases.asSystem('job', (db) => db.providerHealth.update({ where: { provider: name }, data: { comparedTo: run.startedAt } }))
}

/** One provider's silence stops none of the others; what it did meanwhile is compared when it answers. */
const compareAll = async (run: Run): Promise<void> => {
  for (const name of providerNames().filter((one) => !run.progress[one]?.done)) {
    if (!(await checkHealth(name))) {
      count(run.figures, 'providers_down')
      continue
    }
    try {
      await compareProvider(run, name)
    } catch (error) {
      count(run.figures, 'providers_failed')
      log.error({ provider: name, error: error instanceof Error ? error.message : String(error) }, 'comparing a provider failed')
    }
  }
}

/** Every difference is mended or becomes a work item; run again it finds the same ones and tells nobody twice. */
export const reconcileOnce = async (): Promise<Figures> => {
  const run = await openRun()
  await compareAll(run)
  count(run.figures, 'causes_swept', await sweepCauses())
  await runtime().databases.asSystem('job', async (db) => {
    await queueUnbooked(db)
    await db.reconciliationRun.updateMany({
      where: { id: run.id, state: 'running' }, data: { state: 'done', finishedAt: new Date(), progress: run.progress, figures: run.figures },
    })
    await db.reconciliationRun.deleteMany({ where: { startedAt: { lt: new Date(Date.now() - KEPT_MS) } } })
  })
  return run.figures
}

export const reconcileProviders = defineJob({
  name: 'reconcile-providers',
  payload: z.unknown(),
  maxAttempts: 5,
  run: async () => { await reconcileOnce() },
})
