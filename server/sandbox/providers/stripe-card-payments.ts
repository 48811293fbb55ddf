/** What happens when a card meets a payment of the sandbox Stripe. */
import type { CardError, TestCard } from './stripe-cards.ts'
import { AUTHENTICATION_FAILED, AUTHENTICATION_REQUIRED, testCard } from './stripe-cards.ts'
import { cardFee, newBalanceTransaction } from './stripe-money-objects.ts'
import type { ChargeObject, IntentObject, MethodObject, Plan } from './stripe-objects.ts'
import { newCharge, newCustomer, newIntent, newMethod } from './stripe-objects.ts'
import { openDispute } from './stripe-money.ts'
import { shareCharge } from './stripe-shares.ts'
import type { StripeWorld } from './stripe-world.ts'

export type Paid = { readonly intent: IntentObject; readonly charge: ChargeObject }
type Authentication = 'pass' | 'fail' | undefined

/** Money arrives: charge, balance and intent in one go. */
export async function pay(world: StripeWorld, intent: IntentObject, method: MethodObject | null): Promise<Paid> {
  const now = world.nowSeconds()
  const transaction = newBalanceTransaction({ amount: intent.amount, fee: cardFee(intent.amount), currency: intent.currency, source: null, type: 'charge', now })
  const charge = newCharge(intent, method, transaction.id, now)
  const paid: IntentObject = { ...intent, status: 'succeeded', amount_received: intent.amount, latest_charge: charge.id, last_payment_error: null, next_action: null }
  await world.balanceTransactions.put(transaction.id, { ...transaction, source: charge.id })
  await world.charges.put(charge.id, charge)
  await world.intents.put(paid.id, paid)
  await shareCharge(world, charge)
  return { intent: paid, charge }
}

export async function refuse(world: StripeWorld, intent: IntentObject, error: CardError): Promise<IntentObject> {
  const refused: IntentObject = { ...intent, status: 'requires_payment_method', last_payment_error: error, next_action: null }
  await world.intents.put(refused.id, refused)
  await world.record([['payment_intent.payment_failed', refused]])
  return refused
}

/** Why a card does not pay; null where it does. */
export function refusalOf(card: TestCard, use: 'on_session' | 'off_session', authentication?: Authentication): CardError | null {
  if (card.decline !== undefined) return card.decline
  if (use === 'off_session') return card.declineSaved ?? (card.authentication === 'always' ? AUTHENTICATION_REQUIRED : null)
  return card.authentication !== undefined && authentication === 'fail' ? AUTHENTICATION_FAILED : null
}

export const mustAuthenticate = (card: TestCard, authentication: Authentication): boolean =>
  card.decline === undefined && card.authentication !== undefined && authentication === undefined

/** A method is kept only for a customer; one is made where the checkout asked for it. */
export async function saveMethod(world: StripeWorld, number: string, customer: string | null, wanted: boolean, email: string | null): Promise<MethodObject> {
  const now = world.nowSeconds()
  let owner = customer
  if (owner === null && wanted) {
    const made = newCustomer(email, {}, now)
    await world.customers.put(made.id, made)
    owner = made.id
  }
  const method = newMethod(number, testCard(number), wanted ? owner : null, email, now)
  await world.methods.put(method.id, method)
  if (wanted) await world.record([['payment_method.attached', method]])
  return method
}

/** Some cards are made to be disputed at once. */
export async function afterPaying(world: StripeWorld, card: TestCard, { charge }: Paid): Promise<void> {
  if (card.dispute !== undefined) await openDispute(world, charge.id, card.dispute)
}

export type OffSession = { amount: number; currency: string; customer: string; method: MethodObject; email: string | null; plan: Plan }
export type OffSessionResult = { readonly intent: IntentObject; readonly error: CardError | null }

/** The payer is not there: what needs them fails with `authentication_required`. */
export async function chargeOffSession(world: StripeWorld, { method, ...input }: OffSession): Promise<OffSessionResult> {
  const intent = newIntent({ ...input, method: method.id, now: world.nowSeconds() })
  await world.intents.put(intent.id, intent)
  const card = testCard(method.sandbox_card)
  const error = refusalOf(card, 'off_session')
  if (error !== null) return { intent: await refuse(world, intent, error), error }
  const paid = await pay(world, intent, method)
  await world.record([['charge.succeeded', paid.charge], ['payment_intent.succeeded', paid.intent]])
  await afterPaying(world, card, paid)
  return { intent: paid.intent, error: null }
}
