/** Paystack's documented test cards, as far as they change what happens. https://paystack.com/docs/payments/test-payments */
export type PaystackCard = {
  readonly reusable: boolean
  /** In the words of `gateway_response`. */
  readonly decline?: string
  readonly challenge?: boolean
  readonly refund?: 'fails'
}

const CARDS: Readonly<Record<string, PaystackCard>> = {
  '4084084084084081': { reusable: true },
  '507850785078507812': { reusable: true },
  '5060666666666666666': { reusable: false },
  '4084080000000409': { reusable: true, challenge: true },
  '4084080000005408': { reusable: false, decline: 'Declined' },
  '4084080000670037': { reusable: false, decline: 'Insufficient Funds' },
  '507850785078507853': { reusable: false, decline: 'Token Not Generated. Customer Not Registered on Token Platform' },
  '4084080000671803': { reusable: true, refund: 'fails' },
}

const labelOf = ({ decline, challenge, reusable, refund }: PaystackCard): string => {
  if (decline !== undefined) return `declined: ${decline}`
  if (refund !== undefined) return 'good, its refund fails later'
  return challenge === true ? 'asks for 3-D Secure' : reusable ? 'good' : 'good, cannot be kept'
}

/** Not one of Paystack's own: a card that was good when it was kept, and has no money now. */
const SPENT = '4084080000001111'

export const paystackCard = (number: string): PaystackCard =>
  (number === SPENT ? { reusable: true } : CARDS[number.replaceAll(' ', '')]) ?? { reusable: false, decline: 'Invalid card number' }

export const savedDecline = (number: string): string | undefined => (number === SPENT ? 'Insufficient Funds' : paystackCard(number).decline)

export const PAYSTACK_TEST_CARDS = [
  ...Object.entries(CARDS).map(([number, card]) => ({ number, label: labelOf(card) })), { number: SPENT, label: 'good, refused when charged later: Insufficient Funds' },
]
