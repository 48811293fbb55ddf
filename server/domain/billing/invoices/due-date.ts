import { Temporal } from 'temporal-polyfill'

/** Whole local days after it was issued, at the same time of day. */
export const dueDate = (issuedAt: Date, timezone: string, termDays: number): Date =>
  new Date(Temporal.Instant.fromEpochMilliseconds(issuedAt.getTime()).toZonedDateTimeISO(timezone).add({ days: termDays }).epochMilliseconds)
