import type { PaymentAttempt } from '../payment-wire.ts'
import type { Split } from '../ports.ts'

/** As fixed when the attempt was made. */
export const splitOf = ({ splitAccount, splitFee }: PaymentAttempt): Split | null =>
  (splitAccount === null || splitFee === null ? null : { account: splitAccount, feeMinor: splitFee })
