import { z } from 'zod'
import { DomainError, notFound } from '../../../core/error.ts'
import { command } from '../../../core/operation.ts'
import { clearDocument } from './clear-document.ts'

export const retryClearance = command({
  name: 'admin.retry_clearance',
  summary: 'Hand in again what the tax authority rejected of an invoice: itself and its credit notes, as they were issued',
  scope: 'staff',
  input: z.strictObject({ invoice_id: z.string().max(60) }),
  output: z.object({ invoice_id: z.string(), documents: z.number().int() }),
  rest: { method: 'POST', path: '/admin/invoices/{invoice_id}/clearance', status: 202, tag: 'Billing' },
  run: async (ctx, { invoice_id: id }) => {
    const invoice = await ctx.db.invoice.findUnique({ where: { id }, select: { orgId: true, creditNotes: { select: { id: true } } } })
    if (!invoice) throw notFound('invoice')
    const documents = { documentId: { in: [id, ...invoice.creditNotes.map((note) => note.id)] }, state: 'rejected' }
    const rejected = await ctx.db.invoiceClearance.findMany({ where: documents, select: { documentId: true } })
    const { count } = await ctx.db.invoiceClearance.updateMany({ where: documents, data: { state: 'pending', detail: null } })
    if (count === 0) throw new DomainError('state_conflict', 'The tax authority rejected nothing of this invoice.')
    for (const { documentId } of rejected) await ctx.enqueue(clearDocument, { document_id: documentId }, { key: `clear-document:${documentId}` })
    await ctx.emit('invoice.clearance_retried', { type: 'invoice', id }, { documents: count }, invoice.orgId)
    return { invoice_id: id, documents: count }
  },
})
