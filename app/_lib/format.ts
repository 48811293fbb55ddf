import { currencyExponent } from '../../server/contract/money.ts'
import type { Money } from './wire.ts'

const locale = (): string | undefined => (typeof navigator === 'undefined' ? 'en' : navigator.language)

/** Exact: the decimal string is built from the integer, never by division. */
export function decimalAmount({ amount, currency }: Money): string {
  const digits = currencyExponent(currency)
  const text = Math.abs(amount)
    .toFixed(0)
    .padStart(digits + 1, '0')
  const sign = amount < 0 ? '-' : ''
  return digits === 0 ? `${sign}${text}` : `${sign}${text.slice(0, -digits)}.${text.slice(-digits)}`
}

/** ISO exponent, not the one of CLDR: an invoice and the console must show the same digits. */
export function money(value: Money): string {
  const digits = currencyExponent(value.currency)
  return new Intl.NumberFormat(locale(), {
    style: 'currency',
    currency: value.currency,
    currencyDisplay: 'narrowSymbol',
    minimumFractionDigits: digits,
    maximumFractionDigits: digits,
  }).format(decimalAmount(value) as Intl.StringNumericLiteral)
}

/** A price per unit: a decimal string of the major unit, with as many digits as it has. */
export const unitPrice = (amount: string, currency: string): string =>
  new Intl.NumberFormat(locale(), {
    style: 'currency', currency, currencyDisplay: 'narrowSymbol', minimumFractionDigits: currencyExponent(currency), maximumFractionDigits: 20,
  }).format(amount as Intl.StringNumericLiteral)

export const times = (value: Money, count: number): Money => ({ amount: value.amount * count, currency: value.currency })

export const count = (value: number, digits = 0): string => new Intl.NumberFormat(locale(), { maximumFractionDigits: digits }).format(value)

const byteUnits = ['B', 'KiB', 'MiB', 'GiB', 'TiB', 'PiB'] as const

export function bytes(value: number): string {
  const step = value < 1 ? 0 : Math.min(Math.floor(Math.log2(value) / 10), byteUnits.length - 1)
  const scaled = value / 1024 ** step
  return `${count(scaled, scaled < 10 && step > 0 ? 1 : 0)} ${byteUnits[step] ?? 'B'}`
}

export const mebibytes = (value: number): string => bytes(value * 1024 * 1024)

/** `0.4 s`, `12 s`, `3 min 05 s`, `2 h 10 min`, `4 d 3 h`. */
export function duration(ms: number): string {
  const seconds = Math.max(0, ms) / 1000
  if (seconds < 10) return `${seconds.toFixed(1)} s`
  if (seconds < 60) return `${Math.floor(seconds)} s`
  const minutes = Math.floor(seconds / 60)
  if (minutes < 60) return `${minutes} min ${String(Math.floor(seconds % 60)).padStart(2, '0')} s`
  const hours = Math.floor(minutes / 60)
  return hours < 48 ? `${hours} h ${String(minutes % 60).padStart(2, '0')} min` : `${Math.floor(hours / 24)} d ${hours % 24} h`
}

export function ago(instant: string, now: number): string {
  const ms = now - Date.parse(instant)
  const past = Math.abs(ms)
  const say = (value: number, unit: string) => (ms >= 0 ? `${value} ${unit} ago` : `in ${value} ${unit}`)
  if (past < 5_000) return 'just now'
  if (past < 60_000) return say(Math.floor(past / 1000), 's')
  if (past < 3_600_000) return say(Math.floor(past / 60_000), 'min')
  if (past < 48 * 3_600_000) return say(Math.floor(past / 3_600_000), 'h')
  return past < 30 * 86_400_000 ? say(Math.floor(past / 86_400_000), 'days') : day(instant)
}

export const instant = (value: string): string =>
  new Intl.DateTimeFormat(locale(), { dateStyle: 'medium', timeStyle: 'long' }).format(new Date(value))

export const day = (value: string): string => new Intl.DateTimeFormat(locale(), { dateStyle: 'medium' }).format(calendar(value))

/** The day of an instant where this person is, as a date input wants it. */
export function localDay(value: string | undefined): string {
  if (value === undefined) return ''
  const at = new Date(value)
  return `${at.getFullYear()}-${String(at.getMonth() + 1).padStart(2, '0')}-${String(at.getDate()).padStart(2, '0')}`
}

export const shortDay = (value: string): string =>
  new Intl.DateTimeFormat(locale(), { day: 'numeric', month: 'short' }).format(calendar(value))

export const clock = (value: string): string =>
  new Intl.DateTimeFormat(locale(), {
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
    fractionalSecondDigits: 3,
    hourCycle: 'h23',
  }).format(new Date(value))

export const hourMinute = (value: string): string =>
  new Intl.DateTimeFormat(locale(), { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' }).format(new Date(value))

/** A bare date names a day, not midnight UTC: it must not slip to the day before in the Americas. */
const calendar = (value: string): Date => new Date(/^\d{4}-\d{2}-\d{2}$/.test(value) ? `${value}T00:00:00` : value)

export const plural = (value: number, one: string, many = `${one}s`): string => `${count(value)} ${value === 1 ? one : many}`
