/** Chargebacks of Flutterwave. It tells of them by mail and on its dashboard only, so they are listed from time to time. */
import { z } from 'zod'
import type { ProviderDispute } from '../../domain/payments/ports.ts'
import { fromMajor } from './amount.ts'
import type { FlutterwaveClient } from './client.ts'
import { attemptOf, Transaction } from './transaction.ts'

const Chargeback = z.object({
  id: z.string(), amount: z.string(), status: z.string(), stage: z.string().nullish(), comment: z.string().nullish(), due_date: z.string().nullish(),
  tx_ref: z.string().nullish(), transaction_id: z.string(), currency: z.string().nullish(),
})
type Chargeback = z.infer<typeof Chargeback>

const STATUSES: Readonly<Record<string, ProviderDispute['status']>> = {
  initiated: 'needs_response', pending: 'needs_response', declined: 'under_review', won: 'won', reversed: 'won', invalid: 'won', accepted: 'lost', lost: 'lost',
}

/** The currency is the payment's, which a chargeback does not always name. */
async function toDispute(client: FlutterwaveClient, chargeback: Chargeback): Promise<ProviderDispute | null> {
  const transaction = await client.get(`/transactions/${chargeback.transaction_id}/verify`, Transaction)
  if (transaction === null) return null
  return {
    disputeRef: chargeback.id, providerRef: transaction.tx_ref, paymentRef: transaction.id, attemptId: attemptOf(transaction),
    amount: { minor: fromMajor(chargeback.amount, transaction.currency), currency: transaction.currency }, feeMinor: 0n,
    reason: chargeback.comment ?? chargeback.stage ?? 'chargeback', status: STATUSES[chargeback.status.toLowerCase()] ?? 'needs_response',
    dueBy: chargeback.due_date ? new Date(chargeback.due_date) : null,
  }
}

export async function fetchDispute(client: FlutterwaveClient, disputeRef: string): Promise<ProviderDispute | null> {
  const chargeback = await client.get(`/chargebacks/${encodeURIComponent(disputeRef)}`, Chargeback)
  return chargeback === null ? null : toDispute(client, chargeback)
}

export async function listDisputes(client: FlutterwaveClient, since: Date): Promise<readonly ProviderDispute[]> {
  const found: ProviderDispute[] = []
  for (let page = 1, more = true; more; page += 1) {
    const answer = await client.page(`/chargebacks?from=${since.toISOString().slice(0, 10)}&page=${page}`, z.array(Chargeback))
    for (const chargeback of answer.data) {
      const dispute = await toDispute(client, chargeback)
      if (dispute !== null) found.push(dispute)
    }
    more = answer.more
  }
  return found
}

/** To decline is to contest; what was delivered is said in the comment. */
export async function submitEvidence(client: FlutterwaveClient, disputeRef: string, text: string): Promise<void> {
  await client.send('PUT', `/chargebacks/${encodeURIComponent(disputeRef)}`, { action: 'decline', comment: text }, z.unknown())
}
