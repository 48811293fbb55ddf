import { z } from 'zod'
import { defineList, type ListField } from '../../../core/listing.ts'
import { query } from '../../../core/operation.ts'
import { pageOf } from '../../../contract/page.ts'
import { namedLike } from './organization-names.ts'
import { INVOICE_STATUSES, InvoiceSummary, toInvoiceSummary, whereStatus } from './invoice-wire.ts'

const time = (column: string, nullable = false) => ({ kind: 'time', column, range: true, sort: true, nullable }) as const
const fields = {
  status: { kind: 'enum', values: INVOICE_STATUSES, filter: true, where: (statuses, now) => ({ OR: INVOICE_STATUSES.filter((s) => statuses.includes(s)).map((s) => whereStatus(s, now)) }) },
  currency: { kind: 'text', column: 'currency', filter: true },
  number: { kind: 'text', column: 'number', filter: true, sort: true, nullable: true },
  total: { kind: 'bigint', column: 'total', range: true, sort: true },
  period_start: time('periodStart'), issued_at: time('issuedAt', true), due_at: time('dueAt', true), paid_at: time('paidAt', true), created_at: time('createdAt'),
} as const satisfies Record<string, ListField>

const own = defineList({ name: 'invoices', fields, search: ['number'] })
const all = defineList({
  name: 'admin.invoices', search: ['number', 'orgId'],
  fields: { ...fields, brand_id: { kind: 'text', column: 'brandId', filter: true }, organization_id: { kind: 'text', column: 'orgId', filter: true } },
})

export const listInvoices = query({
  name: 'invoices.list',
  summary: 'Invoices of the organization, newest first',
  scope: 'org',
  permission: 'billing:read',
  input: z.strictObject(own.input),
  output: pageOf(InvoiceSummary),
  rest: { method: 'GET', path: '/invoices', tag: 'Billing' },
  run: async (ctx, input) => {
    const page = own.page(ctx, input)
    const rows = await ctx.db.invoice.findMany({ where: page.where, orderBy: page.orderBy, take: page.take })
    return page.of(rows, (row) => toInvoiceSummary(row, ctx.now))
  },
})

export const listAllInvoices = query({
  name: 'admin.invoices',
  summary: 'Invoices of every organization, newest first',
  scope: 'staff',
  input: z.strictObject(all.input),
  output: pageOf(InvoiceSummary),
  rest: { method: 'GET', path: '/admin/invoices', tag: 'Billing' },
  run: async (ctx, input) => {
    const page = all.page(ctx, input, await namedLike(ctx.db, input.filter?.q))
    const rows = await ctx.db.invoice.findMany({ where: page.where, orderBy: page.orderBy, take: page.take })
    return page.of(rows, (row) => toInvoiceSummary(row, ctx.now))
  },
})
