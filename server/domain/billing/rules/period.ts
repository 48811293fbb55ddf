/** Billing periods: half-open ranges of local dates, anchored, stored as instants. */
import { Temporal } from 'temporal-polyfill'
import type { Interval } from '../../../contract/catalogue.ts'
import type { Rational } from './rational.ts'
import { fraction } from './rational.ts'

/** How often a period ends: every so many months, or weeks. */
export type Cadence = { readonly anchor: string; readonly timezone: string } & ({ readonly months: number } | { readonly weeks: number })
export type Period = { readonly start: string; readonly end: string; readonly startsAt: Date; readonly endsAt: Date }

export function isTimeZone(name: string): boolean {
  try {
    new Intl.DateTimeFormat('en', { timeZone: name })
    return true
  } catch {
    return false
  }
}

/** Difference of local dates; never a division of milliseconds. */
export const daysBetween = (start: string, end: string): number =>
  Temporal.PlainDate.from(start).until(Temporal.PlainDate.from(end), { largestUnit: 'days' }).days

/** Days of use over days of the period; the day of change belongs to the range that starts there. */
export const dayShare = (used: { from: string; to: string }, period: { start: string; end: string }): Rational =>
  fraction(BigInt(daysBetween(used.from, used.to)), BigInt(daysBetween(period.start, period.end)))

/** First instant of a local date; where clocks jump over midnight, the first instant that exists. */
export const startOfLocalDate = (date: string, timezone: string): Date =>
  new Date(Temporal.PlainDate.from(date).toZonedDateTime(timezone).epochMilliseconds)

export const localDateOf = (instant: Date, timezone: string): string =>
  Temporal.Instant.fromEpochMilliseconds(instant.getTime()).toZonedDateTimeISO(timezone).toPlainDate().toString()

const boundaryOf = (cadence: Cadence, index: number): string => Temporal.PlainDate.from(cadence.anchor)
  .add('weeks' in cadence ? { weeks: cadence.weeks * index } : { months: cadence.months * index }).toString()

/** Counted from the anchor itself, so that 31 Jan -> 29 Feb -> 31 Mar never drifts to 29 Mar. */
export function periodAt(cadence: Cadence, index: number): Period {
  const [start, end] = [boundaryOf(cadence, index), boundaryOf(cadence, index + 1)]
  return { start, end, startsAt: startOfLocalDate(start, cadence.timezone), endsAt: startOfLocalDate(end, cadence.timezone) }
}

/** The period an instant falls into; before the anchor the index is negative. */
export function periodContaining(cadence: Cadence, instant: Date): Period & { readonly index: number } {
  let index = earliestIndex(cadence, Temporal.PlainDate.from(localDateOf(instant, cadence.timezone)))
  while (periodAt(cadence, index).startsAt > instant) index -= 1
  return { ...periodAt(cadence, index), index }
}

function earliestIndex(cadence: Cadence, date: Temporal.PlainDate): number {
  const anchor = Temporal.PlainDate.from(cadence.anchor)
  if ('weeks' in cadence) return Math.floor(anchor.until(date, { largestUnit: 'days' }).days / (7 * cadence.weeks))
  return Math.floor(((date.year - anchor.year) * 12 + date.month - anchor.month) / cadence.months)
}

export type Anchor = { readonly mode: 'calendar' | 'anniversary'; readonly date: string }

const MONTHS_OF: Record<Exclude<Interval, 'week'>, number> = { month: 1, quarter: 3, year: 12 }
/** A Monday; and the first of January, where months, quarters and years begin. */
const CALENDAR_WEEK = '2001-01-01'
const CALENDAR = '2000-01-01'

/** Calendar weeks begin on Monday; an anniversary keeps its own date. */
export const cadenceOf = (anchor: Anchor, interval: Interval, timezone: string): Cadence => {
  const date = anchor.mode === 'anniversary' ? anchor.date : interval === 'week' ? CALENDAR_WEEK : CALENDAR
  return interval === 'week' ? { anchor: date, timezone, weeks: 1 } : { anchor: date, timezone, months: MONTHS_OF[interval] }
}

/** The whole period a local date is in; no time zone is needed to count dates. */
export const wholePeriodOf = (anchor: Anchor, interval: Interval, date: string): { start: string; end: string } => {
  const cadence = cadenceOf(anchor, interval, 'UTC')
  let index = earliestIndex(cadence, Temporal.PlainDate.from(date))
  while (boundaryOf(cadence, index) > date) index -= 1
  return { start: boundaryOf(cadence, index), end: boundaryOf(cadence, index + 1) }
}

/** Calendar months of a time zone: the period of invoices in arrears. */
export const calendarMonth = (instant: Date, timezone: string): Period =>
  periodContaining({ anchor: '2000-01-01', timezone, months: 1 }, instant)
