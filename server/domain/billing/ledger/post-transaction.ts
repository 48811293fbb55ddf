import type { SystemDb } from '../../../core/db.ts'
import { newId } from '../../../core/id.ts'
import type { LedgerTransaction } from '../rules/ledger.ts'

/** `entityId`: the seller, where the brand has more than one. */
export interface Posting { brandId: string; entityId?: string | null; orgId: string | null; at: Date; transaction: LedgerTransaction }

/** Books a transaction once per business key; false when it was booked before. The database refuses one that does not balance. */
export const postTransaction = async (db: SystemDb, where: Omit<Posting, 'transaction'>, transaction: LedgerTransaction): Promise<boolean> => {
  const id = newId('ledgerTransaction')
  const { count } = await db.ledgerTransaction.createMany({ data: headOf(id, { ...where, transaction }), skipDuplicates: true })
  if (count === 0) return false
  await db.ledgerEntry.createMany({ data: entriesOf(id, { ...where, transaction }) })
  return true
}

/** Books many at once; a business key that exists already fails all of them. */
export const postTransactions = async (db: SystemDb, postings: readonly Posting[]): Promise<void> => {
  const withIds = postings.map((posting) => ({ id: newId('ledgerTransaction'), posting }))
  await db.ledgerTransaction.createMany({ data: withIds.map(({ id, posting }) => headOf(id, posting)) })
  await db.ledgerEntry.createMany({ data: withIds.flatMap(({ id, posting }) => entriesOf(id, posting)) })
}

const headOf = (id: string, { brandId, entityId = null, at, transaction: { businessKey, description } }: Posting) =>
  ({ id, brandId, entityId, businessKey, description, at })

const entriesOf = (transactionId: string, { brandId, orgId, transaction }: Posting) =>
  transaction.entries.map((entry) => ({ transactionId, brandId, orgId, account: entry.account, currency: transaction.currency, amount: entry.amount }))
