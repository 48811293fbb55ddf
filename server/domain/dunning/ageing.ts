import { z } from 'zod'
import type { FileOperation } from '../../core/composite.ts'
import type { SystemDb } from '../../core/db.ts'
import { csvLine } from '../../core/csv.ts'
import { call, query } from '../../core/operation.ts'
import { Ageing, AGEING_BUCKETS } from '../../contract/dunning.ts'
import { minorToDecimal, toWireAmount } from '../../contract/money.ts'
import { toInstant } from '../../contract/time.ts'
import { standingOfRow } from './facts.ts'

interface Row {
  org_id: string; name: string; brand_id: string; currency: string; standing: string; oldest: Date
  current: bigint; days_0_30: bigint; days_31_60: bigint; days_61_90: bigint; days_over_90: bigint; total: bigint
}

/** Whole days past due, by the clock of the business: day 30 is in the first bucket, day 31 in the second. */
const ageingRows = (db: SystemDb, now: Date, brandId: string | null): Promise<Row[]> => db.$queryRaw<Row[]>`
  WITH open AS (
    SELECT i.org_id, i.currency, i.due_at, i.total - i.amount_paid - i.amount_credited AS owed, floor(extract(epoch FROM ${now}::timestamptz - i.due_at) / 86400) AS days
    FROM invoice i WHERE i.state IN ('finalised', 'partially_paid') AND i.kind <> 'credit_purchase' AND i.due_at IS NOT NULL
      AND i.total > i.amount_paid + i.amount_credited AND (${brandId}::text IS NULL OR i.brand_id = ${brandId}))
  SELECT o.id AS org_id, o.name, o.brand_id, w.currency, o.standing, min(w.due_at) AS oldest,
    coalesce(sum(owed) FILTER (WHERE days < 0), 0)::bigint AS current, coalesce(sum(owed) FILTER (WHERE days BETWEEN 0 AND 30), 0)::bigint AS days_0_30,
    coalesce(sum(owed) FILTER (WHERE days BETWEEN 31 AND 60), 0)::bigint AS days_31_60, coalesce(sum(owed) FILTER (WHERE days BETWEEN 61 AND 90), 0)::bigint AS days_61_90,
    coalesce(sum(owed) FILTER (WHERE days > 90), 0)::bigint AS days_over_90, sum(owed)::bigint AS total
  FROM open w JOIN organization o ON o.id = w.org_id GROUP BY o.id, w.currency ORDER BY w.currency, sum(owed) FILTER (WHERE days >= 0) DESC NULLS LAST, o.id`

const bucketsOf = (rows: readonly Row[]) => {
  const sum = (name: (typeof AGEING_BUCKETS)[number] | 'total'): number => toWireAmount(rows.reduce((all, row) => all + row[name], 0n))
  return {
    current: sum('current'), days_0_30: sum('days_0_30'), days_31_60: sum('days_31_60'), days_61_90: sum('days_61_90'), days_over_90: sum('days_over_90'), total: sum('total'),
  }
}

const Input = z.strictObject({ brand_id: z.string().max(60).optional() })

export const getAgeing = query({
  name: 'admin.ageing', summary: 'What customers owe, by how long it is overdue', scope: 'staff', input: Input, output: Ageing,
  rest: { method: 'GET', path: '/admin/ageing', tag: 'Dunning' },
  run: async ({ db, now }, { brand_id: brandId }) => {
    const rows = await ageingRows(db, now, brandId ?? null)
    return {
      as_of: toInstant(now),
      totals: [...Map.groupBy(rows, (row) => row.currency)].map(([currency, of]) => ({ currency, ...bucketsOf(of), organizations: of.length })),
      data: rows.map((row) => ({
        organization_id: row.org_id, organization_name: row.name, brand_id: row.brand_id, currency: row.currency, standing: standingOfRow(row.standing),
        ...bucketsOf([row]), oldest_due_at: toInstant(row.oldest),
      })),
    }
  },
})

const COLUMNS = ['organization_id', 'organization', 'brand', 'standing', 'currency', ...AGEING_BUCKETS, 'total', 'oldest_due_at']

export const ageingCsv: FileOperation<typeof Input> = {
  kind: 'file', name: 'admin.ageing_csv', summary: 'The ageing report as CSV', scope: 'staff', input: Input,
  contentType: 'text/csv; charset=utf-8', rest: { method: 'GET', path: '/admin/ageing.csv', tag: 'Dunning' },
  handle: async (meta, raw) => {
    const { as_of: asOf, data } = await call(getAgeing, meta, raw)
    const lines = data.map((row) => csvLine([
      row.organization_id, row.organization_name, row.brand_id, row.standing, row.currency,
      ...[...AGEING_BUCKETS, 'total' as const].map((name) => minorToDecimal(BigInt(row[name]), row.currency)), row.oldest_due_at,
    ]))
    return { body: Buffer.from(csvLine(COLUMNS) + lines.join('')), fileName: `ageing-${asOf.slice(0, 10)}.csv` }
  },
}
