import { z } from 'zod'
import { notFound } from '../../../core/error.ts'
import { query } from '../../../core/operation.ts'
import { InvoiceDetail, InvoiceExtras, toInvoice } from './invoice-wire.ts'
import { readInvoiceExtras } from './read-extras.ts'

export const readAnyInvoice = query({
  name: 'admin.invoice',
  summary: 'One invoice of any organization, with its history and credit notes',
  scope: 'staff',
  input: z.strictObject({ invoice_id: z.string().max(60) }),
  output: InvoiceDetail.extend(InvoiceExtras.shape),
  rest: { method: 'GET', path: '/admin/invoices/{invoice_id}', tag: 'Billing' },
  run: async ({ db, now }, { invoice_id: id }) => {
    const row = await db.invoice.findUnique({ where: { id } })
    if (!row) throw notFound('invoice')
    return { ...toInvoice(row, now), ...await readInvoiceExtras(db, row) }
  },
})
