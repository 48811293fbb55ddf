/** The Flutterwave rail (API v3): hosted checkout by `payments`, truth by verifying, cards kept as tokens. Our attempt id is its `tx_ref`. */
import { z } from 'zod'
import type {
  ChargeAttempt, CheckoutAttempt, PaymentProvider, ProviderPayment, SavedMethod, Split, StartedCheckout,
} from '../../domain/payments/ports.ts'
import { PaymentProviderError } from '../../domain/payments/ports.ts'
import { FLUTTERWAVE_CURRENCIES, FLUTTERWAVE_MINIMUMS, toMajor } from './amount.ts'
import type { FlutterwaveClient, FlutterwaveConfig } from './client.ts'
import { createFlutterwaveClient } from './client.ts'
import { fetchDispute, listDisputes, submitEvidence } from './disputes.ts'
import { listPayouts } from './payouts.ts'
import { fetchRefund, refundedMinorOf, sendRefund } from './refunds.ts'
import { failureCodeOf, toPayment, Transaction } from './transaction.ts'
import { parseFlutterwaveWebhook } from './webhook.ts'

const Hosted = z.object({ link: z.url() })

/** One reference may have failed tries besides the one that was paid: money first, then what may still become money, then the newest. */
const RANKS: Readonly<Record<string, number>> = { successful: 2, completed: 2, pending: 1, processing: 1 }
const better = (a: Transaction, b: Transaction): Transaction => {
  const [first, second] = [RANKS[a.status] ?? 0, RANKS[b.status] ?? 0]
  if (first !== second) return first > second ? a : b
  return BigInt(a.id) > BigInt(b.id) ? a : b
}

const idOf = async (client: FlutterwaveClient, providerRef: string): Promise<string | null> => {
  if (/^\d+$/.test(providerRef)) return providerRef
  const tries = (await client.get(`/transactions?tx_ref=${encodeURIComponent(providerRef)}`, z.array(Transaction))) ?? []
  const own = tries.filter((transaction) => transaction.tx_ref === providerRef)
  return own.length === 0 ? null : own.reduce(better).id
}

async function findPayment(client: FlutterwaveClient, providerRef: string): Promise<ProviderPayment | null> {
  const id = await idOf(client, providerRef)
  const transaction = id === null ? null : await client.get(`/transactions/${id}/verify`, Transaction)
  return transaction === null ? null : toPayment(transaction, await refundedMinorOf(client, transaction))
}

/** `flat` is what stays with us; the rest is the subaccount's. */
const subaccountsOf = (split: Split | null, currency: string): object =>
  (split === null ? {} : { subaccounts: [{ id: split.account, transaction_charge_type: 'flat', transaction_charge: toMajor(split.feeMinor, currency) }] })

function assertPayable({ amount: { minor, currency } }: Pick<CheckoutAttempt, 'amount'>): void {
  const minimum = FLUTTERWAVE_MINIMUMS[currency]
  if (minimum === undefined) throw new PaymentProviderError('currency_unsupported', `Flutterwave does not take ${currency}`)
  if (minor < minimum) throw new PaymentProviderError('amount_too_small', `Flutterwave takes no less than ${minimum} minor units of ${currency}`)
}

async function startCheckout(client: FlutterwaveClient, attempt: CheckoutAttempt): Promise<StartedCheckout> {
  assertPayable(attempt)
  const { currency, minor } = attempt.amount
  const { link } = await client.send('POST', '/payments', {
    tx_ref: attempt.id, amount: toMajor(minor, currency), currency, redirect_url: attempt.successUrl,
    customer: { email: attempt.customerEmail, ...(attempt.phone === null ? {} : { phonenumber: attempt.phone }) },
    meta: { attempt_id: attempt.id, invoice_id: attempt.invoiceId }, customizations: { title: attempt.description }, ...subaccountsOf(attempt.split, currency),
  }, Hosted)
  return { kind: 'redirect', url: link, providerRef: attempt.id }
}

const refusedCharge = (attempt: ChargeAttempt, words: string): ProviderPayment => ({
  providerRef: attempt.id, paymentRef: null, attemptId: attempt.id, status: 'failed', amount: attempt.amount, refundedMinor: 0n, feeMinor: null, paidAt: null,
  failure: words, failureCode: failureCodeOf(words), method: null,
})

