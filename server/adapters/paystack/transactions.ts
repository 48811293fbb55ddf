/** What Paystack knows of a payment, in our words. */
import { z } from 'zod'
import type { PaymentStatus, ProviderPayment, SavedMethodFacts } from '../../domain/payments/ports.ts'
import { fromSubunits } from './amount.ts'
import type { PaystackClient } from './client.ts'
import { failureOf } from './failure.ts'

/** An object where Paystack kept it as one, its text where not. */
const Metadata = z.preprocess((value) => {
  if (typeof value !== 'string' || value === '') return value === '' ? null : value
  try {
    return JSON.parse(value) as unknown
  } catch {
    return null
  }
}, z.object({ attempt_id: z.string() }).partial().nullish().catch(null))

const Authorization = z.object({
  authorization_code: z.string(), reusable: z.boolean().nullish(), channel: z.string().nullish(), brand: z.string().nullish(), card_type: z.string().nullish(),
  last4: z.string().nullish(), exp_month: z.string().nullish(), exp_year: z.string().nullish(), country_code: z.string().nullish(),
}).nullish().catch(null)

export const Transaction = z.object({
  id: z.number(), status: z.string(), reference: z.string(), amount: z.int(), currency: z.string(), fees: z.int().nullish(), paid_at: z.string().nullish(),
  gateway_response: z.string().nullish(), metadata: Metadata, authorization: Authorization, customer: z.object({ email: z.string() }).nullish().catch(null),
})
export type Transaction = z.infer<typeof Transaction>

export const Refund = z.object({
  id: z.number(), status: z.string(), amount: z.union([z.int(), z.string().regex(/^\d+$/).transform(Number)]), merchant_note: z.string().nullish(),
})
export type Refund = z.infer<typeof Refund>

/** Paystack takes letters, digits and `-.=` in references; our ids carry an underscore. */
export const paystackReference = (attemptId: string): string => attemptId.replaceAll('_', '-')

const STATUSES: Readonly<Record<string, PaymentStatus>> = {
  success: 'succeeded', failed: 'failed', reversed: 'refunded', abandoned: 'pending', ongoing: 'pending', pending: 'processing', processing: 'processing', queued: 'processing',
}

const KINDS: Readonly<Record<string, SavedMethodFacts['kind']>> = { card: 'card', mobile_money: 'mobile_money' }
const numberOf = (text: string | null | undefined): number | null => (text && /^\d+$/.test(text) ? Number(text) : null)

/** An authorization is good only with the address it was made with, so that address is the customer's name at Paystack. */
function methodOf({ authorization, customer, status }: Transaction): SavedMethodFacts | null {
  if (status !== 'success' || !authorization || !customer) return null
  return {
    providerMethodRef: authorization.authorization_code, customerRef: customer.email, kind: KINDS[authorization.channel ?? ''] ?? 'bank',
    brand: (authorization.brand ?? authorization.card_type ?? '').trim(), last4: authorization.last4 ?? '', expMonth: numberOf(authorization.exp_month),
    expYear: numberOf(authorization.exp_year), reusable: authorization.reusable === true, country: authorization.country_code ?? null,
  }
}

function paidStatus(transaction: Transaction, refunded: number): PaymentStatus {
  const status = STATUSES[transaction.status] ?? 'pending'
  if (status !== 'succeeded' || refunded === 0) return status
  return refunded >= transaction.amount ? 'refunded' : 'partially_refunded'
}

export function toPayment(transaction: Transaction, refunds: readonly Refund[]): ProviderPayment {
  const { currency, status } = transaction
  const refunded = refunds.filter((refund) => refund.status === 'processed').reduce((sum, refund) => sum + refund.amount, 0)
  const failure = status === 'failed' ? (transaction.gateway_response ?? 'failed') : null
  return {
    providerRef: transaction.reference, paymentRef: null, attemptId: transaction.metadata?.attempt_id ?? null, status: paidStatus(transaction, refunded),
    amount: { minor: fromSubunits(transaction.amount, currency), currency }, refundedMinor: fromSubunits(refunded, currency),
    feeMinor: typeof transaction.fees === 'number' ? fromSubunits(transaction.fees, currency) : null,
    paidAt: status === 'success' && typeof transaction.paid_at === 'string' ? new Date(transaction.paid_at) : null,
    failure, failureCode: failure === null ? null : failureOf(failure), method: methodOf(transaction),
  }
}

export const refundsOf = (client: PaystackClient, transactionId: number): Promise<Refund[]> =>
  client.list('/refund', { transaction: String(transactionId) }, Refund)

export const findTransaction = (client: PaystackClient, ref: string): Promise<Transaction | null> =>
  client.get(`/transaction/verify/${encodeURIComponent(paystackReference(ref))}`, Transaction)

export async function findPayment(client: PaystackClient, ref: string): Promise<ProviderPayment | null> {
  const transaction = await findTransaction(client, ref)
  if (transaction === null) return null
  const paid = transaction.status === 'success' || transaction.status === 'reversed'
  return toPayment(transaction, paid ? await refundsOf(client, transaction.id) : [])
}

const PAGE = 100

/** The list carries no refunds; who needs them reads the payment. */
export async function listPayments(client: PaystackClient, since: Date, cursor: string | null): Promise<{ payments: ProviderPayment[]; next: string | null }> {
  const page = Number(cursor ?? '1')
  const query = new URLSearchParams({ status: 'success', from: since.toISOString(), perPage: String(PAGE), page: String(page) })
  const rows = (await client.get(`/transaction?${query.toString()}`, z.array(Transaction))) ?? []
  return { payments: rows.map((row) => toPayment(row, [])), next: rows.length < PAGE ? null : String(page + 1) }
}
