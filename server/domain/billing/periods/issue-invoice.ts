import type { SystemDb } from '../../../core/db.ts'
import { recordEvent } from '../../../core/event.ts'
import { newId } from '../../../core/id.ts'
import { postTransaction } from '../ledger/post-transaction.ts'
import { invoiceFinalised } from '../rules/ledger.ts'
import { snapshotOf, type Sale } from './invoice-snapshot.ts'

export const JOB_ACTOR = { type: 'job', name: 'close-periods' } as const

/**
 * Numbers, books and announces an invoice. The series row is locked by the statement that inserts the invoice, last but for the
 * event, so that sellers with many customers wait for each other as briefly as possible; a rollback gives the number back.
 */
export const issueInvoice = async (db: SystemDb, sale: Sale, period: { start: Date; end: Date }): Promise<string> => {
  const { brand, org, built, issuedAt, dueAt } = sale
  const id = newId('invoice')
  const net = built.total - built.tax
  await postTransaction(db, { brandId: brand.id, orgId: org.id, at: issuedAt }, invoiceFinalised({
    invoiceId: id, currency: built.currency, net, tax: built.tax,
    creditsUsed: built.creditsApplied > 0n ? [{ kind: 'paid', amount: built.creditsApplied }] : [],
  }))
  const settled = built.amountDue === 0n
  const series = `${brand.invoicePrefix}-${issuedAt.getUTCFullYear()}`
  const [row] = await db.$queryRaw<{ number: string }[]>`
    WITH taken AS (
      INSERT INTO invoice_series AS s (brand_id, series, next) VALUES (${brand.id}, ${series}, 2)
      ON CONFLICT (brand_id, series) DO UPDATE SET next = s.next + 1
      RETURNING series || '-' || lpad((next - 1)::text, greatest(6, length((next - 1)::text)), '0') AS number
    )
    INSERT INTO invoice (id, org_id, brand_id, number, state, currency, period_start, period_end, subtotal, tax, total, amount_paid, snapshot, issued_at, due_at, paid_at)
    SELECT ${id}, ${org.id}, ${brand.id}, number, ${settled ? 'paid' : 'finalised'}, ${built.currency}, ${period.start}::timestamptz, ${period.end}::timestamptz,
      ${built.subtotal}, ${built.tax}, ${built.total}, ${built.creditsApplied},
      ${JSON.stringify(snapshotOf(sale))}::jsonb || jsonb_build_object('number', number), ${issuedAt}::timestamptz, ${dueAt}::timestamptz, ${settled ? issuedAt : null}::timestamptz
    FROM taken RETURNING number`
  await recordEvent(db, {
    orgId: org.id, type: 'invoice.finalised', subject: { type: 'invoice', id }, actor: JOB_ACTOR, requestId: null,
    data: { number: row?.number ?? '', total: Number(built.total), currency: built.currency },
  })
  return id
}
