/** Shapes of the sandbox Stripe's objects: the fields the real API requires, and those our transitions move. */
import { randomId } from './ids.ts'
import type { CardError, TestCard } from './stripe-cards.ts'

export type Metadata = Readonly<Record<string, string>>
/** Asked for when a payment is made: what becomes of the card, and who else gets a part. */
export type Plan = {
  readonly metadata: Metadata; readonly description: string | null; readonly setup_future_usage?: string | undefined
  readonly application_fee_amount?: number | undefined; readonly on_behalf_of?: string | undefined;
  readonly transfer_data?: { readonly destination: string } | undefined
}
export type SessionObject = {
  readonly id: string; readonly object: 'checkout.session'; readonly mode: 'payment' | 'setup'; readonly amount_total: number | null;
  readonly currency: string | null
  readonly status: 'open' | 'complete' | 'expired'; readonly payment_status: 'unpaid' | 'paid' | 'no_payment_required'; readonly payment_intent: string | null
  readonly setup_intent: string | null; readonly customer: string | null; readonly customer_creation: 'always' | 'if_required' | null
  readonly url: string | null; readonly success_url: string; readonly cancel_url: string | null; readonly customer_email: string | null
  readonly client_reference_id: string | null; readonly metadata: Metadata; readonly created: number; readonly expires_at: number
  readonly sandbox_plan: Plan; readonly [field: string]: unknown
}
export type IntentObject = {
  readonly id: string; readonly object: 'payment_intent'; readonly amount: number; readonly amount_received: number; readonly currency: string;
  readonly created: number
  readonly status: 'requires_payment_method' | 'requires_action' | 'processing' | 'succeeded' | 'canceled'; readonly latest_charge: string | null
  readonly last_payment_error: CardError | null; readonly customer: string | null; readonly payment_method: string | null
  readonly metadata: Metadata; readonly [field: string]: unknown
}
export type ChargeObject = {
  readonly id: string; readonly object: 'charge'; readonly amount: number; readonly amount_refunded: number; readonly currency: string;
  readonly refunded: boolean
  readonly payment_intent: string; readonly paid: boolean; readonly balance_transaction: string | null; readonly payment_method: string | null
  readonly disputed: boolean; readonly created: number; readonly [field: string]: unknown
}
export type MethodObject = {
  readonly id: string; readonly object: 'payment_method'; readonly customer: string | null; readonly created: number; readonly sandbox_card: string
  readonly [field: string]: unknown
}
export type CustomerObject = { readonly id: string; readonly object: 'customer'; readonly email: string | null; readonly created: number;
  readonly [field: string]: unknown }
export type SetupIntentObject = {
  readonly id: string; readonly object: 'setup_intent'; readonly status: 'requires_payment_method' | 'requires_action' | 'succeeded' | 'canceled'
  readonly payment_method: string | null; readonly customer: string | null; readonly last_setup_error: CardError | null; readonly created: number;
  readonly [field: string]: unknown
}

type NewSession = {
  mode: 'payment' | 'setup'; amount: number | null; currency: string | null; successUrl: string; cancelUrl: string | null; email: string | null;
  reference: string | null
  customer: string | null; customerCreation: 'always' | 'if_required' | null; metadata: Metadata; plan: Plan; expiresAt: number; now: number;
  urlOf: (id: string) => string
}

export function newSession(input: NewSession): SessionObject {
  const id = randomId('cs_test', 58)
  return {
    id, object: 'checkout.session', mode: input.mode, amount_subtotal: input.amount, amount_total: input.amount, currency: input.currency, status: 'open',
    payment_status: input.mode === 'setup' ? 'no_payment_required' : 'unpaid', payment_intent: null, setup_intent: null, url: input.urlOf(id),
    success_url: input.successUrl,
    cancel_url: input.cancelUrl, customer_email: input.email, customer: input.customer,
    customer_creation: input.customer === null ? input.customerCreation : null,
    client_reference_id: input.reference, metadata: input.metadata, created: input.now, expires_at: input.expiresAt,
    automatic_tax: { enabled: false, liability: null, provider: null, status: null }, custom_fields: [],
    custom_text: { after_submit: null, shipping_address: null, submit: null, terms_of_service_acceptance: null },
    customer_details: null, invoice: null, livemode: false, payment_method_types: ['card'], shipping_options: [], ui_mode: 'hosted_page',
    sandbox_plan: input.plan,
  }
}

