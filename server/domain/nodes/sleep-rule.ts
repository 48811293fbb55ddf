import type { ObjectStatus } from '../../contract/node-api/v1.ts'

/** A time in which a start slept. `toldMs`: how long it had slept in all, by its agent, when this was written. */
export interface Sleep { startedAt: Date; endedAt: Date | null; toldMs: number }
export type SleepChange =
  | { type: 'fall'; at: Date; toldMs: number }
  | { type: 'rise'; at: Date; toldMs: number }
  /** A sleep nobody heard of while it lasted. */
  | { type: 'missed'; from: Date; to: Date; toldMs: number }

type Told = Pick<ObjectStatus, 'phase' | 'since_ms' | 'slept_ms'>

/**
 * What one status says about the sleep of a start that runs since `startedAt`. Agents tell durations, `now` is business time. Sleeps of a
 * start never overlap, none begins before it, and a report that comes twice changes nothing.
 */
export const planSleep = (status: Told, startedAt: Date, known: readonly Sleep[], now: Date): SleepChange[] => {
  const asleep = status.phase === 'sleeping'
  const open = known.find((sleep) => sleep.endedAt === null)
  const since = now.getTime() - status.since_ms
  const past = Math.max(0, (status.slept_ms ?? 0) - (asleep ? status.since_ms : 0))
  if (open) return asleep ? [] : [{ type: 'rise', at: clamp(since, open.startedAt.getTime(), now.getTime()), toldMs: past }]
  const earliest = Math.max(startedAt.getTime(), ...known.map((sleep) => sleep.endedAt?.getTime() ?? 0))
  const at = clamp(since, earliest, now.getTime())
  const unheard = past - Math.max(0, ...known.map((sleep) => sleep.toldMs))
  const from = new Date(Math.max(earliest, at.getTime() - unheard))
  return [
    ...(unheard > 0 && from < at ? [{ type: 'missed' as const, from, to: at, toldMs: past }] : []),
    ...(asleep ? [{ type: 'fall' as const, at, toldMs: past }] : []),
  ]
}

const clamp = (ms: number, from: number, to: number): Date => new Date(Math.max(from, Math.min(ms, to)))
