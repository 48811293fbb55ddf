import { z } from 'zod'
import type { Invoice as InvoiceRow } from '../../../../prisma/generated/client.ts'
import { Money, toMoney } from '../../../contract/money.ts'
import { Instant, toInstant, toInstantOrNull } from '../../../contract/time.ts'
import type { StoredSnapshot } from './snapshot-of.ts'

export type { InvoiceRow }

/** Stored facts; `status` adds what the calendar makes of them. */
export const INVOICE_STATES = ['draft', 'finalised', 'partially_paid', 'paid', 'void', 'uncollectible', 'issued'] as const
export const INVOICE_STATUSES = ['draft', 'open', 'overdue', 'partially_paid', 'paid', 'void', 'uncollectible', 'issued'] as const
export type InvoiceStatus = (typeof INVOICE_STATUSES)[number]

export const InvoiceSummary = z.object({
  id: z.string(), organization_id: z.string(), organization_name: z.string(), number: z.string().nullable(),
  state: z.enum(INVOICE_STATES), status: z.enum(INVOICE_STATUSES), currency: z.string(),
  period: z.object({ start: Instant, end: Instant }),
  subtotal: Money, tax: Money, total: Money, amount_paid: Money, amount_due: Money,
  issued_at: Instant.nullable(), due_at: Instant.nullable(), paid_at: Instant.nullable(), created_at: Instant,
})
export type InvoiceSummary = z.infer<typeof InvoiceSummary>

const Party = { name: z.string(), address: z.string().nullable(), tax_id: z.string().nullable() }

export const InvoiceDetail = InvoiceSummary.extend({
  seller: z.object({ ...Party, support_email: z.string().nullable() }),
  buyer: z.object({ ...Party, email: z.string() }),
  lines: z.array(z.object({
    id: z.string(), description: z.string(), app_id: z.string().nullable(), quantity: z.string(), unit: z.string(), unit_price: z.string(),
    amount: Money, tax_rate: z.string(),
  })),
  taxes: z.array(z.object({ name: z.string(), rate: z.string(), base: Money, amount: Money })),
  discount: Money, credits_applied: Money,
  pdf_url: z.string().nullable(), pdf_sha256: z.string().nullable(),
})
export type InvoiceDetail = z.infer<typeof InvoiceDetail>

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
    id: row.id, organization_id: row.orgId, organization_name: snapshotIn(row).buyer.name, number: row.number,
    state: row.state as InvoiceSummary['state'], status: statusOf(row, now), currency: row.currency,
    period: { start: toInstant(row.periodStart), end: toInstant(row.periodEnd) },
    subtotal: money(row.subtotal), tax: money(row.tax), total: money(row.total), amount_paid: money(row.amountPaid),
    amount_due: money(row.total > row.amountPaid ? row.total - row.amountPaid : 0n),
    issued_at: toInstantOrNull(row.issuedAt), due_at: toInstantOrNull(row.dueAt), paid_at: toInstantOrNull(row.paidAt), created_at: toInstant(row.createdAt),
  }
}

const addressText = (lines: readonly string[]): string | null => (lines.length === 0 ? null : lines.join(', '))

export const toInvoice = (row: InvoiceRow, now: Date): InvoiceDetail => {
  const { seller, buyer, lines, taxes, taxName, discount, creditsApplied, supportEmail } = snapshotIn(row)
  const money = (amount: number): Money => ({ amount, currency: row.currency })
  return {
    ...toInvoiceSummary(row, now),
    seller: { name: seller.name, address: addressText(seller.address), tax_id: seller.taxId, support_email: supportEmail },
    buyer: { name: buyer.name, address: addressText(buyer.address), tax_id: buyer.taxId, email: buyer.email ?? '' },
    lines: lines.map((line, index) => ({
      id: String(index + 1), description: line.description, app_id: null, quantity: line.quantity, unit: line.unit, unit_price: line.unitAmount ?? '',
      amount: money(line.amount), tax_rate: line.taxRate,
    })),
    taxes: taxes.map((tax) => ({ name: taxName, rate: tax.rate, base: money(tax.base), amount: money(tax.amount) })),
    discount: money(discount), credits_applied: money(creditsApplied),
    pdf_url: row.number ? `/v1/invoices/${row.id}/pdf` : null, pdf_sha256: row.pdfSha256,
  }
}