/** There are no idempotency keys, but a `tx_ref` is charged once: it is looked for before and after. */
async function chargeSaved(client: FlutterwaveClient, attempt: ChargeAttempt, method: SavedMethod): Promise<ProviderPayment> {
  assertPayable(attempt)
  const earlier = await findPayment(client, attempt.id)
  if (earlier !== null) return earlier
  const { currency, minor } = attempt.amount
  try {
    await client.send('POST', '/tokenized-charges', {
      token: method.providerMethodRef, currency, amount: toMajor(minor, currency), email: method.email, tx_ref: attempt.id, narration: attempt.description,
      meta: { attempt_id: attempt.id, invoice_id: attempt.invoiceId }, ...subaccountsOf(attempt.split, currency),
    }, z.unknown())
  } catch (error) {
    if (!(error instanceof PaymentProviderError) || error.code !== 'provider_refused') throw error
    return (await findPayment(client, attempt.id)) ?? refusedCharge(attempt, error.message)
  }
  const charged = await findPayment(client, attempt.id)
  if (charged === null) throw new PaymentProviderError('provider_unavailable', 'Flutterwave took the charge and does not show it yet')
  return charged
}

const healthOf = (asked: Promise<unknown>): Promise<{ ok: boolean; detail: string }> =>
  asked.then(() => ({ ok: true, detail: 'answers' }), (error: unknown) => ({ ok: false, detail: error instanceof PaymentProviderError ? error.code : String(error) }))

const dayOf = (at: Date): string => at.toISOString().slice(0, 10)

/** Without refunds: who wants to know about one payment asks about it. */
async function listPayments(client: FlutterwaveClient, since: Date, cursor: string | null) {
  const page = Number(cursor ?? '1')
  const { data, more } = await client.page(`/transactions?from=${dayOf(since)}&to=${dayOf(new Date(Date.now() + 86_400_000))}&status=successful&page=${page}`, z.array(Transaction))
  const payments = data.map((transaction) => toPayment(transaction, 0n)).filter(({ paidAt }) => paidAt !== null && paidAt >= since)
  return { payments, next: more ? String(page + 1) : null }
}

/** Subaccounts are found by their number only; split by the name that we are given, so the list is gone through. */
async function checkAccount(client: FlutterwaveClient, account: string): Promise<'ready' | 'unknown'> {
  for (let page = 1, more = true; more; page += 1) {
    const answer = await client.page(`/subaccounts?page=${page}`, z.array(z.object({ subaccount_id: z.string() })))
    if (answer.data.some(({ subaccount_id: id }) => id === account)) return 'ready'
    more = answer.more
  }
  return 'unknown'
}

export function createFlutterwaveProvider(config: FlutterwaveConfig): PaymentProvider {
  const client = createFlutterwaveClient(config)
  return {
    name: 'flutterwave',
    label: 'Flutterwave',
    capabilities: {
      currencies: FLUTTERWAVE_CURRENCIES, minimums: FLUTTERWAVE_MINIMUMS, hasEventId: false, sendsFailures: false, checkout: 'redirect', savesMethods: true,
      refunds: 'partial', disputes: true, payouts: true, splits: true,
    },
    createCheckout: (attempt) => startCheckout(client, attempt),
    fetchPayment: (providerRef) => findPayment(client, providerRef),
    chargeSaved: (attempt, method) => chargeSaved(client, attempt, method),
    refund: (request) => sendRefund(client, request),
    fetchRefund: (request) => fetchRefund(client, request),
    fetchDispute: (disputeRef) => fetchDispute(client, disputeRef),
    submitEvidence: (disputeRef, text) => submitEvidence(client, disputeRef, text),
    listDisputes: (since) => listDisputes(client, since),
    listPayments: (since, cursor) => listPayments(client, since, cursor),
    listPayouts: (since) => listPayouts(client, since),
    checkAccount: (account) => checkAccount(client, account),
    health: () => healthOf(client.get('/balances', z.array(z.unknown()))),
    parseWebhook: (rawBody, headers) => Promise.resolve(parseFlutterwaveWebhook(config, rawBody, headers)),
  }
}
