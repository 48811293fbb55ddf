import { z } from 'zod'
import { notFound } from '../../core/error.ts'
import { query } from '../../core/operation.ts'
import { InvoiceDetail, InvoiceExtras, readInvoiceExtras, toInvoice } from '../billing/index.ts'
import { Payment, ProviderName, toPayment } from './payment-wire.ts'
import { railsFor } from './transfers/instructions.ts'

export const getInvoice = query({
  name: 'invoices.get',
  summary: 'One invoice as issued, with its payments and the ways to pay it',
  scope: 'org',
  permission: 'billing:read',
  input: z.strictObject({ invoice_id: z.string().max(60) }),
  output: InvoiceDetail.extend({ ...InvoiceExtras.shape, payments: z.array(Payment), providers: z.array(ProviderName) }),
  rest: { method: 'GET', path: '/invoices/{invoice_id}', tag: 'Billing' },
  run: async ({ db, now }, { invoice_id: id }) => {
    const row = await db.invoice.findFirst({ where: { id } })
    if (!row) throw notFound('invoice')
    const attempts = await db.paymentAttempt.findMany({ where: { invoiceId: id }, orderBy: [{ createdAt: 'desc' }, { id: 'desc' }] })
    const invoice = toInvoice(row, now)
    return {
      ...invoice,
      ...await readInvoiceExtras(db, row),
      payments: attempts.map(toPayment),
      providers: invoice.amount_due.amount > 0 ? (await railsFor(db, row)).map((name) => ProviderName.parse(name)) : [],
    }
  },
})
