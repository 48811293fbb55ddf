/** Refunds of Flutterwave: no idempotency keys, so our refund id travels as the comment and is looked for before another is sent. */
import { z } from 'zod'
import type { ProviderRefund, RefundRequest } from '../../domain/payments/ports.ts'
import { PaymentProviderError } from '../../domain/payments/ports.ts'
import { fromMajor, toMajor } from './amount.ts'
import type { FlutterwaveClient } from './client.ts'
import { Transaction } from './transaction.ts'

const Refund = z.object({
  id: z.string(), status: z.string(), amount_refunded: z.string(), comment: z.string().nullish(), comments: z.string().nullish(),
  transaction_id: z.string().nullish(), tx_id: z.string().nullish(),
})
type Refund = z.infer<typeof Refund>

/** `completed-mpgs`, `completed-momo`, `failed`, `new`, `pending-momo` …: the first word says it. */
function statusOf({ status }: Refund): ProviderRefund['status'] {
  if (/^(?:completed|successful)/i.test(status)) return 'succeeded'
  return /^(?:failed|declined)/i.test(status) ? 'failed' : 'pending'
}

const toRefund = (refund: Refund): ProviderRefund => ({ providerRefundId: refund.id, status: statusOf(refund), failure: statusOf(refund) === 'failed' ? refund.status : null })
const noteOf = (refund: Refund): string => refund.comment ?? refund.comments ?? ''

const refundsOf = async (client: FlutterwaveClient, transactionId: string): Promise<readonly Refund[]> => {
  const all = (await client.get(`/refunds?id=${transactionId}`, z.array(Refund))) ?? []
  return all.filter((refund) => (refund.transaction_id ?? refund.tx_id ?? transactionId) === transactionId)
}

export async function refundedMinorOf(client: FlutterwaveClient, { id, status, currency }: Transaction): Promise<bigint> {
  if (status !== 'successful' && status !== 'completed') return 0n
  const done = (await refundsOf(client, id)).filter((refund) => statusOf(refund) === 'succeeded')
  return done.reduce((sum, refund) => sum + fromMajor(refund.amount_refunded, currency), 0n)
}

async function transactionId(client: FlutterwaveClient, { payment }: RefundRequest): Promise<string> {
  if (payment.paymentRef !== null && /^\d+$/.test(payment.paymentRef)) return payment.paymentRef
  const transaction = await client.get(`/transactions/verify_by_reference?tx_ref=${encodeURIComponent(payment.providerRef)}`, Transaction)
  if (transaction === null) throw new PaymentProviderError('provider_refused', 'Flutterwave does not know this payment')
  return transaction.id
}

const earlierOf = async (client: FlutterwaveClient, id: string, requestId: string): Promise<Refund | undefined> =>
  (await refundsOf(client, id)).find((refund) => noteOf(refund) === requestId)

export async function sendRefund(client: FlutterwaveClient, request: RefundRequest): Promise<ProviderRefund> {
  const id = await transactionId(client, request)
  const earlier = await earlierOf(client, id, request.id)
  if (earlier !== undefined) return toRefund(earlier)
  const { minor, currency } = request.amount
  return toRefund(await client.send('POST', `/transactions/${id}/refund`, { amount: toMajor(minor, currency), comments: request.id }, Refund))
}

export async function fetchRefund(client: FlutterwaveClient, request: RefundRequest): Promise<ProviderRefund | null> {
  const earlier = await earlierOf(client, await transactionId(client, request), request.id)
  return earlier === undefined ? null : toRefund(earlier)
}
