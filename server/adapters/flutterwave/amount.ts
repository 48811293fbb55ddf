/** Flutterwave writes sums as decimals of the major unit. They are read as text and never become a float. */
import { currencyExponent, minorToDecimal } from '../../contract/money.ts'
import { PaymentProviderError } from '../../domain/payments/ports.ts'

export const FLUTTERWAVE_CURRENCIES = [
  'NGN', 'GHS', 'KES', 'UGX', 'TZS', 'RWF', 'ZAR', 'ZMW', 'XOF', 'XAF', 'MWK', 'EGP', 'USD', 'EUR', 'GBP',
] as const

/** One major unit: less is refused by the card schemes. */
export const FLUTTERWAVE_MINIMUMS: Readonly<Record<string, bigint>> =
  Object.fromEntries(FLUTTERWAVE_CURRENCIES.map((currency) => [currency, 10n ** BigInt(currencyExponent(currency))]))

const DECIMAL = /^(\d{1,16})(?:\.(\d{1,20}))?$/

export function toMajor(minor: bigint, currency: string): string {
  if (!FLUTTERWAVE_CURRENCIES.some((known) => known === currency)) {
    throw new PaymentProviderError('currency_unsupported', `Flutterwave does not take ${currency}`)
  }
  return minorToDecimal(minor, currency)
}

function split(decimal: string, currency: string): { minor: bigint; rest: string } | null {
  const [, whole, fraction = ''] = DECIMAL.exec(decimal) ?? []
  if (whole === undefined) return null
  const exponent = currencyExponent(currency)
  return { minor: BigInt(whole + fraction.slice(0, exponent).padEnd(exponent, '0')), rest: fraction.slice(exponent) }
}

/** `1250.5, NGN` -> 125050; what is finer than the minor unit is no sum that anybody paid. */
export function fromMajor(decimal: string, currency: string): bigint {
  const parts = split(decimal, currency)
  if (parts === null || /[1-9]/.test(parts.rest)) {
    throw new PaymentProviderError('provider_refused', `Flutterwave told a sum of ${currency} that cannot be counted: ${decimal.slice(0, 40)}`)
  }
  return parts.minor
}

/** Fees are shares and may be finer than the unit: rounded once, half up. */
export function feeFromMajor(decimal: string, currency: string): bigint | null {
  const parts = split(decimal, currency)
  return parts === null ? null : parts.minor + (/^[5-9]/.test(parts.rest) ? 1n : 0n)
}
