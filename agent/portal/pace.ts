/** Pure: how long to wait before the next question, so that a few may follow each other at once and many keep their distance. */
export interface PaceRule { burst: number; everyMs: number }

/** `sinceMs`: monotonic time up to which questions are spent; by one interval at most ahead of the last one. */
export interface Pace { sinceMs: number }

export const paceFrom = (): Pace => ({ sinceMs: -Infinity })

/** After a question at `nowMs`: the pace from then on, and the milliseconds to wait. */
export function paced({ sinceMs }: Pace, { burst, everyMs }: PaceRule, nowMs: number): { pace: Pace; pauseMs: number } {
  const spentMs = Math.min(nowMs, Math.max(sinceMs, nowMs - burst * everyMs)) + everyMs
  return { pace: { sinceMs: spentMs }, pauseMs: Math.max(0, spentMs - nowMs) }
}
