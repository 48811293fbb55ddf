const HOUR_MS = 3_600_000
export const OVERDUE_MS = 36 * HOUR_MS
const RETRY_MS = HOUR_MS

export interface Standing { hour: number | null; lastGoodAt: Date | null; lastTriedAt: Date | null; since: Date }

/** The last moment at which the schedule wanted one. Real time, UTC. */
const wantedAt = (hour: number, now: Date): Date => {
  const today = new Date(Date.UTC(now.getUTCFullYear(), now.getUTCMonth(), now.getUTCDate(), hour))
  return today <= now ? today : new Date(today.getTime() - 24 * HOUR_MS)
}

/** A missed one is made up for; one that failed is tried again an hour later. */
export const isDue = ({ hour, lastGoodAt, lastTriedAt, since }: Standing, now: Date): boolean => {
  if (hour === null) return false
  const wanted = wantedAt(hour, now)
  if (wanted < since || (lastGoodAt !== null && lastGoodAt >= wanted)) return false
  return lastTriedAt === null || lastTriedAt < wanted || now.getTime() - lastTriedAt.getTime() >= RETRY_MS
}

/** Of an installation that is to be backed up: for how long it is not. */
export const isOverdue = ({ hour, lastGoodAt, since }: Omit<Standing, 'lastTriedAt'>, now: Date): boolean =>
  hour !== null && now.getTime() - (lastGoodAt ?? since).getTime() > OVERDUE_MS
