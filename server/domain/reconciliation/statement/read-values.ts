import type { DateFormat } from '../../../contract/bank-statement.ts'
import { currencyExponent, MAX_MINOR } from '../../../contract/money.ts'

const MONTHS = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec']
const PART: Readonly<Record<string, string>> = { YYYY: '(?<y>\\d{4})', YY: '(?<y>\\d{2})', MMM: '(?<n>[A-Za-z]{3})', MM: '(?<m>\\d{1,2})', DD: '(?<d>\\d{1,2})' }

const patterns = new Map<DateFormat, RegExp>()
const patternOf = (format: DateFormat): RegExp => {
  const known = patterns.get(format)
  if (known) return known
  const made = new RegExp(`^${format.replaceAll('.', '\\.').replaceAll(/YYYY|YY|MMM|MM|DD/g, (part) => PART[part] ?? part)}(?:[T ]\\d{1,2}:\\d{2}.*)?$`)
  patterns.set(format, made)
  return made
}

/** A local day as `2026-11-30`, or null where it is none: 31 June is a typing error, not 1 July. */
export const readDay = (text: string, format: DateFormat): string | null => {
  const found = patternOf(format).exec(text.trim())?.groups
  if (!found) return null
  const year = found.y?.length === 2 ? 2000 + Number(found.y) : Number(found.y)
  const month = found.n === undefined ? Number(found.m) : MONTHS.indexOf(found.n.toLowerCase()) + 1
  const date = new Date(Date.UTC(year, month - 1, Number(found.d)))
  const real = date.getUTCFullYear() === year && date.getUTCDate() === Number(found.d) && year >= 1970
  return real ? date.toISOString().slice(0, 10) : null
}

/** Signs in front, behind, or brackets; currency codes and signs around; groups of thousands, also of Indian ones. */
const SHAPE = /^(?<open>\()?(?<before>[+-])?(?:[A-Z]{3}|[^\p{L}\d\s.,'()+-])?(?<inner>[+-])?(?<digits>\d[\d.,']*)(?:[A-Z]{3}|[^\p{L}\d\s.,'()+-])?(?<after>[+-])?(?<close>\))?(?<word>CR|DR)?$/u

const digitsOf = (text: string, mark: '.' | ','): { whole: string; fraction: string } | null => {
  const group = mark === '.' ? ',' : '.'
  const found = new RegExp(`^(\\d+|\\d{1,3}(?:[${group}']\\d{2,3})*[${group}']\\d{3})(?:\\${mark}(\\d*))?$`).exec(text)
  return found ? { whole: (found[1] ?? '').replaceAll(/[.,']/g, ''), fraction: found[2] ?? '' } : null
}

/** Minor units; null where it is no amount of this currency. Never rounded. */
export const readAmount = (text: string, mark: '.' | ',', currency: string): bigint | null => {
  const compact = text.replaceAll(/[\s\u00a0\u202f]/g, '').replaceAll('\u2212', '-').replaceAll('\u2019', "'")
  const found = SHAPE.exec(compact)?.groups
  if (!found?.digits || (found.open === undefined) !== (found.close === undefined)) return null
  const digits = digitsOf(found.digits, mark)
  const signs = [found.before, found.inner, found.after].filter((sign) => sign !== undefined)
  if (!digits || signs.length + (found.open ? 1 : 0) + (found.word ? 1 : 0) > 1) return null
  const exponent = currencyExponent(currency)
  if (!/^0*$/.test(digits.fraction.slice(exponent))) return null
  const minor = BigInt(digits.whole + digits.fraction.slice(0, exponent).padEnd(exponent, '0'))
  if (minor > MAX_MINOR) return null
  return signs.includes('-') || found.open !== undefined || found.word === 'DR' ? -minor : minor
}
