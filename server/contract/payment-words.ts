/** What people are told about rails and failed payments: pages, mails, receipts and the command line say the same. */
const RAILS = new Map(Object.entries({
  stripe: 'Stripe', paystack: 'Paystack', flutterwave: 'Flutterwave', mpesa: 'M-Pesa', bank_transfer: 'Bank transfer', transfer: 'Bank transfer', manual: 'Paid outside the console',
}))

const spaced = (name: string): string => `${name.slice(0, 1).toUpperCase()}${name.slice(1).replaceAll('_', ' ')}`

/** A rail added later reads by its own name until it has one here. */
export const railName = (provider: string): string => RAILS.get(provider) ?? spaced(provider)

export interface FailureWords {
  /** A clause for "The payment did not go through: …". */
  reason: string
  /** What the payer can do. */
  advice: string
  /** Money did arrive, and is kept until somebody has looked at it. */
  held?: true
}

const ANOTHER = 'Pay with another card, or choose another way to pay.'
const MISMATCH: FailureWords = { reason: 'the money that arrived does not belong to this invoice', advice: 'Write to the seller: it is kept until somebody has looked at it.', held: true }
const WORDS = new Map<string, FailureWords>(Object.entries({
  insufficient_funds: { reason: 'there was not enough money on the account', advice: 'Add money and try again, or choose another way to pay.' },
  card_declined: { reason: 'the bank declined the card', advice: `${ANOTHER} The bank can tell you why it declined.` },
  expired_card: { reason: 'the card has expired', advice: 'Pay with another card, and replace the saved one.' },
  lost_or_stolen: { reason: 'the bank has blocked the card', advice: ANOTHER },
  authentication_required: { reason: 'the bank asks you to confirm the payment', advice: 'Pay once yourself, so that the bank can ask you.' },
  invalid_method: { reason: 'the card or account cannot be used any more', advice: ANOTHER },
  limit_exceeded: { reason: 'the amount is above a limit of the card or account', advice: 'Ask the bank to raise the limit, or choose another way to pay.' },
  processing_error: { reason: 'the provider could not process it', advice: 'Try again in a few minutes, or choose another way to pay.' },
  cancelled_by_payer: { reason: 'it was cancelled before it was confirmed', advice: 'Start again whenever you are ready.' },
  timeout: { reason: 'nobody confirmed it in time', advice: 'Start again and confirm it on the phone, or choose another way to pay.' },
  currency_mismatch: MISMATCH, customer_mismatch: MISMATCH,
}))
const UNKNOWN: FailureWords = { reason: 'the provider gave no reason', advice: 'Try again, or choose another way to pay.' }

/** By the closed codes of the rails; anything else is told as unknown, never as the provider's own words. */
export const failureWords = (code: string | null): FailureWords => (code === null ? UNKNOWN : WORDS.get(code) ?? UNKNOWN)

/** Of the attempt's own `reason`, where what arrived is not what was asked for. */
export const isMismatch = (reason: string | null): reason is string => reason === 'currency_mismatch' || reason === 'customer_mismatch'

const BRANDS = new Map(Object.entries({ visa: 'Visa', mastercard: 'Mastercard', amex: 'American Express', verve: 'Verve', unionpay: 'UnionPay', mpesa: 'M-Pesa' }))
const brandName = (brand: string): string => BRANDS.get(brand.trim().toLowerCase()) ?? (brand === '' ? 'Card' : spaced(brand))

/** `Visa ending in 4242`: all that anybody is told of a stored card, wallet or account. */
export const methodName = ({ brand, last4 }: { brand: string; last4: string }): string => (last4 === '' ? brandName(brand) : `${brandName(brand)} ending in ${last4}`)
