import { z } from 'zod'
import type { SystemDb } from '../../../core/db.ts'
import { query } from '../../../core/operation.ts'
import { toMoney } from '../../../contract/money.ts'
import { RevenueRow } from '../../../contract/report.ts'
import { monthRange, ReportInput, type MonthRange } from './months.ts'

interface Row {
  month: string; currency: string; plan_key: string | null; plan_name: string | null; issued: bigint; plan_fees: bigint; usage: bigint
  credited: bigint; voided: bigint; net: bigint; invoices: bigint
}

/** From the ledger's revenue account, so that a month's sum is the trial balance's; what it was for is read off the invoices. */
const readRevenue = (db: SystemDb, { from, to }: MonthRange, brandId: string | null, currency: string | null): Promise<Row[]> => db.$queryRaw<Row[]>`
  WITH booked AS (
    SELECT to_char(t.at AT TIME ZONE 'UTC', 'YYYY-MM') AS month, e.currency, -e.amount AS amount, split_part(t.business_key, ':', 1) AS cause,
      split_part(t.business_key, ':', 2) AS document
    FROM ledger_entry e JOIN ledger_transaction t ON t.id = e.transaction_id
    WHERE e.account = 'revenue' AND t.at >= ${from}::timestamptz AND t.at < ${to}::timestamptz
      AND (${brandId}::text IS NULL OR e.brand_id = ${brandId}) AND (${currency}::text IS NULL OR e.currency = ${currency})
  ), named AS (
    SELECT b.*, p.plan_key, l.name AS plan_name, i.snapshot
    FROM booked b LEFT JOIN credit_note n ON b.cause = 'credit_note' AND n.id = b.document
    LEFT JOIN invoice i ON i.id = coalesce(n.invoice_id, b.document)
    LEFT JOIN price_list p ON p.id = i.snapshot->'price'->>'id'
    LEFT JOIN plan l ON l.brand_id = p.brand_id AND l.key = p.plan_key
  ), parted AS (
    SELECT n.*, coalesce(s.plan_fees, 0) AS plan_fees, coalesce(s.used, 0) AS used FROM named n LEFT JOIN LATERAL (
      SELECT sum(net) FILTER (WHERE kind IN ('recurring', 'commitment', 'setup_fee', 'proration')) AS plan_fees, sum(net) FILTER (WHERE kind IN ('usage', 'true_up', 'correction')) AS used
      FROM (SELECT coalesce(one.item->>'kind', 'usage') AS kind, (one.item->>'amount')::bigint - coalesce((one.item->>'discount')::bigint, 0) AS net
        FROM jsonb_array_elements(n.snapshot->'lines') one(item)) lines
    ) s ON n.cause = 'invoice_finalised'
  )
  SELECT month, currency, plan_key, min(plan_name) AS plan_name, coalesce(sum(amount) FILTER (WHERE cause = 'invoice_finalised'), 0)::bigint AS issued,
    sum(plan_fees)::bigint AS plan_fees, sum(used)::bigint AS usage, coalesce(-sum(amount) FILTER (WHERE cause = 'credit_note'), 0)::bigint AS credited,
    coalesce(-sum(amount) FILTER (WHERE cause = 'invoice_voided'), 0)::bigint AS voided, sum(amount)::bigint AS net, count(*) FILTER (WHERE cause = 'invoice_finalised') AS invoices
  FROM parted GROUP BY month, currency, plan_key ORDER BY month, currency, plan_key`

export const revenueReport = query({
  name: 'admin.revenue',
  summary: 'Revenue by month and plan, as booked: invoices less credit notes and voids, before tax',
  scope: 'staff',
  input: z.strictObject(ReportInput),
  output: z.object({ months: z.array(z.string()), data: z.array(RevenueRow) }),
  rest: { method: 'GET', path: '/admin/reports/revenue', tag: 'Reports' },
  run: async ({ db, now }, input) => {
    const range = monthRange(input, now)
    const rows = await readRevenue(db, range, input.brand_id ?? null, input.currency ?? null)
    return {
      months: range.months,
      data: rows.map((row) => {
        const money = (amount: bigint) => toMoney(amount, row.currency)
        return {
          month: row.month, plan_key: row.plan_key, plan_name: row.plan_name ?? row.plan_key, issued: money(row.issued),
          plan_fees: money(row.plan_fees), usage: money(row.usage), other: money(row.issued - row.plan_fees - row.usage),
          credited: money(row.credited), voided: money(row.voided), net: money(row.net), invoices: Number(row.invoices),
        }
      }),
    }
  },
})
