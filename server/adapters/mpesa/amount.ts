/** M-Pesa moves whole shillings. */
import { PaymentProviderError } from '../../domain/payments/ports.ts'
import type { Amount } from '../../domain/payments/ports.ts'

export const MPESA_MINIMUMS = { KES: 100n } as const
/** What one transaction may move at most. */
const MOST_SHILLINGS = 250_000n

export function toShillings({ minor, currency }: Amount): number {
  if (currency !== 'KES') throw new PaymentProviderError('currency_unsupported', `M-Pesa does not take ${currency}`)
  if (minor < MPESA_MINIMUMS.KES) throw new PaymentProviderError('amount_too_small', 'M-Pesa takes no less than one shilling')
  if (minor % 100n !== 0n) throw new PaymentProviderError('amount_not_representable', 'M-Pesa takes whole shillings only')
  if (minor / 100n > MOST_SHILLINGS) throw new PaymentProviderError('amount_not_representable', `M-Pesa takes no more than KES ${MOST_SHILLINGS} at once`)
  return Number(minor / 100n)
}

export const fromShillings = (shillings: number): Amount => ({ minor: BigInt(shillings) * 100n, currency: 'KES' })
