import type { BankLine as LineRow } from '../../../../prisma/generated/client.ts'
import type { SystemDb } from '../../../core/db.ts'
import { findProvider, providerNames } from '../../payments/index.ts'

const DAY_MS = 86_400_000
const NEAR_DAYS = 7
/** Providers name a payout hours after the bank has it, at times; from then on the money is anybody's. */
const PATIENCE_MS = 3 * DAY_MS

export const mentioned = (line: Pick<LineRow, 'payer' | 'text'>): string[] => {
  const said = `${line.payer} ${line.text}`.toLowerCase()
  return providerNames().filter((name) => [name, findProvider(name)?.label ?? name].some((word) => said.includes(word.toLowerCase().replaceAll('_', ' '))))
}

/** A line that is a provider's payout is in the books already. `waits`: it looks like one that the provider has not named yet. */
export const claimPayout = async (db: SystemDb, line: LineRow): Promise<'claimed' | 'waits' | 'none'> => {
  const day = Date.parse(`${line.bookedOn}T12:00:00Z`)
  const payouts = await db.payout.findMany({
    where: {
      bankLineId: null, amount: line.amount, currency: line.currency,
      arrivedAt: { gte: new Date(day - NEAR_DAYS * DAY_MS), lte: new Date(day + NEAR_DAYS * DAY_MS) },
    },
    orderBy: [{ arrivedAt: 'asc' }, { id: 'asc' }],
  })
  const named = mentioned(line)
  const found = payouts.find((payout) => line.text.includes(payout.providerRef)) ?? payouts.find((payout) => named.includes(payout.provider))
  if (found) {
    const { count } = await db.payout.updateMany({ where: { id: found.id, bankLineId: null }, data: { bankLineId: line.id } })
    return count === 1 ? 'claimed' : 'waits'
  }
  const paying = named.some((name) => findProvider(name)?.capabilities.payouts)
  return paying && Date.now() - line.createdAt.getTime() < PATIENCE_MS ? 'waits' : 'none'
}
