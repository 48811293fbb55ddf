import { log } from '../../core/log.ts'
import { settleDispute } from './disputes/settle-dispute.ts'
import type { PaymentProvider } from './ports.ts'
import { allProviders } from './registry.ts'
import { keepPayment } from './suspense/unknown-payment.ts'

/** Longer than any rail takes to tell, and than keys are remembered. */
const BACK_MS = 3 * 86_400_000
const PAGES = 500

export interface Compared { provider: string; payments: number; disputes: number; outcomes: Readonly<Record<string, number>> }

const comparePayments = async (rail: PaymentProvider, since: Date, outcomes: Map<string, number>): Promise<number> => {
  let seen = 0
  let cursor: string | null = null
  for (let page = 0; rail.listPayments && page < PAGES; page += 1) {
    const { payments, next } = await rail.listPayments(since, cursor)
    for (const payment of payments) {
      const outcome = await keepPayment(rail.name, payment)
      outcomes.set(outcome, (outcomes.get(outcome) ?? 0) + 1)
    }
    seen += payments.length
    if (next === null) break
    cursor = next
  }
  return seen
}

const compare = async (rail: PaymentProvider, since: Date): Promise<Compared> => {
  const outcomes = new Map<string, number>()
  const payments = await comparePayments(rail, since, outcomes)
  const disputes = await rail.listDisputes?.(since) ?? []
  for (const dispute of disputes) await settleDispute(rail.name, dispute)
  return { provider: rail.name, payments, disputes: disputes.length, outcomes: Object.fromEntries(outcomes) }
}

/** Everything the providers say they were paid, against everything we know of: what is missing here is booked or kept for a person. */
export const compareWithProviders = async (since = new Date(Date.now() - BACK_MS)): Promise<Compared[]> => {
  const results: Compared[] = []
  for (const rail of allProviders()) {
    try {
      results.push(await compare(rail, since))
    } catch (error) {
      log.warn({ provider: rail.name, error: error instanceof Error ? error.message : String(error) }, 'comparing with a provider failed')
    }
  }
  return results
}
