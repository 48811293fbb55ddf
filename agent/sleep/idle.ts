/** Pure: which instances of a node are due to sleep, and which to wake. */

export interface Candidate {
  appId: string
  /** Null: never sleeps. */
  sleepAfterMs: number | null
  /** It serves as it should, and nothing else is under way with it. */
  settled: boolean
  asleep: boolean
  sessions: number
  connected: boolean
  /** Since it began to run, or woke. */
  awakeMs: number
}

export type Verdict = 'due' | 'wake' | null

/** `idleMs`: since the last request, command or terminal of the app; null when none was seen. All instances of an app sleep and wake together. */
export function judge(one: Candidate, idleMs: number | null): Verdict {
  const { sleepAfterMs, asleep, settled, sessions, connected, awakeMs } = one
  if (asleep) return sleepAfterMs === null || (idleMs !== null && idleMs < sleepAfterMs) ? 'wake' : null
  if (sleepAfterMs === null || !settled || sessions > 0 || connected) return null
  return Math.min(awakeMs, idleMs ?? Infinity) >= sleepAfterMs ? 'due' : null
}
