import type { CanaryFigures, CanarySettings } from '../../contract/canary.ts'
import { STEP_PATIENCE } from '../../contract/canary.ts'
import { LATENCY_BOUNDS_MS, quantileOf, STATUS_CLASSES } from '../../contract/metrics.ts'

/** What one release answered in a step: counts by class of status, and by the buckets of latency. */
export interface Answered { status: number[]; latency: number[] }
export interface Compared { old: Answered; new: Answered }

export interface Fault { code: 'canary_errors' | 'canary_latency'; detail: string }
type Verdict = { act: 'wait' | 'go_on'; note: string } | { act: 'abort'; fault: Fault }

/** What a person does not feel is not held against a release. */
const LATENCY_GRACE_MS = 25
/** A single failed request never ends a canary. */
const FEWEST_ERRORS = 2
/** Nor do a few slow ones, as the first of an instance that just started are: of few requests a few decide the quantile. */
const FEWEST_SLOW = 5

export const nothingAnswered = (): Answered => ({ status: [], latency: [] })

export const figuresOf = ({ status, latency }: Answered): CanaryFigures => {
  const p95 = quantileOf(LATENCY_BOUNDS_MS, latency, 0.95)
  return { requests: status.reduce((sum, n) => sum + n, 0), errors: status[STATUS_CLASSES - 1] ?? 0, p95_ms: p95 === null ? null : Math.round(p95 * 10) / 10 }
}

const rateOf = ({ requests, errors }: CanaryFigures): number => (requests === 0 ? 0 : (100 * errors) / requests)
const percent = (rate: number): string => `${Math.round(rate * 10) / 10} %`
const ms = (value: number): string => `${Math.round(value)} ms`
const times = (count: number): string => `${count} ${count === 1 ? 'request' : 'requests'}`

const errorFault = (settings: CanarySettings, old: CanaryFigures, fresh: CanaryFigures): Fault | null => {
  const [rate, before] = [rateOf(fresh), rateOf(old)]
  if (fresh.errors < FEWEST_ERRORS || rate <= before + settings.max_error_rate) return null
  const beside = old.requests === 0 ? 'the old release got none' : `of the old release's ${percent(before)} did`
  return { code: 'canary_errors', detail: `${fresh.errors} of ${times(fresh.requests)} to the new release failed with 5xx, ${percent(rate)}; ${beside}. At most ${percent(settings.max_error_rate)} more is allowed.` }
}

/** How many took longer, evenly spread within a bucket. */
const slowerThan = (limitMs: number, { latency }: Answered): number => latency.reduce((sum, count, at) => {
  const [from, to] = [LATENCY_BOUNDS_MS[at - 1] ?? 0, LATENCY_BOUNDS_MS[at]]
  return sum + (to === undefined ? count : count * Math.min(1, Math.max(0, (to - limitMs) / (to - from))))
}, 0)

const latencyFault = (settings: CanarySettings, answered: Compared, old: CanaryFigures, fresh: CanaryFigures): Fault | null => {
  if (fresh.p95_ms === null || old.p95_ms === null || Math.min(fresh.requests, old.requests) < settings.min_requests) return null
  const limit = Math.max(old.p95_ms * settings.max_latency_ratio, old.p95_ms + LATENCY_GRACE_MS)
  if (fresh.p95_ms <= limit || slowerThan(limit, answered.new) < FEWEST_SLOW) return null
  return { code: 'canary_latency', detail: `95 % of requests to the new release were answered within ${ms(fresh.p95_ms)}, of the old release's within ${ms(old.p95_ms)}. At most ${settings.max_latency_ratio} times as long is allowed.` }
}

/** Whether a step may end, and how. Until its time is over only what enough requests prove ends it; then any number does. */
export const judge = (settings: CanarySettings, elapsedMs: number, answered: Compared): Verdict => {
  const [old, fresh] = [figuresOf(answered.old), figuresOf(answered.new)]
  const stepMs = settings.step_seconds * 1_000
  const [enough, over] = [fresh.requests >= settings.min_requests, elapsedMs >= stepMs]
  const fault = (enough || over ? errorFault(settings, old, fresh) : null) ?? latencyFault(settings, answered, old, fresh)
  if (fault) return { act: 'abort', fault }
  if (!over) return { act: 'wait', note: enough ? 'As good as the old release so far.' : `${fresh.requests} of the ${times(settings.min_requests)} that are needed.` }
  if (enough) return { act: 'go_on', note: `As good as the old release over ${times(fresh.requests)}.` }
  if (fresh.requests === 0 && old.requests === 0) return { act: 'go_on', note: 'Nobody asked for the app in this time, so there was nothing to compare.' }
  if (elapsedMs < stepMs * STEP_PATIENCE) return { act: 'wait', note: `${fresh.requests} of the ${times(settings.min_requests)} that are needed; waits up to ${Math.round((stepMs * STEP_PATIENCE - elapsedMs) / 1_000)} s more.` }
  return { act: 'go_on', note: `Only ${times(fresh.requests)} came; none of them speaks against it.` }
}
