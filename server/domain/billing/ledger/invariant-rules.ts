import type { SystemDb } from '../../../core/db.ts'

export interface InvariantRow { subject: string; detail: string }
export interface InvariantRule {
  name: string
  /** The rule as a person would say it. */
  meaning: string
  /** What breaks it; an empty answer is the proof. */
  find: (db: SystemDb) => Promise<InvariantRow[]>
}

const LEDGER: readonly InvariantRule[] = [
  {
    name: 'transaction_balances', meaning: 'Every transaction sums to zero in each currency.',
    find: (db) => db.$queryRaw`
      SELECT transaction_id AS subject, currency || ' is off by ' || sum(amount) AS detail FROM ledger_entry GROUP BY transaction_id, currency HAVING sum(amount) <> 0`,
  },
  {
    name: 'seller_balances', meaning: 'All accounts of a seller together are zero in each currency.',
    find: (db) => db.$queryRaw`
      SELECT e.brand_id || coalesce(' ' || t.entity_id, '') AS subject, e.currency || ' is off by ' || sum(e.amount) AS detail
      FROM ledger_entry e JOIN ledger_transaction t ON t.id = e.transaction_id GROUP BY e.brand_id, t.entity_id, e.currency HAVING sum(e.amount) <> 0`,
  },
  {
    name: 'transaction_is_whole', meaning: 'Every transaction has at least two entries, all of its own seller.',
    find: (db) => db.$queryRaw`
      SELECT t.id AS subject, count(e.id) || ' entries' AS detail FROM ledger_transaction t LEFT JOIN ledger_entry e ON e.transaction_id = t.id
      GROUP BY t.id HAVING count(e.id) < 2 OR bool_or(e.brand_id <> t.brand_id)`,
  },
  {
    name: 'balances_equal_entries', meaning: 'Stored balances are the sums of the entries.',
    find: (db) => db.$queryRaw`
      SELECT concat_ws(' ', brand_id, nullif(entity_id, ''), nullif(customer, ''), account, currency) AS subject,
        'stored ' || coalesce(b.balance, 0) || ', booked ' || coalesce(e.balance, 0) AS detail
      FROM ledger_balance b FULL JOIN (
        SELECT e.brand_id, coalesce(t.entity_id, '') AS entity_id, coalesce(e.org_id, '') AS customer, e.account, e.currency, sum(e.amount) AS balance, count(*) AS entries
        FROM ledger_entry e JOIN ledger_transaction t ON t.id = e.transaction_id GROUP BY 1, 2, 3, 4, 5
      ) e USING (brand_id, entity_id, customer, account, currency)
      WHERE (coalesce(b.balance, 0), coalesce(b.entries, 0)) <> (coalesce(e.balance, 0), coalesce(e.entries, 0))`,
  },
]

