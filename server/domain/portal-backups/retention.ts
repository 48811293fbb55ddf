import type { KeepRule } from '../../contract/portal-backup.ts'

export interface Kept { id: string; takenAt: Date; kind: string; good: boolean }

const day = (at: Date): string => at.toISOString().slice(0, 10)
const month = (at: Date): string => at.toISOString().slice(0, 7)
/** Its Monday. */
const week = (at: Date): string => {
  const monday = new Date(at)
  monday.setUTCDate(monday.getUTCDate() - (monday.getUTCDay() + 6) % 7)
  return day(monday)
}

/** The newest of each of the last `count` periods in which there is one. */
const newestOf = (newestFirst: readonly Kept[], period: (at: Date) => string, count: number): string[] => {
  const seen = new Map<string, string>()
  for (const { id, takenAt } of newestFirst) if (!seen.has(period(takenAt))) seen.set(period(takenAt), id)
  return [...seen.values()].slice(0, count)
}

/** Whose time is over. What was made by hand stays until somebody deletes it, and the newest good one stays whatever the rule says. */
export const expired = (backups: readonly Kept[], rule: KeepRule): string[] => {
  const good = backups.filter((b) => b.good).toSorted((a, b) => b.takenAt.getTime() - a.takenAt.getTime() || (a.id < b.id ? 1 : -1))
  const scheduled = good.filter((b) => b.kind !== 'manual')
  const keep = new Set([
    ...good.slice(0, 1).map((b) => b.id), ...newestOf(scheduled, day, rule.daily), ...newestOf(scheduled, week, rule.weekly),
    ...newestOf(scheduled, month, rule.monthly),
  ])
  return scheduled.filter((b) => !keep.has(b.id)).map((b) => b.id)
}
