/** ISO 4217 minor units to what Stripe counts in, and back. */
import { currencyExponent } from '../../contract/money.ts'
import { PaymentProviderError } from '../../domain/payments/ports.ts'

/** Stripe counts these in whole units; UGX and ISK are zero-decimal by ISO but sent x100 in multiples of 100. */
const WHOLE_UNITS = new Set(['BIF', 'CLP', 'DJF', 'GNF', 'JPY', 'KMF', 'KRW', 'MGA', 'PYG', 'RWF', 'VND', 'VUV', 'XAF', 'XOF', 'XPF'])
const THREE_DECIMALS = new Set(['BHD', 'JOD', 'KWD', 'OMR', 'TND'])

function stripeExponent(currency: string): number {
  if (WHOLE_UNITS.has(currency)) return 0
  return THREE_DECIMALS.has(currency) ? 3 : 2
}

export function toStripeAmount(minor: bigint, currency: string): number {
  const shift = stripeExponent(currency) - currencyExponent(currency)
  const divisor = shift < 0 ? 10n ** BigInt(-shift) : 1n
  const lastDigitMustBeZero = THREE_DECIMALS.has(currency)
  if (minor % divisor !== 0n || (lastDigitMustBeZero && minor % 10n !== 0n)) {
    throw new PaymentProviderError('amount_not_representable', `Stripe cannot charge ${minor} minor units of ${currency}`)
  }
  return Number(shift < 0 ? minor / divisor : minor * 10n ** BigInt(shift))
}

/** A part of a sum, rounded down to what Stripe can count. */
export function toStripePart(minor: bigint, currency: string): number {
  const step = THREE_DECIMALS.has(currency) ? 10n : 10n ** BigInt(Math.max(0, currencyExponent(currency) - stripeExponent(currency)))
  return toStripeAmount(minor - (minor % step), currency)
}

export function fromStripeAmount(amount: number, currency: string): bigint {
  const shift = stripeExponent(currency) - currencyExponent(currency)
  return shift < 0 ? BigInt(amount) * 10n ** BigInt(-shift) : BigInt(amount) / 10n ** BigInt(shift)
}
