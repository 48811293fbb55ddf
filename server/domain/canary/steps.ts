import { z } from 'zod'
import { CanaryStep, type CanarySettings } from '../../contract/canary.ts'
import { figuresOf, judge, type Compared, type Fault } from './judge.ts'

/** What was answered is known here only so much later. */
const FIGURES_LATE_MS = 8_000

const Steps = z.array(CanaryStep)
/** As the row holds them; null of a deployment without. */
export const parseSteps = (stored: unknown): CanaryStep[] | null => (stored === null || stored === undefined ? null : Steps.parse(stored))

const waiting = (share: number): CanaryStep => ({ share, state: 'waiting', started_at: null, finished_at: null, note: null, old: null, new: null })
export const firstSteps = ({ steps }: Pick<CanarySettings, 'steps'>): CanaryStep[] =>
  [...steps, 100].map((share, at) => ({ ...waiting(share), state: at === 0 ? 'starting' as const : 'waiting' as const }))

const isOpen = ({ state }: CanaryStep): boolean => state === 'starting' || state === 'watching'
export const presentStep = (steps: readonly CanaryStep[]): CanaryStep | null => steps.find(isOpen) ?? null

const withPresent = (steps: readonly CanaryStep[], change: Partial<CanaryStep>): CanaryStep[] =>
  steps.map((step) => (isOpen(step) ? { ...step, ...change } : step))

/** The present step ends, and the next begins; `all` leaves out those before the last. */
const goOn = (steps: readonly CanaryStep[], note: string, now: Date, all = false): CanaryStep[] => {
  const at = now.toISOString()
  const present = steps.findIndex(isOpen)
  const next = all ? steps.length - 1 : present + 1
  return steps.map((step, i) => {
    if (i === present) return { ...step, state: 'done', started_at: step.started_at ?? at, finished_at: at, note }
    if (i > present && i < next) return { ...step, state: 'done', started_at: at, finished_at: at, note: 'Left out by hand.' }
    return i === next ? { ...step, state: 'starting' } : step
  })
}

/** By hand. Null where no step is left to go on to. */
export const promoteSteps = (steps: readonly CanaryStep[], to: 'next' | 'all', now: Date): CanaryStep[] | null => {
  const present = presentStep(steps)
  return present === null || present.share === 100 ? null : goOn(steps, 'Gone on by hand.', now, to === 'all')
}

interface Sight {
  /** The edges were told the share of the present step, all have taken it over, and its instances serve. */
  divided: boolean
  answered: Compared
}
interface Move { steps: CanaryStep[]; fault: Fault | null }

/** What one look makes of the steps. The last of them is over when the deployment is. */
export const moveSteps = (settings: CanarySettings, steps: readonly CanaryStep[], { divided, answered }: Sight, now: Date): Move => {
  const present = presentStep(steps)
  if (present === null || present.share === 100) return { steps: [...steps], fault: null }
  if (present.started_at === null) return { steps: divided ? withPresent(steps, { state: 'watching', started_at: now.toISOString() }) : [...steps], fault: null }
  const verdict = judge(settings, now.getTime() - Date.parse(present.started_at) - FIGURES_LATE_MS, answered)
  const seen = withPresent(steps, { old: figuresOf(answered.old), new: figuresOf(answered.new) })
  if (verdict.act === 'abort') return { steps: seen, fault: verdict.fault }
  if (verdict.act === 'go_on' && divided) return { steps: goOn(seen, verdict.note, now), fault: null }
  return { steps: withPresent(seen, { note: verdict.act === 'go_on' ? 'Waits until every instance of the new release serves again.' : verdict.note }), fault: null }
}

/** How they look when the deployment has ended. */
export const endSteps = (steps: readonly CanaryStep[], how: 'done' | 'aborted' | 'cancelled', note: string | null, now: Date): CanaryStep[] =>
  withPresent(steps, { state: how, started_at: presentStep(steps)?.started_at ?? now.toISOString(), finished_at: now.toISOString(), note })
