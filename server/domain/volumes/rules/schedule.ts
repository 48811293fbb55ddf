export interface Schedule { id: string; everyMinutes: number; keepHours: number; enabled: boolean; nextAt: Date }
export interface Kept { id: string; expiresAt: Date | null }

export interface SchedulePlan {
  /** One snapshot each, however many were missed. */
  take: { scheduleId: string; expiresAt: Date }[]
  next: { scheduleId: string; nextAt: Date }[]
  expire: string[]
}

const MINUTE_MS = 60_000
const HOUR_MS = 3_600_000

/** The first full step after now, counted from the beginning of time: 15 minutes means :00, :15, :30, :45 in UTC. */
export const nextStep = (everyMinutes: number, now: Date): Date => {
  const stepMs = everyMinutes * MINUTE_MS
  return new Date((Math.floor(now.getTime() / stepMs) + 1) * stepMs)
}

/** What is due now. `inUse`: snapshots something still needs; they go once it does not. */
export const planSchedules = (schedules: readonly Schedule[], kept: readonly Kept[], inUse: ReadonlySet<string>, now: Date): SchedulePlan => {
  const due = schedules.filter((s) => s.enabled && s.nextAt <= now)
  return {
    take: due.map((s) => ({ scheduleId: s.id, expiresAt: new Date(now.getTime() + s.keepHours * HOUR_MS) })),
    next: due.map((s) => ({ scheduleId: s.id, nextAt: nextStep(s.everyMinutes, now) })),
    expire: kept.filter(({ id, expiresAt }) => expiresAt !== null && expiresAt <= now && !inUse.has(id)).map(({ id }) => id),
  }
}
