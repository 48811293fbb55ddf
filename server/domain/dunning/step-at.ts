import { Temporal } from 'temporal-polyfill'

/** The first time the customer's clock shows `hour` at or after `days` local days from an instant: never sooner than those whole days. */
export const stepAt = (from: Date, days: number, hour: number, timezone: string): Date => {
  const earliest = Temporal.Instant.fromEpochMilliseconds(from.getTime()).toZonedDateTimeISO(timezone).add({ days })
  const at = (date: Temporal.PlainDate) => date.toZonedDateTime({ timeZone: timezone, plainTime: { hour } })
  const day = earliest.toPlainDate()
  const found = [at(day), at(day.add({ days: 1 }))].find((moment) => Temporal.ZonedDateTime.compare(moment, earliest) >= 0)
  return new Date((found ?? earliest).epochMilliseconds)
}

export const later = (a: Date, b: Date | null): Date => (b !== null && b > a ? b : a)
