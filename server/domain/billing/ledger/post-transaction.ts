import type { SystemDb } from '../../../core/db.ts'
import { newId } from '../../../core/id.ts'
import type { LedgerTransaction } from '../rules/ledger.ts'

/** Books a transaction once per business key; false when it was booked before. The database refuses one that does not balance. */
export const postTransaction = async (
  db: SystemDb, where: { brandId: string; orgId: string | null; at: Date }, transaction: LedgerTransaction,
): Promise<boolean> => {
  const id = newId('ledgerTransaction')
  const { count } = await db.ledgerTransaction.createMany({
    data: { id, brandId: where.brandId, businessKey: transaction.businessKey, description: transaction.description, at: where.at }, skipDuplicates: true,
  })
  if (count === 0) return false
  await db.ledgerEntry.createMany({
    data: transaction.entries.map((entry) => ({
      transactionId: id, brandId: where.brandId, orgId: where.orgId, account: entry.account, currency: transaction.currency, amount: entry.amount,
    })),
  })
  return true
}
