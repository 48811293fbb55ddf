/** What banks say through Paystack, which is prose, in our few words. */
import type { FailureCode } from '../../domain/payments/ports.ts'

const PATTERNS: ReadonlyArray<readonly [RegExp, FailureCode]> = [
  [/insufficient|not sufficient/i, 'insufficient_funds'],
  [/expired card|card.*expired/i, 'expired_card'],
  [/stolen|lost card|pick.?up/i, 'lost_or_stolen'],
  [/limit|exceeds/i, 'limit_exceeded'],
  [/authenticat|3.?d.?secure|incorrect (pin|otp)|wrong (pin|otp)|requires otp/i, 'authentication_required'],
  [/invalid card|invalid authorization|token not generated|not permitted|restricted|no such|reusable|deactivated/i, 'invalid_method'],
  [/cancel/i, 'cancelled_by_payer'],
  [/time.?d? ?out/i, 'timeout'],
  [/declined|do not honou?r|refer to/i, 'card_declined'],
  [/system|switch|issuer|unable|error|inoperative/i, 'processing_error'],
]

export const failureOf = (gatewayResponse: string): FailureCode => PATTERNS.find(([pattern]) => pattern.test(gatewayResponse))?.[1] ?? 'unknown'
