import { z } from 'zod'
import { DomainError, notFound, ruleViolated } from '../../../core/error.ts'
import { newId } from '../../../core/id.ts'
import { defineList } from '../../../core/listing.ts'
import { command, query } from '../../../core/operation.ts'
import { InvoiceItem, NewLine } from '../../../contract/invoice.ts'
import { toMoney } from '../../../contract/money.ts'
import { pageOf } from '../../../contract/page.ts'
import { toInstant } from '../../../contract/time.ts'
import { priceLine } from '../invoices/create-invoice.ts'
import { addInvoiceItem } from './add-invoice-item.ts'
import type { InvoiceItem as ItemRow } from './unbilled-items.ts'

const toItem = (row: ItemRow): InvoiceItem => ({
  id: row.id, organization_id: row.orgId, kind: row.kind, description: row.description, quantity: row.quantity, unit_amount: row.unitAmount,
  amount: toMoney(row.amount, row.currency), product: row.product, reason: row.reason, invoice_id: row.invoiceId, created_at: toInstant(row.createdAt),
})

const fields = {
  invoice_id: { kind: 'text', column: 'invoiceId', filter: true }, kind: { kind: 'text', column: 'kind', filter: true },
  billed: { kind: 'enum', values: ['yes', 'no'], filter: true, where: (values: string[]) => ({ OR: values.map((v) => (v === 'yes' ? { OR: [{ invoiceId: { not: null } }, { settledAt: { not: null } }] } : { invoiceId: null, settledAt: null })) }) },
  created_at: { kind: 'time', column: 'createdAt', range: true, sort: true },
} as const
const all = defineList({ name: 'admin.invoice_items', search: ['description', 'orgId'], fields: { ...fields, organization_id: { kind: 'text', column: 'orgId', filter: true } } })

export const listInvoiceItems = query({
  name: 'admin.invoice_items', summary: 'Items of every organization, those that wait for an invoice and those on one', scope: 'staff',
  input: z.strictObject(all.input), output: pageOf(InvoiceItem), rest: { method: 'GET', path: '/admin/invoice-items', tag: 'Billing' },
  run: async (ctx, input) => {
    const page = all.page(ctx, input)
    const rows = await ctx.db.invoiceItem.findMany({ where: page.where, orderBy: page.orderBy, take: page.take })
    return page.of(rows, toItem)
  },
})

export const addItem = command({
  name: 'admin.add_invoice_item', summary: 'Put a charge on an organization\'s next invoice', scope: 'staff',
  input: z.strictObject({ organization_id: z.string().max(60), ...NewLine.shape }), output: InvoiceItem,
  rest: { method: 'POST', path: '/admin/invoice-items', status: 201, tag: 'Billing', keyed: true },
  run: async (ctx, { organization_id: orgId, ...line }) => {
    const org = await ctx.db.organization.findUnique({ where: { id: orgId } })
    if (!org) throw notFound('organization')
    const { amount, description, quantity, unitAmount, product, periodStart, periodEnd } = priceLine(line, 0, org.currency)
    if (amount <= 0n) throw ruleViolated('/unit_amount', 'not_positive', 'A charge is above zero. What is taken off is an adjustment, with its reason.')
    const key = `manual:${newId('invoiceItem')}`
    await addInvoiceItem(ctx.db, {
      orgId, currency: org.currency, kind: 'one_off', description, quantity, unitAmount, amount, product, key, periodFrom: periodStart ?? null, periodTo: periodEnd ?? null,
    })
    const row = await ctx.db.invoiceItem.findUniqueOrThrow({ where: { orgId_key: { orgId, key } } })
    await ctx.emit('invoice_item.added', { type: 'invoice_item', id: row.id }, { amount: Number(amount), currency: org.currency }, orgId)
    return toItem(row)
  },
})

export const removeItem = command({
  name: 'admin.remove_invoice_item', summary: 'Take back a charge that is on no invoice yet', scope: 'staff',
  input: z.strictObject({ invoice_item_id: z.string().max(60) }), output: z.object({ id: z.string() }),
  rest: { method: 'DELETE', path: '/admin/invoice-items/{invoice_item_id}', tag: 'Billing' },
  run: async (ctx, { invoice_item_id: id }) => {
    await ctx.db.$queryRaw`SELECT id FROM invoice_item WHERE id = ${id} FOR UPDATE`
    const row = await ctx.db.invoiceItem.findUnique({ where: { id } })
    if (!row) throw notFound('invoice item')
    if (row.invoiceId !== null) throw new DomainError('state_conflict', 'This item is on an invoice. Credit it there.')
    if (row.settledAt !== null) throw new DomainError('state_conflict', 'A coupon took all of this item. Nothing was charged for it.')
    if (row.kind !== 'one_off') throw new DomainError('state_conflict', 'Only charges added by hand can be taken back.')
    await ctx.db.invoiceItem.delete({ where: { id } })
    await ctx.emit('invoice_item.removed', { type: 'invoice_item', id }, { amount: Number(row.amount), currency: row.currency }, row.orgId)
    return { id }
  },
})
