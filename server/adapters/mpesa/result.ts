/** What Daraja's result codes mean to us. A code we do not know is a failure for a reason we do not know. */
import type { FailureCode } from '../../domain/payments/ports.ts'

const FAILURES: Readonly<Record<string, FailureCode>> = {
  1: 'insufficient_funds', 2: 'limit_exceeded', 3: 'limit_exceeded', 4: 'limit_exceeded', 5: 'insufficient_funds', 6: 'invalid_method', 8: 'limit_exceeded', 10: 'invalid_method',
  11: 'invalid_method', 13: 'invalid_method', 17: 'processing_error', 26: 'processing_error', 1001: 'processing_error', 1019: 'timeout', 1025: 'processing_error', 1032: 'cancelled_by_payer',
  1036: 'timeout', 1037: 'timeout', 2001: 'authentication_required', 9999: 'processing_error',
}
export const failureOf = (resultCode: string): FailureCode => FAILURES[resultCode] ?? 'unknown'

/** Still under way: the query answers with one of these as long as the payer has the phone in hand. */
export const isUnderWay = (code: string, words: string): boolean => code === '4999' || (code === '500.001.1001' && /being processed|under processing/i.test(words))
