import type { AutoscalingPolicy, SCALING_STATES, ScalingMetric } from '../../../contract/autoscaling.ts'
import type { Loads } from './loads.ts'
import { leastAt, type Moment } from './schedule.ts'
import * as say from './words.ts'

/** How it stands with the app. */
export interface Situation {
  replicas: number
  loads: Loads
  /** A deployment is under way: no fewer run meanwhile; and no more either where that could harm it. */
  deploying: 'no' | 'may_grow' | 'wait'
  /** Instances asked for that no node has taken yet. */
  unplaced: number
}
export interface Wish { ms: number; wish: number }
export interface History {
  /** What the metrics asked for before; as far as it still matters. */
  wishes: readonly Wish[]
  scaledUpMs: number | null
  scaledDownMs: number | null
}
export type Cause = ScalingMetric | 'schedule' | 'bounds'
export interface Decision {
  replicas: number
  /** As many as would be right at once. */
  wanted: number
  least: number
  cause: Cause
  state: Exclude<(typeof SCALING_STATES)[number], 'limited'>
  reason: string
  wishes: Wish[]
}

interface Asked { metric: ScalingMetric; wish: number }
const TARGET_OF = { cpu: 'cpu_percent', memory: 'memory_percent', requests: 'requests_per_second' } as const
const METRICS: readonly ScalingMetric[] = ['cpu', 'memory', 'requests']
/** So that 3 × 0.1 / 0.1 is three. */
const ROUNDING = 1e-9

const targetOf = (policy: Pick<AutoscalingPolicy, 'targets'>, metric: ScalingMetric): number | null => policy.targets[TARGET_OF[metric]]

const wishOf = (load: number, target: number, replicas: number, tolerance: number): number => {
  const ratio = load / target / replicas
  return Math.abs(ratio - 1) <= tolerance + ROUNDING ? replicas : Math.max(1, Math.ceil(load / target - ROUNDING))
}

/** Of the same number the one first in the list, so that the answer is the same however they are given. */
const asking = (policy: AutoscalingPolicy, { loads, replicas }: Situation): { asked: Asked[]; missing: ScalingMetric[] } => {
  const asked: Asked[] = []
  const missing: ScalingMetric[] = []
  for (const metric of METRICS) {
    const [target, load] = [targetOf(policy, metric), loads[metric]]
    if (target === null) continue
    if (load === null) missing.push(metric)
    else asked.push({ metric, wish: wishOf(load, target, replicas, policy.tolerance_percent / 100) })
  }
  return { asked: asked.sort((a, b) => b.wish - a.wish), missing }
}

/** Pure: how many shall run, and why. Bounds and schedule are kept at once; what metrics ask for goes by steps, with pauses between them. */
export const decide = (policy: AutoscalingPolicy, situation: Situation, history: History, now: Moment): Decision => {
  const { replicas } = situation
  const { least, window } = leastAt(policy, now)
  const { asked, missing } = asking(policy, situation)
  // What is not known may be as high as now.
  const wish = Math.max(missing.length > 0 ? replicas : 0, asked[0]?.wish ?? 0)
  const wishes = [...stillMattering(history.wishes, wish, now.ms - policy.stabilization_seconds * 1_000), { ms: now.ms, wish }]
  const within = (n: number): number => Math.min(policy.max, Math.max(least, n))
  const facts: Facts = { policy, situation, history, now, least, window, asked, missing, wish, within, highest: Math.max(...wishes.map((one) => one.wish)) }
  const metric = asked[0]?.metric ?? missing[0] ?? null
  const cause: Cause = metric !== null && wish > least ? metric : window ? 'schedule' : metric !== null && wish === least ? metric : 'bounds'
  return { ...move(facts, cause), least, wanted: within(wish), wishes }
}

