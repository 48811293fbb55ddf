import type { CanaryStep } from '../../../contract/canary.ts'
import { Strategy } from '../../../contract/strategy.ts'
import { recordEvent } from '../../../core/event.ts'
import type { SystemDb } from '../../../core/db.ts'
import { moveSteps, nothingAnswered, parseSteps, presentStep, type Compared, type Fault } from '../../canary/index.ts'
import { readRelease } from '../../metrics/index.ts'
import { toState, type Loaded } from '../load-state.ts'
import type { AppState } from '../planned.ts'
import { isDivided } from './plan-canary.ts'

/** How often a canary is looked at. */
export const LOOK_MS = 3_000

const answeredSince = async (db: SystemDb, { app, active }: Loaded, since: string | null): Promise<Compared> => {
  const read = async (releaseId: string | null | undefined) =>
    (since && releaseId ? readRelease(db, releaseId, new Date(since)) : nothingAnswered())
  return { old: await read(app.currentReleaseId), new: await read(active?.releaseId) }
}

/** What the planner decides on, after one look at a canary's figures: its present step may have ended. The caller holds the app. */
export const watchedState = async (db: SystemDb, loaded: Loaded, routesObserved: boolean, nowMs: number): Promise<AppState> => {
  const state = toState(loaded, routesObserved, nowMs)
  const { active, app } = loaded
  const steps = parseSteps(active?.canary)
  if (!active || !steps || !state.active || state.exclusive) return state
  const withCanary = (now: readonly CanaryStep[], fault: Fault | null): AppState =>
    ({ ...state, active: { ...state.active as NonNullable<AppState['active']>, canary: { wanted: presentStep(now)?.share ?? 100, told: active.canaryShare, fault } } })
  const before = presentStep(steps)
  const divided = before !== null && isDivided(state, active.releaseId, { wanted: before.share, told: active.canaryShare })
  const answered = await answeredSince(db, loaded, before?.started_at ?? null)
  const moved = moveSteps(Strategy.parse(active.strategy).canary, steps, { divided, answered }, new Date(nowMs))
  if (JSON.stringify(moved.steps) !== JSON.stringify(steps)) {
    await db.deployment.update({ where: { id: active.id }, data: { canary: moved.steps } })
    active.canary = moved.steps
  }
  const share = presentStep(moved.steps)?.share ?? 100
  if (share !== before?.share) {
    await recordEvent(db, {
      orgId: app.orgId, type: 'deployment.progressed', subject: { type: 'deployment', id: active.id }, data: { app_id: app.id, share },
      actor: { type: 'job', name: 'deployments.advance' }, requestId: null,
    })
  }
  return withCanary(moved.steps, moved.fault)
}
