import { z } from 'zod'
import { afterCursor, NEWEST_FIRST, toPage } from '../../../core/cursor.ts'
import { query } from '../../../core/operation.ts'
import { PageInput, pageOf } from '../../../contract/page.ts'
import { INVOICE_STATUSES, InvoiceSummary, toInvoiceSummary, whereStatus } from './invoice-wire.ts'

const filter = { ...PageInput, status: z.enum(INVOICE_STATUSES).optional() }

export const listInvoices = query({
  name: 'invoices.list',
  summary: 'Invoices of the organization, newest first',
  scope: 'org',
  permission: 'billing:read',
  input: z.strictObject(filter),
  output: pageOf(InvoiceSummary),
  rest: { method: 'GET', path: '/invoices', tag: 'Billing' },
  run: async ({ db, now }, { limit, cursor, status }) => {
    const rows = await db.invoice.findMany({
      where: { AND: [status ? whereStatus(status, now) : {}, afterCursor(cursor)] }, orderBy: NEWEST_FIRST, take: limit + 1,
    })
    return toPage(rows, limit, (row) => toInvoiceSummary(row, now))
  },
})

export const listAllInvoices = query({
  name: 'admin.invoices',
  summary: 'Invoices of every organization, newest first',
  scope: 'staff',
  input: z.strictObject({ ...filter, brand_id: z.string().max(60).optional() }),
  output: pageOf(InvoiceSummary),
  rest: { method: 'GET', path: '/admin/invoices', tag: 'Billing' },
  run: async ({ db, now }, { limit, cursor, status, brand_id: brandId }) => {
    const rows = await db.invoice.findMany({
      where: { AND: [brandId ? { brandId } : {}, status ? whereStatus(status, now) : {}, afterCursor(cursor)] }, orderBy: NEWEST_FIRST, take: limit + 1,
    })
    return toPage(rows, limit, (row) => toInvoiceSummary(row, now))
  },
})
