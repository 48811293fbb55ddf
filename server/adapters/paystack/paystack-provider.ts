/** The Paystack rail: hosted checkout, authorizations that payers left, refunds, disputes, settlements, parts of subaccounts. */
import { z } from 'zod'
import type { PaymentProvider } from '../../domain/payments/ports.ts'
import { PaymentProviderError } from '../../domain/payments/ports.ts'
import { findDispute, findRefund, listDisputes, listPayouts, sendRefund, submitEvidence } from './after-payment.ts'
import { PAYSTACK_CURRENCIES, PAYSTACK_MINIMUMS } from './amount.ts'
import { chargeSaved, detachMethod, startCheckout } from './charges.ts'
import type { PaystackClient, PaystackConfig } from './client.ts'
import { createPaystackClient } from './client.ts'
import { findPayment, listPayments } from './transactions.ts'
import { parsePaystackWebhook } from './webhook.ts'

async function checkHealth(client: PaystackClient, live: boolean): Promise<{ ok: boolean; detail: string }> {
  try {
    await client.get('/balance', z.unknown())
    return { ok: true, detail: live ? 'live' : 'test mode' }
  } catch (error) {
    if (error instanceof PaymentProviderError) return { ok: false, detail: error.code }
    throw error
  }
}

export function createPaystackProvider(config: PaystackConfig): PaymentProvider {
  const client = createPaystackClient(config)
  return {
    name: 'paystack',
    label: 'Paystack',
    capabilities: {
      currencies: PAYSTACK_CURRENCIES, hasEventId: false, sendsFailures: false, minimums: PAYSTACK_MINIMUMS,
      checkout: 'redirect', savesMethods: true, refunds: 'partial', disputes: true, payouts: true, splits: true,
    },
    createCheckout: (attempt) => startCheckout(client, attempt),
    fetchPayment: (ref) => findPayment(client, ref),
    chargeSaved: (attempt, method) => chargeSaved(client, attempt, method),
    detachMethod: (method) => detachMethod(client, method),
    refund: (request) => sendRefund(client, request),
    fetchRefund: (request) => findRefund(client, request),
    fetchDispute: (ref) => findDispute(client, ref),
    submitEvidence: (ref, text) => submitEvidence(client, ref, text),
    listDisputes: (since) => listDisputes(client, since),
    listPayments: (since, cursor) => listPayments(client, since, cursor),
    listPayouts: (since) => listPayouts(client, since),
    checkAccount: async (account) => {
      const found = await client.get(`/subaccount/${encodeURIComponent(account)}`, z.object({ active: z.boolean().nullish() }))
      if (found === null) return 'unknown'
      return found.active === false ? 'not_ready' : 'ready'
    },
    health: () => checkHealth(client, config.secretKey.startsWith('sk_live_')),
    parseWebhook: (rawBody, headers) => Promise.resolve(parsePaystackWebhook(config.secretKey, rawBody, headers)),
  }
}
