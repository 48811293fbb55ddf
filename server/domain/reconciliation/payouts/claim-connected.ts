import type { BankAccount as AccountRow, BankLine as LineRow } from '../../../../prisma/generated/client.ts'
import type { SystemDb } from '../../../core/db.ts'
import { runtime } from '../../../core/runtime.ts'
import { connectedPayout, postTransaction } from '../../billing/index.ts'
import { mentioned } from './claim-payout.ts'

/** What the books say is on the seller's own account at the provider; nobody else takes from it meanwhile. */
const onAccount = async (db: SystemDb, { entityId, currency }: AccountRow, provider: string): Promise<bigint> => {
  await db.$executeRaw`SELECT pg_advisory_xact_lock(hashtextextended(${`connected:${entityId}:${provider}`}, 0))`
  const { _sum } = await db.ledgerEntry.aggregate({ where: { account: `connected_account:${provider}`, currency, transaction: { entityId } }, _sum: { amount: true } })
  return _sum.amount ?? 0n
}

/** A provider pays a seller's own account out without telling us: the line names one provider, which has at least as much of the seller's. */
export const claimConnected = async (db: SystemDb, line: LineRow, account: AccountRow): Promise<boolean> => {
  const [provider, ...others] = mentioned(line)
  if (provider === undefined || others.length > 0 || await onAccount(db, account, provider) < line.amount) return false
  const where = { brandId: account.brandId, entityId: account.entityId, orgId: null, at: runtime().clock.now() }
  return postTransaction(db, where, connectedPayout({ id: line.id, provider, currency: line.currency, amount: line.amount }))
}
