import { z } from 'zod'
import type { SystemDb } from '../../../core/db.ts'

interface Sum { currency: string; amount: bigint; count: number }
interface Kinds { kind: string; count: number }
export interface DailyReport {
  day: string
  open: Kinds[]
  opened: Kinds[]
  closed: number
  /** Payments that succeeded, whichever way. */
  received: Sum[]
  /** All that waits in suspense now. */
  suspense: Sum[]
  payouts: Sum[]
  compared: number
  down: string[]
}

const DAY_MS = 86_400_000

const sumsOf = (rows: readonly { currency: string; _sum: { amount: bigint | null }; _count: number }[]): Sum[] =>
  rows.map(({ currency, _sum, _count }) => ({ currency, amount: _sum.amount ?? 0n, count: _count }))
const kinds = (rows: readonly { kind: string; _count: number }[]): Kinds[] => rows.map(({ kind, _count: count }) => ({ kind, count }))

/** The day that ended last, in UTC. Payments and providers live in real time, work items in business time. */
export const dailyReport = async (db: SystemDb, now: Date, businessNow: Date): Promise<DailyReport> => {
  const until = new Date(Math.floor(now.getTime() / DAY_MS) * DAY_MS)
  const since = new Date(until.getTime() - DAY_MS)
  const lately = { gte: new Date(businessNow.getTime() - DAY_MS) }
  const paid = { state: { in: ['succeeded', 'partially_refunded', 'refunded'] }, updatedAt: { gte: since, lt: until } }
  const runs = await db.reconciliationRun.findMany({ where: { startedAt: { gte: since, lt: until } }, select: { figures: true } })
  const open = await db.workItem.groupBy({ by: ['kind'], where: { state: 'open' }, _count: true, orderBy: { kind: 'asc' } })
  const opened = await db.workItem.groupBy({ by: ['kind'], where: { createdAt: lately }, _count: true, orderBy: { kind: 'asc' } })
  const received = await db.paymentAttempt.groupBy({ by: ['currency'], where: paid, _sum: { amount: true }, _count: true, orderBy: { currency: 'asc' } })
  const suspense = await db.suspenseItem.groupBy({ by: ['currency'], where: { state: 'open' }, _sum: { amount: true }, _count: true, orderBy: { currency: 'asc' } })
  const payouts = await db.payout.groupBy({ by: ['currency'], where: { createdAt: { gte: since, lt: until } }, _sum: { amount: true }, _count: true, orderBy: { currency: 'asc' } })
  const figures = z.record(z.string(), z.number())
  return {
    day: since.toISOString().slice(0, 10),
    open: kinds(open), opened: kinds(opened), closed: await db.workItem.count({ where: { doneAt: lately } }),
    received: sumsOf(received), suspense: sumsOf(suspense), payouts: sumsOf(payouts),
    compared: runs.reduce((sum, run) => sum + (figures.parse(run.figures).payments_compared ?? 0), 0),
    down: (await db.providerHealth.findMany({ where: { ok: false }, orderBy: { provider: 'asc' } })).map((row) => row.provider),
  }
}
