import type { Resolution } from '../../contract/metrics.ts'
import { ruleViolated } from '../../core/error.ts'
import { momentOf } from '../logs/index.ts'
import { windowOf, type Window } from './rules/window.ts'

export const askedWindow = (input: { resolution?: Resolution | undefined; from: string; to?: string | undefined }, now: Date): Window => {
  const asked = { resolution: input.resolution, from: momentOf(input.from, now), to: input.to === undefined ? undefined : momentOf(input.to, now) }
  const window = windowOf(asked, now)
  if ('pointer' in window) throw ruleViolated(window.pointer, window.code, window.message)
  return window
}

/** Of a range: what is said of it beside the series. */
export const describeWindow = ({ resolution, from, to }: Window) => ({ resolution, from: from.toISOString(), to: to.toISOString() })
