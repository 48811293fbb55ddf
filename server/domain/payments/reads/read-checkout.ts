import { z } from 'zod'
import type { SystemDb } from '../../../core/db.ts'
import { notFound } from '../../../core/error.ts'
import { query } from '../../../core/operation.ts'
import { Instant, toInstant } from '../../../contract/time.ts'
import { outstandingOf, payLink, toInvoice, type InvoiceRow } from '../../billing/index.ts'
import { railsFor } from '../transfers/instructions.ts'
import { Checkout, latestOf, receiptOf, toCheckoutPayment, waysToPay } from './checkout-wire.ts'

const InvoiceId = z.strictObject({ invoice_id: z.string().max(60) })

/** One invoice as its payer sees it. */
export const readCheckout = async (db: SystemDb, row: InvoiceRow, { now, byLink }: { now: Date; byLink: boolean }): Promise<Checkout> => {
  const attempts = await db.paymentAttempt.findMany({ where: { invoiceId: row.id }, orderBy: [{ createdAt: 'desc' }, { id: 'desc' }], take: 50 })
  const invoice = toInvoice(row, now)
  const latest = latestOf(attempts)
  const due = outstandingOf(row)
  return {
    invoice_id: row.id, number: invoice.number ?? '', kind: invoice.kind, status: invoice.status, issued_at: invoice.issued_at, due_at: invoice.due_at, paid_at: invoice.paid_at,
    total: invoice.total, amount_due: invoice.amount_due, seller: invoice.seller, buyer: { name: invoice.buyer.name },
    lines: invoice.lines.map(({ description, amount }) => ({ description, amount })),
    ways: due > 0n ? waysToPay(await railsFor(db, row), due, row.currency) : [],
    payment: latest ? toCheckoutPayment(latest, byLink) : null, receipt: receiptOf(attempts),
  }
}

const issued = async (db: SystemDb, id: string): Promise<InvoiceRow> => {
  const row = await db.invoice.findFirst({ where: { id, number: { not: null } } })
  if (!row) throw notFound('invoice')
  return row
}

export const getCheckout = query({
  name: 'invoices.checkout', summary: 'What is to pay of an invoice, the ways to pay it, and where the latest try stands', scope: 'org', permission: 'billing:read',
  input: InvoiceId, output: Checkout, rest: { method: 'GET', path: '/invoices/{invoice_id}/checkout', tag: 'Billing' },
  run: async ({ db, now }, { invoice_id: id }) => readCheckout(db, await issued(db, id), { now, byLink: false }),
})

export const getPayLink = query({
  name: 'invoices.pay_link', summary: 'An address where anybody who holds it can pay the invoice, without an account', scope: 'org', permission: 'billing:read',
  input: InvoiceId, output: z.object({ url: z.url(), expires_at: Instant }), rest: { method: 'GET', path: '/invoices/{invoice_id}/pay-link', tag: 'Billing' },
  run: async (ctx, { invoice_id: id }) => {
    const { url, expiresAt } = await payLink(ctx.db, await issued(ctx.db, id), ctx.brand.origin)
    return { url, expires_at: toInstant(expiresAt) }
  },
})
