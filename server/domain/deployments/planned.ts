import type { Strategy } from '../../contract/strategy.ts'

/** How long a removed instance may finish requests in flight after the edge stopped naming it. */
export const DRAIN_MS = 3_000

export interface PlannedInstance {
  id: string
  releaseId: string
  desired: 'running' | 'absent'
  phase: string
  health: string | null
  /** Since it is healthy without a break; null while it is not. */
  healthyMs: number | null
  code: string | null
  reason: string | null
  restarts: number
  routed: boolean
  /** Since the edge stopped naming it; null while it never served. */
  unroutedMs: number | null
  /** It shall be replaced: `moving` serves until another does, `forced` goes at once, `lost` is on a node nobody hears. */
  leaving: 'moving' | 'forced' | 'lost' | null
}

/** Percent of requests: wanted in the present step, and what the edges were told last. `fault`: what it does is worse than before. */
export interface CanaryState { wanted: number; told: number; fault: { code: string; detail: string } | null }

export interface AppState {
  desired: string
  replicas: number
  currentReleaseId: string | null
  /** Its instances run on without requests, to go back to at once. */
  standbyReleaseId: string | null
  active: { releaseId: string; ageMs: number; pastDeadline: boolean; canary?: CanaryState | null } | null
  /** Of the active deployment, else of the app. */
  strategy: Pick<Strategy, 'type' | 'max_surge' | 'max_unavailable' | 'min_healthy_seconds'>
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
  /** Percent of requests the edges are told to give the new release from now on. */
  share?: number
  /** Index into STEP_KEYS that the active deployment has reached. */
  progress: number | null
  outcome: { state: 'succeeded' } | { state: 'failed'; code: string; detail: string } | null
}

/** One that sleeps answers the next request: it counts like one that runs. */
const SERVING: readonly string[] = ['running', 'sleeping']
export const healthy = (i: PlannedInstance): boolean => SERVING.includes(i.phase) && i.health === 'ok' && i.leaving !== 'lost' && i.leaving !== 'forced'
/** What it can still do counts for nothing. */
export const gone = (i: PlannedInstance): boolean => i.leaving === 'lost' || i.leaving === 'forced'
export const serves = (i: PlannedInstance): boolean => healthy(i) && i.routed
/** Healthy for as long as was asked for: it may get requests. */
export const proven = (s: AppState, i: PlannedInstance): boolean => healthy(i) && (i.healthyMs ?? 0) >= s.strategy.min_healthy_seconds * 1000
export const ids = (instances: readonly PlannedInstance[]): string[] => instances.map((i) => i.id)

export const nothing = (): Plan => ({ create: null, remove: [], route: [], unroute: [], progress: null, outcome: null })

export interface Parts { keep: PlannedInstance[]; surplus: PlannedInstance[]; others: PlannedInstance[] }
export interface Moves {
  create: number
  /** They get no more requests, and end when those in flight had their time. */
  going: PlannedInstance[]
  /** They get no more requests and stay. */
  quiet: PlannedInstance[]
  route: PlannedInstance[]
}

const PROGRESS: Record<string, number> = { pending: 0, pulling: 1, preparing: 2, booting: 3, running: 4, sleeping: 4, backoff: 1 }
const ROUTING = 5
const progressOf = (i: PlannedInstance): number => (i.routed ? ROUTING : (PROGRESS[i.phase] ?? 0))
export const progress = (keep: readonly PlannedInstance[], needed: number): number => {
  if (keep.some((i) => i.routed)) return ROUTING
  return keep.length < needed ? 0 : Math.min(...keep.map(progressOf))
}

const drained = (i: PlannedInstance): boolean => !i.routed && i.unroutedMs !== null && i.unroutedMs >= DRAIN_MS
/** Nobody can be using it: it never served, or had its time to finish. */
export const free = (i: PlannedInstance): boolean => !i.routed && (i.unroutedMs === null || drained(i))

/** Which instances stay when there are more than wanted: healthy before not, serving before not, older before younger. */
export const choose = (instances: PlannedInstance[], wanted: number): { keep: PlannedInstance[]; surplus: PlannedInstance[] } => {
  const ranked = instances.map((i, age) => ({ i, rank: (healthy(i) ? 0 : 2) + (i.routed ? 0 : 1), age })).sort((a, b) => a.rank - b.rank || a.age - b.age)
  return { keep: ranked.slice(0, wanted).map((r) => r.i), surplus: ranked.slice(wanted).map((r) => r.i) }
}
