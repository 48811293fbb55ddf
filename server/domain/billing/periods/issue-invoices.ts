import type { SystemDb } from '../../../core/db.ts'
import { recordEvent } from '../../../core/event.ts'
import { newId } from '../../../core/id.ts'
import { toWireAmount } from '../../../contract/money.ts'
import { postTransactions } from '../ledger/post-transaction.ts'
import { invoiceFinalised } from '../rules/ledger.ts'
import { localDateOf } from '../rules/period.ts'
import { snapshotOf, type Sale } from './invoice-snapshot.ts'

export interface DueInvoice { sale: Sale; periodStart: Date; periodEnd: Date }
interface NumberedLater extends DueInvoice { id: string }

const JOB_ACTOR = { type: 'job', name: 'close-periods' } as const

/**
 * Books, announces and numbers invoices in the caller's transaction. The statement that inserts them takes their numbers and
 * comes last, so that the seller's series is locked as briefly as possible; a rollback gives the numbers back.
 */
export const issueInvoices = async (db: SystemDb, due: readonly DueInvoice[]): Promise<void> => {
  const invoices = due.map((invoice) => ({ ...invoice, id: newId('invoice') }))
  await postTransactions(db, invoices.map(({ id, sale: { brand, org, built, issuedAt } }) => ({
    brandId: brand.id, orgId: org.id, at: issuedAt,
    transaction: invoiceFinalised({
      invoiceId: id, currency: built.currency, net: built.total - built.tax, tax: built.tax,
      creditsUsed: built.creditsApplied > 0n ? [{ kind: 'paid', amount: built.creditsApplied }] : [],
    }),
  })))
  for (const { id, sale: { org, built } } of invoices) {
    await recordEvent(db, {
      orgId: org.id, type: 'invoice.finalised', subject: { type: 'invoice', id }, actor: JOB_ACTOR, requestId: null,
      data: { total: toWireAmount(built.total), currency: built.currency },
    })
  }
  const bySeries = Map.groupBy(invoices, ({ sale }) => `${sale.brand.id} ${sale.brand.invoicePrefix}-${localDateOf(sale.issuedAt, sale.org.timezone).slice(0, 4)}`)
  for (const key of [...bySeries.keys()].sort()) {
    const [brandId = '', series = ''] = key.split(' ')
    await insertNumbered(db, brandId, series, bySeries.get(key) ?? [])
  }
}

const insertNumbered = async (db: SystemDb, brandId: string, series: string, invoices: readonly NumberedLater[]): Promise<void> => {
  const rows = invoices.map(({ id, sale, periodStart, periodEnd }) => {
    const { org, built, issuedAt, dueAt } = sale
    const settled = built.amountDue === 0n
    return {
      id, org_id: org.id, state: settled ? 'paid' : 'finalised', currency: built.currency, period_start: periodStart, period_end: periodEnd,
      subtotal: built.subtotal.toString(), tax: built.tax.toString(), total: built.total.toString(), amount_paid: built.creditsApplied.toString(),
      snapshot: snapshotOf(sale), issued_at: issuedAt, due_at: dueAt, paid_at: settled ? issuedAt : null,
    }
  })
  await db.$executeRaw`
    WITH taken AS (
      INSERT INTO invoice_series AS s (brand_id, series, next) VALUES (${brandId}, ${series}, 1 + ${rows.length}::int)
      ON CONFLICT (brand_id, series) DO UPDATE SET next = s.next + ${rows.length}::int
      RETURNING next - ${rows.length}::int AS first
    ), numbered AS (
      SELECT r.*, first + ordinality - 1 AS n
      FROM taken, ROWS FROM (jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) AS (
        id text, org_id text, state text, currency text, period_start timestamptz, period_end timestamptz, subtotal bigint, tax bigint, total bigint,
        amount_paid bigint, snapshot jsonb, issued_at timestamptz, due_at timestamptz, paid_at timestamptz)) WITH ORDINALITY r
    ), named AS (
      SELECT *, ${series} || '-' || lpad(n::text, greatest(6, length(n::text)), '0') AS number FROM numbered
    )
    INSERT INTO invoice (id, org_id, brand_id, number, state, currency, period_start, period_end, subtotal, tax, total, amount_paid, snapshot, issued_at, due_at, paid_at)
    SELECT id, org_id, ${brandId}, number, state, currency, period_start, period_end, subtotal, tax, total, amount_paid,
      snapshot || jsonb_build_object('number', number), issued_at, due_at, paid_at
    FROM named`
}
