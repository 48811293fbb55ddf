import { z } from 'zod'
import type { SystemDb } from '../../../core/db.ts'
import type { FileOperation } from '../../../core/composite.ts'
import { csvLine } from '../../../core/csv.ts'
import { call, query } from '../../../core/operation.ts'
import { minorToDecimal, toMoney } from '../../../contract/money.ts'
import { TaxRow } from '../../../contract/report.ts'
import { monthRange, ReportInput, type MonthRange } from './months.ts'

const Input = z.strictObject({
  ...ReportInput, entity_id: z.string().max(60).optional(), country: z.string().regex(/^[A-Z]{2}$/, 'Two capital letters.').optional(),
  by: z.enum(['month', 'quarter']).default('month'),
})
type Input = z.output<typeof Input>

interface Row {
  period: string; entity_id: string; entity_name: string; country: string; name: string; category: string; rate: string; currency: string
  base: bigint; tax: bigint; documents: bigint
}

/** Tax by the date of the document: invoices, less credit notes, less what was voided when it was voided. */
const readTaxes = (db: SystemDb, { from, to }: MonthRange, input: Input): Promise<Row[]> => db.$queryRaw<Row[]>`
  WITH document AS (
    SELECT i.entity_id, i.brand_id, i.org_id, i.currency, i.snapshot, i.issued_at AS at, 1 AS sign FROM invoice i WHERE i.number IS NOT NULL AND i.kind <> 'pro_forma'
    UNION ALL SELECT i.entity_id, i.brand_id, i.org_id, i.currency, i.snapshot, i.voided_at, -1 FROM invoice i WHERE i.state = 'void' AND i.number IS NOT NULL AND i.kind <> 'pro_forma'
    UNION ALL SELECT n.entity_id, n.brand_id, n.org_id, n.currency, n.snapshot, n.issued_at, -1 FROM credit_note n
  ), taxed AS (
    SELECT d.entity_id, d.currency, d.sign, d.at AT TIME ZONE 'UTC' AS at, coalesce(d.snapshot->'buyer'->>'country', o.country) AS country,
      coalesce(one.item->>'name', d.snapshot->>'taxName') AS name, coalesce(one.item->>'category', 'S') AS category, trim_scale((one.item->>'rate')::numeric)::text AS rate,
      (one.item->>'base')::bigint AS base, (one.item->>'amount')::bigint AS tax
    FROM document d JOIN organization o ON o.id = d.org_id, jsonb_array_elements(d.snapshot->'taxes') one(item)
    WHERE d.at >= ${from}::timestamptz AND d.at < ${to}::timestamptz AND (${input.brand_id ?? null}::text IS NULL OR d.brand_id = ${input.brand_id ?? null})
      AND (${input.entity_id ?? null}::text IS NULL OR d.entity_id = ${input.entity_id ?? null}) AND (${input.currency ?? null}::text IS NULL OR d.currency = ${input.currency ?? null})
  )
  SELECT CASE ${input.by} WHEN 'quarter' THEN to_char(at, 'YYYY-"Q"Q') ELSE to_char(at, 'YYYY-MM') END AS period, t.entity_id, l.name AS entity_name, t.country, t.name, t.category, t.rate,
    t.currency, sum(sign * base)::bigint AS base, sum(sign * tax)::bigint AS tax, count(*) AS documents
  FROM taxed t JOIN legal_entity l ON l.id = t.entity_id
  WHERE ${input.country ?? null}::text IS NULL OR t.country = ${input.country ?? null}
  GROUP BY 1, 2, 3, 4, 5, 6, 7, 8 ORDER BY 1, 3, 4, 8, 7, 6`

export const taxReport = query({
  name: 'admin.tax_report',
  summary: 'Tax by rate, country and period, from the documents as issued: invoices less credit notes and voids',
  scope: 'staff',
  input: Input,
  output: z.object({ data: z.array(TaxRow) }),
  rest: { method: 'GET', path: '/admin/reports/tax', tag: 'Reports' },
  run: async ({ db, now }, input) => {
    const rows = await readTaxes(db, monthRange(input, now), input)
    return {
      data: rows.map(({ currency, base, tax, documents, ...row }) => ({
        ...row, base: toMoney(base, currency), tax: toMoney(tax, currency), documents: Number(documents),
      })),
    }
  },
})

const COLUMNS = ['period', 'seller', 'country', 'tax', 'category', 'rate', 'currency', 'base', 'tax_amount', 'documents']

export const taxReportCsv: FileOperation<typeof Input> = {
  kind: 'file',
  name: 'admin.tax_report_csv',
  summary: 'The tax report as CSV, amounts in major units',
  scope: 'staff',
  input: Input,
  contentType: 'text/csv; charset=utf-8',
  rest: { method: 'GET', path: '/admin/reports/tax.csv', tag: 'Reports' },
  handle: async (meta, raw) => {
    const { data } = await call(taxReport, meta, raw)
    const lines = data.map((row) => csvLine([row.period, row.entity_name, row.country, row.name, row.category, row.rate, row.base.currency,
      minorToDecimal(BigInt(row.base.amount), row.base.currency), minorToDecimal(BigInt(row.tax.amount), row.tax.currency), String(row.documents)]))
    return { body: Buffer.from(csvLine(COLUMNS) + lines.join('')), fileName: 'tax-report.csv' }
  },
}
