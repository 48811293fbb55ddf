/** What a pay page shows of a checkout; the page itself is the console's. */
export type CheckoutView = {
  readonly provider: string
  readonly amountText: string
  readonly description: string
  readonly email: string | null
  /** `challenge`: the payer's bank asks for 3-D Secure. */
  readonly state: 'open' | 'challenge' | 'closed'
  readonly message: string | null
  readonly cancelUrl: string | null
  /** Nothing is paid: the card is only kept. */
  readonly setup?: boolean
  /** Test cards this provider documents, for the page to offer. */
  readonly cards?: readonly { readonly number: string; readonly label: string }[]
  /** The card whose bank waits for an answer. */
  readonly challengedCard?: string | null
}