interface Facts {
  policy: AutoscalingPolicy
  situation: Situation
  history: History
  now: Moment
  least: number
  window: ReturnType<typeof leastAt>['window']
  asked: Asked[]
  missing: ScalingMetric[]
  /** Of the metrics alone, now. */
  wish: number
  /** The highest of them in the time of stabilization. */
  highest: number
  within: (n: number) => number
}
type Move = Pick<Decision, 'replicas' | 'state' | 'reason' | 'cause'>

/** A wish that is neither younger nor higher than a later one decides nothing any more. */
const stillMattering = (wishes: readonly Wish[], wish: number, sinceMs: number): Wish[] => {
  const recent = wishes.filter((one) => one.ms >= sinceMs && one.wish > wish).sort((a, b) => a.ms - b.ms || a.wish - b.wish)
  return recent.filter((one, at) => recent.slice(at + 1).every((later) => later.wish < one.wish))
}

const move = (facts: Facts, cause: Cause): Move => {
  const { situation: { replicas, deploying, unplaced }, policy, least, wish, within } = facts
  const stay = (state: Decision['state'], reason: string): Move => ({ replicas, state, reason, cause })
  const rises = replicas < within(wish)
  if (deploying === 'wait' && (rises || replicas > within(facts.highest))) return stay('deploying', say.deploying())
  if (replicas > policy.max) return lower(facts, 'bounds', policy.max, say.tooMany(policy.max))
  if (!rises) return shrink(facts, cause, stay)
  const atLeast = Math.max(least, replicas)
  const paused = pauseLeft(facts.history.scaledUpMs, facts, policy.cool_down.up_seconds)
  const target = paused > 0 || unplaced > 0 ? atLeast : Math.max(atLeast, Math.min(within(wish), replicas + policy.max_step.up))
  if (target > replicas) return { replicas: target, state: 'scaling_up', ...why(facts, target > least ? cause : floorCause(facts)) }
  return unplaced > 0 ? stay('no_room', say.unplaced(unplaced, replicas)) : stay('cooling_down', say.paused(paused, 'up'))
}

const floorCause = ({ window }: Facts): Cause => (window ? 'schedule' : 'bounds')

const why = ({ policy, situation, window, least }: Facts, cause: Cause): Pick<Move, 'cause' | 'reason'> => {
  if (cause === 'schedule' && window) return { cause, reason: say.scheduled(window) }
  if (cause === 'schedule' || cause === 'bounds') return { cause, reason: say.tooFew(least) }
  return { cause, reason: say.measured(cause, situation.loads[cause], situation.replicas, targetOf(policy, cause)) }
}

const shrink = (facts: Facts, cause: Cause, stay: (state: Decision['state'], reason: string) => Move): Move => {
  const { situation: { replicas, deploying }, policy, wish, highest, within, missing, history } = facts
  if (replicas <= within(wish)) {
    if (wish > policy.max) return stay('at_max', say.atMax(policy.max, wish))
    return missing.length > 0 && replicas > facts.least ? stay('no_figures', say.missing(missing)) : stay('steady', why(facts, cause).reason)
  }
  if (deploying !== 'no') return stay('deploying', say.deploying())
  if (replicas <= within(highest)) return stay('stabilizing', say.stabilizing(within(highest), policy.stabilization_seconds))
  const paused = Math.max(...[history.scaledUpMs, history.scaledDownMs].map((at) => pauseLeft(at, facts, policy.cool_down.down_seconds)))
  if (paused > 0) return stay('cooling_down', say.paused(paused, 'down'))
  const { reason } = why(facts, cause)
  return lower(facts, cause, Math.max(within(highest), replicas - policy.max_step.down), facts.asked.length > 0 ? reason : say.noLongerScheduled(facts.least))
}

const lower = ({ situation: { replicas, deploying } }: Facts, cause: Cause, to: number, reason: string): Move => (deploying === 'no'
  ? { replicas: to, state: 'scaling_down', cause, reason } : { replicas, state: 'deploying', cause, reason: say.deploying() })

const pauseLeft = (sinceMs: number | null, { now }: Facts, seconds: number): number =>
  (sinceMs === null ? 0 : Math.max(0, sinceMs + seconds * 1_000 - now.ms))
