/** What becomes of money after it was received: refunds, disputes, settlements. */
import { z } from 'zod'
import type { ProviderDispute, ProviderPayout, ProviderRefund, RefundRequest } from '../../domain/payments/ports.ts'
import { PaymentProviderError } from '../../domain/payments/ports.ts'
import { fromSubunits, toSubunits } from './amount.ts'
import type { PaystackClient } from './client.ts'
import { findTransaction, refundsOf, Refund, Transaction } from './transactions.ts'

const REFUND_STATUSES: Readonly<Record<string, ProviderRefund['status']>> = { processed: 'succeeded', failed: 'failed' }
const toRefund = (refund: Refund): ProviderRefund => ({
  providerRefundId: String(refund.id), status: REFUND_STATUSES[refund.status] ?? 'pending',
  failure: refund.status === 'failed' ? 'The bank did not take the refund' : null,
})

/** Paystack has no idempotency keys: our refund id travels as the note, and is looked for before a second one is sent. */
export async function findRefund(client: PaystackClient, { id, payment }: RefundRequest): Promise<ProviderRefund | null> {
  const transaction = await findTransaction(client, payment.providerRef)
  if (transaction === null) return null
  const made = (await refundsOf(client, transaction.id)).find((refund) => refund.merchant_note === id)
  return made === undefined ? null : toRefund(made)
}

export async function sendRefund(client: PaystackClient, request: RefundRequest): Promise<ProviderRefund> {
  const { id, payment, amount } = request
  if (await findTransaction(client, payment.providerRef) === null) throw new PaymentProviderError('provider_refused', 'Paystack does not know this payment')
  const earlier = await findRefund(client, request)
  if (earlier !== null) return earlier
  const body = { transaction: payment.providerRef, amount: toSubunits(amount.minor, amount.currency), currency: amount.currency, merchant_note: id }
  return toRefund(await client.post('/refund', body, Refund))
}

const Dispute = z.object({
  id: z.number(), status: z.string(), resolution: z.string().nullish(), refund_amount: z.int().nullish(), currency: z.string().nullish(),
  category: z.string().nullish(),
  dueAt: z.string().nullish(), transaction: Transaction, customer: z.object({ email: z.string() }).nullish().catch(null),
})

function disputeStatus({ status, resolution }: z.infer<typeof Dispute>): ProviderDispute['status'] {
  if (status === 'resolved') return resolution === 'declined' ? 'won' : 'lost'
  return status === 'awaiting-merchant-feedback' ? 'needs_response' : 'under_review'
}

function toDispute(dispute: z.infer<typeof Dispute>): ProviderDispute {
  const { transaction } = dispute
  const currency = dispute.currency ?? transaction.currency
  return {
    disputeRef: String(dispute.id), providerRef: transaction.reference, paymentRef: null, attemptId: transaction.metadata?.attempt_id ?? null,
    amount: { minor: fromSubunits(dispute.refund_amount ?? transaction.amount, currency), currency }, feeMinor: 0n, reason: dispute.category ?? 'general',
    status: disputeStatus(dispute), dueBy: dispute.dueAt ? new Date(dispute.dueAt) : null,
  }
}

const readDispute = (client: PaystackClient, ref: string) => client.get(`/dispute/${encodeURIComponent(ref)}`, Dispute)

export async function findDispute(client: PaystackClient, ref: string): Promise<ProviderDispute | null> {
  const dispute = await readDispute(client, ref)
  return dispute === null ? null : toDispute(dispute)
}

export const listDisputes = async (client: PaystackClient, since: Date): Promise<ProviderDispute[]> =>
  (await client.list('/dispute', { from: since.toISOString() }, Dispute)).map(toDispute)

const UploadUrl = z.object({ signedUrl: z.url(), fileName: z.string() })
const Evidence = z.object({ id: z.number() })

/** Paystack wants the text twice: as the service rendered, and as a file beside the answer. */
export async function submitEvidence(client: PaystackClient, ref: string, text: string): Promise<void> {
  const dispute = await readDispute(client, ref)
  if (dispute === null) throw new PaymentProviderError('provider_refused', 'Paystack does not know this dispute')
  const email = dispute.customer?.email ?? dispute.transaction.customer?.email ?? ''
  const path = `/dispute/${encodeURIComponent(ref)}`
  const service = { customer_email: email, customer_name: email, customer_phone: 'not known', service_details: text }
  const { id } = await client.post(`${path}/evidence`, service, Evidence)
  const upload = await client.get(`${path}/upload_url?upload_filename=${encodeURIComponent(`${ref}.txt`)}`, UploadUrl)
  if (upload === null) throw new PaymentProviderError('provider_unavailable', 'Paystack gave no address for the evidence')
  await putFile(upload.signedUrl, text)
  const answer = { resolution: 'declined', message: text.slice(0, 1000), refund_amount: 0, uploaded_filename: upload.fileName, evidence: id }
  await client.put(`${path}/resolve`, answer, z.unknown())
}

async function putFile(url: string, text: string): Promise<void> {
  try {
    const response = await fetch(url, { method: 'PUT', body: text, headers: { 'content-type': 'text/plain' }, signal: AbortSignal.timeout(20_000),
      redirect: 'error' })
    if (!response.ok) throw new Error(`the store of evidence answered ${response.status}`)
  } catch (error) {
    throw new PaymentProviderError('provider_unavailable', 'The evidence could not be stored at Paystack', { cause: error })
  }
}

const Settlement = z.object({
  id: z.number(), status: z.string(), currency: z.string(), effective_amount: z.int(), total_fees: z.int().nullish(), settlement_date: z.string(),
})

/** Settlements are payouts. */
export async function listPayouts(client: PaystackClient, since: Date): Promise<ProviderPayout[]> {
  const settlements = (await client.list('/settlement', { from: since.toISOString() },
    Settlement)).filter(({ status }) => status === 'success' || status === 'processed')
  const payouts: ProviderPayout[] = []
  for (const one of settlements) {
    const rows = await client.list(`/settlement/${one.id}/transactions`, {}, Transaction)
    payouts.push({
      id: String(one.id), amount: fromSubunits(one.effective_amount, one.currency), currency: one.currency, arrivedAt: new Date(one.settlement_date),
      feeMinor: fromSubunits(one.total_fees ?? 0, one.currency), paymentRefs: rows.map((row) => row.reference),
    })
  }
  return payouts
}
