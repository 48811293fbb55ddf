import { z } from 'zod'
import type { FileOperation } from '../../../core/composite.ts'
import { sha256 } from '../../../core/crypto.ts'
import { DomainError, notFound } from '../../../core/error.ts'
import { call, query } from '../../../core/operation.ts'
import { runtime } from '../../../core/runtime.ts'
import { renderInvoicePdf } from '../pdf/invoice-pdf.ts'
import { snapshotIn, type InvoiceRow } from './invoice-wire.ts'

const Input = z.strictObject({ invoice_id: z.string().max(60) })

const findPrintable = query({
  name: 'invoices.printable',
  summary: 'The stored document of an invoice',
  scope: 'org',
  permission: 'billing:read',
  input: Input,
  output: z.custom<InvoiceRow>(),
  run: async ({ db }, { invoice_id: id }) => {
    const row = await db.invoice.findFirst({ where: { id, number: { not: null } } })
    if (!row) throw notFound('invoice')
    return row
  },
})

/** Rendered from the stored snapshot alone; the first rendering's hash is kept, and a later one must have the same. */
export const renderStoredInvoice = async (row: InvoiceRow): Promise<Buffer> => {
  const body = await renderInvoicePdf(snapshotIn(row))
  const hash = sha256(body)
  if (row.pdfSha256 && row.pdfSha256 !== hash) throw new DomainError('internal', 'The document differs from the one issued first.')
  if (!row.pdfSha256) {
    await runtime().databases.asSystem('job', (db) => db.invoice.updateMany({ where: { id: row.id, pdfSha256: null }, data: { pdfSha256: hash } }))
  }
  return body
}

export const invoicePdf: FileOperation<typeof Input> = {
  kind: 'file',
  name: 'invoices.pdf',
  summary: 'The invoice as PDF',
  scope: 'org',
  permission: 'billing:read',
  input: Input,
  contentType: 'application/pdf',
  rest: { method: 'GET', path: '/invoices/{invoice_id}/pdf', tag: 'Billing' },
  handle: async (meta, raw) => {
    const row = await call(findPrintable, meta, raw)
    return { body: await renderStoredInvoice(row), fileName: `${row.number ?? row.id}.pdf` }
  },
}
