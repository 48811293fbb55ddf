import { z } from 'zod'
import type { SystemDb } from '../../../core/db.ts'
import { query } from '../../../core/operation.ts'

const Finding = z.object({ rule: z.string(), subject: z.string(), detail: z.string() })
type Finding = z.infer<typeof Finding>

/** Each statement returns what breaks a rule; an empty answer is the proof. */
const rules = (db: SystemDb): Record<string, () => Promise<{ subject: string; detail: string }[]>> => ({
  transaction_balances: () => db.$queryRaw`
    SELECT transaction_id AS subject, currency || ' is off by ' || sum(amount) AS detail FROM ledger_entry GROUP BY transaction_id, currency HAVING sum(amount) <> 0`,
  receivable_equals_invoices: () => db.$queryRaw`
    SELECT coalesce(i.org_id, l.org_id) AS subject, 'owed ' || coalesce(i.owed, 0) || ', receivable ' || coalesce(l.receivable, 0) || ' ' || coalesce(i.currency, l.currency) AS detail
    FROM (SELECT org_id, currency, sum(total - amount_paid) AS owed FROM invoice WHERE state IN ('finalised', 'partially_paid', 'paid') GROUP BY 1, 2) i
    FULL JOIN (SELECT org_id, currency, sum(amount) AS receivable FROM ledger_entry WHERE account = 'receivable' GROUP BY 1, 2) l USING (org_id, currency)
    WHERE coalesce(i.owed, 0) <> coalesce(l.receivable, 0)`,
  numbers_have_no_gaps: () => db.$queryRaw`
    SELECT brand_id || ' ' || s.series AS subject, count(i.number) || ' invoices, highest ' || coalesce(max(n), 0) || ', next ' || s.next AS detail
    FROM invoice_series s
    LEFT JOIN LATERAL (SELECT number, substring(number FROM '[0-9]+$')::int AS n FROM invoice
      WHERE invoice.brand_id = s.brand_id AND regexp_replace(number, '-[0-9]+$', '') = s.series) i ON true
    GROUP BY brand_id, s.series, s.next HAVING count(i.number) <> s.next - 1 OR coalesce(max(n), 0) <> s.next - 1`,
  invoice_is_booked: () => db.$queryRaw`
    SELECT i.id AS subject, 'has no ledger transaction' AS detail FROM invoice i
    WHERE i.state <> 'draft' AND NOT EXISTS (SELECT 1 FROM ledger_transaction t WHERE t.business_key = 'invoice_finalised:' || i.id)`,
  payment_is_booked: () => db.$queryRaw`
    SELECT p.id AS subject, 'succeeded, booked ' || count(t.id) || ' times' AS detail FROM payment_attempt p
    LEFT JOIN ledger_transaction t ON t.business_key = 'payment_received:' || p.id
    GROUP BY p.id, p.state HAVING count(t.id) <> (CASE WHEN p.state IN ('succeeded', 'partially_refunded', 'refunded') THEN 1 ELSE 0 END)`,
  state_fits_amount_paid: () => db.$queryRaw`
    SELECT id AS subject, state || ' with ' || amount_paid || ' of ' || total AS detail FROM invoice
    WHERE amount_paid > total OR (state = 'paid') <> (state NOT IN ('draft', 'void', 'uncollectible') AND amount_paid = total)`,
  period_is_ahead: () => db.$queryRaw`
    SELECT org_id AS subject, 'period ends before it starts' AS detail FROM subscription WHERE period_end <= period_start`,
})

export const findViolations = async (db: SystemDb): Promise<Finding[]> => {
  const findings: Finding[] = []
  for (const [rule, find] of Object.entries(rules(db))) findings.push(...(await find()).map((row) => ({ rule, ...row })))
  return findings
}

export const checkInvariants = query({
  name: 'admin.check_invariants',
  summary: 'Proves over all rows that the books hold: sums are zero, invoices match the ledger, numbers have no gaps',
  scope: 'staff',
  input: z.strictObject({}),
  output: z.object({ ok: z.boolean(), rules: z.array(z.string()), findings: z.array(Finding) }),
  rest: { method: 'GET', path: '/admin/invariants', tag: 'Billing' },
  run: async ({ db }) => {
    const findings = await findViolations(db)
    return { ok: findings.length === 0, rules: Object.keys(rules(db)), findings }
  },
})
