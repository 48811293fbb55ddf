import type pg from 'pg'
import { runtime } from '../../server/core/runtime.ts'

/** What settling one payment leaves behind, written with nothing else around it: one statement per payment, eight at once, no triggers, no foreign keys. */
const TABLES = ['payment_attempt', 'invoice', 'ledger_transaction', 'ledger_entry', 'event']
const AT_ONCE = 8

const COPIES = TABLES.map((table) => `CREATE TABLE bare.${table} AS SELECT * FROM ${table}; CREATE TABLE bare.${table}_new (LIKE ${table} INCLUDING INDEXES);`).join('\n')
const WRITE = `WITH a AS (UPDATE bare.payment_attempt SET state = state, updated_at = now() WHERE id = $1 RETURNING invoice_id),
  i AS (UPDATE bare.invoice SET state = state, paid_at = now() FROM a WHERE id = a.invoice_id RETURNING id),
  t AS (INSERT INTO bare.ledger_transaction_new SELECT * FROM bare.ledger_transaction WHERE business_key IN ('payment_received:' || $1, 'provider_fee:stripe:' || $1) RETURNING id),
  e AS (INSERT INTO bare.ledger_entry_new SELECT l.* FROM bare.ledger_entry l JOIN bare.ledger_transaction t ON t.id = l.transaction_id
    WHERE t.business_key IN ('payment_received:' || $1, 'provider_fee:stripe:' || $1)),
  v AS (INSERT INTO bare.event_new SELECT v.* FROM bare.event v WHERE v.subject_id = $1 OR v.subject_id = (SELECT invoice_id FROM a))
  SELECT count(*) FROM i`
const INDEXES = `CREATE INDEX ON bare.payment_attempt (id); CREATE INDEX ON bare.invoice (id); CREATE INDEX ON bare.ledger_transaction (business_key);
  CREATE INDEX ON bare.ledger_entry (transaction_id); CREATE INDEX ON bare.event (subject_id); ANALYZE bare.ledger_transaction, bare.ledger_entry, bare.event`

/** Payments a second. The rows are those that settling wrote in this run. */
export async function measureBareRows(ids: readonly string[]): Promise<number> {
  const pool: pg.Pool = runtime().databases.systemPool
  await pool.query(`CREATE SCHEMA bare; ${COPIES} ${INDEXES}`)
  const waiting = ids.values()
  const begun = performance.now()
  await Promise.all(Array.from({ length: AT_ONCE }, async () => { for (const id of waiting) await pool.query({ name: 'bare', text: WRITE, values: [id] }) }))
  return ids.length / (performance.now() - begun) * 1000
}
