/** The Paystack rail: hosted checkout by transaction/initialize, truth by transaction/verify. */
import { z } from 'zod'
import type {
  CheckoutAttempt, PaymentProvider, PaymentStatus, ProviderPayment, ProviderRefund, RefundRequest, StartedCheckout,
} from '../../domain/payments/ports.ts'
import { PaymentProviderError } from '../../domain/payments/ports.ts'
import { PAYSTACK_CURRENCIES, PAYSTACK_MINIMUMS, fromSubunits, toSubunits } from './amount.ts'
import type { PaystackClient, PaystackConfig } from './client.ts'
import { createPaystackClient } from './client.ts'
import { parsePaystackWebhook } from './webhook.ts'

const Initialized = z.object({ authorization_url: z.url(), access_code: z.string(), reference: z.string() })
const Transaction = z.object({
  id: z.number(), status: z.string(), reference: z.string(), amount: z.int(), currency: z.string(),
  fees: z.int().nullish(), paid_at: z.string().nullish(), gateway_response: z.string().nullish(),
  metadata: z.object({ attempt_id: z.string() }).partial().nullish().catch(null),
})
const Refund = z.object({ id: z.number(), status: z.string(), amount: z.int(), merchant_note: z.string().nullish() })
type Transaction = z.infer<typeof Transaction>
type Refund = z.infer<typeof Refund>

const STATUSES: Readonly<Record<string, PaymentStatus>> = {
  success: 'succeeded', failed: 'failed', reversed: 'refunded', abandoned: 'pending', ongoing: 'pending', pending: 'processing', processing: 'processing', queued: 'processing',
}
const REFUND_STATUSES: Readonly<Record<string, ProviderRefund['status']>> = { processed: 'succeeded', failed: 'failed' }

/** Paystack takes letters, digits and `-.=` in references; our ids carry an underscore. */
export const paystackReference = (attemptId: string): string => attemptId.replaceAll('_', '-')

const refundsOf = async (client: PaystackClient, transactionId: number): Promise<readonly Refund[]> =>
  (await client.get(`/refund?transaction=${transactionId}`, z.array(Refund))) ?? []

function paidStatus(transaction: Transaction, refunded: number): PaymentStatus {
  const status = STATUSES[transaction.status] ?? 'pending'
  if (status !== 'succeeded' || refunded === 0) return status
  return refunded >= transaction.amount ? 'refunded' : 'partially_refunded'
}

async function findPayment(client: PaystackClient, providerRef: string): Promise<ProviderPayment | null> {
  const transaction = await client.get(`/transaction/verify/${encodeURIComponent(providerRef)}`, Transaction)
  if (transaction === null) return null
  const paid = transaction.status === 'success'
  const refunds = paid || transaction.status === 'reversed' ? await refundsOf(client, transaction.id) : []
  const refunded = refunds.filter((refund) => refund.status === 'processed').reduce((sum, refund) => sum + refund.amount, 0)
  const { currency } = transaction
  return {
    providerRef, paymentRef: null, attemptId: transaction.metadata?.attempt_id ?? null,
    status: paidStatus(transaction, refunded),
    amount: { minor: fromSubunits(transaction.amount, currency), currency },
    refundedMinor: fromSubunits(refunded, currency),
    feeMinor: typeof transaction.fees === 'number' ? fromSubunits(transaction.fees, currency) : null,
    paidAt: paid && typeof transaction.paid_at === 'string' ? new Date(transaction.paid_at) : null,
    failure: transaction.status === 'failed' ? (transaction.gateway_response ?? 'failed') : null,
  }
}

async function startCheckout(client: PaystackClient, attempt: CheckoutAttempt): Promise<StartedCheckout> {
  const { minor, currency } = attempt.amount
  const amount = toSubunits(minor, currency)
  const minimum = Object.entries(PAYSTACK_MINIMUMS).find(([code]) => code === currency)?.[1] ?? 0n
  if (minor < minimum) throw new PaymentProviderError('amount_too_small', `Paystack takes no less than ${minimum} minor units of ${currency}`)
  const reference = paystackReference(attempt.id)
  const started = await client.post('/transaction/initialize', {
    email: attempt.customerEmail, amount, currency, reference, callback_url: attempt.successUrl,
    metadata: { attempt_id: attempt.id, invoice_id: attempt.invoiceId, cancel_action: attempt.cancelUrl },
  }, Initialized)
  return { url: started.authorization_url, providerRef: started.reference }
}

const toRefund = (refund: Refund): ProviderRefund => ({ providerRefundId: String(refund.id), status: REFUND_STATUSES[refund.status] ?? 'pending' })

/** Paystack has no idempotency keys: our refund id travels as the note, and is looked for before a second one is sent. */
async function sendRefund(client: PaystackClient, { id, payment, amount }: RefundRequest): Promise<ProviderRefund> {
  const transaction = await client.get(`/transaction/verify/${encodeURIComponent(payment.providerRef)}`, Transaction)
  if (transaction === null) throw new PaymentProviderError('provider_refused', 'Paystack does not know this payment')
  const earlier = (await refundsOf(client, transaction.id)).find((refund) => refund.merchant_note === id)
  if (earlier !== undefined) return toRefund(earlier)
  const body = { transaction: payment.providerRef, amount: toSubunits(amount.minor, amount.currency), currency: amount.currency, merchant_note: id }
  return toRefund(await client.post('/refund', body, Refund))
}

export function createPaystackProvider(config: PaystackConfig): PaymentProvider {
  const client = createPaystackClient(config)
  return {
    name: 'paystack',
    capabilities: { currencies: PAYSTACK_CURRENCIES, hasEventId: false, sendsFailures: false, minimums: PAYSTACK_MINIMUMS },
    createCheckout: (attempt) => startCheckout(client, attempt),
    fetchPayment: (providerRef) => findPayment(client, paystackReference(providerRef)),
    refund: (request) => sendRefund(client, request),
    parseWebhook: (rawBody, headers) => Promise.resolve(parsePaystackWebhook(config.secretKey, rawBody, headers)),
  }
}
