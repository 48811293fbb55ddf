import { budgetOf } from '../../contract/strategy.ts'
import { planCanary } from './canary/plan-canary.ts'
import { choose, free, gone, healthy, ids, nothing, progress, proven, serves, type AppState, type Moves, type Parts, type Plan, type PlannedInstance } from './planned.ts'

export { DRAIN_MS, type AppState, type Plan, type PlannedInstance } from './planned.ts'

/** A registry that stays away fails the deployment after this. */
const REGISTRY_PATIENCE_MS = 90_000

/** Decides the next act for one app. Pure; running it again after its acts were done asks for nothing more. */
export const planApp = (s: AppState): Plan => {
  const live = s.instances.filter((i) => i.desired === 'running')
  if (s.desired !== 'running') return { ...nothing(), remove: ids(live), unroute: ids(live.filter((i) => i.routed)) }
  const target = s.active?.releaseId ?? s.currentReleaseId
  if (!target) return { ...nothing(), remove: ids(live) }
  const failure = s.active ? failureOf(live.filter((i) => i.releaseId === target && !gone(i)), s.active) : null
  if (failure) return { ...withoutDeployment(s, live), create: null, outcome: failure }
  const canary = s.exclusive ? null : s.active?.canary
  if (canary?.fault) return { ...withoutRelease(s, live, target), create: null, outcome: { state: 'failed', ...canary.fault } }
  if (canary) return planCanary(s, live, target, canary)
  return s.active ? planRollout(s, live, target) : planSteady(s, live, target)
}

/** Back to what served before; instances of the new release that serve go as the old ones take their place again. */
const withoutDeployment = (s: AppState, live: PlannedInstance[]): Plan => (s.currentReleaseId
  ? planSteady({ ...s, active: null }, live, s.currentReleaseId)
  : { ...nothing(), remove: ids(live), unroute: ids(live.filter((i) => i.routed)) })

/** What serves badly gets nothing more at once, as long as anybody else serves. */
const withoutRelease = (s: AppState, live: PlannedInstance[], target: string): Plan => {
  const plan = withoutDeployment(s, live)
  if (!live.some((i) => i.releaseId !== target && serves(i))) return plan
  return { ...plan, unroute: [...new Set([...plan.unroute, ...ids(live.filter((i) => i.releaseId === target && i.routed))])] }
}

const planRollout = (s: AppState, live: PlannedInstance[], target: string): Plan => {
  const mine = (i: PlannedInstance): boolean => i.releaseId === target && i.leaving === null
  const parts: Parts = { ...choose(live.filter(mine), s.replicas), others: live.filter((i) => !mine(i)) }
  const { keep, surplus, others } = parts
  const atOnce = s.strategy.type === 'blue_green' && !s.exclusive
  const moves = atOnce ? cutOver(s, parts) : roll(s, parts)
  const done = keep.length === s.replicas && keep.every((i) => serves(i) && proven(s, i)) && s.routesObserved
  const going = [...surplus, ...moves.going]
  return {
    create: moves.create > 0 ? { releaseId: target, count: moves.create } : null,
    remove: ids(going.filter(free)),
    route: ids(moves.route),
    unroute: ids([...going, ...(done ? others.filter((i) => !going.includes(i)) : moves.quiet)].filter((i) => i.routed)),
    progress: progress(keep, atOnce ? s.replicas : 1),
    outcome: done ? { state: 'succeeded' } : null,
  }
}

/** Step by step: old ones leave only as far as new ones serve everywhere, new ones come only as far as there is room. */
const roll = (s: AppState, { keep, surplus, others }: Parts): Moves => {
  const { surge, unavailable } = s.exclusive ? { surge: 0, unavailable: s.replicas } : budgetOf(s.strategy, s.replicas)
  const least = s.replicas - unavailable
  const stray = others.filter((i) => !i.routed && i.releaseId !== s.currentReleaseId && !gone(i))
  const there = others.filter((i) => !gone(i) && !stray.includes(i))
  const replaced = s.routesObserved ? keep.filter((i) => serves(i) && proven(s, i)).length : 0
  const { keep: needed, surplus: going } = choose(there, Math.max(0, least - replaced))
  const short = least - [...keep, ...there].filter(serves).length
  const ending = [...surplus, ...going, ...stray].filter(free)
  const room = s.replicas + surge - keep.length - [...surplus, ...there, ...stray].filter((i) => !ending.includes(i)).length
  return {
    create: s.exclusive ? creatable(s, keep) : Math.min(s.replicas - keep.length, Math.max(0, room)),
    going: [...going, ...stray, ...others.filter((i) => i.leaving === 'forced')],
    quiet: [...keep, ...there].some(serves) ? others.filter((i) => i.leaving === 'lost') : [],
    route: [
      ...keep.filter((i) => !i.routed && proven(s, i)),
      ...needed.filter((i) => !i.routed && healthy(i) && i.releaseId === s.currentReleaseId).slice(0, Math.max(0, short)),
    ],
  }
}

