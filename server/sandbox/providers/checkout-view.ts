/** What a pay page shows of a checkout; the page itself is the console's. */
export type CheckoutView = {
  readonly provider: string
  readonly amountText: string
  readonly description: string
  readonly email: string | null
  readonly state: 'open' | 'closed'
  readonly message: string | null
  readonly cancelUrl: string | null
}
