/** What a stand-in for a payment provider offers: its REST surface, what a payer does at its checkout, and what happens to money later. */
import type { CheckoutView } from './checkout-view.ts'
import type { Call, Reply } from './http.ts'
import type { ObjectStore } from './object-store.ts'
import type { Knobs, WebhookSender } from './webhook-sender.ts'

export type CheckoutOutcome = 'success' | 'decline' | 'async'
/** A documented test card by number; a card that asks for 3-D Secure waits until somebody passes or fails it. */
export type CardPayer = { readonly card: string; readonly authentication?: 'pass' | 'fail' }
export type Payer = CheckoutOutcome | CardPayer
export type CheckoutResult =
  | { readonly ok: true; readonly redirectUrl: string | null }
  | { readonly ok: false; readonly reason: 'not_found' | 'not_open' }

/** Money that came without a checkout of ours. */
export type StrayPayment = { readonly amount: number; readonly currency: string; readonly email: string }

/** A question on somebody's phone. */
export type PhonePrompt = {
  readonly id: string; readonly phone: string; readonly minor: number; readonly currency: string; readonly reference: string; readonly state: 'waiting' | 'processing'; readonly sentAt: Date
}

export type FakeProvider = {
  readonly sender: WebhookSender
  /** First parts of the paths it answers; the one with '/' takes what nobody else does. */
  readonly paths: readonly string[]
  handle(call: Call): Promise<Reply>
  view(id: string): Promise<CheckoutView | null>
  completeCheckout(id: string, payer: Payer): Promise<CheckoutResult>
  settleAsync(id: string, outcome: 'success' | 'failure'): Promise<CheckoutResult>
  /** The payer's bank takes the money back for the time being. Reference of the checkout or of the payment; answers the dispute's id. */
  openDispute?(ref: string, reason?: string): Promise<string | null>
  closeDispute?(id: string, outcome: 'won' | 'lost'): Promise<boolean>
  /** Ends every refund that is under way; answers how many. */
  settleRefunds?(outcome: 'succeeded' | 'failed'): Promise<number>
  /** Pays out what was received since the last payout; answers the payouts' ids. */
  makePayouts?(): Promise<readonly string[]>
  /** Questions that wait on phones, newest first; of providers that ask there. */
  prompts?(): Promise<readonly PhonePrompt[]>
  /** Answers the payment's reference. */
  payWithoutCheckout?(payment: StrayPayment): Promise<string>
}

export type FakeSecrets = {
  readonly stripeApiKey: string
  readonly stripeWebhookSecret: string
  readonly paystackSecretKey: string
  readonly flutterwaveSecretKey: string
  readonly flutterwaveSecretHash: string
  readonly mpesa: { readonly consumerKey: string; readonly consumerSecret: string; readonly shortcode: string; readonly passkey: string }
}

export type FakeContext = {
  readonly store: ObjectStore
  readonly secrets: FakeSecrets
  readonly webhookTarget: string
  readonly checkoutUrl: (id: string) => string
  /** Business time: creation and expiry of objects. Signatures carry real time. */
  readonly now: () => Date
  readonly knobs: () => Knobs
  readonly retryDelaysMs: readonly number[]
}
export type FakeFactory = (context: FakeContext) => FakeProvider
