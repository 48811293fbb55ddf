import type { SystemDb } from '../../../core/db.ts'
import type { DocumentKind } from '../pdf/snapshot.ts'
import type { StoredSnapshot } from './snapshot-of.ts'

const SERIES_MARK: Partial<Record<DocumentKind, string>> = { pro_forma: 'PF-', credit_note: 'CN-' }

/** `SWG-2026`, `SWG-CN-2026`, `SWG-PF-2026`: invoices of every kind share one, credit notes and pro formas have their own. */
export const seriesOf = (prefix: string, kind: DocumentKind, issuedOn: string): string => `${prefix}-${SERIES_MARK[kind] ?? ''}${issuedOn.slice(0, 4)}`

export interface NumberedRow {
  id: string; org_id: string; brand_id: string; entity_id: string; kind: DocumentKind; state: string; currency: string; period_start: Date; period_end: Date
  subtotal: string; tax: string; total: string; amount_paid: string; snapshot: Omit<StoredSnapshot, 'number'>; issued_at: Date; due_at: Date | null; paid_at: Date | null
}

/** Takes as many numbers as there are rows; the row of the series stays locked to the end of the transaction. */
export const takeNumbers = async (db: SystemDb, { entityId, brandId, series,
  count }: { entityId: string; brandId: string; series: string; count: number }): Promise<string[]> => {
  const rows = await db.$queryRaw<{ first: number }[]>`
    INSERT INTO invoice_series AS s (entity_id, brand_id, series, next) VALUES (${entityId}, ${brandId}, ${series}, 1 + ${count}::int)
    ON CONFLICT (entity_id, series) DO UPDATE SET next = s.next + ${count}::int RETURNING next - ${count}::int AS first`
  const first = rows[0]?.first ?? 1
  return Array.from({ length: count }, (_, index) => `${series}-${String(first + index).padStart(6, '0')}`)
}

/** Inserts issued invoices, or finalises the drafts of the same ids, under the next numbers of a series; answers number by id. */
export const numberedInsert = async (db: SystemDb, entityId: string, series: string, rows: readonly NumberedRow[]): Promise<Map<string, string>> => {
  const numbers = await takeNumbers(db, { entityId, brandId: rows[0]?.brand_id ?? '', series, count: rows.length })
  const named = rows.map((row, index) => ({ ...row, number: numbers[index] ?? '', snapshot: { ...row.snapshot, number: numbers[index] ?? '' } }))
  const written = await db.$executeRaw`
    INSERT INTO invoice AS i (id, org_id, brand_id, entity_id, kind, number, state, currency, period_start, period_end, subtotal, tax, total, amount_paid, snapshot, issued_at, due_at, paid_at)
    SELECT id, org_id, brand_id, entity_id, kind, number, state, currency, period_start, period_end, subtotal, tax, total, amount_paid, snapshot, issued_at, due_at, paid_at
    FROM jsonb_to_recordset(${JSON.stringify(named)}::jsonb) AS (
      id text, org_id text, brand_id text, entity_id text, kind text, number text, state text, currency text, period_start timestamptz, period_end timestamptz,
      subtotal bigint, tax bigint, total bigint, amount_paid bigint, snapshot jsonb, issued_at timestamptz, due_at timestamptz, paid_at timestamptz)
    ON CONFLICT (id) DO UPDATE SET (entity_id, number, state, subtotal, tax, total, amount_paid, snapshot, issued_at, due_at, paid_at, held_for)
      = (EXCLUDED.entity_id, EXCLUDED.number, EXCLUDED.state, EXCLUDED.subtotal, EXCLUDED.tax, EXCLUDED.total, EXCLUDED.amount_paid, EXCLUDED.snapshot,
         EXCLUDED.issued_at, EXCLUDED.due_at, EXCLUDED.paid_at, NULL)
    WHERE i.state = 'draft'`
  if (written !== rows.length) throw new Error('an invoice was finalised meanwhile')
  return new Map(named.map(({ id, number }) => [id, number]))
}
