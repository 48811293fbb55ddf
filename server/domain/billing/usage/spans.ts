/** Ranges of time in the pieces that usage is summed by: months, days, hours, minutes. */
import { Temporal } from 'temporal-polyfill'

export const GRAINS = ['month', 'day', 'hour', 'minute'] as const
export type Grain = (typeof GRAINS)[number]
export interface Span { grain: Grain; starts: Date; ends: Date }

const MS: Record<'hour' | 'minute', number> = { hour: 3_600_000, minute: 60_000 }

const localDate = (at: Date, timezone: string): Temporal.PlainDate =>
  Temporal.Instant.fromEpochMilliseconds(at.getTime()).toZonedDateTimeISO(timezone).toPlainDate()
const startOf = (date: Temporal.PlainDate, timezone: string): Date => new Date(date.toZonedDateTime(timezone).epochMilliseconds)

/** Start of the bucket that holds an instant. Minutes and hours are everybody's, days and months those of the time zone. */
export const bucketStart = (at: Date, grain: Grain, timezone: string): Date => {
  if (grain === 'hour' || grain === 'minute') return new Date(Math.floor(at.getTime() / MS[grain]) * MS[grain])
  const date = localDate(at, timezone)
  return startOf(grain === 'month' ? date.with({ day: 1 }) : date, timezone)
}

/** Start of the bucket after the one that begins at `start`. */
export const nextBucket = (start: Date, grain: Grain, timezone: string): Date => {
  if (grain === 'hour' || grain === 'minute') return new Date(start.getTime() + MS[grain])
  const date = localDate(start, timezone)
  return startOf(grain === 'month' ? date.with({ day: 1 }).add({ months: 1 }) : date.add({ days: 1 }), timezone)
}

/**
 * Splits a range into buckets of the coarsest grains that fit: whole months in the middle, then whole days, hours and minutes towards
 * the ends. Nothing is left out or counted twice; beyond minutes the ends are rounded down.
 */
export const spansOf = (from: Date, to: Date, timezone: string, coarsest: Grain = 'month'): Span[] => {
  const [grain, ...finer] = GRAINS.slice(GRAINS.indexOf(coarsest))
  if (grain === undefined || from >= to) return []
  if (grain === 'minute') return minutesOf(from, to)
  const first = bucketStart(from, grain, timezone)
  const starts = first.getTime() === from.getTime() ? first : nextBucket(first, grain, timezone)
  const ends = bucketStart(to, grain, timezone)
  const within = (a: Date, b: Date): Span[] => spansOf(a, b, timezone, finer[0])
  return starts < ends ? [...within(from, starts), { grain, starts, ends }, ...within(ends, to)] : within(from, to)
}

const minutesOf = (from: Date, to: Date): Span[] => {
  const [starts, ends] = [bucketStart(from, 'minute', 'UTC'), bucketStart(to, 'minute', 'UTC')]
  return starts < ends ? [{ grain: 'minute', starts, ends }] : []
}

/** The buckets of a range, cut to it at both ends; each is named as reports name it. */
export const bucketsOf = (from: Date, to: Date, grain: Grain, timezone: string): { name: string; starts: Date; ends: Date }[] => {
  const buckets: { name: string; starts: Date; ends: Date }[] = []
  for (let start = bucketStart(from, grain, timezone); start < to;) {
    const next = nextBucket(start, grain, timezone)
    buckets.push({ name: bucketName(start, grain, timezone), starts: start > from ? start : from, ends: next < to ? next : to })
    start = next
  }
  return buckets
}

/** `2026-11`, `2026-11-21`, or the instant of an hour or minute. */
export const bucketName = (start: Date, grain: Grain, timezone: string): string => {
  if (grain === 'hour' || grain === 'minute') return start.toISOString()
  return localDate(start, timezone).toString().slice(0, grain === 'month' ? 7 : 10)
}