type NewIntent = { amount: number; currency: string; customer: string | null; method: string | null; email: string | null; plan: Plan; now: number }

export function newIntent({ amount, currency, customer, method, email, plan, now }: NewIntent): IntentObject {
  const id = randomId('pi')
  return {
    id, object: 'payment_intent', amount, amount_received: 0, amount_capturable: 0, currency, status: 'requires_payment_method', latest_charge: null,
    last_payment_error: null, metadata: plan.metadata, description: plan.description, canceled_at: null, cancellation_reason: null, capture_method: 'automatic',
    confirmation_method: 'automatic', client_secret: `${id}_secret_${randomId('s', 16).slice(2)}`, created: now, customer, livemode: false, next_action: null,
    payment_method: method, payment_method_options: {}, payment_method_types: ['card'], processing: null, receipt_email: email,
    setup_future_usage: plan.setup_future_usage ?? null, application_fee_amount: plan.application_fee_amount ?? null, on_behalf_of: plan.on_behalf_of ?? null,
    transfer_data: plan.transfer_data ?? null,
  }
}

export function newCharge(intent: IntentObject, method: MethodObject | null, balanceTransaction: string, now: number): ChargeObject {
  const transfer = intent['transfer_data'] === null ? {} : { transfer_data: { amount: null,
    destination: (intent['transfer_data'] as { destination: string }).destination }, transfer: randomId('tr') }
  const fee = intent['application_fee_amount']
  return {
    id: randomId('ch'), object: 'charge', amount: intent.amount, amount_captured: intent.amount, amount_refunded: 0, balance_transaction: balanceTransaction,
    billing_details: { address: null, email: intent['receipt_email'], name: null, phone: null, tax_id: null }, captured: true, created: now,
    currency: intent.currency,
    customer: intent.customer, description: intent['description'], disputed: false, livemode: false, metadata: intent.metadata, paid: true,
    payment_intent: intent.id,
    payment_method: method?.id ?? null, payment_method_details: null, refunded: false, status: 'succeeded', on_behalf_of: intent['on_behalf_of'],
    application_fee_amount: fee, application_fee: fee === null ? null : randomId('fee'), ...transfer,
  }
}

export function newMethod(number: string, { brand }: TestCard, customer: string | null, email: string | null, now: number): MethodObject {
  return {
    id: randomId('pm'), object: 'payment_method', customer, created: now, livemode: false, metadata: {}, type: 'card', sandbox_card: number.replaceAll(' ', ''),
    billing_details: { address: null, email, name: null, phone: null, tax_id: null },
    card: {
      brand, display_brand: brand, last4: number.slice(-4), exp_month: 12, exp_year: 2034, country: 'US', funding: 'credit', fingerprint: `sandbox${number.slice(-4)}`,
      checks: { address_line1_check: null, address_postal_code_check: null, cvc_check: 'pass' }, generated_from: null,
      networks: { available: [brand], preferred: null },
      regulated_status: null, three_d_secure_usage: { supported: true }, wallet: null,
    },
  }
}

export const newCustomer = (email: string | null, metadata: Metadata, now: number): CustomerObject => ({
  id: randomId('cus', 14), object: 'customer', email, created: now, livemode: false, metadata, name: null, description: null, default_source: null, phone: null,
  address: null, balance: 0, currency: null, delinquent: false, discount: null, preferred_locales: [], shipping: null, tax_exempt: 'none', test_clock: null,
})

export const newSetupIntent = (session: SessionObject, now: number): SetupIntentObject => ({
  id: randomId('seti'), object: 'setup_intent', status: 'requires_payment_method', payment_method: null, customer: session.customer, last_setup_error: null,
  created: now,
  livemode: false, metadata: session.sandbox_plan.metadata, description: session.sandbox_plan.description, usage: 'off_session', payment_method_types: ['card'],
  application: null, cancellation_reason: null, client_secret: null, latest_attempt: null, mandate: null, next_action: null, on_behalf_of: null,
  payment_method_options: {},
  single_use_mandate: null,
})

/** Fields that exist only inside the sandbox never leave it. */
export const publicObject = (object: object): object => Object.fromEntries(Object.entries(object).filter(([name]) => !name.startsWith('sandbox_')))
