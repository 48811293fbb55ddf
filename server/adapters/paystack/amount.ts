/** Paystack counts every currency x100, also those without a minor unit. */
import { currencyExponent } from '../../contract/money.ts'
import { PaymentProviderError } from '../../domain/payments/ports.ts'

export const PAYSTACK_CURRENCIES = ['NGN', 'USD', 'GHS', 'ZAR', 'KES', 'XOF'] as const

/** Smallest payable sum in ISO minor units. */
export const PAYSTACK_MINIMUMS = { NGN: 5000n, USD: 200n, GHS: 10n, ZAR: 100n, KES: 300n, XOF: 1n } as const

export function toSubunits(minor: bigint, currency: string): number {
  if (!PAYSTACK_CURRENCIES.some((known) => known === currency)) {
    throw new PaymentProviderError('currency_unsupported', `Paystack does not take ${currency}`)
  }
  return Number(minor * 10n ** BigInt(2 - currencyExponent(currency)))
}

export function fromSubunits(subunits: number, currency: string): bigint {
  return BigInt(subunits) / 10n ** BigInt(2 - currencyExponent(currency))
}
