/** The Stripe rail, over the official SDK: hosted Checkout, kept cards, refunds, disputes, payouts, parts of connected accounts. */
import type Stripe from 'stripe'
import type { PaymentProvider } from '../../domain/payments/ports.ts'
import { PaymentProviderError } from '../../domain/payments/ports.ts'
import { findDispute, findRefund, listDisputes, listPayouts, sendRefund, submitEvidence } from './after-payment.ts'
import { cancelCheckout, findSetup, startCheckout, startSetup } from './checkout.ts'
import type { StripeConfig } from './client.ts'
import { createClient } from './client.ts'
import { orNull, providerCall, stripeCause } from './errors.ts'
import { findPayment, listPayments } from './payments.ts'
import { chargeSaved, detachMethod } from './saved-cards.ts'
import { parseStripeWebhook } from './webhook.ts'

const MINIMUMS = { USD: 50n, EUR: 50n, GBP: 30n, JPY: 50n } as const
/** Finer sums cannot be charged: three decimals of which the last is zero, and the ariary counted whole. */
const STEPS = { BHD: 10n, JOD: 10n, KWD: 10n, OMR: 10n, TND: 10n, MGA: 100n } as const

async function checkHealth(client: Stripe): Promise<{ ok: boolean; detail: string }> {
  try {
    const { livemode } = await providerCall(() => client.balance.retrieve())
    return { ok: true, detail: livemode ? 'live' : 'test mode' }
  } catch (error) {
    if (error instanceof PaymentProviderError) return { ok: false, detail: error.code }
    throw error
  }
}

async function checkAccount(client: Stripe, account: string): Promise<'ready' | 'not_ready' | 'unknown'> {
  try {
    const found = await orNull(() => client.accounts.retrieve(account))
    if (found === null) return 'unknown'
    return found.charges_enabled ? 'ready' : 'not_ready'
  } catch (error) {
    // Stripe says of an account that is not connected to ours that our key may not see it.
    if (stripeCause(error)?.type === 'StripePermissionError') return 'unknown'
    throw error
  }
}

export function createStripeProvider(config: StripeConfig): PaymentProvider {
  let created: Promise<Stripe> | null = null
  const client = (): Promise<Stripe> => (created ??= createClient(config))
  return {
    name: 'stripe',
    label: 'Stripe',
    capabilities: {
      currencies: null, hasEventId: true, sendsFailures: true, minimums: MINIMUMS, steps: STEPS,
      checkout: 'redirect', savesMethods: true, refunds: 'partial', disputes: true, payouts: true, splits: true,
    },
    createCheckout: async (attempt) => startCheckout(await client(), attempt),
    cancelCheckout: async (ref) => cancelCheckout(await client(), ref),
    fetchPayment: async (ref) => findPayment(await client(), ref),
    chargeSaved: async (attempt, method) => chargeSaved(await client(), attempt, method),
    startSetup: async (setup) => startSetup(await client(), setup),
    fetchSetup: async (ref) => findSetup(await client(), ref),
    detachMethod: async (method) => detachMethod(await client(), method),
    refund: async (request) => sendRefund(await client(), request),
    fetchRefund: async (request) => findRefund(await client(), request),
    fetchDispute: async (ref) => findDispute(await client(), ref),
    submitEvidence: async (ref, text) => submitEvidence(await client(), ref, text),
    listDisputes: async (since) => listDisputes(await client(), since),
    listPayments: async (since, cursor) => listPayments(await client(), since, cursor),
    listPayouts: async (since) => listPayouts(await client(), since),
    checkAccount: async (account) => checkAccount(await client(), account),
    health: async () => checkHealth(await client()),
    parseWebhook: async (rawBody, headers) => parseStripeWebhook(await client(), config, rawBody, headers),
  }
}
