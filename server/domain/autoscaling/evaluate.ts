import { z } from 'zod'
import type { SystemDb } from '../../core/db.ts'
import { defineJob, enqueueAll } from '../../core/job.ts'
import { log } from '../../core/log.ts'
import { runtime } from '../../core/runtime.ts'
import { BATCH, readCandidates, type Candidate } from './read-candidates.ts'
import { decide, type Decision } from './rules/decide.ts'
import { scaleTo, waitsForRetry } from './scale.ts'

const EVERY_S = 15

interface Judged { one: Candidate; decision: Decision }

/** Looks at every app that follows its load. Run twice, or at the same time, it acts once: an act says of which number it was decided. */
export const evaluateApps = defineJob({
  name: 'autoscaling.evaluate', payload: z.object({}), maxAttempts: 1,
  run: async () => {
    const { clock, databases } = runtime()
    const now = clock.now()
    for (let last = '', full = true; full;) {
      const judged = await databases.asSystem('job', async (db) => {
        const found = await readCandidates(db, last, now)
        const all = found.map((one) => ({ one, decision: decide(one.policy, one.situation, one.history, { ms: now.getTime(), timeZone: one.timeZone }) }))
        await keep(db, all, now)
        return all
      })
      for (const { one, decision } of judged) await actOn(one, decision, now)
      last = judged.at(-1)?.one.appId ?? ''
      full = judged.length === BATCH
    }
  },
})

/** A fault with one app must not keep the others waiting. */
const actOn = async (one: Candidate, decision: Decision, now: Date): Promise<void> => {
  if (decision.replicas === one.situation.replicas || waitsForRetry(one, decision, now)) return
  try {
    await scaleTo(one, decision, now)
  } catch (error) {
    log.error({ app: one.appId, error: error instanceof Error ? error.stack : String(error) }, 'autoscaling failed')
  }
}

/** Nothing more is asked for than runs: what was in the way no longer is. */
const isFree = ({ one, decision }: Judged): boolean => one.limitedSince !== null && decision.wanted <= one.situation.replicas

const keep = async (db: SystemDb, judged: readonly Judged[], now: Date): Promise<void> => {
  const rows = judged.map(({ one, decision }) => ({
    app_id: one.appId, version: one.version, wishes: decision.wishes, loads: one.situation.loads, state: decision.state, reason: decision.reason,
    wanted: decision.wanted, least: decision.least, free: isFree({ one, decision }),
  }))
  await db.$executeRaw`
    UPDATE app_autoscaling s SET wishes = r.wishes, loads = r.loads, state = r.state, reason = r.reason, wanted = r.wanted, least = r.least, checked_at = ${now},
      limited_since = CASE WHEN r.free THEN NULL ELSE s.limited_since END, limited_reason = CASE WHEN r.free THEN NULL ELSE s.limited_reason END,
      limited_tried = CASE WHEN r.free THEN NULL ELSE s.limited_tried END
    FROM jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) AS r (app_id text, version int, wishes jsonb, loads jsonb, state text, reason text, wanted int, least int, free boolean)
    WHERE s.app_id = r.app_id AND s.version = r.version`
}

/** Each minute: the looks of that minute. */
export const planLooks = defineJob({
  name: 'autoscaling.plan_looks', payload: z.object({}).loose(),
  run: () => runtime().databases.asSystem('job', (db) => enqueueAll(db, Array.from({ length: 60 / EVERY_S }, (_, at) =>
    ({ job: evaluateApps, payload: {}, options: { key: `autoscaling:${at}`, runAt: new Date(Date.now() + at * EVERY_S * 1_000) } })))),
})

const KEPT_DAYS = 90
export const pruneDecisions = defineJob({
  name: 'autoscaling.prune', payload: z.object({}).loose(),
  run: () => runtime().databases.asSystem('job', async (db) => {
    await db.scalingDecision.deleteMany({ where: { at: { lt: new Date(runtime().clock.now().getTime() - KEPT_DAYS * 86_400_000) } } })
  }),
})
