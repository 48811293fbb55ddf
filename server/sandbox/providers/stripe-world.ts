/** The sandbox Stripe's memory: its shelves, and the events every change is told by. */
import type { Lock } from './lock.ts'
import type { ObjectStore } from './object-store.ts'
import { shelfOf } from './object-store.ts'
import type {
  ApplicationFeeObject, BalanceTransactionObject, DisputeObject, EventObject, PayoutObject, RefundObject, TransferObject,
} from './stripe-money-objects.ts'
import { newEvent } from './stripe-money-objects.ts'
import type { ChargeObject, CustomerObject, IntentObject, MethodObject, SessionObject, SetupIntentObject } from './stripe-objects.ts'
import { publicObject } from './stripe-objects.ts'
import type { Knobs } from './webhook-sender.ts'

export type StripeWorldOptions = {
  readonly store: ObjectStore
  readonly lock: Lock
  readonly nowSeconds: () => number
  readonly apiVersion: () => string
  readonly knobs: () => Knobs
  readonly publish: (events: readonly EventObject[]) => Promise<void>
}
type Change = readonly [type: string, object: object]

function openShelves(store: ObjectStore) {
  return {
    sessions: shelfOf<SessionObject>(store, 'stripe', 'checkout.session'),
    intents: shelfOf<IntentObject>(store, 'stripe', 'payment_intent'),
    setups: shelfOf<SetupIntentObject>(store, 'stripe', 'setup_intent'),
    methods: shelfOf<MethodObject>(store, 'stripe', 'payment_method'),
    customers: shelfOf<CustomerObject>(store, 'stripe', 'customer'),
    charges: shelfOf<ChargeObject>(store, 'stripe', 'charge'),
    balanceTransactions: shelfOf<BalanceTransactionObject>(store, 'stripe', 'balance_transaction'),
    refunds: shelfOf<RefundObject>(store, 'stripe', 'refund'),
    disputes: shelfOf<DisputeObject>(store, 'stripe', 'dispute'),
    payouts: shelfOf<PayoutObject>(store, 'stripe', 'payout'),
    transfers: shelfOf<TransferObject>(store, 'stripe', 'transfer'),
    applicationFees: shelfOf<ApplicationFeeObject>(store, 'stripe', 'application_fee'),
    events: shelfOf<EventObject>(store, 'stripe', 'event'),
  }
}

export function createStripeWorld({ store, lock, nowSeconds, apiVersion, knobs, publish }: StripeWorldOptions) {
  const shelves = openShelves(store)
  const record = async (changes: readonly Change[]): Promise<void> => {
    const made = changes.map(([type, object]) => newEvent(type, publicObject(object), apiVersion(), nowSeconds()))
    for (const event of made) await shelves.events.put(event.id, event)
    await publish(made)
  }
  return { ...shelves, lock, nowSeconds, knobs, record }
}
export type StripeWorld = ReturnType<typeof createStripeWorld>
