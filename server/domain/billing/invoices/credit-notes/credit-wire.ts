import type { z } from 'zod'
import type { CreditNote as CreditNoteRow, InvoiceClearance as ClearanceRow } from '../../../../../prisma/generated/client.ts'
import { type Clearance, type CreditNote, SETTLEMENTS } from '../../../../contract/invoice.ts'
import { toMoney } from '../../../../contract/money.ts'
import { toInstant } from '../../../../contract/time.ts'
import type { StoredSnapshot } from '../snapshot-of.ts'

export type { CreditNoteRow }

/** By position on the invoice, from 1. */
export const creditedLines = (row: Pick<CreditNoteRow, 'lines'>): { line: number; net: bigint }[] =>
  (row.lines as { line: number; net: string }[]).map(({ line, net }) => ({ line, net: BigInt(net) }))

export const snapshotOfNote = (row: Pick<CreditNoteRow, 'snapshot'>): StoredSnapshot => row.snapshot as unknown as StoredSnapshot

export const toClearance = (row: ClearanceRow | null | undefined): z.infer<typeof Clearance> | null => (row
  ? { state: row.state === 'cleared' || row.state === 'rejected' ? row.state : 'pending', irn: row.irn, csid: row.csid, qr: row.qr, detail: row.detail }
  : null)

export const toCreditNote = (row: CreditNoteRow, clearance: ClearanceRow | null = null): CreditNote => {
  const snapshot = snapshotOfNote(row)
  const money = (amount: bigint | number) => toMoney(BigInt(amount), row.currency)
  return {
    id: row.id, organization_id: row.orgId, organization_name: snapshot.buyer.name, number: row.number, invoice_id: row.invoiceId, invoice_number: snapshot.reference?.number ?? '',
    currency: row.currency, settlement: SETTLEMENTS.find((s) => s === row.settlement) ?? 'receivable', reason: row.reason, net: money(row.net), tax: money(row.tax), total: money(row.total),
    issued_at: toInstant(row.issuedAt),
    lines: creditedLines(row).map(({ line, net }, index) => ({ line, description: snapshot.lines[index]?.description ?? '', net: money(net) })),
    taxes: snapshot.taxes.map((tax) => ({ name: tax.name ?? snapshot.taxName, rate: tax.rate, base: money(tax.base), amount: money(tax.amount) })),
    pdf_url: `/v1/credit-notes/${row.id}/pdf`, xml_url: `/v1/credit-notes/${row.id}/xml`, clearance: toClearance(clearance),
  }
}
