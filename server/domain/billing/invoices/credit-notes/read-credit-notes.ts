import { z } from 'zod'
import { notFound } from '../../../../core/error.ts'
import { defineList, type ListField } from '../../../../core/listing.ts'
import { query } from '../../../../core/operation.ts'
import { CreditNote, SETTLEMENTS } from '../../../../contract/invoice.ts'
import { pageOf } from '../../../../contract/page.ts'
import { toCreditNote } from './credit-wire.ts'

const fields = {
  invoice_id: { kind: 'text', column: 'invoiceId', filter: true }, settlement: { kind: 'enum', column: 'settlement', values: SETTLEMENTS, filter: true },
  number: { kind: 'text', column: 'number', filter: true, sort: true }, issued_at: { kind: 'time', column: 'issuedAt', range: true, sort: true },
  created_at: { kind: 'time', column: 'createdAt', range: true, sort: true },
} as const satisfies Record<string, ListField>

const own = defineList({ name: 'credit_notes', fields, search: ['number'] })
const all = defineList({
  name: 'admin.credit_notes', search: ['number', 'orgId'],
  fields: { ...fields, brand_id: { kind: 'text', column: 'brandId', filter: true }, organization_id: { kind: 'text', column: 'orgId', filter: true } },
})

export const listCreditNotes = query({
  name: 'credit_notes.list', summary: 'Credit notes of the organization, newest first', scope: 'org', permission: 'billing:read',
  input: z.strictObject(own.input), output: pageOf(CreditNote), rest: { method: 'GET', path: '/credit-notes', tag: 'Billing' },
  run: async (ctx, input) => {
    const page = own.page(ctx, input)
    const rows = await ctx.db.creditNote.findMany({ where: page.where, orderBy: page.orderBy, take: page.take })
    return page.of(rows, (row) => toCreditNote(row))
  },
})

export const getCreditNote = query({
  name: 'credit_notes.get', summary: 'One credit note as issued', scope: 'org', permission: 'billing:read',
  input: z.strictObject({ credit_note_id: z.string().max(60) }), output: CreditNote, rest: { method: 'GET', path: '/credit-notes/{credit_note_id}', tag: 'Billing' },
  run: async ({ db }, { credit_note_id: id }) => {
    const row = await db.creditNote.findFirst({ where: { id } })
    if (!row) throw notFound('credit note')
    return toCreditNote(row, await db.invoiceClearance.findFirst({ where: { documentId: id } }))
  },
})

export const listAllCreditNotes = query({
  name: 'admin.credit_notes', summary: 'Credit notes of every organization, newest first', scope: 'staff',
  input: z.strictObject(all.input), output: pageOf(CreditNote), rest: { method: 'GET', path: '/admin/credit-notes', tag: 'Billing' },
  run: async (ctx, input) => {
    const page = all.page(ctx, input)
    const rows = await ctx.db.creditNote.findMany({ where: page.where, orderBy: page.orderBy, take: page.take })
    return page.of(rows, (row) => toCreditNote(row))
  },
})
