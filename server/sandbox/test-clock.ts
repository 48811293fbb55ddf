import { setTimeout as sleep } from 'node:timers/promises'
import { z } from 'zod'
import type { CompositeOperation } from '../core/composite.ts'
import { DomainError } from '../core/error.ts'
import { recordEvent, wake } from '../core/event.ts'
import { log } from '../core/log.ts'
import { call, command, query } from '../core/operation.ts'
import { runtime } from '../core/runtime.ts'
import { Instant, toInstant } from '../contract/time.ts'
import { closeDuePeriods, expireDueCredits, nextDueAt, nextExpiryAt, nextSettlementAt, settleSubscriptions } from '../domain/billing/index.ts'
import { advanceDunning, nextBudgetLook, nextDunningAt, watchBudgets } from '../domain/dunning/index.ts'
import { deleteDueOrganizations, nextDeletionAt } from '../domain/org-deletion/index.ts'

const LONGEST_WAIT_MS = 60_000
const POLL_MS = 25

export const getTestClock = query({
  name: 'sandbox.get_clock',
  summary: 'Business time of the sandbox',
  scope: 'public',
  input: z.strictObject({}),
  output: z.object({ now: Instant }),
  rest: { method: 'GET', path: '/test/clock', tag: 'Sandbox' },
  run: ({ now }) => Promise.resolve({ now: toInstant(now) }),
})

const SetInput = z.strictObject({ now: Instant })
const Moved = z.object({ now: Instant, jobs_run: z.number().int() })

const allowMove = command({
  name: 'sandbox.allow_clock_move',
  summary: 'Check a move of the test clock',
  scope: 'staff',
  quiet: 'the move itself is recorded when it is made',
  input: SetInput,
  output: z.object({ target: Instant }),
  run: (ctx, { now }) => {
    if (new Date(now) < ctx.now) throw new DomainError('clock_backwards', `It is ${toInstant(ctx.now)} already; the test clock only runs forward.`)
    return Promise.resolve({ target: toInstant(new Date(now)) })
  },
})

/** Business time becomes at least `time`, here and in every other process. */
const setBusinessTime = async (time: Date): Promise<void> => {
  const { databases, clock } = runtime()
  await databases.asSystem('staff', async (db) => {
    await db.$executeRaw`UPDATE test_clock SET offset_ms = greatest(offset_ms, ${BigInt(time.getTime() - Date.now())})`
    await wake(db, 'clock')
  })
  await clock.refresh()
}

const openJobs = async (): Promise<number> => {
  const { rows } = await runtime().databases.systemPool.query<{ n: number }>(
    'SELECT count(*)::int AS n FROM graphile_worker.jobs WHERE attempts < max_attempts AND (locked_at IS NOT NULL OR (run_at <= now() AND attempts = 0))')
  return rows[0]?.n ?? 0
}

/** Jobs run in whichever process works the queue; a job that failed and waits for its next try does not count. */
const untilJobsDone = async (): Promise<void> => {
  const deadline = Date.now() + LONGEST_WAIT_MS
  while (await openJobs() > 0) {
    if (Date.now() > deadline) {
      log.warn('jobs were still open a minute after the test clock was moved')
      return
    }
    await sleep(POLL_MS)
  }
}

const lastJobId = async (): Promise<number> => {
  const { rows } = await runtime().databases.systemPool.query<{ last: string | null }>(
    'SELECT last_value::text AS last FROM pg_sequences WHERE schemaname = \'graphile_worker\' AND sequencename LIKE \'%jobs_id_seq%\'')
  return Number(rows[0]?.last ?? 0)
}

const runDue = async (now: Date): Promise<number> =>
  (await closeDuePeriods(now)).closed + await settleSubscriptions(now) + await expireDueCredits(now) + await deleteDueOrganizations(now) +
    await advanceDunning(now)
  + await watchBudgets(now)

const nextStop = async (after: Date, target: Date): Promise<Date | null> => {
  const asked = [nextDueAt, nextSettlementAt, nextExpiryAt, nextDeletionAt, nextDunningAt, nextBudgetLook].map((next) => next(after, target))
  const dates = (await Promise.all(asked)).filter((date) => date !== null)
  return dates.length === 0 ? null : new Date(Math.min(...dates.map((date) => date.getTime())))
}

/** Stops at every end of a period, step of dunning and deletion on the way, so that each carries its own date, then runs all that is left. */
export const moveClock = async (target: Date): Promise<{ now: Date; jobsRun: number }> => {
  const { clock } = runtime()
  const before = await lastJobId()
  let ran = await runDue(clock.now())
  for (let due = await nextStop(clock.now(), target); due !== null; due = await nextStop(due, target)) {
    await setBusinessTime(due)
    ran += await runDue(due)
  }
  await setBusinessTime(target)
  ran += await runDue(clock.now())
  await untilJobsDone()
  return { now: clock.now(), jobsRun: ran + await lastJobId() - before }
}

export const setTestClock: CompositeOperation<typeof SetInput, typeof Moved> = {
  kind: 'composite',
  name: 'sandbox.set_clock',
  summary: 'Move business time forward and run everything due on the way',
  scope: 'staff',
  input: SetInput,
  output: Moved,
  rest: { method: 'POST', path: '/test/clock', tag: 'Sandbox' },
  handle: async (meta, raw) => {
    const { target } = await call(allowMove, meta, raw)
    await runtime().databases.asSystem('staff', (db) =>
      recordEvent(db, { orgId: null, type: 'clock.moved', subject: { type: 'clock', id: 'test' }, data: { to: target }, actor: meta.actor, requestId: meta.requestId }))
    const { now, jobsRun } = await moveClock(new Date(target))
    return { now: toInstant(now), jobs_run: jobsRun }
  },
}