const INVOICES: readonly InvariantRule[] = [
  {
    name: 'receivable_equals_invoices', meaning: 'What the ledger says a customer owes is what is open on their invoices.',
    find: (db) => db.$queryRaw`
      SELECT coalesce(i.org_id, l.org_id) AS subject, 'owed ' || coalesce(i.owed, 0) || ', receivable ' || coalesce(l.receivable, 0) || ' ' || coalesce(i.currency, l.currency) AS detail
      FROM (SELECT org_id, currency, sum(total - amount_paid - amount_credited) AS owed FROM invoice
        WHERE state IN ('finalised', 'partially_paid', 'paid') AND kind <> 'pro_forma' GROUP BY 1, 2) i
      FULL JOIN (SELECT org_id, currency, sum(amount) AS receivable FROM ledger_entry WHERE account = 'receivable' GROUP BY 1, 2) l USING (org_id, currency)
      WHERE coalesce(i.owed, 0) <> coalesce(l.receivable, 0)`,
  },
  {
    name: 'lines_make_the_total', meaning: 'Lines less discounts plus tax are the total, and less credit the amount due.',
    find: (db) => db.$queryRaw`
      SELECT i.id AS subject, concat_ws(', ', 'lines ' || l.lines, 'discount ' || d.discount, 'tax ' || i.tax, 'total ' || i.total) AS detail
      FROM invoice i
      CROSS JOIN LATERAL (SELECT coalesce(sum((one.item->>'amount')::bigint), 0) AS lines FROM jsonb_array_elements(i.snapshot->'lines') one(item)) l
      CROSS JOIN LATERAL (SELECT coalesce((i.snapshot->>'discount')::bigint, 0) AS discount) d
      CROSS JOIN LATERAL (SELECT coalesce(sum((one.item->>'amount')::bigint), 0) AS taxes FROM jsonb_array_elements(i.snapshot->'taxes') one(item)) t
      WHERE i.number IS NOT NULL AND (l.lines <> i.subtotal OR l.lines - d.discount + t.taxes <> i.total OR t.taxes <> i.tax
        OR i.total - coalesce((i.snapshot->>'creditsApplied')::bigint, 0) <> (i.snapshot->>'amountDue')::bigint)`,
  },
  {
    name: 'numbers_have_no_gaps', meaning: 'Each series of numbers is 1 to n without gap or repeat.',
    find: (db) => db.$queryRaw`
      SELECT s.entity_id || ' ' || s.series AS subject, count(d.number) || ' documents, highest ' || coalesce(max(d.n), 0) || ', next ' || s.next AS detail
      FROM invoice_series s
      LEFT JOIN (
        SELECT entity_id, number, regexp_replace(number, '-[0-9]+$', '') AS series, substring(number FROM '[0-9]+$')::int AS n
        FROM (SELECT entity_id, number FROM invoice UNION ALL SELECT entity_id, number FROM credit_note) documents WHERE number IS NOT NULL
      ) d ON d.entity_id = s.entity_id AND d.series = s.series
      GROUP BY s.entity_id, s.series, s.next HAVING count(d.number) <> s.next - 1 OR coalesce(max(d.n), 0) <> s.next - 1`,
  },
  {
    name: 'invoice_is_booked', meaning: 'Every invoice was booked when it was finalised.',
    find: (db) => db.$queryRaw`
      SELECT i.id AS subject, 'has no ledger transaction' AS detail FROM invoice i
      WHERE i.number IS NOT NULL AND i.kind <> 'pro_forma' AND i.total <> 0 AND NOT EXISTS (SELECT 1 FROM ledger_transaction t WHERE t.business_key = 'invoice_finalised:' || i.id)`,
  },
  {
    name: 'state_fits_amount_paid', meaning: 'An invoice is paid exactly when nothing of it is open.',
    find: (db) => db.$queryRaw`
      SELECT id AS subject, state || ' with ' || amount_paid || ' paid and ' || amount_credited || ' credited of ' || total AS detail FROM invoice
      WHERE kind <> 'pro_forma' AND (amount_paid + amount_credited > greatest(total, 0)
        OR (state = 'paid') <> (state NOT IN ('draft', 'void', 'uncollectible') AND amount_paid + amount_credited = total))`,
  },
  {
    name: 'period_is_ahead', meaning: 'Every billing period ends after it starts.',
    find: (db) => db.$queryRaw`SELECT org_id AS subject, 'period ends before it starts' AS detail FROM subscription WHERE period_end <= period_start`,
  },
]

const MONEY: readonly InvariantRule[] = [
  {
    name: 'payment_is_booked', meaning: 'Every payment that arrived is booked once, and no other is.',
    find: (db) => db.$queryRaw`
      SELECT p.id AS subject, p.state || ', booked ' || count(t.id) || ' times' AS detail FROM payment_attempt p
      LEFT JOIN ledger_transaction t ON t.business_key = 'payment_received:' || p.id
      GROUP BY p.id, p.state HAVING count(t.id) <> (CASE WHEN p.state IN ('succeeded', 'partially_refunded', 'refunded') THEN 1 ELSE 0 END)`,
  },
  {
    name: 'paid_invoice_has_its_money', meaning: 'What counts as paid on an invoice came by a payment or from credit.',
    find: (db) => db.$queryRaw`
      SELECT i.id AS subject, 'paid ' || i.amount_paid || ', of it by payments ' || coalesce(p.settled, 0) || ' and credit ' || coalesce(c.used, 0) AS detail
      FROM invoice i
      LEFT JOIN (SELECT a.invoice_id, -sum(e.amount) AS settled FROM payment_attempt a JOIN ledger_transaction t ON t.business_key = 'payment_received:' || a.id
        JOIN ledger_entry e ON e.transaction_id = t.id AND e.account = 'receivable' GROUP BY 1) p ON p.invoice_id = i.id
      LEFT JOIN (SELECT invoice_id, -sum(amount) AS used FROM credit_use WHERE kind = 'invoice' GROUP BY 1) c ON c.invoice_id = i.id
      WHERE i.number IS NOT NULL AND i.state <> 'void' AND i.amount_paid <> coalesce(p.settled, 0) + coalesce(c.used, 0)`,
  },
  {
    name: 'credits_equal_grants', meaning: 'What is left of a customer\'s credit is what the ledger owes them.',
    find: (db) => db.$queryRaw`
      SELECT coalesce(g.org_id, l.org_id) AS subject,
        coalesce(g.kind, l.kind) || ' credit left ' || coalesce(g.left_over, 0) || ', booked ' || coalesce(l.booked, 0) || ' ' || coalesce(g.currency, l.currency) AS detail
      FROM (SELECT org_id, kind, currency, sum(remaining) AS left_over FROM credit_grant GROUP BY 1, 2, 3) g
      FULL JOIN (SELECT org_id, replace(account, 'customer_credit_', '') AS kind, currency, -sum(amount) AS booked
        FROM ledger_entry WHERE account IN ('customer_credit_paid', 'customer_credit_promotional') GROUP BY 1, 2, 3) l USING (org_id, kind, currency)
      WHERE coalesce(g.left_over, 0) <> coalesce(l.booked, 0)`,
  },
  {
    name: 'grant_equals_movements', meaning: 'What is left of a grant is the sum of its movements.',
    find: (db) => db.$queryRaw`
      SELECT g.id AS subject, 'left ' || g.remaining || ', moved ' || coalesce(sum(u.amount), 0) AS detail FROM credit_grant g
      LEFT JOIN credit_use u ON u.grant_id = g.id GROUP BY g.id HAVING g.remaining <> coalesce(sum(u.amount), 0)`,
  },
  {
    name: 'coupons_are_counted', meaning: 'A coupon was redeemed, and used, as often as it says, and never beyond its limits.',
    find: (db) => db.$queryRaw`
      SELECT c.id AS subject, 'redeemed ' || c.redeemed || ', found ' || count(r.id) AS detail FROM coupon c
      LEFT JOIN coupon_redemption r ON r.coupon_id = c.id GROUP BY c.id HAVING c.redeemed <> count(r.id) OR c.redeemed > coalesce(c.max_redemptions, c.redeemed)
      UNION ALL SELECT r.id, 'used ' || r.used || ', found ' || count(u.id) FROM coupon_redemption r
      LEFT JOIN coupon_use u ON u.redemption_id = r.id AND u.returned_at IS NULL GROUP BY r.id HAVING r.used <> count(u.id)`,
  },
]

