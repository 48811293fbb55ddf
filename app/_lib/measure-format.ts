import { bytes, count, hourMinute, mebibytes, shortDay } from './format.ts'
import type { MetricSeries } from './wire.ts'

type Unit = MetricSeries['unit']

const WORDS: Record<Unit, (value: number) => string> = {
  percent: (value) => `${count(value, value < 10 ? 1 : 0)} %`,
  mib: mebibytes,
  bytes_per_second: (value) => `${bytes(value)}/s`,
  requests_per_minute: (value) => `${count(value, value < 10 ? 1 : 0)}/min`,
  instances: (value) => count(value, Number.isInteger(value) ? 0 : 1),
  milliseconds: (value) => (value < 1000 ? `${count(value, value < 10 ? 1 : 0)} ms` : `${count(value / 1000, 1)} s`),
}
export const inUnit = (unit: Unit): ((value: number) => string) => WORDS[unit]

const DAY_MS = 86_400_000

/** The hour within a day, else the day with it. */
export const instantIn = (from: string, to: string): ((at: string) => string) =>
  Date.parse(to) - Date.parse(from) <= DAY_MS ? hourMinute : Date.parse(to) - Date.parse(from) <= 14 * DAY_MS
    ? (at) => `${shortDay(at)} ${hourMinute(at)}` : shortDay
