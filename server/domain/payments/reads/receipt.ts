import { z } from 'zod'
import type { FileAnswer, FileOperation } from '../../../core/composite.ts'
import type { SystemDb } from '../../../core/db.ts'
import { DomainError, notFound } from '../../../core/error.ts'
import { call, query } from '../../../core/operation.ts'
import { runtime } from '../../../core/runtime.ts'
import { toWireAmount } from '../../../contract/money.ts'
import { localDateOf, renderReceiptPdf, renderStoredInvoice, snapshotIn, type InvoiceRow, type ReceiptDocument } from '../../billing/index.ts'
import { LinkToken, openLink } from '../links/open-link.ts'
import { paidBy } from '../mails/subject.ts'
import type { PaymentAttempt } from '../payment-wire.ts'

type PaidAttempt = PaymentAttempt & { invoice: InvoiceRow; method: { brand: string; last4: string } | null }

/** When it arrived and how much, as booked: what is told later of the attempt changes no receipt. Null: it pays nothing, or waits in suspense. */
const booked = async (db: SystemDb, attempt: PaymentAttempt): Promise<{ at: Date; amount: bigint } | null> => {
  const transaction = await db.ledgerTransaction.findUnique({ where: { businessKey: `payment_received:${attempt.id}` }, include: { entries: true } })
  return transaction && { at: transaction.at, amount: transaction.entries.reduce((sum, entry) => (entry.amount > 0n ? sum + entry.amount : sum), 0n) }
}

const receiptOf = async (db: SystemDb, attempt: PaidAttempt): Promise<ReceiptDocument> => {
  const received = await booked(db, attempt)
  if (!received) throw new DomainError('state_conflict', 'This payment has not arrived: there is no receipt of it.')
  const { timezone, locale = 'en', brand, seller, buyer } = snapshotIn(attempt.invoice)
  const { _sum: back } = await db.refund.aggregate({ where: { attemptId: attempt.id, state: 'succeeded' }, _sum: { amount: true } })
  return {
    number: attempt.id, paidOn: localDateOf(received.at, timezone), currency: attempt.currency,
    amount: toWireAmount(received.amount), refunded: toWireAmount(back.amount ?? 0n), method: paidBy(attempt), reference: attempt.providerRef ?? attempt.id, invoiceNumber: attempt.invoice.number ?? '', locale, brand, seller, buyer,
  }
}

const find = (db: SystemDb, id: string, invoiceId?: string): Promise<PaidAttempt | null> =>
  db.paymentAttempt.findFirst({ where: { id, ...(invoiceId === undefined ? {} : { invoiceId }) }, include: { invoice: true, method: true } })

const PaymentId = z.strictObject({ payment_id: z.string().max(60) })
const LinkedPayment = LinkToken.extend(PaymentId.shape)

const receiptDocument = query({
  name: 'payments.receipt_document', summary: 'What the receipt of a payment says', scope: 'org', permission: 'billing:read', input: PaymentId, output: z.custom<ReceiptDocument>(),
  run: async ({ db }, { payment_id: id }) => {
    const attempt = await find(db, id)
    if (!attempt) throw notFound('payment')
    // The books are none of a tenant's to read; the payment was found as the tenant.
    return runtime().databases.asSystem('job', (system) => receiptOf(system, attempt))
  },
})

const linkedDocument = query({
  name: 'pay_links.receipt_document', summary: 'What the receipt of a payment says, for whoever holds the link of its invoice', scope: 'public', input: LinkedPayment,
  output: z.custom<ReceiptDocument>(),
  run: async (ctx, { token, payment_id: id }) => {
    const { invoice } = await openLink(ctx, token)
    const attempt = await find(ctx.db, id, invoice.id)
    if (!attempt) throw notFound('payment')
    return receiptOf(ctx.db, attempt)
  },
})

const fileOf = async (document: ReceiptDocument): Promise<FileAnswer> => ({ body: await renderReceiptPdf(document), fileName: `receipt-${document.invoiceNumber}.pdf` })

export const paymentReceipt: FileOperation<typeof PaymentId> = {
  kind: 'file', name: 'payments.receipt', summary: 'The receipt of a payment as PDF', scope: 'org', permission: 'billing:read', input: PaymentId, contentType: 'application/pdf',
  rest: { method: 'GET', path: '/payments/{payment_id}/receipt.pdf', tag: 'Billing' },
  handle: async (meta, raw) => fileOf(await call(receiptDocument, meta, raw)),
}

export const linkedReceipt: FileOperation<typeof LinkedPayment> = {
  kind: 'file', name: 'pay_links.receipt', summary: 'The receipt of a payment as PDF, by a signed link', scope: 'public', input: LinkedPayment, contentType: 'application/pdf',
  rest: { method: 'GET', path: '/pay-links/{token}/payments/{payment_id}/receipt.pdf', tag: 'Billing' },
  handle: async (meta, raw) => fileOf(await call(linkedDocument, meta, raw)),
}

const linkedInvoiceRow = query({
  name: 'pay_links.printable', summary: 'The stored document of the invoice of a link', scope: 'public', input: LinkToken, output: z.custom<InvoiceRow>(),
  run: async (ctx, { token }) => (await openLink(ctx, token)).invoice,
})

export const linkedInvoicePdf: FileOperation<typeof LinkToken> = {
  kind: 'file', name: 'pay_links.pdf', summary: 'The invoice of a signed link as PDF', scope: 'public', input: LinkToken, contentType: 'application/pdf',
  rest: { method: 'GET', path: '/pay-links/{token}/invoice.pdf', tag: 'Billing' },
  handle: async (meta, raw) => {
    const row = await call(linkedInvoiceRow, meta, raw)
    return { body: await renderStoredInvoice(row), fileName: `${row.number ?? row.id}.pdf` }
  },
}
