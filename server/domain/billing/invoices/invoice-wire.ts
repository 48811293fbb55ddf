import { z } from 'zod'
import type { Invoice as InvoiceRow } from '../../../../prisma/generated/client.ts'
import { Clearance, INVOICE_KINDS, InvoiceHistory, SETTLEMENTS } from '../../../contract/invoice.ts'
import { Money, toMoney } from '../../../contract/money.ts'
import { Instant, toInstant, toInstantOrNull } from '../../../contract/time.ts'
import { outstandingOf } from './outstanding.ts'
import type { StoredSnapshot } from './snapshot-of.ts'

export type { InvoiceRow }

/** Stored facts; `status` adds what the calendar makes of them. */
export const INVOICE_STATES = ['draft', 'finalised', 'partially_paid', 'paid', 'void', 'uncollectible', 'issued'] as const
export const INVOICE_STATUSES = ['draft', 'open', 'overdue', 'partially_paid', 'paid', 'void', 'uncollectible', 'issued'] as const
export type InvoiceStatus = (typeof INVOICE_STATUSES)[number]

export const InvoiceSummary = z.object({
  id: z.string(), organization_id: z.string(), organization_name: z.string(), kind: z.enum(INVOICE_KINDS), number: z.string().nullable(),
  state: z.enum(INVOICE_STATES), status: z.enum(INVOICE_STATUSES), currency: z.string(),
  period: z.object({ start: Instant, end: Instant }),
  subtotal: Money, tax: Money, total: Money, amount_paid: Money, amount_credited: Money.describe('Taken off by credit notes'), amount_due: Money,
  finalise_at: Instant.nullable().describe('Of a draft: when it is issued'), held_for: z.enum(['tax_check']).nullable().describe('Why a draft waits longer'),
  issued_at: Instant.nullable(), due_at: Instant.nullable(), paid_at: Instant.nullable(), created_at: Instant,
})
export type InvoiceSummary = z.infer<typeof InvoiceSummary>

const Party = { name: z.string(), address: z.string().nullable(), tax_id: z.string().nullable() }

export const InvoiceDetail = InvoiceSummary.extend({
  seller: z.object({ ...Party, support_email: z.string().nullable() }),
  buyer: z.object({ ...Party, email: z.string() }),
  lines: z.array(z.object({
    id: z.string(), description: z.string(), app_id: z.string().nullable(), quantity: z.string(), unit: z.string(), unit_price: z.string(),
    amount: Money, discount: Money, tax_rate: z.string(), kind: z.string(), period: z.object({ from: z.string(), to: z.string() }).describe('Local dates, the end exclusive'),
  })),
  taxes: z.array(z.object({ name: z.string(), rate: z.string(), base: Money, amount: Money, inclusive: z.boolean(), wording: z.string().nullable() })),
  discount: Money, credits_applied: Money,
  pdf_url: z.string().nullable(), xml_url: z.string().nullable().describe('EN 16931, UBL 2.1'), pdf_sha256: z.string().nullable(), note: z.string().nullable(),
})
export type InvoiceDetail = z.infer<typeof InvoiceDetail>

/** What came of it since, and the documents that belong to it. */
export const InvoiceExtras = z.object({
  history: z.array(InvoiceHistory), clearance: Clearance.nullable(),
  credit_notes: z.array(z.object({ id: z.string(), number: z.string(), total: Money, settlement: z.enum(SETTLEMENTS), issued_at: Instant })),
})

export const snapshotIn = (row: InvoiceRow): StoredSnapshot => row.snapshot as unknown as StoredSnapshot

export const statusOf = (row: Pick<InvoiceRow, 'state' | 'dueAt'>, now: Date): InvoiceStatus => {
  if (row.state !== 'finalised' && row.state !== 'partially_paid') return row.state as InvoiceStatus
  if (row.dueAt && row.dueAt <= now) return 'overdue'
  return row.state === 'finalised' ? 'open' : 'partially_paid'
}

/** `where` of one status; the mirror of {@link statusOf}. */
export const whereStatus = (status: InvoiceStatus, now: Date): object => {
  switch (status) {
    case 'open': return { state: 'finalised', dueAt: { gt: now } }
    case 'partially_paid': return { state: 'partially_paid', dueAt: { gt: now } }
    case 'overdue': return { state: { in: ['finalised', 'partially_paid'] }, dueAt: { lte: now } }
    default: return { state: status }
  }
}

export const toInvoiceSummary = (row: InvoiceRow, now: Date): InvoiceSummary => {
  const money = (amount: bigint): Money => toMoney(amount, row.currency)
  return {
    id: row.id, organization_id: row.orgId, organization_name: snapshotIn(row).buyer.name,
    kind: INVOICE_KINDS.find((kind) => kind === row.kind) ?? 'invoice', number: row.number,
    state: row.state as InvoiceSummary['state'], status: statusOf(row, now), currency: row.currency,
    period: { start: toInstant(row.periodStart), end: toInstant(row.periodEnd) },
    subtotal: money(row.subtotal), tax: money(row.tax), total: money(row.total), amount_paid: money(row.amountPaid),
    amount_credited: money(row.amountCredited), amount_due: money(outstandingOf(row)),
    finalise_at: row.state === 'draft' ? toInstantOrNull(row.finaliseAt) : null, held_for: row.state === 'draft' && row.heldFor === 'tax_check' ? 'tax_check' : null,
    issued_at: toInstantOrNull(row.issuedAt), due_at: toInstantOrNull(row.dueAt), paid_at: toInstantOrNull(row.paidAt), created_at: toInstant(row.createdAt),
  }
}

const addressText = (lines: readonly string[]): string | null => (lines.length === 0 ? null : lines.join(', '))

export const toInvoice = (row: InvoiceRow, now: Date): InvoiceDetail => {
  const { seller, buyer, lines, taxes, taxName, discount, creditsApplied, supportEmail, note } = snapshotIn(row)
  const money = (amount: number): Money => ({ amount, currency: row.currency })
  return {
    ...toInvoiceSummary(row, now),
    seller: { name: seller.name, address: addressText(seller.address), tax_id: seller.taxId, support_email: supportEmail },
    buyer: { name: buyer.name, address: addressText(buyer.address), tax_id: buyer.taxId, email: buyer.email ?? '' },
    lines: lines.map((line, index) => ({
      id: String(index + 1), description: line.description, app_id: null, quantity: line.quantity, unit: line.unit, unit_price: line.unitAmount ?? '',
      amount: money(line.amount), discount: money(line.discount ?? 0), tax_rate: line.taxRate, kind: line.kind ?? '', period: { from: line.periodStart, to: line.periodEnd },
    })),
    taxes: taxes.map((tax) => ({
      name: tax.name ?? taxName, rate: tax.rate, base: money(tax.base), amount: money(tax.amount), inclusive: tax.inclusive ?? false,
        wording: tax.wording ?? null,
    })),
    discount: money(discount), credits_applied: money(creditsApplied),
    pdf_url: row.number ? `/v1/invoices/${row.id}/pdf` : null, xml_url: row.number ? `/v1/invoices/${row.id}/xml` : null, pdf_sha256: row.pdfSha256, note,
  }
}
