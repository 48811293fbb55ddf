import { currencyExponent } from '../../../../../server/contract/money.ts'

/** `12.50` in minor units of a currency; null when it is no such amount. */
export const minorOf = (text: string, currency: string): number | null => {
  const match = /^(-?)(\d{1,13})(?:[.,](\d+))?$/.exec(text.trim())
  const exponent = currencyExponent(currency)
  const fraction = match?.[3] ?? ''
  if (!match || fraction.length > exponent) return null
  const minor = Number(`${match[2]}${fraction.padEnd(exponent, '0')}`)
  return match[1] === '-' ? -minor : minor
}
