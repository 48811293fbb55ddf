/** Decides, in pure code, what to do next for one VM. Run the first step, look again, until the plan is empty. */
import { CREATE_STEPS, type CreateStep, type Hold, type Step, type VmDesire } from './model.ts'

export const QUARANTINE_MS = 24 * 3600 * 1000

export interface ObservedVm {
  start: { generation: number; done: readonly CreateStep[]; alive: boolean; ended: boolean; asleep?: boolean } | null
  disk: boolean
  hold: Hold | null
  /** What the watch over idle instances wants of it. */
  sleep?: 'due' | 'wake' | null
}

export interface Plan {
  steps: Step[]
  /** Monotonic instant at which the plan would change by itself. */
  wakeAtMs: number | null
}

type Goal = 'up' | 'down' | 'gone'

export function plan(desire: VmDesire | null, observed: ObservedVm | null, nowMs: number): Plan {
  const goal = goalOf(desire, nowMs)
  const steps: Step[] = []
  let start = observed?.start ?? null
  if (start && !(goal === 'up' && start.generation === desire?.generation && !start.ended)) {
    if (start.alive) steps.push('stop')
    steps.push('release')
    start = null
  }
  if (goal === 'gone') {
    if (observed?.disk) steps.push('discard')
    if (observed) steps.push('forget')
    return { steps, wakeAtMs: null }
  }
  if (goal === 'down' || !desire) return { steps, wakeAtMs: quarantineEnd(desire) }
  const hold = observed?.hold ?? null
  if (hold && hold.generation === desire.generation && (hold.untilMs === null || hold.untilMs > nowMs)) return { steps, wakeAtMs: hold.untilMs }
  if (start?.asleep) return { steps: observed?.sleep === 'wake' ? ['wake'] : [], wakeAtMs: null }
  const done = start?.done ?? []
  steps.push(...CREATE_STEPS.filter((step) => !done.includes(step)))
  if (start?.alive && steps.length === 0 && observed?.sleep === 'due') steps.push('sleep')
  return { steps, wakeAtMs: null }
}

function goalOf(desire: VmDesire | null, nowMs: number): Goal {
  if (!desire) return 'gone'
  if (desire.desired === 'absent') return 'gone'
  if (desire.desired === 'unlisted') return (quarantineEnd(desire) ?? Infinity) <= nowMs ? 'gone' : 'down'
  return desire.desired === 'running' && desire.spec ? 'up' : 'down'
}

const quarantineEnd = (desire: VmDesire | null): number | null =>
  desire?.desired === 'unlisted' && desire.unlistedSinceMs !== null ? desire.unlistedSinceMs + QUARANTINE_MS : null
