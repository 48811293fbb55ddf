import { Temporal } from 'temporal-polyfill'
import { DAYS, type AutoscalingPolicy, type ScheduleWindow } from '../../../contract/autoscaling.ts'

export interface Moment { ms: number; timeZone: string }

const minutesOf = (time: string): number => Number(time.slice(0, 2)) * 60 + Number(time.slice(3))

/** By the clock on the wall: an hour that a change of the clocks leaves out or doubles is as long as it is there. */
export const isWithin = ({ days, from, to }: ScheduleWindow, { ms, timeZone }: Moment): boolean => {
  const local = Temporal.Instant.fromEpochMilliseconds(ms).toZonedDateTimeISO(timeZone)
  const minute = local.hour * 60 + local.minute
  const on = (dayOfWeek: number): boolean => days.some((day) => DAYS.indexOf(day) === (dayOfWeek + 6) % 7)
  const [begin, end] = [minutesOf(from), minutesOf(to)]
  if (end > begin) return on(local.dayOfWeek) && minute >= begin && minute < end
  return (on(local.dayOfWeek) && minute >= begin) || (on(local.dayOfWeek - 1) && minute < end)
}

/** How many run at least at that moment, and the window that says so; null where `min` is as high. */
export const leastAt = ({ min, max, schedule }: Pick<AutoscalingPolicy, 'min' | 'max' | 'schedule'>, moment: Moment): { least: number; window: ScheduleWindow | null } => {
  const now = schedule.filter((window) => isWithin(window, moment))
  const highest = Math.max(min, ...now.map((window) => window.at_least))
  const window = highest > min ? now.filter((one) => one.at_least === highest).sort((a, b) => (wordsOf(a) < wordsOf(b) ? -1 : 1))[0] ?? null : null
  return { least: Math.min(max, highest), window }
}

const NAMES = { mon: 'Mon', tue: 'Tue', wed: 'Wed', thu: 'Thu', fri: 'Fri', sat: 'Sat', sun: 'Sun' } as const
const SETS: Record<string, string> = { 'mon,tue,wed,thu,fri': 'weekdays', 'sat,sun': 'weekends', [DAYS.join()]: 'every day' }

export const wordsOf = ({ days, from, to }: ScheduleWindow): string => {
  const ordered = DAYS.filter((day) => days.includes(day))
  return `${SETS[ordered.join()] ?? ordered.map((day) => NAMES[day]).join(', ')} ${from}–${to}`
}