const HELD: readonly InvariantRule[] = [
  {
    name: 'suspense_equals_items', meaning: 'Money in suspense is what its items say is waiting.',
    find: (db) => db.$queryRaw`
      SELECT coalesce(i.brand_id, l.brand_id) AS subject, 'waiting ' || coalesce(i.waiting, 0) || ', booked ' || coalesce(l.booked, 0) || ' ' || coalesce(i.currency, l.currency) AS detail
      FROM (SELECT brand_id, currency, sum(amount) AS waiting FROM suspense_item WHERE state IN ('open', 'returning') GROUP BY 1, 2) i
      FULL JOIN (SELECT brand_id, currency, -sum(amount) AS booked FROM ledger_entry WHERE account = 'suspense' GROUP BY 1, 2) l USING (brand_id, currency)
      WHERE coalesce(i.waiting, 0) <> coalesce(l.booked, 0)`,
  },
  {
    name: 'disputes_equal_withheld', meaning: 'What providers hold back is what is disputed and not decided.',
    find: (db) => db.$queryRaw`
      SELECT coalesce(d.org_id, l.org_id) AS subject, 'disputed ' || coalesce(d.open, 0) || ', booked ' || coalesce(l.booked, 0) || ' ' || coalesce(d.currency, l.currency) AS detail
      FROM (SELECT org_id, currency, sum(amount) AS open FROM dispute WHERE state IN ('needs_response', 'under_review') GROUP BY 1, 2) d
      FULL JOIN (SELECT org_id, currency, sum(amount) AS booked FROM ledger_entry WHERE account = 'disputes' GROUP BY 1, 2) l USING (org_id, currency)
      WHERE coalesce(d.open, 0) <> coalesce(l.booked, 0)`,
  },
  {
    name: 'refund_is_booked', meaning: 'Every refund that went through is booked once, and no payment gave back more than it brought.',
    find: (db) => db.$queryRaw`
      SELECT r.attempt_id AS subject, 'refunded ' || sum(r.amount) FILTER (WHERE r.state = 'succeeded') || ', booked ' || coalesce(b.booked, 0) AS detail FROM refund r
      LEFT JOIN LATERAL (SELECT sum(e.amount) AS booked FROM refund o JOIN ledger_transaction t
        ON t.business_key IN ('refund:' || o.id, 'refund_failed:' || o.id, o.key) JOIN ledger_entry e ON e.transaction_id = t.id AND e.account = 'refunds'
        WHERE o.attempt_id = r.attempt_id) b ON true
      GROUP BY r.attempt_id, b.booked
      HAVING coalesce(sum(r.amount) FILTER (WHERE r.state = 'succeeded'), 0) <> coalesce(b.booked, 0)
        OR coalesce(sum(r.amount) FILTER (WHERE r.state = 'succeeded'), 0) > (SELECT coalesce(sum(e.amount), 0) FROM ledger_transaction t
          JOIN ledger_entry e ON e.transaction_id = t.id AND e.amount > 0 WHERE t.business_key = 'payment_received:' || r.attempt_id)`,
  },
]

export const INVARIANTS: readonly InvariantRule[] = [...LEDGER, ...INVOICES, ...MONEY, ...HELD]
