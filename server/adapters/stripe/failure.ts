/** Stripe's many decline codes in our few words. https://docs.stripe.com/declines/codes */
import type { FailureCode } from '../../domain/payments/ports.ts'

const CODES: ReadonlyArray<readonly [FailureCode, readonly string[]]> = [
  ['insufficient_funds', ['insufficient_funds']],
  ['expired_card', ['expired_card']],
  ['lost_or_stolen', ['lost_card', 'stolen_card', 'pickup_card', 'restricted_card']],
  ['authentication_required', [
    'authentication_required', 'authentication_not_handled', 'payment_intent_authentication_failure', 'setup_intent_authentication_failure', 'offline_pin_required',
    'online_or_offline_pin_required',
  ]],
  ['limit_exceeded', ['card_velocity_exceeded', 'withdrawal_count_limit_exceeded', 'pin_try_exceeded', 'amount_too_large']],
  ['processing_error', ['processing_error', 'issuer_not_available', 'try_again_later', 'reenter_transaction', 'approve_with_id']],
  ['invalid_method', [
    'incorrect_number', 'invalid_number', 'invalid_account', 'incorrect_cvc', 'invalid_cvc', 'invalid_expiry_month', 'invalid_expiry_year', 'incorrect_zip', 'card_not_supported',
    'currency_not_supported', 'invalid_amount', 'new_account_information_available', 'revocation_of_authorization', 'revocation_of_all_authorizations', 'stop_payment_order',
    'test_mode_live_card', 'payment_method_unexpected_state', 'payment_method_unactivated', 'resource_missing',
  ]],
  ['timeout', ['payment_intent_payment_attempt_expired']],
  ['card_declined', ['card_declined', 'payment_intent_payment_attempt_failed', 'payment_method_provider_decline', 'payment_method_customer_decline']],
]
const BY_CODE = new Map(CODES.flatMap(([ours, theirs]) => theirs.map((code) => [code, ours] as const)))

/** The decline code says more than the code, where there is one. */
export const failureOf = (error: { code?: string | null | undefined; decline_code?: string | null | undefined }): FailureCode =>
  BY_CODE.get(error.decline_code ?? '') ?? BY_CODE.get(error.code ?? '') ?? 'unknown'
