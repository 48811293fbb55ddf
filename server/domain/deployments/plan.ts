/** How long a removed instance may finish requests in flight after the edge stopped naming it. */
export const DRAIN_MS = 3_000
/** A registry that stays away fails the deployment after this. */
const REGISTRY_PATIENCE_MS = 90_000

export interface PlannedInstance {
  id: string
  releaseId: string
  desired: 'running' | 'absent'
  phase: string
  health: string | null
  code: string | null
  reason: string | null
  restarts: number
  routed: boolean
  /** Since the edge stopped naming it; null while it never served. */
  unroutedMs: number | null
  /** It shall be replaced: `moving` serves until another does, `forced` goes at once, `lost` is on a node nobody hears. */
  leaving: 'moving' | 'forced' | 'lost' | null
}

export interface AppState {
  desired: string
  replicas: number
  currentReleaseId: string | null
  active: { releaseId: string; ageMs: number; pastDeadline: boolean } | null
  instances: PlannedInstance[]
  /** Every edge has taken over the routes as they are now. */
  routesObserved: boolean
  /** It has volumes, which one instance may open at a time: the next one is made when the last has ended. */
  exclusive: boolean
}

export interface Plan {
  /** Instances to add, all of this release. */
  create: { releaseId: string; count: number } | null
  remove: string[]
  route: string[]
  unroute: string[]
  /** Index into STEP_KEYS that the active deployment has reached. */
  progress: number | null
  outcome: { state: 'succeeded' } | { state: 'failed'; code: string; detail: string } | null
}

const PROGRESS: Record<string, number> = { pending: 0, pulling: 1, preparing: 2, booting: 3, running: 4, backoff: 1 }
export const ROUTING = 5

const healthy = (i: PlannedInstance): boolean => i.phase === 'running' && i.health === 'ok' && i.leaving !== 'lost' && i.leaving !== 'forced'
/** What it can still do counts for nothing. */
const gone = (i: PlannedInstance): boolean => i.leaving === 'lost' || i.leaving === 'forced'
const progressOf = (i: PlannedInstance): number => (healthy(i) ? ROUTING : (PROGRESS[i.phase] ?? 0))

/** Decides the next act for one app. Pure; running it again after its acts were done asks for nothing more. */
export const planApp = (s: AppState): Plan => {
  const live = s.instances.filter((i) => i.desired === 'running')
  if (s.desired !== 'running') return { ...nothing(), remove: live.map((i) => i.id), unroute: live.filter((i) => i.routed).map((i) => i.id) }
  const target = s.active?.releaseId ?? s.currentReleaseId
  if (!target) return { ...nothing(), remove: live.map((i) => i.id) }
  const failure = s.active ? failureOf(live.filter((i) => i.releaseId === target && !gone(i)), s.active) : null
  if (failure) return withFailure(s, live, target, failure)
  return s.active ? planRollout(s, live, target) : planSteady(s, live, target)
}

const nothing = (): Plan => ({ create: null, remove: [], route: [], unroute: [], progress: null, outcome: null })

/** The new release's instances go; what served before keeps serving. */
const withFailure = (s: AppState, live: PlannedInstance[], target: string, outcome: NonNullable<Plan['outcome']>): Plan => {
  const mine = live.filter((i) => i.releaseId === target)
  const others = live.filter((i) => i.releaseId !== target && i.releaseId === s.currentReleaseId)
  return {
    ...nothing(), outcome, remove: mine.map((i) => i.id), unroute: mine.filter((i) => i.routed).map((i) => i.id),
    route: others.filter((i) => !i.routed && healthy(i)).map((i) => i.id),
  }
}

/** What served before stays until the new ones serve everywhere: until then the rollout may fail and it is needed again. */
const planRollout = (s: AppState, live: PlannedInstance[], target: string): Plan => {
  const mine = (i: PlannedInstance): boolean => i.releaseId === target && i.leaving === null
  const { keep, surplus } = choose(live.filter(mine), s.replicas)
  const others = live.filter((i) => !mine(i))
  const missing = creatable(s, keep)
  const ready = keep.length === s.replicas && keep.every(healthy)
  const done = ready && keep.every((i) => i.routed) && s.routesObserved
  return {
    create: missing > 0 ? { releaseId: target, count: missing } : null,
    remove: [...surplus.filter(free), ...(s.exclusive ? others.filter(free) : done ? others.filter(drained) : [])].map((i) => i.id),
    route: ready ? keep.filter((i) => !i.routed).map((i) => i.id) : [],
    unroute: [...surplus, ...(ready || s.exclusive ? others : others.filter(gone))].filter((i) => i.routed).map((i) => i.id),
    progress: keep.length < s.replicas ? 0 : Math.min(...keep.map(progressOf)),
    outcome: done ? { state: 'succeeded' } : null,
  }
}

const planSteady = (s: AppState, live: PlannedInstance[], target: string): Plan => {
  const own = live.filter((i) => i.releaseId === target)
  const { keep, surplus } = choose(own.filter((i) => i.leaving === null), s.replicas)
  const { waiting, replaced } = departures(own.filter((i) => i.leaving !== null), s.replicas - (s.routesObserved ? keep.filter(serves).length : 0))
  const leaving = [...surplus, ...replaced, ...live.filter((i) => i.releaseId !== target)]
  const missing = creatable(s, keep)
  return {
    ...nothing(),
    create: missing > 0 ? { releaseId: target, count: missing } : null,
    remove: leaving.filter(free).map((i) => i.id),
    route: keep.filter((i) => !i.routed && healthy(i)).map((i) => i.id),
    unroute: [...leaving, ...waiting.filter(gone)].filter((i) => i.routed).map((i) => i.id),
  }
}

const serves = (i: PlannedInstance): boolean => healthy(i) && i.routed

/**
 * Of those that shall leave, as many wait as are not yet replaced by others that serve. Lost ones wait too: their node may come back with
 * them before there was room elsewhere.
 */
const departures = (going: PlannedInstance[], missing: number): { waiting: PlannedInstance[]; replaced: PlannedInstance[] } => {
  const { keep: waiting } = choose(going.filter((i) => i.leaving !== 'forced'), Math.max(0, missing))
  return { waiting, replaced: going.filter((i) => !waiting.includes(i)) }
}

/** How many may be made now. Of an app with volumes the next one only when every other has ended. */
const creatable = (s: AppState, keep: readonly PlannedInstance[]): number =>
  (s.exclusive && s.instances.length > keep.length ? 0 : Math.max(0, s.replicas - keep.length))

const drained = (i: PlannedInstance): boolean => !i.routed && i.unroutedMs !== null && i.unroutedMs >= DRAIN_MS
/** Nobody can be using it: it never served, or had its time to finish. */
const free = (i: PlannedInstance): boolean => !i.routed && (i.unroutedMs === null || drained(i))

/** Which instances stay when there are more than wanted: healthy before not, serving before not, older before younger. */
const choose = (instances: PlannedInstance[], wanted: number): { keep: PlannedInstance[]; surplus: PlannedInstance[] } => {
  const ranked = instances.map((i, age) => ({ i, rank: (healthy(i) ? 0 : 2) + (i.routed ? 0 : 1), age })).sort((a, b) => a.rank - b.rank || a.age - b.age)
  return { keep: ranked.slice(0, wanted).map((r) => r.i), surplus: ranked.slice(wanted).map((r) => r.i) }
}

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
