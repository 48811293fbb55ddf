/** Stripe's documented test cards, as far as they change what happens. https://docs.stripe.com/testing */

export type CardError = { readonly type: 'card_error'; readonly code: string; readonly decline_code?: string; readonly message: string }
export type TestCard = {
  readonly brand: 'visa' | 'mastercard' | 'amex'
  readonly decline?: CardError
  /** Taken when saved, refused when charged. */
  readonly declineSaved?: CardError
  readonly authentication?: 'always' | 'unless_saved'
  readonly dispute?: 'fraudulent' | 'product_not_received'
  readonly refund?: 'succeeds_later' | 'fails_later'
}

const declined = (declineCode: string, message = 'Your card was declined.'): CardError =>
  ({ type: 'card_error', code: 'card_declined', decline_code: declineCode, message })
const visa = (change: Omit<TestCard, 'brand'> = {}): TestCard => ({ brand: 'visa', ...change })

const CARDS: Readonly<Record<string, TestCard>> = {
  4242424242424242: visa(),
  5555555555554444: { brand: 'mastercard' },
  378282246310005: { brand: 'amex' },
  4000000000000002: visa({ decline: declined('generic_decline') }),
  4000000000009995: visa({ decline: declined('insufficient_funds', 'Your card has insufficient funds.') }),
  4000000000009987: visa({ decline: declined('lost_card') }),
  4000000000009979: visa({ decline: declined('stolen_card') }),
  4000000000006975: visa({ decline: declined('card_velocity_exceeded') }),
  4000000000000069: visa({ decline: { type: 'card_error', code: 'expired_card', decline_code: 'expired_card', message: 'Your card has expired.' } }),
  4000000000000127: visa({ decline: { type: 'card_error', code: 'incorrect_cvc', decline_code: 'incorrect_cvc', message: 'Your card\'s security code is incorrect.' } }),
  4000000000000119: visa({ decline: { type: 'card_error', code: 'processing_error', decline_code: 'processing_error', message: 'An error occurred while processing your card.' } }),
  4000000000000341: visa({ declineSaved: declined('generic_decline') }),
  4000002500003155: visa({ authentication: 'unless_saved' }),
  4000002760003184: visa({ authentication: 'always' }),
  4000008260003178: visa({ authentication: 'unless_saved', declineSaved: declined('insufficient_funds', 'Your card has insufficient funds.') }),
  4000000000000259: visa({ dispute: 'fraudulent' }),
  4000000000002685: visa({ dispute: 'product_not_received' }),
  4000000000007726: visa({ refund: 'succeeds_later' }),
  4000000000005126: visa({ refund: 'fails_later' }),
}

const labelOf = ({ brand, decline, declineSaved, authentication, dispute, refund }: TestCard): string => {
  const parts = [
    decline === undefined ? null : `declined: ${decline.decline_code ?? decline.code}`, authentication === undefined ? null : `3-D Secure ${authentication === 'always' ? 'every time' : 'the first time'}`,
    declineSaved === undefined ? null : `refused when charged later: ${declineSaved.decline_code ?? declineSaved.code}`, dispute === undefined ? null : `disputed: ${dispute}`,
    refund === undefined ? null : `refund ${refund === 'fails_later' ? 'fails later' : 'arrives later'}`,
  ].filter((part) => part !== null)
  return `${brand}, ${parts.length === 0 ? 'good' : parts.join(', ')}`
}
export const TEST_CARDS = Object.entries(CARDS).map(([number, card]) => ({ number, label: labelOf(card) }))

const UNKNOWN: TestCard = visa({
  decline: { type: 'card_error', code: 'incorrect_number', decline_code: 'test_mode_live_card', message: 'Your card was declined. Only test cards are taken here.' },
})
export const testCard = (number: string): TestCard => CARDS[number.replaceAll(' ', '')] ?? UNKNOWN

export const AUTHENTICATION_REQUIRED: CardError = {
  type: 'card_error', code: 'authentication_required', decline_code: 'authentication_required',
  message: 'Your card was declined. This transaction requires authentication.',
}
export const AUTHENTICATION_FAILED: CardError = {
  type: 'card_error', code: 'payment_intent_authentication_failure', message: 'The authentication of this card failed.',
}
