/** Wire truth of money: minor-unit amounts, ISO 4217 exponents, exact decimal strings. */
import { z } from 'zod'

const TWO_DECIMALS = `AED AFN ALL AMD AOA ARS AUD AWG AZN BAM BBD BDT BMD BND BOB BOV BRL BSD BTN BWP BYN BZD CAD CDF CHE CHF CHW CNY COP
  COU CRC CUP CVE CZK DKK DOP DZD EGP ERN ETB EUR FJD FKP GBP GEL GHS GIP GMD GTQ GYD HKD HNL HTG HUF IDR ILS INR IRR JMD KES KGS KHR KPW
  KYD KZT LAK LBP LKR LRD LSL MAD MDL MGA MKD MMK MNT MOP MRU MUR MVR MWK MXN MXV MYR MZN NAD NGN NIO NOK NPR NZD PAB PEN PGK PHP PKR PLN
  QAR RON RSD RUB SAR SBD SCR SDG SEK SGD SHP SLE SOS SRD SSP STN SVC SYP SZL THB TJS TMT TOP TRY TTD TWD TZS UAH USD USN UYU UZS VED VES
  WST XAD XCD XCG YER ZAR ZMW ZWG`
const NO_DECIMALS = 'BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX UYI VND VUV XAF XOF XPF'
const THREE_DECIMALS = 'BHD IQD JOD KWD LYD OMR TND'
const FOUR_DECIMALS = 'CLF UYW'

const codes = (list: string, exponent: number) => list.split(/\s+/).map((code) => [code, exponent] as const)

/**
 * ISO 4217 active codes with a minor unit. Written out because `Intl` follows CLDR,
 * which departs from ISO for cash reasons (AFN, RSD, LAK … have 0 there) and moves with the runtime.
 */
export const CURRENCY_EXPONENTS: ReadonlyMap<string, number> = new Map([
  ...codes(TWO_DECIMALS, 2), ...codes(NO_DECIMALS, 0), ...codes(THREE_DECIMALS, 3), ...codes(FOUR_DECIMALS, 4),
])

export const isCurrency = (code: string): boolean => CURRENCY_EXPONENTS.has(code)

export function currencyExponent(code: string): number {
  const exponent = CURRENCY_EXPONENTS.get(code)
  if (exponent === undefined) throw new RangeError(`unknown currency ${code}`)
  return exponent
}

/** Three capitals; whether ISO 4217 knows the code is a rule of its own where the two answers differ (400 / 422). */
export const CurrencyCode = z.string().regex(/^[A-Z]{3}$/, 'must be three capital letters')

export const Currency = CurrencyCode.refine(isCurrency, 'is not an ISO 4217 currency')
export type Currency = z.infer<typeof Currency>

/** Minor units on the wire: a JSON integer that every client can hold exactly. */
export const MinorAmount = z.int()

export const Money = z.strictObject({ amount: MinorAmount, currency: Currency })
export type Money = z.infer<typeof Money>

export const DECIMAL_PATTERN = /^(?!-0(?:\.0+)?$)-?(?:0|[1-9]\d*)(?:\.\d{1,12})?$/

/** An exact decimal: plain digits, at most 12 after the point, no exponent form. */
export const DecimalString = z.string().max(512).regex(DECIMAL_PATTERN, 'must be a plain decimal with at most 12 decimals')
export type DecimalString = z.infer<typeof DecimalString>

/** A whole number as an integer or as a string of digits. */
export const WholeCount = z.union([z.int(), z.string().max(512).regex(/^(?!-0$)-?(?:0|[1-9]\d*)$/)], {
  error: 'must be a whole number, as an integer or a string of digits',
})
export type WholeCount = z.infer<typeof WholeCount>

export const MAX_MINOR = BigInt(Number.MAX_SAFE_INTEGER)

/** Bigint minor units to the wire; amounts beyond 2^53 - 1 never reach it silently. */
export function toWireAmount(minor: bigint): number {
  if (minor > MAX_MINOR || minor < -MAX_MINOR) throw new RangeError('amount exceeds 2^53 - 1 minor units')
  return Number(minor)
}

export const toMoney = (minor: bigint, currency: string): Money => ({ amount: toWireAmount(minor), currency })

/** `123456, USD` -> `1234.56`: plain, for machines and for further formatting. */
export function minorToDecimal(minor: bigint, currency: string): string {
  const exponent = currencyExponent(currency)
  const sign = minor < 0n ? '-' : ''
  const digits = (minor < 0n ? -minor : minor).toString().padStart(exponent + 1, '0')
  if (exponent === 0) return sign + digits
  return `${sign}${digits.slice(0, -exponent)}.${digits.slice(-exponent)}`
}

/** `123456, USD` -> `USD 1,234.56`: the same on every runtime, unlike `Intl`. */
export function formatMoney(minor: bigint | number, currency: string): string {
  const [whole = '0', fraction] = minorToDecimal(BigInt(minor), currency).split('.')
  const grouped = whole.replace(/\B(?=(\d{3})+$)/g, ',')
  return `${currency} ${fraction === undefined ? grouped : `${grouped}.${fraction}`}`
}
