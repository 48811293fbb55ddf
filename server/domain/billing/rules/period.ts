/** Billing periods: half-open ranges of local dates, anchored, stored as instants. */
import { Temporal } from 'temporal-polyfill'
import type { Rational } from './rational.ts'
import { fraction } from './rational.ts'

export type Cadence = { readonly anchor: string; readonly timezone: string; readonly months: number }
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

/** Counted from the anchor itself, so that 31 Jan -> 29 Feb -> 31 Mar never drifts to 29 Mar. */
export function periodAt(cadence: Cadence, index: number): Period {
  const anchor = Temporal.PlainDate.from(cadence.anchor)
  const start = anchor.add({ months: cadence.months * index }).toString()
  const end = anchor.add({ months: cadence.months * (index + 1) }).toString()
  return { start, end, startsAt: startOfLocalDate(start, cadence.timezone), endsAt: startOfLocalDate(end, cadence.timezone) }
}

/** The period an instant falls into; before the anchor the index is negative. */
export function periodContaining(cadence: Cadence, instant: Date): Period & { readonly index: number } {
  const anchor = Temporal.PlainDate.from(cadence.anchor)
  const date = Temporal.PlainDate.from(localDateOf(instant, cadence.timezone))
  const months = (date.year - anchor.year) * 12 + date.month - anchor.month
  let index = Math.floor(months / cadence.months)
  while (periodAt(cadence, index).startsAt > instant) index -= 1
  return { ...periodAt(cadence, index), index }
}

/** Calendar months of a time zone: the period of invoices in arrears. */
export const calendarMonth = (instant: Date, timezone: string): Period =>
  periodContaining({ anchor: '2000-01-01', timezone, months: 1 }, instant)
