import { runtime } from '../../../core/runtime.ts'
import { formatMoney } from '../../../contract/money.ts'
import { findProvider } from '../../payments/index.ts'
import { openWorkItem } from '../work/work-items.ts'
import { count, type Figures } from './figures.ts'
import { isPaidState } from './paid.ts'

const MOST_ASKED = 500
/** A provider's list may lag behind its own answer. */
const SETTLED_MS = 3_600_000

interface Booked { id: string; org_id: string; provider_ref: string | null; amount: bigint; currency: string; state: string; booked: bigint | null }

/** Attempts of one provider that our books call paid, or that the ledger has; with what the ledger has. */
const bookedAttempts = async (provider: string, since: Date): Promise<Booked[]> => {
  const { rows } = await runtime().databases.systemPool.query<Omit<Booked, 'amount' | 'booked'> & { amount: string; booked: string | null }>(
    `SELECT p.id, p.org_id, p.provider_ref, p.amount::text, p.currency, p.state, b.booked::text
     FROM payment_attempt p
     LEFT JOIN LATERAL (SELECT sum(e.amount) AS booked FROM ledger_transaction t JOIN ledger_entry e ON e.transaction_id = t.id AND e.amount > 0
       WHERE t.business_key = 'payment_received:' || p.id OR t.business_key = (SELECT 'suspense:' || s.id FROM suspense_item s WHERE s.key = 'payment:' || p.id)) b ON true
     WHERE p.provider = $1 AND p.kind IN ('checkout', 'off_session') AND p.updated_at >= $2 AND p.updated_at < now() - $3 * interval '1 millisecond'
       AND (b.booked IS NOT NULL OR p.state IN ('succeeded', 'partially_refunded', 'refunded'))
     ORDER BY p.updated_at, p.id`, [provider, since, SETTLED_MS])
  return rows.map((row) => ({ ...row, amount: BigInt(row.amount), booked: row.booked === null ? null : BigInt(row.booked) }))
}

const tell = async (row: Booked, provider: string, detail: string): Promise<boolean> =>
  runtime().databases.asSystem('job', (db) => openWorkItem(db, {
    kind: 'ledger_only_payment', cause: row.id, subject: { type: 'payment', id: row.id }, customerId: row.org_id,
    title: `${formatMoney(row.booked ?? row.amount, row.currency)} in our books only`,
    facts: { provider, reference: row.provider_ref, booked: row.booked === null ? null : formatMoney(row.booked, row.currency), state: row.state, detail },
  }, runtime().clock.now()))

/** Payments that our books have and the provider did not list: each is asked for by name before a person is. */
export const compareLedger = async (provider: string, since: Date, seen: ReadonlySet<string>, figures: Figures): Promise<void> => {
  if (findProvider(provider)?.capabilities.checkout === 'instructions') return
  const rows = await bookedAttempts(provider, since)
  count(figures, 'ledger_compared', rows.length)
  for (const row of rows.filter((one) => one.booked === null || !isPaidState(one.state))) {
    if (await tell(row, provider, row.booked === null ? 'Paid, and not in the ledger.' : 'In the ledger, and not paid.')) count(figures, 'ledger_only')
  }
  const unseen = rows.filter((row) => row.booked !== null && isPaidState(row.state) && !seen.has(row.id)).slice(0, MOST_ASKED)
  for (const row of unseen) {
    const observed = row.provider_ref === null ? null : await findProvider(provider)?.fetchPayment(row.provider_ref)
    if (observed && isPaidState(observed.status)) continue
    if (await tell(row, provider, observed ? `The provider says ${observed.status}.` : 'The provider does not know it.')) count(figures, 'ledger_only')
  }
}