/** All new ones first; then all requests change over in one step, and the old ones wait in case they are needed again. */
const cutOver = (s: AppState, { keep, others }: Parts): Moves => {
  const ready = keep.length === s.replicas && keep.every((i) => proven(s, i))
  const needed = others.filter((i) => (i.releaseId === s.currentReleaseId || i.routed) && i.leaving !== 'forced')
  return {
    create: s.replicas - keep.length,
    going: others.filter((i) => !needed.includes(i)),
    quiet: ready ? needed : needed.filter((i) => gone(i) && [...keep, ...needed].some(serves)),
    route: ready || keep.some((i) => i.routed) ? keep.filter((i) => !i.routed && proven(s, i)) : [],
  }
}

const planSteady = (s: AppState, live: PlannedInstance[], target: string): Plan => {
  const { surge, unavailable } = budgetOf(s.strategy, s.replicas)
  const own = live.filter((i) => i.releaseId === target)
  const parked = live.filter((i) => isParked(s, i, target))
  const foreign = live.filter((i) => i.releaseId !== target && !parked.includes(i))
  const { keep, surplus } = choose(own.filter((i) => i.leaving === null), s.replicas)
  const serving = s.routesObserved ? keep.filter(serves).length : 0
  const moving = departures(own.filter((i) => i.leaving !== null), s.replicas - serving)
  // Of a release that was given up what serves stays until it is replaced.
  const { waiting } = departures(s.exclusive ? [] : foreign.filter(serves), s.replicas - unavailable - serving)
  const leaving = [...surplus, ...moving.replaced, ...foreign.filter((i) => !waiting.includes(i))]
  const staying = [...surplus, ...foreign].filter((i) => !gone(i) && !(leaving.includes(i) && free(i)))
  const missing = Math.min(creatable(s, keep), Math.max(0, s.replicas + surge - keep.length - staying.length))
  return {
    ...nothing(),
    create: missing > 0 ? { releaseId: target, count: missing } : null,
    remove: ids(leaving.filter(free)),
    route: ids(keep.filter((i) => !i.routed && healthy(i))),
    unroute: ids([...leaving, ...parked, ...(serving > 0 ? moving.waiting.filter(gone) : [])].filter((i) => i.routed)),
  }
}

const isParked = (s: AppState, i: PlannedInstance, target: string): boolean =>
  i.releaseId === s.standbyReleaseId && i.releaseId !== target && i.leaving === null && !s.exclusive

/**
 * Of those that shall leave, as many wait as are not yet replaced by others that serve. Lost ones wait too: their node may come back with
 * them before there was room elsewhere, and serves at once what nobody else serves.
 */
const departures = (going: PlannedInstance[], missing: number): { waiting: PlannedInstance[]; replaced: PlannedInstance[] } => {
  const { keep: waiting } = choose(going.filter((i) => i.leaving !== 'forced'), Math.max(0, missing))
  return { waiting, replaced: going.filter((i) => !waiting.includes(i)) }
}

/** How many may be made now. Of an app with volumes the next one only when every other has ended. */
const creatable = (s: AppState, keep: readonly PlannedInstance[]): number =>
  (s.exclusive && s.instances.length > keep.length ? 0 : Math.max(0, s.replicas - keep.length))

const failureOf = (mine: PlannedInstance[], active: NonNullable<AppState['active']>): Plan['outcome'] => {
  const bad = mine.find((i) => i.phase === 'failed' || i.code === 'crash_loop' || i.code === 'health_timeout' || (i.phase === 'backoff' && i.restarts >= 2))
  if (bad) return { state: 'failed', code: bad.code ?? 'vmm_failed', detail: bad.reason ?? 'The instance failed.' }
  const offline = mine.find((i) => i.code === 'registry_unavailable')
  if (offline && active.ageMs > REGISTRY_PATIENCE_MS) return { state: 'failed', code: 'registry_unavailable', detail: offline.reason ?? 'The registry did not answer.' }
  if (!active.pastDeadline) return null
  const waiting = mine.find((i) => !healthy(i))
  const detail = waiting?.reason ?? 'Not every instance was healthy before the deadline. Look at the log, then deploy again.'
  return { state: 'failed', code: waiting?.code ?? 'deadline_exceeded', detail }
}
