import { STEP_KEYS, type Step } from '../../contract/deployment.ts'

/** Marks the steps before `progress` done and that one running; times already written stay. */
export const advanceSteps = (steps: Step[], progress: number, now: Date): Step[] => {
  const at = now.toISOString()
  return STEP_KEYS.map((key, i) => {
    const step = steps.find((s) => s.key === key) ?? { key, state: 'waiting' as const, started_at: null, finished_at: null }
    if (i < progress && step.state !== 'done') return { ...step, state: 'done' as const, started_at: step.started_at ?? at, finished_at: at }
    if (i === progress && step.state === 'waiting') return { ...step, state: 'running' as const, started_at: at }
    return step
  })
}

export const finishSteps = (steps: Step[], now: Date): Step[] => advanceSteps(steps, STEP_KEYS.length, now)

/** The step that was running is where it failed. */
export const failSteps = (steps: Step[], now: Date): Step[] =>
  steps.map((s) => (s.state === 'running' ? { ...s, state: 'failed' as const, finished_at: now.toISOString() } : s))
