import { z } from 'zod'
import type { FileOperation } from '../../../core/composite.ts'
import { sha256 } from '../../../core/crypto.ts'
import { DomainError, notFound } from '../../../core/error.ts'
import { call, query } from '../../../core/operation.ts'
import { runtime } from '../../../core/runtime.ts'
import type { SystemDb, TenantDb } from '../../../core/db.ts'
import { renderInvoicePdf } from '../pdf/invoice-pdf.ts'
import type { InvoiceSnapshot } from '../pdf/snapshot.ts'
import { ublOf } from './ubl.ts'

/** A document as it was issued, with the stamp of the tax authority once it has one. */
export interface Printable { id: string; kind: 'invoice' | 'credit_note'; number: string; snapshot: InvoiceSnapshot; pdfSha256: string | null; sealed: boolean }

const InvoiceId = z.strictObject({ invoice_id: z.string().max(60) })
const CreditNoteId = z.strictObject({ credit_note_id: z.string().max(60) })

interface StoredDocument { id: string; number: string | null; snapshot: unknown; pdfSha256: string | null }

export const printable = async (db: SystemDb | TenantDb, row: StoredDocument, kind: Printable['kind']): Promise<Printable> => {
  const clearance = await db.invoiceClearance.findFirst({ where: { documentId: row.id } })
  const snapshot = row.snapshot as InvoiceSnapshot
  const stamped = clearance?.state === 'cleared' && clearance.csid !== null
  return {
    id: row.id, kind, number: row.number ?? row.id, pdfSha256: row.pdfSha256, sealed: clearance === null || stamped,
    snapshot: stamped ? { ...snapshot, clearance: { irn: clearance.irn, csid: clearance.csid ?? '', ...(clearance.qr ? { qr: clearance.qr } : {}) } } : snapshot,
  }
}

const printableInvoice = query({
  name: 'invoices.printable', summary: 'The stored document of an invoice', scope: 'org', permission: 'billing:read', input: InvoiceId, output: z.custom<Printable>(),
  run: async ({ db }, { invoice_id: id }) => {
    const row = await db.invoice.findFirst({ where: { id, number: { not: null } } })
    if (!row) throw notFound('invoice')
    return printable(db, row, 'invoice')
  },
})

const printableNote = query({
  name: 'credit_notes.printable', summary: 'The stored document of a credit note', scope: 'org', permission: 'billing:read', input: CreditNoteId, output: z.custom<Printable>(),
  run: async ({ db }, { credit_note_id: id }) => {
    const row = await db.creditNote.findFirst({ where: { id } })
    if (!row) throw notFound('credit note')
    return printable(db, row, 'credit_note')
  },
})

/** Rendered from what is stored alone; the first rendering's hash is kept, and a later one must have the same. */
export const renderStored = async ({ id, kind, snapshot, pdfSha256, sealed }: Printable): Promise<Buffer> => {
  const body = await renderInvoicePdf(snapshot)
  if (!sealed) return body
  const hash = sha256(body)
  if (pdfSha256 !== null && pdfSha256 !== hash) throw new DomainError('internal', 'The document differs from the one issued first.')
  const keep = { where: { id, pdfSha256: null }, data: { pdfSha256: hash } }
  if (pdfSha256 === null) await runtime().databases.asSystem('job', (db) => (kind === 'invoice' ? db.invoice.updateMany(keep) : db.creditNote.updateMany(keep)))
  return body
}

const TAG = 'Billing'
const XML = 'application/xml; charset=utf-8'

export const invoicePdf: FileOperation<typeof InvoiceId> = {
  kind: 'file', name: 'invoices.pdf', summary: 'The invoice as PDF', scope: 'org', permission: 'billing:read', input: InvoiceId, contentType: 'application/pdf',
  rest: { method: 'GET', path: '/invoices/{invoice_id}/pdf', tag: TAG },
  handle: async (meta, raw) => {
    const document = await call(printableInvoice, meta, raw)
    return { body: await renderStored(document), fileName: `${document.number}.pdf` }
  },
}

export const invoiceXml: FileOperation<typeof InvoiceId> = {
  kind: 'file', name: 'invoices.xml', summary: 'The invoice as EN 16931 (UBL 2.1)', scope: 'org', permission: 'billing:read', input: InvoiceId, contentType: XML,
  rest: { method: 'GET', path: '/invoices/{invoice_id}/xml', tag: TAG },
  handle: async (meta, raw) => {
    const { snapshot, number } = await call(printableInvoice, meta, raw)
    return { body: Buffer.from(ublOf(snapshot)), fileName: `${number}.xml` }
  },
}

export const creditNotePdf: FileOperation<typeof CreditNoteId> = {
  kind: 'file', name: 'credit_notes.pdf', summary: 'The credit note as PDF', scope: 'org', permission: 'billing:read', input: CreditNoteId, contentType: 'application/pdf',
  rest: { method: 'GET', path: '/credit-notes/{credit_note_id}/pdf', tag: TAG },
  handle: async (meta, raw) => {
    const document = await call(printableNote, meta, raw)
    return { body: await renderStored(document), fileName: `${document.number}.pdf` }
  },
}

export const creditNoteXml: FileOperation<typeof CreditNoteId> = {
  kind: 'file', name: 'credit_notes.xml', summary: 'The credit note as EN 16931 (UBL 2.1)', scope: 'org', permission: 'billing:read', input: CreditNoteId, contentType: XML,
  rest: { method: 'GET', path: '/credit-notes/{credit_note_id}/xml', tag: TAG },
  handle: async (meta, raw) => {
    const { snapshot, number } = await call(printableNote, meta, raw)
    return { body: Buffer.from(ublOf(snapshot)), fileName: `${number}.xml` }
  },
}
