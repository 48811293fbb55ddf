/** What an app has to do, read from its sums per minute. */
export interface Loads {
  /** Of all instances together, in percent of what one may use; null: not known. */
  cpu: number | null
  memory: number | null
  /** Requests per second of all instances together. */
  requests: number | null
}
export interface UsedMinute { atMs: number; spanMs: number; cpuUs: number; capacityUs: number; memory: number }
export interface AskedMinute { atMs: number; requests: number }
export interface Measured {
  used: readonly UsedMinute[]
  asked: readonly AskedMinute[]
  memoryMib: number
  /** Instances of it, or edges, are on nodes nobody hears. */
  instancesUnheard: boolean
  edgesUnheard: boolean
}

const MINUTE_MS = 60_000
/** Agents send what instances used every ten seconds, and requests every half minute; that long after its end a minute is whole. */
const USED_LATE_MS = 25_000
const ASKED_LATE_MS = 45_000
/** Minutes before this one that are looked at. */
export const LOOK_BACK_MS = 3 * MINUTE_MS

const lastWhole = (nowMs: number, lateMs: number): number => Math.floor((nowMs - lateMs) / MINUTE_MS) * MINUTE_MS - MINUTE_MS

/**
 * The last minute that is whole, or a later one where that is more already: of a minute under way nobody knows what is still to come, so it
 * can only say that there is more to do. Without a whole minute nothing is known.
 */
export const loadsOf = ({ used, asked, memoryMib, instancesUnheard, edgesUnheard }: Measured, nowMs: number): Loads => {
  const wholeUsed = lastWhole(nowMs, USED_LATE_MS)
  const recent = used.filter((bin) => bin.atMs >= wholeUsed)
  const wasMeasured = (atMs: number): boolean => used.some((bin) => bin.atMs === atMs && bin.spanMs > 0)
  const highest = (of: (bin: UsedMinute) => number): number | null => (wasMeasured(wholeUsed) && !instancesUnheard ? Math.max(...recent.map(of)) : null)
  const wholeAsked = lastWhole(nowMs, ASKED_LATE_MS)
  const isKnown = wasMeasured(wholeAsked) && !edgesUnheard && !instancesUnheard
  return {
    cpu: highest((bin) => (bin.capacityUs > 0 ? 100 * bin.cpuUs / bin.capacityUs * (bin.spanMs / MINUTE_MS) : 0)),
    memory: highest((bin) => 100 * bin.memory / (memoryMib * MINUTE_MS)),
    requests: isKnown ? Math.max(0, ...asked.filter((bin) => bin.atMs >= wholeAsked).map((bin) => bin.requests * 1_000 / MINUTE_MS)) : null,
  }
}
