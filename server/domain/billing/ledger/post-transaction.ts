import type { SystemDb } from '../../../core/db.ts'
import { newId } from '../../../core/id.ts'
import type { LedgerTransaction } from '../rules/ledger.ts'

/** `entityId`: the seller, where the brand has more than one. */
export interface Posting { brandId: string; entityId?: string | null; orgId: string | null; at: Date; transaction: LedgerTransaction }

/** Books a transaction once per business key; false when it was booked before. The database refuses one that does not balance. */
export const postTransaction = async (db: SystemDb, where: Omit<Posting, 'transaction'>, transaction: LedgerTransaction): Promise<boolean> =>
  (await bookOnce(db, [{ ...where, transaction }])).size === 1

/** Any number in one statement, each once; the business keys that were not booked before. */
export const bookOnce = async (db: SystemDb, postings: readonly Posting[]): Promise<Set<string>> => {
  if (postings.length === 0) return new Set()
  const rows = postings.map((posting) => {
    const { brandId, entityId = null, orgId, at, transaction: { businessKey, description, currency, entries } } = posting
    return {
      id: newId('ledgerTransaction'), brand_id: brandId, entity_id: entityId, org_id: orgId, business_key: businessKey, description, at, currency,
      entries: entries.map(({ account, amount }) => ({ account, amount: amount.toString() })),
    }
  })
  const booked = await db.$queryRaw<{ business_key: string }[]>`
    WITH input AS MATERIALIZED (
      SELECT * FROM jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) AS r (id text, brand_id text, entity_id text, org_id text, business_key text,
        description text, at timestamptz, currency text, entries jsonb)
    ), head AS (
      INSERT INTO ledger_transaction (id, brand_id, entity_id, business_key, description, at)
      SELECT id, brand_id, entity_id, business_key, description, at FROM input ORDER BY business_key ON CONFLICT DO NOTHING RETURNING id, business_key
    ), written AS (
      INSERT INTO ledger_entry (transaction_id, brand_id, org_id, account, currency, amount)
      SELECT i.id, i.brand_id, i.org_id, e.account, i.currency, e.amount
      FROM input i JOIN head h USING (id), jsonb_to_recordset(i.entries) AS e (account text, amount bigint)
    ) SELECT business_key FROM head`
  return new Set(booked.map((row) => row.business_key))
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
