/**
 * Exact fractions of bigints. A share such as 27/31 has no finite decimal, so a decimal library would
 * round before the line does; fractions never round, need no precision setting and are repeatable bit for bit.
 */
import { currencyExponent } from '../../../contract/money.ts'

export type Rational = { readonly n: bigint; readonly d: bigint }

export const ZERO: Rational = { n: 0n, d: 1n }
export const ONE: Rational = { n: 1n, d: 1n }

export const whole = (value: bigint | number): Rational => ({ n: BigInt(value), d: 1n })

export function fraction(n: bigint, d: bigint): Rational {
  if (d === 0n) throw new RangeError('division by zero')
  return d < 0n ? { n: -n, d: -d } : { n, d }
}

/** A plain decimal string or a whole count, exactly. */
export function exact(value: string | number): Rational {
  const text = String(value)
  const point = text.indexOf('.')
  if (point === -1) return whole(BigInt(text))
  return { n: BigInt(text.slice(0, point) + text.slice(point + 1)), d: 10n ** BigInt(text.length - point - 1) }
}

export const add = (a: Rational, b: Rational): Rational => (a.d === b.d ? { n: a.n + b.n, d: a.d } : { n: a.n * b.d + b.n * a.d, d: a.d * b.d })
export const subtract = (a: Rational, b: Rational): Rational => add(a, { n: -b.n, d: b.d })
export const multiply = (a: Rational, b: Rational): Rational => ({ n: a.n * b.n, d: a.d * b.d })
export const divide = (a: Rational, b: Rational): Rational => fraction(a.n * b.d, a.d * b.n)

export function compare(a: Rational, b: Rational): -1 | 0 | 1 {
  const difference = a.n * b.d - b.n * a.d
  return difference === 0n ? 0 : difference < 0n ? -1 : 1
}

export const isNegative = (a: Rational): boolean => a.n < 0n
export const lesser = (a: Rational, b: Rational): Rational => (compare(a, b) <= 0 ? a : b)
export const greater = (a: Rational, b: Rational): Rational => (compare(a, b) >= 0 ? a : b)

/** Smallest whole number not below a non-negative fraction. */
export const ceiling = (a: Rational): bigint => (a.n <= 0n ? a.n / a.d : (a.n + a.d - 1n) / a.d)

export function roundHalfAwayFromZero(a: Rational): bigint {
  const magnitude = a.n < 0n ? -a.n : a.n
  const rounded = (2n * magnitude + a.d) / (2n * a.d)
  return a.n < 0n ? -rounded : rounded
}

const minorScale = (currency: string): bigint => 10n ** BigInt(currencyExponent(currency))

/** Major units to minor units, rounded once. */
export const toMinor = (major: Rational, currency: string): bigint => roundHalfAwayFromZero({ n: major.n * minorScale(currency), d: major.d })

/** Major units to minor units, or null where the sum is finer than the currency's minor unit. */
export function toMinorExactly(major: Rational, currency: string): bigint | null {
  const scaled = major.n * minorScale(currency)
  return scaled % major.d === 0n ? scaled / major.d : null
}

/** The nearest decimal with at most `decimals` digits after the point, without trailing zeros. */
export function toDecimalString(a: Rational, decimals = 12): string {
  const scaled = roundHalfAwayFromZero({ n: a.n * 10n ** BigInt(decimals), d: a.d })
  const sign = scaled < 0n ? '-' : ''
  const digits = (scaled < 0n ? -scaled : scaled).toString().padStart(decimals + 1, '0')
  const fractionDigits = digits.slice(digits.length - decimals).replace(/0+$/, '')
  return sign + digits.slice(0, digits.length - decimals) + (fractionDigits && `.${fractionDigits}`)
}
