/** Settlements of Flutterwave: what it paid out, less fees, refunds and chargebacks. */
import { z } from 'zod'
import type { ProviderPayout } from '../../domain/payments/ports.ts'
import { feeFromMajor, fromMajor } from './amount.ts'
import type { FlutterwaveClient } from './client.ts'

const Summary = z.object({ id: z.string(), status: z.string(), processed_date: z.string().nullish() })
const Settlement = Summary.extend({
  currency: z.string().regex(/^[A-Z]{3}$/), net_amount: z.string(), app_fee: z.string().nullish(), merchant_fee: z.string().nullish(),
  transactions: z.array(z.object({ id: z.string().nullish(), tx_ref: z.string() })).nullish(),
})

const PAID = /^(?:completed|settled|successful)/i

async function read(client: FlutterwaveClient, id: string): Promise<ProviderPayout | null> {
  const settlement = await client.get(`/settlements/${id}`, Settlement)
  if (settlement === null || !settlement.processed_date) return null
  const { currency } = settlement
  const fee = (text: string | null | undefined): bigint => (text ? (feeFromMajor(text, currency) ?? 0n) : 0n)
  return {
    id: settlement.id, amount: fromMajor(settlement.net_amount, currency), currency, arrivedAt: new Date(settlement.processed_date),
    feeMinor: fee(settlement.app_fee) + fee(settlement.merchant_fee),
    paymentRefs: (settlement.transactions ?? []).map((transaction) => transaction.id ?? transaction.tx_ref),
  }
}

export async function listPayouts(client: FlutterwaveClient, since: Date): Promise<readonly ProviderPayout[]> {
  const payouts: ProviderPayout[] = []
  for (let page = 1, more = true; more; page += 1) {
    const answer = await client.page(`/settlements?from=${since.toISOString().slice(0, 10)}&page=${page}`, z.array(Summary))
    for (const { id } of answer.data.filter(({ status }) => PAID.test(status))) {
      const payout = await read(client, id)
      if (payout !== null && payout.arrivedAt >= since) payouts.push(payout)
    }
    more = answer.more
  }
  return payouts
}
